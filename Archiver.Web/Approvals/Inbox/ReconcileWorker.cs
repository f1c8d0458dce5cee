using System.Threading.Channels;
using Archiver.Web.Approvals.Fate;
using Archiver.Web.Cloud;

namespace Archiver.Web.Approvals.Inbox;

/// <summary>
/// Keeps the reconciler going in two lanes, one for what is on a screen and one for the whole inbox, so that the first never waits
/// behind the second. The pace of their calls is <see cref="HistoryPace"/>'s.
/// </summary>
internal sealed partial class ReconcileWorker(
    Reconciler reconciler, ReconcileOrder order, OnScreen screen, TimeProvider time, ILogger<ReconcileWorker> logger) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Signal shown = new(), urgent = new();
        screen.Added += shown.Set;
        order.Urgent += urgent.Set;
        try
        {
            await Task.WhenAll(
                LoopAsync(reconciler.FollowAsync, stoppingToken),
                LoopAsync(token => StepAsync(CallPriority.Person, shown, token), stoppingToken),
                LoopAsync(token => StepAsync(CallPriority.Background, urgent, token), stoppingToken));
        }
        finally
        {
            screen.Added -= shown.Set;
            order.Urgent -= urgent.Set;
        }
    }

    private Task LoopAsync(Func<CancellationToken, Task> step, CancellationToken stoppingToken) =>
        CloudLoop.RunAsync(step, TimeSpan.Zero, (exception, _) => LogFailed(logger, exception), time, stoppingToken);

    private async Task StepAsync(CallPriority lane, Signal signal, CancellationToken cancellationToken)
    {
        if (!await reconciler.CheckNextAsync(lane, cancellationToken))
            await signal.WaitAsync(order.UntilNext(lane, time.GetUtcNow()), time, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The runs that approvals wait for could not be asked after.")]
    private static partial void LogFailed(ILogger logger, Exception exception);

    /// <summary>Ends a rest early; one that was given while nobody rested counts for the next.</summary>
    private sealed class Signal
    {
        private readonly Channel<bool> _channel = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

        public void Set() => _channel.Writer.TryWrite(true);

        public async Task WaitAsync(TimeSpan longest, TimeProvider time, CancellationToken cancellationToken)
        {
            using CancellationTokenSource over = new(longest, time);
            using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellationToken);
            try
            {
                await _channel.Reader.ReadAsync(either.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // Nothing came, and the rest is over.
            }
        }
    }
}
