using System.Text.Json.Nodes;

namespace Archiver.Infra.StatesLanguage;

/// <summary>Who an execution is: what its context object says of it.</summary>
/// <param name="ExecutionArn"><c>$$.Execution.Id</c>.</param>
/// <param name="ExecutionName"><c>$$.Execution.Name</c>.</param>
/// <param name="RoleArn"><c>$$.Execution.RoleArn</c>.</param>
/// <param name="StartTime"><c>$$.Execution.StartTime</c>.</param>
/// <param name="StateMachineArn"><c>$$.StateMachine.Id</c>.</param>
/// <param name="StateMachineName"><c>$$.StateMachine.Name</c>.</param>
public sealed record ExecutionIdentity(
    string ExecutionArn,
    string ExecutionName,
    string RoleArn,
    DateTimeOffset StartTime,
    string StateMachineArn,
    string StateMachineName);

/// <summary>Where an execution stands; the names are Step Functions' own, in upper case on the wire.</summary>
public enum ExecutionStatus
{
    /// <summary>It goes on.</summary>
    Running,

    /// <summary>It ended in an end state or a Succeed state.</summary>
    Succeeded,

    /// <summary>It ended in a Fail state or by an error that nothing caught.</summary>
    Failed,

    /// <summary>The machine's own <c>TimeoutSeconds</c> ran out.</summary>
    TimedOut,

    /// <summary>Somebody stopped it.</summary>
    Aborted,
}

/// <summary>One event of an execution's history, as <c>GetExecutionHistory</c> gives it.</summary>
/// <param name="Id">From 1, without gaps.</param>
/// <param name="PreviousEventId">The event that led to this one; 0 for the first.</param>
/// <param name="Timestamp">When.</param>
/// <param name="Type">The event type, such as <c>TaskStateEntered</c>.</param>
/// <param name="DetailsName">The member that holds the details, such as <c>stateEnteredEventDetails</c>; nothing where the type has none.</param>
/// <param name="Details">The details in the wire's names.</param>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html</remarks>
public sealed record HistoryEvent(
    long Id, long PreviousEventId, DateTimeOffset Timestamp, string Type, string? DetailsName, JsonObject? Details);

/// <summary>
/// Everything that an execution needs to go on: plain data, kept as JSON between two inputs. Only <see cref="Interpreter"/> makes one.
/// </summary>
public sealed partial record ExecutionSnapshot
{
    /// <summary>Where the execution stands.</summary>
    public required ExecutionStatus Status { get; init; }

    /// <summary>The input that it was started with.</summary>
    public required JsonNode? Input { get; init; }

    /// <summary>What it gave, once it succeeded.</summary>
    public JsonNode? Output { get; init; }

    /// <summary>The error's name, once it failed, timed out or was stopped.</summary>
    public string? Error { get; init; }

    /// <summary>The error's cause.</summary>
    public string? Cause { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? StopTime { get; init; }

    /// <summary>The newest history event.</summary>
    public long LastEventId { get; init; }

    /// <summary>How often it was redriven.</summary>
    public int RedriveCount { get; init; }

    /// <summary>When it was last redriven.</summary>
    public DateTimeOffset? RedriveTime { get; init; }

    /// <summary>The tasks that are open: scheduled, and neither answered nor given up.</summary>
    public IReadOnlyList<OpenTask> OpenTasks { get; init; } = [];
}

/// <summary>A task that an execution waits for.</summary>
/// <param name="TaskId">Names it within its execution; every attempt of a retried task has its own.</param>
/// <param name="StateName">The state that scheduled it.</param>
/// <param name="Resource">The state's <c>Resource</c>.</param>
/// <param name="TaskToken">The token of a <c>.waitForTaskToken</c> task.</param>
/// <param name="ScheduledAt">When it was scheduled.</param>
/// <param name="Submitted">Of a <c>.waitForTaskToken</c> task: its call was made; only the callback is awaited.</param>
/// <param name="TimeoutAt">When it times out, if ever.</param>
public sealed record OpenTask(
    string TaskId, string StateName, string Resource, string? TaskToken, DateTimeOffset ScheduledAt, bool Submitted, DateTimeOffset? TimeoutAt)
{
    /// <summary>What it is called with, so that a call that was not known to be made can be made again as it was.</summary>
    public JsonNode? Parameters { get; init; }

    /// <summary>Its call has begun.</summary>
    public bool Started { get; init; }

    /// <summary>Within how many seconds its holder must say that it is alive, if at all.</summary>
    public long? HeartbeatSeconds { get; init; }

    /// <summary>When its heartbeat is overdue.</summary>
    public DateTimeOffset? HeartbeatAt { get; init; }

    /// <summary>How many heartbeats came.</summary>
    public int Heartbeats { get; init; }
}

/// <summary>Something that happens to an execution from outside.</summary>
public abstract record ExecutionInput
{
    private ExecutionInput() { }

