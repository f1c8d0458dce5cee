using Archiver.Web.Cloud;

namespace Archiver.Web.Approvals.Inbox;

/// <summary>Fills the feed from the table: what was open when this process started.</summary>
internal sealed partial class InboxLoader(ApprovalsStore store, ApprovalsFeed feed, TimeProvider time, ILogger<InboxLoader> logger) : BackgroundService
{
    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        CloudLoop.UntilDoneAsync(LoadAsync, (exception, failures) => LogFailed(logger, failures, exception), time, stoppingToken);

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        // What moved on from one status to the next meanwhile is met again there.
        foreach (ApprovalStatus status in (ApprovalStatus[])[ApprovalStatus.Pending, ApprovalStatus.Decided, ApprovalStatus.Sending])
        {
            await foreach (Approval approval in store.ListAsync(status, cancellationToken)) feed.Publish(approval);
        }
        feed.MarkComplete();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The inbox could not be read, {Failures} times so far; it is tried again.")]
    private static partial void LogFailed(ILogger logger, int failures, Exception exception);
}
