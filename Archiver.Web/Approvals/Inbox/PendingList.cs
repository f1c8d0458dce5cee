namespace Archiver.Web.Approvals.Inbox;

/// <summary>The pending approvals in the order of asking, kept so change by change; either end can come first.</summary>
internal sealed class PendingList
{
    private static readonly Comparer<Approval> Oldest = Comparer<Approval>.Create((left, right) =>
        left.RequestedAt.CompareTo(right.RequestedAt) is var order && order != 0 ? order : string.CompareOrdinal(left.Id, right.Id));

    private readonly Dictionary<string, Approval> _byId = [];
    private readonly List<Approval> _ordered;

    /// <summary>Makes the list of a snapshot.</summary>
    public PendingList(IEnumerable<Approval> pending)
    {
        _ordered = [.. pending];
        _ordered.Sort(Oldest);
        foreach (Approval approval in _ordered) _byId.Add(approval.Id, approval);
    }

    /// <summary>How many there are.</summary>
    public int Count => _ordered.Count;

    /// <summary>Takes a change: a pending approval comes in or anew, another leaves.</summary>
    public void Apply(Approval approval)
    {
        if (_byId.Remove(approval.Id, out Approval? before)) _ordered.RemoveAt(_ordered.BinarySearch(before, Oldest));
        if (approval.Status != ApprovalStatus.Pending) return;
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
}
