using Archiver.Web.Approvals.Inbox;

namespace Archiver.Web.Approvals.Review;

/// <summary>
/// The inbox filtered and sorted, for all who look at it like that. It is built once, and kept up with each change at the price of that
/// change. As time goes by approvals come and go by themselves where the filter asks for an age: <see cref="Advance"/>.
/// </summary>
internal sealed class InboxView(InboxFilter filter, ApprovalSort sort, TimeProvider time)
{
    private static readonly Comparer<(DateTimeOffset At, Approval Approval)> ByTime = Comparer<(DateTimeOffset At, Approval Approval)>.Create((left, right) =>
        left.At.CompareTo(right.At) is var order && order != 0 ? order : string.CompareOrdinal(left.Approval.Id, right.Approval.Id));

    private readonly Lock _lock = new();
    // When approvals come in or leave by themselves.
    private readonly SortedSet<(DateTimeOffset At, Approval Approval)> _turns = new(ByTime);
    private List<(Approval? Before, Approval? Now)>? _early = [];
    private volatile InboxList _list = InboxList.EmptyBy(sort);

    /// <summary>What it lets through.</summary>
    public InboxFilter Filter { get; } = filter;

    /// <summary>Whether it is the inbox itself: all of it, in the order of asking.</summary>
    public bool IsWhole { get; } = sort == ApprovalSort.Asked && !filter.Narrows;

    /// <summary>The rows as they are now.</summary>
    public InboxList List => _list;

    /// <summary>Builds it. What <see cref="Apply"/> heard meanwhile is not missed.</summary>
    /// <param name="whole">The inbox when <see cref="Apply"/> began to be called.</param>
    public void Build(InboxList whole)
    {
        DateTimeOffset now = time.GetUtcNow();
        List<(DateTimeOffset, Approval)> turns = [];
        InboxList list = IsWhole ? whole : InboxList.Of(sort, Matches(whole.Rows, now, turns));
        lock (_lock)
        {
            _turns.UnionWith(turns);
            List<(Approval?, Approval?)> early = _early!;
            (_list, _early) = (list, null);
            Take(early, now);
        }
    }

    /// <summary>Takes changes in, in their order.</summary>
    /// <param name="whole">The inbox with them.</param>
    /// <param name="changes">Approvals as they were and as they are.</param>
    public void Apply(InboxList whole, IReadOnlyList<(Approval? Before, Approval? Now)> changes)
    {
        lock (_lock)
        {
            if (_early is not null) _early.AddRange(changes);
            else if (IsWhole) _list = whole;
            else Take(changes, time.GetUtcNow());
        }
    }

    /// <summary>Lets in and out whose time has come.</summary>
    public void Advance()
    {
        if (!Filter.IsOfTime) return;
        DateTimeOffset now = time.GetUtcNow();
        lock (_lock)
        {
            List<(Approval?, Approval?)> changes = [];
            while (_turns.Count > 0 && _turns.Min is var turn && turn.At <= now)
            {
                _turns.Remove(turn);
                changes.Add((turn.Approval, Filter.Window(turn.Approval)?.Has(now) == true ? turn.Approval : null));
            }
            if (changes.Count > 0) _list = _list.With(changes);
        }
    }

    private void Take(IReadOnlyList<(Approval? Before, Approval? Now)> changes, DateTimeOffset now)
    {
        List<(Approval?, Approval?)> taken = [];
        foreach ((Approval? before, Approval? after) in changes)
        {
            if (before is not null) ForEachTurn(before, DateTimeOffset.MinValue, turn => _turns.Remove(turn));
            if (after is not null) ForEachTurn(after, now, turn => _turns.Add(turn));
            Approval? shown = after is not null && Filter.Window(after)?.Has(now) == true ? after : null;
            if (before is not null || shown is not null) taken.Add((before, shown));
        }
        if (taken.Count > 0) _list = _list.With(taken);
    }

    private IEnumerable<Approval> Matches(IEnumerable<Approval> rows, DateTimeOffset now, List<(DateTimeOffset, Approval)> turns)
    {
        foreach (Approval approval in rows)
        {
            ForEachTurn(approval, now, turns.Add);
            if (Filter.Window(approval)?.Has(now) == true) yield return approval;
        }
    }

    private void ForEachTurn(Approval approval, DateTimeOffset after, Action<(DateTimeOffset, Approval)> turn)
    {
        if (!Filter.IsOfTime || Filter.Window(approval) is not { } window) return;
        if (window.From > after) turn((window.From, approval));
        if (window.Until > after && window.Until < DateTimeOffset.MaxValue) turn((window.Until, approval));
    }
}
