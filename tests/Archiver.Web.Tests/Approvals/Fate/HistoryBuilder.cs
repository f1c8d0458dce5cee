using System.Text.Json;
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;

namespace Archiver.Web.Tests.Approvals.Fate;

/// <summary>Writes a run's history as the service does: numbered from 1, each event naming the one that led to it.</summary>
internal sealed class HistoryBuilder
{
    private static readonly DateTime Start = new(2026, 3, 1, 14, 0, 0, DateTimeKind.Utc);

    public HistoryBuilder() => Add("ExecutionStarted", 0);

    public List<HistoryEvent> Events { get; } = [];

    /// <summary>The newest event's number.</summary>
    public long Last => Events.Count;

    /// <summary>When an event occurred: every second one.</summary>
    public static DateTimeOffset At(long id) => new(Start.AddSeconds(id));

    /// <param name="after">The event that led to it, by its number; the newest where none is named.</param>
    /// <returns>Its number.</returns>
    public long Add(string type, long? after = null, Action<HistoryEvent>? details = null)
    {
        HistoryEvent one = new()
        {
            Id = Events.Count + 1,
            PreviousEventId = after ?? Last,
            Type = HistoryEventType.FindValue(type),
            Timestamp = Start.AddSeconds(Events.Count + 1),
        };
        details?.Invoke(one);
        Events.Add(one);
        return one.Id!.Value;
    }

    /// <summary>Enters a state.</summary>
    public long Enter(string type, long? after = null) =>
        Add($"{type}StateEntered", after ?? (Last == 1 ? 0 : null), one => one.StateEnteredEventDetails = new StateEnteredEventDetails { Name = $"S{one.Id}", Input = "{}" });

    /// <summary>Leaves a state.</summary>
    public long Exit(string type, long? after = null) =>
        Add($"{type}StateExited", after, one => one.StateExitedEventDetails = new StateExitedEventDetails { Name = "S", Output = "{}" });

    /// <summary>Calls a task that waits with a token.</summary>
    public long Schedule(string token, long? after = null, string? parameters = null, string resource = "sendMessage.waitForTaskToken") =>
        Add("TaskScheduled", after, one => one.TaskScheduledEventDetails = new TaskScheduledEventDetails
        {
            ResourceType = "sqs",
            Resource = resource,
            Region = "us-east-1",
            Parameters = parameters ?? Message(token),
        });

    public static string Message(string token, string file = "ledger.pdf") => JsonSerializer.Serialize(
        new { QueueUrl = "http://queue", MessageBody = new { TaskToken = token, File = new { Name = file } } });

    /// <summary>A task is called and the call gets through: it waits.</summary>
    public long Wait(string token, long? after = null, string? parameters = null)
    {
        long scheduled = Schedule(token, after, parameters);
        return Add("TaskSubmitted", Add("TaskStarted", scheduled));
    }

    /// <summary>A state is entered, and its task waits.</summary>
    public long Ask(string token, long? after = null, string? parameters = null) => Wait(token, Enter("Task", after), parameters);

    public long Succeed(long? after = null, string output = """{"approved":true}""") =>
        Add("TaskSucceeded", after, one => one.TaskSucceededEventDetails = new TaskSucceededEventDetails { Output = output });

    public long Fail(long? after = null, string? error = "No", string? cause = "by hand") =>
        Add("TaskFailed", after, one => one.TaskFailedEventDetails = new TaskFailedEventDetails { Error = error, Cause = cause });

    public long TimeOut(long? after = null, string error = "States.Timeout") =>
        Add("TaskTimedOut", after, one => one.TaskTimedOutEventDetails = new TaskTimedOutEventDetails { Error = error });

    public long StopRun(long? after = null, string? cause = "Stopped by Bob.") =>
        Add("ExecutionAborted", after, one => one.ExecutionAbortedEventDetails = new ExecutionAbortedEventDetails { Cause = cause });

    public long FailRun(long? after = null, string? error = "Bad", string? cause = "It is.") =>
        Add("ExecutionFailed", after, one => one.ExecutionFailedEventDetails = new ExecutionFailedEventDetails { Error = error, Cause = cause });

    public long Redrive() => Add("ExecutionRedriven", null, one => one.ExecutionRedrivenEventDetails = new ExecutionRedrivenEventDetails { RedriveCount = 1 });

    /// <summary>Something that has nothing to do with tasks.</summary>
    public long Pass(long? after = null) => Exit("Pass", Enter("Pass", after));
}
