using Archiver.Infra.StatesLanguage;

namespace Archiver.Infra.LocalCloud.StepFunctions;

/// <summary>How an execution is run; the numbers are those in the store.</summary>
internal enum ExecutionKind
{
    /// <summary>Of a <c>STANDARD</c> machine: listed, described, kept.</summary>
    Standard = 0,

    /// <summary>Of an <c>EXPRESS</c> machine: nobody sees it, and nothing of it is left at its end.</summary>
    Express = 1,

    /// <summary>Of an <c>EXPRESS</c> machine, with a caller who waits for its end. It ends with the process, as its caller does.</summary>
    Synchronous = 2,
}

/// <summary>An execution as it is described.</summary>
internal sealed record Execution
{
    /// <summary>Its number in the store, in the order of start.</summary>
    public required long Id { get; init; }

    /// <summary>Its ARN.</summary>
    public required string Arn { get; init; }

    /// <summary>Its machine's ARN.</summary>
    public required string MachineArn { get; init; }

    /// <summary>Its name, unique in its machine.</summary>
    public required string Name { get; init; }

    /// <summary>How it is run.</summary>
    public required ExecutionKind Kind { get; init; }

    /// <summary>The number of the definition that it was started with.</summary>
    public required long Revision { get; init; }

    /// <summary>Where it stands.</summary>
    public required ExecutionStatus Status { get; init; }

    /// <summary>When it was started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? StoppedAt { get; init; }

    /// <summary>How often it was redriven.</summary>
    public int RedriveCount { get; init; }

    /// <summary>When it was last redriven.</summary>
    public DateTimeOffset? RedrivenAt { get; init; }

    /// <summary>The input, as it came.</summary>
    public required string Input { get; init; }

    /// <summary>The output as JSON, once it succeeded.</summary>
    public string? Output { get; init; }

    /// <summary>The error's name, once it failed, timed out or was stopped.</summary>
    public string? Error { get; init; }

    /// <summary>The error's cause.</summary>
    public string? Cause { get; init; }

    /// <summary>The X-Ray trace header that it was started with.</summary>
    public string? TraceHeader { get; init; }
}

/// <summary>What one or more transitions change in the store, all of it or nothing.</summary>
/// <param name="Snapshot">Where the execution stands now.</param>
/// <param name="Events">What its history gained.</param>
/// <param name="Timers">Timers that it waits for from now on.</param>
/// <param name="FiredTimer">The timer that led here and is done.</param>
/// <param name="Redrives">A redrive led here: the ended execution runs again.</param>
/// <param name="RedriveToken">The token by which the redrive's client knows it.</param>
internal sealed record ExecutionChange(
    ExecutionSnapshot Snapshot,
    IReadOnlyList<HistoryEvent> Events,
    IReadOnlyList<ExecutionEffect.ScheduleTimer> Timers,
    string? FiredTimer = null,
    bool Redrives = false,
    string? RedriveToken = null)
{
    /// <summary>Whether a call is due that is not known to have been made: after a crash it is made (again).</summary>
    public bool Owes => Snapshot.OpenTasks.Any(task => task.TaskToken is null || !task.Submitted);
}

/// <summary>Which of a machine's executions to list.</summary>
/// <param name="MachineArn">The machine.</param>
/// <param name="Status">Only those that stand there.</param>
/// <param name="Redriven">Only those that were, or were not, redriven.</param>
/// <param name="Before">The place that the page comes after: start in UTC ticks, and number.</param>
/// <param name="Count">How many at most.</param>
internal sealed record ExecutionQuery(
    string MachineArn, ExecutionStatus? Status, bool? Redriven, (long StartedAt, long Id)? Before, int Count);

/// <summary>Whether an execution was started.</summary>
internal enum StartStatus
{
    /// <summary>It was.</summary>
    Started,

    /// <summary>Another execution of the machine has its name.</summary>
    NameTaken,

    /// <summary>The machine was deleted meanwhile.</summary>
    MachineGone,
}

/// <summary>How a start went.</summary>
/// <param name="Status">Whether it was started.</param>
/// <param name="Execution">The execution that was started, or the one that has its name.</param>
internal sealed record StartOutcome(StartStatus Status, Execution Execution);
