using System.Threading.Channels;

namespace Archiver.Web.Approvals.Inbox;

/// <summary>What a live view starts from, and what changes from there on; nothing falls between the two.</summary>
/// <param name="pending">The approvals that wait.</param>
/// <param name="changes">Every change since, an approval as it stands then. It completes when the reader fell too far behind.</param>
/// <param name="end">Leaves the stream.</param>
internal sealed class ApprovalsSubscription(IReadOnlyCollection<Approval> pending, ChannelReader<Approval> changes, Action end) : IDisposable
{
    public IReadOnlyCollection<Approval> Pending { get; } = pending;

    public ChannelReader<Approval> Changes { get; } = changes;

    /// <summary>Ends the stream.</summary>
    public void Dispose() => end();
}

/// <summary>
/// The inbox as every page of this process sees it: the pending approvals in memory, and a stream of changes. The table is the
/// truth; whoever writes or reads a row there tells it here, and an older version of a row never replaces a newer one.
/// </summary>
internal sealed class ApprovalsFeed
{
    // A circuit that has not read this many changes is dead or hopelessly behind: its view starts over.
    private const int Backlog = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Approval> _pending = [];
    private readonly Dictionary<string, long> _settled = [];
    private readonly Queue<string> _settledOrder = new();
    private readonly List<Channel<Approval>> _subscribers = [];

    /// <summary>The pending approvals' number changed.</summary>
    public event Action? CountChanged;

    /// <summary>How many approvals wait.</summary>
    public int Count
    {
        get { lock (_lock) return _pending.Count; }
    }

    /// <summary>A pending approval as it stands; nothing when it is none.</summary>
    public Approval? Find(string id)
    {
        lock (_lock) return _pending.GetValueOrDefault(id);
    }

    /// <summary>What is pending now.</summary>
    public IReadOnlyList<string> PendingIds()
    {
        lock (_lock) return [.. _pending.Keys];
    }

    /// <summary>The pending approvals that a run waits for.</summary>
    public IReadOnlyList<Approval> WaitingOf(string executionArn)
    {
        lock (_lock) return [.. _pending.Values.Where(approval => approval.ExecutionArn == executionArn)];
    }

    /// <summary>Takes the snapshot and joins the stream in one step.</summary>
    public ApprovalsSubscription Subscribe()
    {
        Channel<Approval> channel = Channel.CreateBounded<Approval>(new BoundedChannelOptions(Backlog) { SingleReader = true });
        lock (_lock)
        {
            _subscribers.Add(channel);
            return new ApprovalsSubscription([.. _pending.Values], channel.Reader, () =>
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
            long known = _pending.TryGetValue(approval.Id, out Approval? pending) ? pending.Version
                : _settled.GetValueOrDefault(approval.Id, -1);
            if (approval.Version <= known) return;

            if (approval.Status == ApprovalStatus.Pending)
            {
                countChanged = pending is null;
                _pending[approval.Id] = approval;
            }
            else
            {
                countChanged = _pending.Remove(approval.Id);
                Remember(approval);
            }
            for (int i = _subscribers.Count - 1; i >= 0; i--)
            {
                if (_subscribers[i].Writer.TryWrite(approval)) continue;
                _subscribers[i].Writer.TryComplete();
                _subscribers.RemoveAt(i);
            }
        }
        if (countChanged) CountChanged?.Invoke();
    }

    // A late duplicate of a settled row must not bring it back; the last few thousand are enough for that.
    private void Remember(Approval approval)
    {
        if (_settled.TryAdd(approval.Id, approval.Version)) _settledOrder.Enqueue(approval.Id);
        else _settled[approval.Id] = approval.Version;
        while (_settledOrder.Count > Backlog) _settled.Remove(_settledOrder.Dequeue());
    }
}
