using Amazon.Runtime;
using Archiver.Web.Approvals.Inbox;

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
        await TryAsync(token => TakeUpAsync(token), stoppingToken);
        await Parallel.ForEachAsync(
            queue.Reader.ReadAllAsync(stoppingToken),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken },
            async (approval, token) => await TryAsync(inner => delivery.DeliverAsync(approval, inner), token))
            .ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.OnlyOnCanceled, TaskScheduler.Default)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task TakeUpAsync(CancellationToken cancellationToken)
    {
        await foreach (Approval approval in store.ListAsync(ApprovalStatus.Decided, cancellationToken)) queue.Add(approval);
    }

    private async Task TryAsync(Func<CancellationToken, Task> step, CancellationToken stoppingToken)
    {
        for (int failures = 1; !stoppingToken.IsCancellationRequested; failures++)
        {
            try
            {
                await step(stoppingToken);
                return;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is AmazonClientException or HttpRequestException or IOException or OperationCanceledException)
            {
                LogFailed(logger, failures, exception);
                await Task.Delay(Backoff.Delay(failures, Random.Shared.NextDouble()), time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A delivery failed {Failures} times; it is tried again.")]
    private static partial void LogFailed(ILogger logger, int failures, Exception exception);
}
