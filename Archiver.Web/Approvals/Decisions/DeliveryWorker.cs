using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Cloud;

namespace Archiver.Web.Approvals.Decisions;

/// <summary>
/// Delivers decisions until each has arrived or was refused for good: those of this process as they are made, and after a
/// start those that an earlier process decided and did not deliver.
/// </summary>
internal sealed partial class DeliveryWorker(
    DecisionDelivery delivery, DeliveryQueue queue, ApprovalsStore store, TimeProvider time, ILogger<DeliveryWorker> logger) : BackgroundService
{
    private const int AtOnce = 8;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await UntilDoneAsync(TakeUpAsync, stoppingToken);
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => DeliverAsync(stoppingToken)));
    }

    private async Task DeliverAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (Approval approval in queue.Reader.ReadAllAsync(stoppingToken))
                await UntilDoneAsync(token => delivery.DeliverAsync(approval, token), stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; the table knows what is still to be delivered.
        }
    }

    private async Task TakeUpAsync(CancellationToken cancellationToken)
    {
        await foreach (Approval approval in store.ListAsync(ApprovalStatus.Decided, cancellationToken)) queue.Add(approval);
    }

    private Task UntilDoneAsync(Func<CancellationToken, Task> step, CancellationToken stoppingToken) =>
        CloudLoop.UntilDoneAsync(step, (exception, failures) => LogFailed(logger, failures, exception), time, stoppingToken);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A delivery failed {Failures} times; it is tried again.")]
    private static partial void LogFailed(ILogger logger, int failures, Exception exception);
}
