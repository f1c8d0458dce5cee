using Archiver.Web.Cloud;

namespace Archiver.Web.Audit.Trail;

/// <summary>
/// Begins and ends the trail with the host: logs where the chain stands at both, and does not let the process go before all is
/// written. Heads in the log are what a cut-off or rewritten chain is found out by.
/// </summary>
internal sealed partial class AuditWorker(AuditTrail trail, TimeProvider time, ILogger<AuditWorker> logger) : BackgroundService
{
    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await trail.DrainAsync(cancellationToken);
            if (trail.State.Head is not null) await trail.LogHeadAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            trail.LogLost();
        }
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        CloudLoop.UntilDoneAsync(trail.LogHeadAsync, (exception, failures) => LogFailed(logger, failures, exception), time, stoppingToken);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Where the audit trail stands could not be read, {Failures} times in a row.")]
    private static partial void LogFailed(ILogger logger, int failures, Exception exception);
}
