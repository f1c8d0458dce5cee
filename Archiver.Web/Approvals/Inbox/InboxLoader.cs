namespace Archiver.Web.Approvals.Inbox;

/// <summary>Fills the feed from the table before anything is taken in or shown.</summary>
internal sealed class InboxLoader(ApprovalsStore store, ApprovalsFeed feed) : IHostedService
{
    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await foreach (Approval approval in store.ListAsync(ApprovalStatus.Pending, cancellationToken)) feed.Publish(approval);
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
