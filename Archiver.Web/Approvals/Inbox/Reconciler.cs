using Archiver.Web.Approvals.Decisions;

namespace Archiver.Web.Approvals.Inbox;

/// <summary>Takes out of the inbox what no run waits for any more: its time ran out, it was stopped, it failed, it was answered elsewhere.</summary>
internal sealed class Reconciler(ApprovalsStore store, ApprovalsFeed feed, RunState runs)
{
    private readonly Lock _lock = new();
    private Queue<string> _round = new();

    /// <summary>Asks after the next few pending approvals, each in its turn, and closes those whose run went on without them.</summary>
    /// <param name="count">How many runs to ask after: each costs a call of the service's smallest quota but one.</param>
    public async Task CheckAsync(int count, CancellationToken cancellationToken)
    {
        foreach (string id in NextIds(count))
        {
            if (feed.Find(id) is not { Status: ApprovalStatus.Pending } approval || await runs.WhyNotWaitingAsync(approval, cancellationToken) is not { } closing) continue;
            if ((await store.CloseAsync(approval, closing, cancellationToken)).Approval is { } closed) feed.Publish(closed);
        }
    }

    // Round after round through the inbox as it stood when the round began; what came since is in the next.
    private List<string> NextIds(int count)
    {
        lock (_lock)
        {
            if (_round.Count == 0) _round = new Queue<string>(feed.PendingIds());
            List<string> ids = [];
            while (ids.Count < count && _round.TryDequeue(out string? id)) ids.Add(id);
            return ids;
        }
    }
}
