using Archiver.Web.Cloud;

namespace Archiver.Web.Approvals.Intake;

/// <summary>Keeps the intake going: a few receivers side by side, and a count of the queues now and then.</summary>
internal sealed partial class IntakeWorker(ApprovalIntake intake, IntakeStatus status, TimeProvider time, ILogger<IntakeWorker> logger) : BackgroundService
{
    private const int Receivers = 2;
    private static readonly TimeSpan CountInterval = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        [.. Enumerable.Range(0, Receivers).Select(_ => LoopAsync(token => intake.ReceiveAsync(token), TimeSpan.Zero, stoppingToken)),
            LoopAsync(intake.CountAsync, CountInterval, stoppingToken)]);

    private Task LoopAsync(Func<CancellationToken, Task> step, TimeSpan pause, CancellationToken stoppingToken) => CloudLoop.RunAsync(
        async token =>
        {
            await step(token);
            status.Succeeded();
        },
        pause,
        (exception, failures) =>
        {
            status.Failed(exception.Message);
            LogFailed(logger, failures, exception);
        },
        time,
        stoppingToken);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The intake failed {Failures} times in a row.")]
    private static partial void LogFailed(ILogger logger, int failures, Exception exception);
}
