namespace Archiver.Web.Approvals.Inbox;

/// <summary>What became of a task that no longer waits for a decision made here. Nothing is wrong with any of these.</summary>
public enum ClosedReason
{
    /// <summary>Somebody answered past the dashboard, such as from a shell.</summary>
    AnsweredElsewhere,

    /// <summary>Nobody answered in time.</summary>
    TimedOut,

    /// <summary>The workflow asked again with a new task token, which has an approval of its own.</summary>
    Superseded,

    /// <summary>The run was stopped.</summary>
    RunStopped,

    /// <summary>The run failed.</summary>
    RunFailed,

    /// <summary>The run's own time ran out.</summary>
    RunTimedOut,

    /// <summary>The run went on, or ended, without an answer: another branch took this one's task with it, or its call failed.</summary>
    RunEnded,

    /// <summary>There is no such run any more: histories are kept for 90 days.</summary>
    RunGone,

    /// <summary>Step Functions never gave out this task token, or it is another account's.</summary>
    TokenUnknown,

    /// <summary>The task does not wait any more, and nothing that can be read tells why: somebody answered, or the time ran out.</summary>
    Unexplained,
}

/// <summary>Why an approval was closed without a decision of ours reaching its run.</summary>
/// <param name="Reason">What became of the task.</param>
/// <param name="At">When it did, as the run's history has it; nothing where there is no telling.</param>
/// <param name="Detail">What was said of it there, such as the cause given to a stop; as it came.</param>
public sealed record Closing(ClosedReason Reason, DateTimeOffset? At = null, string? Detail = null);
