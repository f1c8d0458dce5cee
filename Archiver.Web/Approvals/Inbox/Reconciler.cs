using Archiver.Web.Approvals.Fate;
using Archiver.Web.Cloud;

namespace Archiver.Web.Approvals.Inbox;

/// <summary>Takes out of the inbox what no run waits for any more: its time ran out, it was stopped, it failed, it was answered elsewhere.</summary>
internal sealed class Reconciler(ApprovalsStore store, ApprovalsFeed feed, TaskFateReader fates, ReconcileOrder order, TimeProvider time)
{
    /// <summary>Keeps the order up with the inbox, until it falls too far behind or is cancelled; then it is to be called again.</summary>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        using ApprovalsSubscription inbox = feed.Subscribe();
        order.Restart(inbox.Open, time.GetUtcNow());
        await foreach (Approval approval in inbox.Changes.ReadAllAsync(cancellationToken)) order.Apply(approval, time.GetUtcNow());
    }

    /// <summary>Asks after the next run that is due, and closes its approvals that it went on without.</summary>
    /// <param name="lane">For whom: what is on a screen, or the inbox as a whole.</param>
    /// <returns>Whether one was due.</returns>
    public async Task<bool> CheckNextAsync(CallPriority lane, CancellationToken cancellationToken)
    {
        if (order.Next(lane, time.GetUtcNow()) is not { } run) return false;
        try
        {
            await CheckAsync(run, lane, cancellationToken);
        }
        catch
        {
            order.PutBack(run);
            throw;
        }
        return true;
    }

    private async Task CheckAsync(RunToAsk run, CallPriority lane, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, TaskFate> told = await fates.ReadAsync(
            run.ExecutionArn, [.. run.Approvals.Select(approval => approval.Id)], lane, cancellationToken);
        foreach (Approval approval in run.Approvals)
        {
            if (FateClosing.Of(told[approval.Id]) is not { } closing) continue;
            // Somebody may have decided since: the row's version settles it, and the feed is told who won. What still waits, with a
            // vote or a claim more, is over all the same: each time round, somebody's change got through.
            ChangeOutcome change = await store.CloseAsync(approval, closing, cancellationToken);
            while (change is { Won: false, Approval: { Status: ApprovalStatus.Pending } again }) change = await store.CloseAsync(again, closing, cancellationToken);
            if (change.Approval is { } closed) feed.Publish(closed);
        }
    }
}
