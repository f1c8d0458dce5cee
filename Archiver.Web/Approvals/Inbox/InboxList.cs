namespace Archiver.Web.Approvals.Inbox;

/// <summary>
/// The rows of the inbox in the order of asking, kept so change by change; either end can come first. They are the approvals that
/// wait, and those whose decision can still be taken back: these keep their place until it is sent.
/// </summary>
internal sealed class InboxList
{
    private static readonly Comparer<Approval> Oldest = Comparer<Approval>.Create((left, right) =>
        left.RequestedAt.CompareTo(right.RequestedAt) is var order && order != 0 ? order : string.CompareOrdinal(left.Id, right.Id));

    private readonly Dictionary<string, Approval> _byId = [];
    private readonly List<Approval> _ordered;

    /// <summary>Makes the list of a snapshot.</summary>
    public InboxList(IEnumerable<Approval> open)
    {
        _ordered = [.. open.Where(IsShown)];
        _ordered.Sort(Oldest);
        foreach (Approval approval in _ordered) _byId.Add(approval.Id, approval);
        Waiting = _ordered.Count(approval => approval.Status == ApprovalStatus.Pending);
    }

    /// <summary>How many rows there are.</summary>
    public int Count => _ordered.Count;

    /// <summary>How many of them wait for a person.</summary>
    public int Waiting { get; private set; }

    /// <summary>Takes a change: a row comes in or anew, or leaves.</summary>
    public void Apply(Approval approval)
    {
        if (_byId.Remove(approval.Id, out Approval? before))
        {
            _ordered.RemoveAt(_ordered.BinarySearch(before, Oldest));
            if (before.Status == ApprovalStatus.Pending) Waiting--;
        }
        if (!IsShown(approval)) return;
        if (approval.Status == ApprovalStatus.Pending) Waiting++;
        _byId.Add(approval.Id, approval);
        _ordered.Insert(~_ordered.BinarySearch(approval, Oldest), approval);
    }

    /// <summary>A part of the list.</summary>
    /// <param name="start">The first one's place, from 0.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="newestFirst">From which end places are counted.</param>
    public IReadOnlyList<Approval> Slice(int start, int count, bool newestFirst)
    {
        int taken = Math.Clamp(count, 0, Math.Max(0, Count - start));
        if (!newestFirst) return _ordered.GetRange(Math.Min(start, Count), taken);
        List<Approval> slice = _ordered.GetRange(Count - Math.Min(start, Count) - taken, taken);
        slice.Reverse();
        return slice;
    }

    private static bool IsShown(Approval approval) => approval.Status is ApprovalStatus.Pending or ApprovalStatus.Decided;
}
