using System.Collections.Immutable;

namespace Archiver.Web.Approvals.Inbox;

/// <summary>
/// The rows of the inbox at one moment, in the order of asking; either end can come first. They are the approvals that wait, and those
/// whose decision can still be taken back: these keep their place until it is sent. A list never changes, and the next one
/// shares nearly all of it, so that any number of pages hold it at the price of one.
/// </summary>
internal sealed class InboxList
{
    private static readonly Comparer<Approval> Oldest = Comparer<Approval>.Create((left, right) =>
        left.RequestedAt.CompareTo(right.RequestedAt) is var order && order != 0 ? order : string.CompareOrdinal(left.Id, right.Id));

    private readonly ImmutableSortedSet<Approval> _rows;

    private InboxList(ImmutableSortedSet<Approval> rows, int waiting)
    {
        _rows = rows;
        Waiting = waiting;
    }

    /// <summary>The list without a row.</summary>
    public static InboxList Empty { get; } = new(ImmutableSortedSet<Approval>.Empty.WithComparer(Oldest), 0);

    /// <summary>How many rows there are.</summary>
    public int Count => _rows.Count;

    /// <summary>How many of them wait for a person.</summary>
    public int Waiting { get; }

    /// <summary>The list after changes: a row comes in or anew, or leaves.</summary>
    /// <param name="changes">Approvals as they were known before, nothing for those that were not, and as they are now.</param>
    public InboxList With(params IEnumerable<(Approval? Before, Approval Now)> changes)
    {
        ImmutableSortedSet<Approval>.Builder rows = _rows.ToBuilder();
        int waiting = Waiting;
        foreach ((Approval? before, Approval now) in changes)
        {
            if (before is not null && rows.Remove(before) && before.Status == ApprovalStatus.Pending) waiting--;
            if (IsShown(now) && rows.Add(now) && now.Status == ApprovalStatus.Pending) waiting++;
        }
        return new InboxList(rows.ToImmutable(), waiting);
    }

    /// <summary>The list without an approval.</summary>
    public InboxList Without(Approval approval) => _rows.Contains(approval)
        ? new InboxList(_rows.Remove(approval), Waiting - (approval.Status == ApprovalStatus.Pending ? 1 : 0))
        : this;

    /// <summary>A part of the list.</summary>
    /// <param name="start">The first one's place, from 0.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="newestFirst">From which end places are counted.</param>
    public IReadOnlyList<Approval> Slice(int start, int count, bool newestFirst)
    {
        int taken = Math.Clamp(count, 0, Math.Max(0, Count - start));
        return [.. Enumerable.Range(start, taken).Select(place => _rows[newestFirst ? Count - 1 - place : place])];
    }

    private static bool IsShown(Approval approval) => approval.Status is ApprovalStatus.Pending or ApprovalStatus.Decided;
}
