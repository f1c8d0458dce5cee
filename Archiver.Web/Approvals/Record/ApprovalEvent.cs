using Archiver.Web.Approvals.Inbox;

namespace Archiver.Web.Approvals.Record;

/// <summary>What can happen to an approval.</summary>
public enum ApprovalEventKind
{
    /// <summary>The workflow asked.</summary>
    Asked,

    /// <summary>It was in front of a reviewer for the first time.</summary>
    FirstSeen,

    /// <summary>A reviewer approved.</summary>
    Approved,

    /// <summary>A reviewer denied; the detail is their reason.</summary>
    Denied,

    /// <summary>The decision was taken back before it was sent.</summary>
    Undone,

    /// <summary>The run has the decision.</summary>
    Delivered,

    /// <summary>The run did not take the decision; the detail says why.</summary>
    Refused,

    /// <summary>The run stopped waiting before anybody decided; the detail says why.</summary>
    Closed,

    /// <summary>A reviewer approved, and it takes more of them; the detail counts them.</summary>
    Endorsed,

    /// <summary>A reviewer took their approval back while more were waited for.</summary>
    Withdrawn,

    /// <summary>A reviewer said that they are on it.</summary>
    Claimed,

    /// <summary>A reviewer let go of it.</summary>
    Released,

    /// <summary>An operator gave it to somebody else, or to nobody; the detail says from whom to whom.</summary>
    Reassigned,
}

/// <summary>One line of an approval's record. The record is append-only: lines are added with the change that they tell of, and none is altered.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">What happened.</param>
/// <param name="By">Whose doing it was, where it was a person's.</param>
/// <param name="Detail">The reason, a reviewer's comment, or nothing.</param>
/// <param name="ById">Whose doing it was, by their id, where that is known: two people may have one name.</param>
public sealed record ApprovalEvent(DateTimeOffset At, ApprovalEventKind Kind, string? By = null, string? Detail = null, string? ById = null);

/// <summary>An approval with its record.</summary>
/// <param name="Approval">The approval as it stands.</param>
/// <param name="Events">What happened to it, in that order.</param>
public sealed record ApprovalRecord(Approval Approval, IReadOnlyList<ApprovalEvent> Events);
