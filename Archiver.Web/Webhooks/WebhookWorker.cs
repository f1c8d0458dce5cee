using Archiver.Web.Cloud;
using Microsoft.Extensions.Options;

namespace Archiver.Web.Webhooks;

/// <summary>Keeps the webhooks' delivery going, where there are any.</summary>
internal sealed partial class WebhookWorker(WebhookDelivery delivery, IOptions<WebhookOptions> options, TimeProvider time, ILogger<WebhookWorker> logger) : BackgroundService
{
    // A receiver that takes its time holds up its own batch, and not the others.
    private const int Receivers = 4;
    private static readonly TimeSpan CountInterval = TimeSpan.FromSeconds(15);

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => options.Value.All.Count == 0
        ? Task.CompletedTask
        : Task.WhenAll(
            [.. Enumerable.Range(0, Receivers).Select(_ => LoopAsync(delivery.ReceiveAsync, TimeSpan.Zero, stoppingToken)),
                LoopAsync(delivery.CountAsync, CountInterval, stoppingToken)]);

    private Task LoopAsync(Func<CancellationToken, Task> step, TimeSpan pause, CancellationToken stoppingToken) =>
        CloudLoop.RunAsync(step, pause, (exception, failures) => LogFailed(logger, failures, exception), time, stoppingToken);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The webhooks' queue failed {Failures} times in a row.")]
    private static partial void LogFailed(ILogger logger, int failures, Exception exception);
}
