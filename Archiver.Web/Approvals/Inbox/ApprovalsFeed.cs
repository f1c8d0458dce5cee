using System.Threading.Channels;
using Archiver.Web.Approvals.Review;

namespace Archiver.Web.Approvals.Inbox;

/// <summary>What a live view starts from, and what changes from there on; nothing falls between the two.</summary>
/// <param name="open">The approvals that wait, and those whose decision is not delivered yet.</param>
/// <param name="changes">Every change since, an approval as it stands then. It completes when the reader fell too far behind.</param>
/// <param name="end">Leaves the stream.</param>
internal sealed class ApprovalsSubscription(IReadOnlyCollection<Approval> open, ChannelReader<Approval> changes, Action end) : IDisposable
{
    public IReadOnlyCollection<Approval> Open { get; } = open;

    public ChannelReader<Approval> Changes { get; } = changes;

    /// <summary>Ends the stream.</summary>
    public void Dispose() => end();
}

/// <summary>
/// The inbox as every page of this process sees it: the open approvals in memory, and a stream of changes. The table is the
/// truth; whoever writes or reads a row there tells it here, and an older version of a row never replaces a newer one.
/// </summary>
internal sealed class ApprovalsFeed
{
    // A circuit that has not read this many changes is dead or hopelessly behind: its view starts over.
    private const int Backlog = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Approval> _open = [];
    private readonly Dictionary<string, long> _settled = [];
    private readonly Queue<string> _settledOrder = new();
    private readonly List<Channel<Approval>> _subscribers = [];
    private readonly List<InboxView> _views = [];
    private InboxList _list = InboxList.Empty;
    private bool _complete;

    /// <summary>The pending approvals' number changed, or the inbox is complete now.</summary>
    public event Action? CountChanged;

    /// <summary>How many approvals wait.</summary>
    public int Count
    {
        get { lock (_lock) return _list.Waiting; }
    }

    /// <summary>The inbox's rows as they are now.</summary>
    public InboxList List
    {
        get { lock (_lock) return _list; }
    }

    /// <summary>Whether everything that was in the table at the start has been read; before that, there may be more than is known here.</summary>
    public bool IsComplete
    {
        get { lock (_lock) return _complete; }
    }

    /// <summary>
    /// Takes in what is read at the start. It is no news, and too much to be told row by row: the streams are ended now and then, and
    /// whoever reads one starts over from what is known by then.
    /// </summary>
    /// <param name="rows">The rows.</param>
    /// <param name="show">Whether the streams are to be ended now.</param>
    public void Load(IReadOnlyList<Approval> rows, bool show)
    {
        lock (_lock)
        {
            List<(Approval?, Approval?)> changes = [];
            foreach (Approval approval in rows)
            {
                if (Take(approval, out Approval? before)) changes.Add((before, approval));
            }
            Change(changes);
            if (show) EndStreams();
        }
        if (show) CountChanged?.Invoke();
    }

    /// <summary>Says that what was in the table at the start has been read.</summary>
    public void MarkComplete()
    {
        lock (_lock)
        {
            _complete = true;
            EndStreams();
        }
        CountChanged?.Invoke();
    }

    /// <summary>An open approval as it stands; nothing when it is none.</summary>
    public Approval? Find(string id)
    {
        lock (_lock) return _open.GetValueOrDefault(id);
    }

    /// <summary>What is open now: it waits for a person, or for its delivery.</summary>
    public IReadOnlyList<Approval> Open()
    {
        lock (_lock) return [.. _open.Values];
    }

    /// <summary>What is pending now.</summary>
    public IReadOnlyList<string> PendingIds()
    {
        lock (_lock) return [.. _open.Values.Where(approval => approval.Status == ApprovalStatus.Pending).Select(approval => approval.Id)];
    }

    /// <summary>The pending approvals that a run waits for.</summary>
    public IReadOnlyList<Approval> WaitingOf(string executionArn)
    {
        lock (_lock) return [.. _open.Values.Where(approval => approval.Status == ApprovalStatus.Pending && approval.ExecutionArn == executionArn)];
    }

    /// <summary>Joins the stream, and takes what is open in the same step.</summary>
    /// <param name="withOpen">Whether what is open is wanted; a page has <see cref="List"/>.</param>
    public ApprovalsSubscription Subscribe(bool withOpen = true)
    {
        Channel<Approval> channel = Channel.CreateBounded<Approval>(new BoundedChannelOptions(Backlog) { SingleReader = true });
        lock (_lock)
        {
            _subscribers.Add(channel);
            return new ApprovalsSubscription(withOpen ? [.. _open.Values] : [], channel.Reader, () =>
            {
                lock (_lock) _subscribers.Remove(channel);
                channel.Writer.TryComplete();
            });
        }
    }

    /// <summary>Tells of a row as it stands. News that are none, or older than what is known, go no further.</summary>
    public void Publish(Approval approval)
    {
        bool countChanged;
        lock (_lock)
        {
            if (!Take(approval, out Approval? before)) return;
            int waiting = _list.Waiting;
            Change([(before, approval)]);
            countChanged = _list.Waiting != waiting;
            for (int i = _subscribers.Count - 1; i >= 0; i--)
            {
                if (_subscribers[i].Writer.TryWrite(approval)) continue;
                _subscribers[i].Writer.TryComplete();
                _subscribers.RemoveAt(i);
            }
        }
        if (countChanged) CountChanged?.Invoke();
    }

    /// <summary>Takes out what is not in the table any more, such as a row that somebody deleted. Nothing is told of it: there is nothing to say.</summary>
    public void Forget(Approval gone)
    {
        lock (_lock)
        {
            if (!_open.TryGetValue(gone.Id, out Approval? known) || known.Version != gone.Version) return;
            _open.Remove(gone.Id);
            Change([(known, null)]);
            EndStreams();
        }
        CountChanged?.Invoke();
    }

    /// <summary>Keeps a view up from now on.</summary>
    /// <param name="view">The view; it hears of every change after this one.</param>
    /// <returns>The inbox that the view is to start from.</returns>
    public InboxList Keep(InboxView view)
    {
        lock (_lock)
        {
            _views.Add(view);
            return _list;
        }
    }

    /// <summary>Keeps a view up no longer.</summary>
    public void Drop(InboxView view)
    {
        lock (_lock) _views.Remove(view);
    }

    private void Change(IReadOnlyList<(Approval? Before, Approval? Now)> changes)
    {
        _list = _list.With(changes);
        foreach (InboxView view in _views) view.Apply(_list, changes);
    }

    private bool Take(Approval approval, out Approval? before)
    {
        long known = _open.TryGetValue(approval.Id, out before) ? before.Version : _settled.GetValueOrDefault(approval.Id, -1);
        if (approval.Version <= known) return false;

        if (approval.IsOpen)
        {
            _open[approval.Id] = approval;
        }
        else
        {
            _open.Remove(approval.Id);
            Remember(approval);
        }
        return true;
    }

    // Whoever reads a stream that ended starts over from what there is.
    private void EndStreams()
    {
        foreach (Channel<Approval> subscriber in _subscribers) subscriber.Writer.TryComplete();
        _subscribers.Clear();
    }

    // A late duplicate of a settled row must not bring it back; the last few thousand are enough for that.
    private void Remember(Approval approval)
    {
        if (_settled.TryAdd(approval.Id, approval.Version)) _settledOrder.Enqueue(approval.Id);
        else _settled[approval.Id] = approval.Version;
        while (_settledOrder.Count > Backlog) _settled.Remove(_settledOrder.Dequeue());
    }
}
