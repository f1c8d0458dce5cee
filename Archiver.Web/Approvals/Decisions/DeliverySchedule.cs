using System.Threading.Channels;
using Archiver.Web.Approvals.Inbox;

namespace Archiver.Web.Approvals.Decisions;

/// <summary>A decision that is to be delivered.</summary>
/// <param name="Approval">The approval as it was decided.</param>
/// <param name="TaskToken">The token, where it is at hand; else it is read.</param>
/// <param name="Failures">How often the delivery failed so far.</param>
internal sealed record DueDelivery(Approval Approval, string? TaskToken = null, int Failures = 0)
{
    /// <summary>Keeps the token out of whatever prints this.</summary>
    public override string ToString() => $"delivery of {Approval.Id}";
}

/// <summary>
/// The decisions that this process is to deliver, each when its time has come: one entry an approval, the latest version. A
/// crash empties it; the table refills it.
/// </summary>
internal sealed class DeliverySchedule(TimeProvider time) : IDisposable
{
    private readonly Channel<DueDelivery> _due = Channel.CreateUnbounded<DueDelivery>();
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _entries = [];

    /// <summary>Those whose time has come.</summary>
    public ChannelReader<DueDelivery> Due => _due.Reader;

    /// <summary>How many are to be delivered, due or not.</summary>
    public int Count
    {
        get { lock (_lock) return _entries.Count; }
    }

    /// <summary>
    /// Schedules a delivery, in place of one of an older version. One that is under way, due sooner or tried again already stays as it is; one
    /// that is due later does not: a decision of this process may be heard of as anybody's before it is scheduled as its own.
    /// </summary>
    /// <param name="delivery">What to deliver.</param>
    /// <param name="after">When: that long from now.</param>
    public void Add(DueDelivery delivery, TimeSpan after)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(delivery.Approval.Id, out Entry? entry)
                && (entry.Version > delivery.Approval.Version
                    || (entry.Version == delivery.Approval.Version && (entry.HasFailed || entry.DueAt <= time.GetUtcNow() + after))))
            {
                return;
            }
            Set(delivery, after);
        }
    }

    /// <summary>Schedules a delivery that failed once more.</summary>
    public void Again(DueDelivery delivery, TimeSpan after)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(delivery.Approval.Id, out Entry? entry) && entry.Version == delivery.Approval.Version) Set(delivery, after);
        }
    }

    /// <summary>Says that a delivery under way has brought its approval to a new version.</summary>
    public void Advance(Approval approval)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(approval.Id, out Entry? entry) && entry.Version < approval.Version) _entries[approval.Id] = entry with { Version = approval.Version };
        }
    }

    /// <summary>Says that nothing is left to do for this version.</summary>
    public void Done(Approval approval)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(approval.Id, out Entry? entry) || entry.Version > approval.Version) return;
            entry.Timer?.Dispose();
            _entries.Remove(approval.Id);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            foreach (Entry entry in _entries.Values) entry.Timer?.Dispose();
            _entries.Clear();
            _due.Writer.TryComplete();
        }
    }

    private void Set(DueDelivery delivery, TimeSpan after)
    {
        if (_entries.TryGetValue(delivery.Approval.Id, out Entry? before)) before.Timer?.Dispose();
        ITimer? timer = after > TimeSpan.Zero
            ? time.CreateTimer(_ => _due.Writer.TryWrite(delivery), null, after, Timeout.InfiniteTimeSpan)
            : null;
        _entries[delivery.Approval.Id] = new Entry(delivery.Approval.Version, time.GetUtcNow() + after, delivery.Failures > 0, timer);
        if (timer is null) _due.Writer.TryWrite(delivery);
    }

    private sealed record Entry(long Version, DateTimeOffset DueAt, bool HasFailed, ITimer? Timer);
}
