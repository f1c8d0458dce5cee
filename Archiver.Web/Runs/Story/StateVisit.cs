namespace Archiver.Web.Runs.Story;

/// <summary>Where a state stands in a run.</summary>
public enum StateStatus
{
    /// <summary>The run has not come to it.</summary>
    NotEntered,

    /// <summary>It is at work.</summary>
    Running,

    /// <summary>It waits: for an answer to its task token, or for its time.</summary>
    Waiting,

    /// <summary>An attempt failed, and the next has not begun or ended.</summary>
    Retrying,

    /// <summary>It was done.</summary>
    Succeeded,

    /// <summary>It failed, and the machine went on where it catches the error.</summary>
    Caught,

    /// <summary>It failed, and what it is in with it.</summary>
    Failed,

    /// <summary>Its time, or the run's, was up.</summary>
    TimedOut,

    /// <summary>It was stopped with the run, or with the branches beside it.</summary>
    Stopped,
}

/// <summary>One attempt of a Task state.</summary>
/// <param name="StartedAt">When it was called.</param>
/// <param name="EndedAt">When it was over.</param>
/// <param name="Status">What came of it.</param>
/// <param name="Error">The error's name, where it failed.</param>
/// <param name="Cause">The error's cause.</param>
public sealed record StateAttempt(DateTimeOffset StartedAt, DateTimeOffset? EndedAt, StateStatus Status, string? Error, string? Cause);

/// <summary>A state entered once: one that the run comes to again, or that runs for each item, has several.</summary>
public sealed record StateVisit
{
    /// <summary>Its place among the run's visits, from 0.</summary>
    public required int Number { get; init; }

    /// <summary>The state's name.</summary>
    public required string Name { get; init; }

    /// <summary>The state's type, such as <c>Task</c>.</summary>
    public required string Type { get; init; }

    /// <summary>When it was entered.</summary>
    public required DateTimeOffset EnteredAt { get; init; }

    /// <summary>When it was left, or over with the run.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Where it stands.</summary>
    public StateStatus Status { get; init; } = StateStatus.Running;

    /// <summary>What went in, JSON with its tokens hidden.</summary>
    public string? Input { get; init; }

    /// <summary>What came out, JSON with its tokens hidden.</summary>
    public string? Output { get; init; }

    /// <summary>The name of the error that it failed with, last.</summary>
    public string? Error { get; init; }

    /// <summary>The error's cause.</summary>
    public string? Cause { get; init; }

    /// <summary>A Task's attempts, the first one first.</summary>
    public IReadOnlyList<StateAttempt> Attempts { get; init; } = [];

    /// <summary>The visit that led here; nothing at the start of the run or of a branch.</summary>
    public int? From { get; init; }

    /// <summary>The visit of the state that it is in; nothing where it is in none.</summary>
    public int? Parent { get; init; }

    /// <summary>The item's place, from 0, in a Map state.</summary>
    public int? Iteration { get; init; }

    /// <summary>How many items a Map state has.</summary>
    public int? Items { get; init; }

    /// <summary>Whether it is not over.</summary>
    public bool IsOpen => EndedAt is null;

    /// <summary>How long it took, or has taken.</summary>
    /// <param name="now">The moment that it is now.</param>
    public TimeSpan Took(DateTimeOffset now) => (EndedAt ?? now) - EnteredAt;
}