    /// <summary>A task's call has begun (<c>TaskStarted</c>, <c>LambdaFunctionStarted</c>).</summary>
    public sealed record TaskStarted(string TaskId) : ExecutionInput;

    /// <summary>The call of a <c>.waitForTaskToken</c> task was made; <paramref name="Output"/> is its answer.</summary>
    public sealed record TaskSubmitted(string TaskId, JsonNode? Output) : ExecutionInput;

    /// <summary>A task succeeded: its call was answered, or its token was.</summary>
    public sealed record TaskSucceeded(string TaskId, JsonNode? Output) : ExecutionInput;

    /// <summary>A task failed.</summary>
    public sealed record TaskFailed(string TaskId, string? Error, string? Cause) : ExecutionInput;

    /// <summary>A task's holder says that it is alive.</summary>
    public sealed record TaskHeartbeat(string TaskId) : ExecutionInput;

    /// <summary>A timer that an effect asked for is due.</summary>
    public sealed record TimerFired(string TimerId) : ExecutionInput;

    /// <summary>Somebody stops the execution.</summary>
    public sealed record Stop(string? Error, string? Cause) : ExecutionInput;

    /// <summary>Somebody redrives the ended execution from where it failed.</summary>
    public sealed record Redrive : ExecutionInput;
}

/// <summary>Something that an execution wants done by who runs it.</summary>
public abstract record ExecutionEffect
{
    private ExecutionEffect() { }

    /// <summary>Make a task's call, and say how it went.</summary>
    /// <param name="TaskId">The name to answer with.</param>
    /// <param name="Resource">The state's <c>Resource</c>: a function's ARN or a service integration.</param>
    /// <param name="Parameters">What to call with.</param>
    /// <param name="WaitForTaskToken">The call's answer is <see cref="ExecutionInput.TaskSubmitted"/>; success comes by the token.</param>
    public sealed record ScheduleTask(string TaskId, string Resource, JsonNode? Parameters, bool WaitForTaskToken) : ExecutionEffect;

    /// <summary>Give <see cref="ExecutionInput.TimerFired"/> at a time, or at once when that has passed.</summary>
    public sealed record ScheduleTimer(string TimerId, DateTimeOffset DueAt) : ExecutionEffect;
}

/// <summary>One step of an execution: where it stands now, what its history gained, what is to be done.</summary>
/// <param name="Snapshot">The new state.</param>
/// <param name="Events">New events, in order.</param>
/// <param name="Effects">What to do once the snapshot and the events are durable.</param>
/// <param name="Applied">False when the input came too late and changed nothing: its task is closed, its execution ended.</param>
public sealed record Transition(
    ExecutionSnapshot Snapshot, IReadOnlyList<HistoryEvent> Events, IReadOnlyList<ExecutionEffect> Effects, bool Applied = true);

/// <summary>What an interpreter draws from its surroundings, so that it is a function of its arguments otherwise.</summary>
/// <param name="NewTaskToken">Gives a fresh, unguessable task token for an execution and a task
/// (<c>executionArn, taskId</c>), 1 to 2,048 characters.</param>
/// <param name="Random">Jitter and <c>States.MathRandom</c> without a seed.</param>
/// <param name="NewUuid"><c>States.UUID</c>.</param>
public sealed record InterpreterSurroundings(Func<string, string, string> NewTaskToken, Random Random, Func<Guid> NewUuid);
