using Archiver.Web.Approvals.Decisions;
using Archiver.Web.Approvals.Inbox;

namespace Archiver.Web.Approvals.Bulk;

/// <summary>What one of many came to.</summary>
internal enum BulkEnd
{
    /// <summary>It was decided as the person said.</summary>
    Decided,

    /// <summary>The approval counts, and it takes more of them.</summary>
    Counted,

    /// <summary>It was decided, and taken back.</summary>
    Undone,

    /// <summary>Somebody else decided before.</summary>
    ByOther,

    /// <summary>It is not what the person had seen any more.</summary>
    Changed,

    /// <summary>The run no longer waits.</summary>
    Closed,

    /// <summary>It is not this person's to decide.</summary>
    Refused,

    /// <summary>It was tried, and nothing is known to have come of it; it can be tried again.</summary>
    Failed,
}

/// <summary>What was said to one of many.</summary>
/// <param name="End">What it came to.</param>
internal sealed record BulkOutcome(BulkEnd End)
{
    /// <summary>How the decision went, where it got that far.</summary>
    public DecisionOutcome? Decision { get; init; }

    /// <summary>Why it did not get that far; a sentence.</summary>
    public string? Problem { get; init; }

    /// <summary>Why it could not be taken back, where that was tried.</summary>
    public string? UndoProblem { get; init; }

    /// <summary>Until when it can be taken back; nothing where it can't, or where there is no such end.</summary>
    public DateTimeOffset? UndoUntil { get; init; }

    /// <summary>The approval as it was left.</summary>
    public Approval? Now => Decision switch
    {
        DecisionOutcome.Accepted accepted => accepted.Approval,
        DecisionOutcome.Endorsed endorsed => endorsed.Approval,
        DecisionOutcome.AlreadyDecided already => already.Approval,
        DecisionOutcome.Changed changed => changed.Approval,
        DecisionOutcome.NoLongerWaiting closed => closed.Approval,
        DecisionOutcome.ApprovedBefore before => before.Approval,
        DecisionOutcome.Barred barred => barred.Approval,
        DecisionOutcome.Busy busy => busy.Approval,
        _ => null,
    };

    /// <summary>Whether it can still be taken back.</summary>
    public bool CanUndo(DateTimeOffset now) => End switch
    {
        BulkEnd.Decided => now < UndoUntil,
        BulkEnd.Counted => UndoProblem is null,
        _ => false,
    };
}

/// <summary>One of the approvals that are decided on together.</summary>
/// <param name="seen">The approval as the person had it in front of them.</param>
internal sealed class BulkItem(Approval seen)
{
    private BulkOutcome? _outcome;

    /// <summary>The approval as the person had it in front of them: what is decided on.</summary>
    public Approval Seen { get; } = seen;

    /// <summary>What it came to; nothing while it is untouched. Written by the run, and read by whoever shows it.</summary>
    public BulkOutcome? Outcome
    {
        get => Volatile.Read(ref _outcome);
        set => Volatile.Write(ref _outcome, value);
    }
}

/// <summary>What is decided on all of them.</summary>
/// <param name="Approved">Whether they are approved.</param>
/// <param name="Reason">Why; of a denial.</param>
internal sealed record BulkDecision(bool Approved, string? Reason);
