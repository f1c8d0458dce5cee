using System.Collections.Immutable;
using Archiver.Web.Approvals.Review;

namespace Archiver.Web.Approvals.Inbox;

/// <summary>
/// Rows of the inbox at one moment, in one order; either end can come first. They are approvals that wait, and those
/// whose decision can still be taken back: these keep their place until it is sent. A list never changes, and the next one
/// shares nearly all of it, so that any number of pages hold it at the price of one.
/// </summary>
public sealed class InboxList
{
    private readonly ImmutableSortedSet<Approval> _rows;

    private InboxList(ImmutableSortedSet<Approval> rows, int waiting)
    {
        _rows = rows;
        Waiting = waiting;
    }

    /// <summary>The list without a row, in the order of asking.</summary>
    public static InboxList Empty { get; } = EmptyBy(ApprovalSort.Asked);

    /// <summary>How many rows there are.</summary>
    public int Count => _rows.Count;

    /// <summary>How many of them wait for a person.</summary>
    public int Waiting { get; }

    /// <summary>All of it, ascending.</summary>
    public IEnumerable<Approval> Rows => _rows;

    /// <summary>The list without a row, in any order.</summary>
    public static InboxList EmptyBy(ApprovalSort sort) => new(ImmutableSortedSet<Approval>.Empty.WithComparer(ApprovalOrder.Of(sort)), 0);

    /// <summary>A list of approvals, in any order; those that are not shown in the inbox are left out.</summary>
    public static InboxList Of(ApprovalSort sort, IEnumerable<Approval> approvals)
    {
        // Made in one go: sorted once, and not row by row.
        ImmutableSortedSet<Approval> rows = ImmutableSortedSet.CreateRange(ApprovalOrder.Of(sort), approvals.Where(IsShown));
        return new InboxList(rows, rows.Count(approval => approval.Status == ApprovalStatus.Pending));
    }

    /// <summary>The list after changes: a row comes in or anew, or leaves.</summary>
    /// <param name="changes">Approvals as they were known before, nothing for those that were not, and as they are now, nothing for those that are not.</param>
    public InboxList With(params IEnumerable<(Approval? Before, Approval? Now)> changes)
    {
        ImmutableSortedSet<Approval>.Builder rows = _rows.ToBuilder();
        int waiting = Waiting;
        foreach ((Approval? before, Approval? now) in changes)
        {
            if (before is not null && rows.Remove(before) && before.Status == ApprovalStatus.Pending) waiting--;
            if (now is not null && IsShown(now) && rows.Add(now) && now.Status == ApprovalStatus.Pending) waiting++;
        }
        return new InboxList(rows.ToImmutable(), waiting);
    }

    /// <summary>A part of the list.</summary>
    /// <param name="start">The first one's place, from 0.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="descending">From which end places are counted.</param>
    public IReadOnlyList<Approval> Slice(int start, int count, bool descending)
    {
        int taken = Math.Clamp(count, 0, Math.Max(0, Count - start));
        return [.. Enumerable.Range(start, taken).Select(place => _rows[descending ? Count - 1 - place : place])];
    }

    /// <summary>Where an approval is, from 0; nothing where it is not.</summary>
    /// <param name="approval">The approval, of any version.</param>
    /// <param name="descending">From which end places are counted.</param>
    public int? Place(Approval approval, bool descending) =>
        _rows.IndexOf(approval) is var place && place < 0 ? null : descending ? Count - 1 - place : place;

    private static bool IsShown(Approval approval) => approval.Status is ApprovalStatus.Pending or ApprovalStatus.Decided;
}
