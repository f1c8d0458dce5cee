using Archiver.Web.Cloud;

namespace Archiver.Web.Approvals.Inbox;

/// <summary>
/// Keeps the reconciler going at five runs a second: half of what <c>DescribeExecution</c> refills in the smallest regions, so that
/// the pages that people look at keep the other half.
/// </summary>
internal sealed partial class ReconcileWorker(Reconciler reconciler, TimeProvider time, ILogger<ReconcileWorker> logger) : BackgroundService
{
    private const int RunsEach = 5;
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => CloudLoop.RunAsync(
        token => reconciler.CheckAsync(RunsEach, token), Pace, (exception, _) => LogFailed(logger, exception), time, stoppingToken);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The runs that approvals wait for could not be asked after.")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
