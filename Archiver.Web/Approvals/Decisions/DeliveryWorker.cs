using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Cloud;
using Microsoft.Extensions.Options;

namespace Archiver.Web.Approvals.Decisions;

/// <summary>
/// Delivers decisions until each has arrived or was refused for good: those of this process when they can't be taken back any
/// more, and those of others that did not come to it. How long ago another one decided is measured here, from when it was
/// heard of: clocks differ.
/// </summary>
internal sealed partial class DeliveryWorker(
    DecisionDelivery delivery, DeliverySchedule schedule, ApprovalsFeed feed, IOptions<ApprovalsOptions> options, TimeProvider time, ILogger<DeliveryWorker> logger)
    : BackgroundService
{
    /// <summary>How long another replica has for a delivery before this one takes it over. Two that send the same harm nothing.</summary>
    internal static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);

    private const int AtOnce = 16;

    private readonly long _started = time.GetTimestamp();

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        [TakeOverAsync(stoppingToken), .. Enumerable.Range(0, AtOnce).Select(_ => DeliverAsync(stoppingToken))]);

    /// <summary>Brings one delivery as far as it goes, and schedules it anew where the cloud failed.</summary>
    internal async Task DeliverAsync(DueDelivery due, CancellationToken stoppingToken)
    {
        DueDelivery current = due;
        try
        {
            if (await delivery.BeginAsync(current, stoppingToken) is { } begun)
            {
                current = begun;
                if (!await delivery.SendAsync(current, stoppingToken))
                {
                    Again(current with { Failures = current.Failures + 1 });
                    return;
                }
            }
            schedule.Done(current.Approval);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; the table knows what is still to be delivered.
        }
        catch (Exception exception) when (CloudFailure.Is(exception))
        {
            current = current with { Failures = current.Failures + 1 };
            LogFailed(logger, current.Approval.Id, current.Failures, exception);
            Again(current);
        }
    }

    private void Again(DueDelivery delivery) => schedule.Again(delivery, Backoff.Delay(delivery.Failures, Random.Shared.NextDouble()));

    private async Task DeliverAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (DueDelivery due in schedule.Due.ReadAllAsync(stoppingToken)) await DeliverAsync(due, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task TakeOverAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                using ApprovalsSubscription subscription = feed.Subscribe();
                foreach (Approval approval in subscription.Open) TakeOver(approval);
                await foreach (Approval approval in subscription.Changes.ReadAllAsync(stoppingToken)) TakeOver(approval);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private void TakeOver(Approval approval)
    {
        // What is found soon after the start was most likely left by this dashboard's last process: nobody else will deliver it.
        TimeSpan lease = time.GetElapsedTime(_started) < Lease ? TimeSpan.Zero : Lease;
        if (approval.Status == ApprovalStatus.Decided) schedule.Add(new DueDelivery(approval), options.Value.Undo + lease);
        if (approval.Status == ApprovalStatus.Sending) schedule.Add(new DueDelivery(approval), lease);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The delivery of {Id} failed {Failures} times; it is tried again.")]
    private static partial void LogFailed(ILogger logger, string id, int failures, Exception exception);
}
