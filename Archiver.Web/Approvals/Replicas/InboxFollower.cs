using Archiver.Web.Approvals.Inbox;

namespace Archiver.Web.Approvals.Replicas;

/// <summary>
/// Keeps the feed as the table is: what was open at the start, what the other replicas change, and now and then all of it
/// anew. Nothing here compares clocks: a replica's changes are read on from the last of its own stamps that was seen.
/// </summary>
internal sealed class InboxFollower(ReplicaRegistry registry, ApprovalsStore store, ApprovalsFeed feed, TimeProvider time)
{
    /// <summary>How long after an announcement a replica is asked on: an index may show a change a moment after the row.</summary>
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(3);

    /// <summary>How far before the last stamp that was seen is read again: writes may land in another order than they were stamped in.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, Peer> _peers = [];

    /// <summary>Reads what is open, and from where on each other replica is to be followed.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // First from where on, then what is: a change between the two is met twice, and not missed.
        foreach (ReplicaNews news in await registry.ListOthersAsync(cancellationToken))
            _peers[news.Id] = new Peer { Announcement = news.Announcement, Stamp = await registry.LatestStampAsync(news.Id, cancellationToken), WarmUntil = time.GetUtcNow() + Warm };
        await ReadOpenAsync(cancellationToken);
        feed.MarkComplete();
    }

    /// <summary>Reads what the others changed since the last time.</summary>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        foreach (ReplicaNews news in await registry.ListOthersAsync(cancellationToken))
        {
            if (!_peers.TryGetValue(news.Id, out Peer? peer)) _peers[news.Id] = peer = new Peer { Announcement = -1, Stamp = "" };
            if (peer.Announcement != news.Announcement)
            {
                peer.WarmUntil = now + Warm;
                peer.Announcement = news.Announcement;
            }
            if (now < peer.WarmUntil) await ReadChangesAsync(news.Id, peer, cancellationToken);
        }
    }

    /// <summary>Compares the feed with the table, and mends what the announcements missed.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<Approval> before = feed.Open();
        HashSet<string> open = await ReadOpenAsync(cancellationToken);
        foreach (Approval approval in before.Where(one => !open.Contains(one.Id)))
        {
            if (feed.Find(approval.Id)?.Version != approval.Version) continue; // news of it came meanwhile
            if (await store.GetAsync(approval.Id, cancellationToken) is { } row) feed.Publish(row);
            else feed.Forget(approval);
        }
    }

    private async Task<HashSet<string>> ReadOpenAsync(CancellationToken cancellationToken)
    {
        HashSet<string> open = [];
        // In the order that rows go through, so that one which moves on meanwhile is met again there.
        foreach (ApprovalStatus status in (ApprovalStatus[])[ApprovalStatus.Pending, ApprovalStatus.Decided, ApprovalStatus.Sending])
        {
            await foreach (Approval approval in store.ListAsync(status, cancellationToken))
            {
                open.Add(approval.Id);
                feed.Publish(approval);
            }
        }
        return open;
    }

    private async Task ReadChangesAsync(string id, Peer peer, CancellationToken cancellationToken)
    {
        string after = peer.Stamp.Length == 0 ? "" : Replica.Before(peer.Stamp, Overlap);
        foreach (ReplicaChange change in await registry.ChangesAsync(id, after, cancellationToken))
        {
            feed.Publish(change.Approval);
            if (string.CompareOrdinal(change.Stamp, peer.Stamp) > 0) peer.Stamp = change.Stamp;
        }
    }

    private sealed class Peer
    {
        public required long Announcement { get; set; }

        public required string Stamp { get; set; }

        public DateTimeOffset WarmUntil { get; set; }
    }
}
