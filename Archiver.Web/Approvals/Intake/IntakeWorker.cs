using Archiver.Web.Approvals.DeadLetters;
using Archiver.Web.Cloud;
using Microsoft.Extensions.Options;

namespace Archiver.Web.Approvals.Intake;

/// <summary>Keeps the intake going: a few receivers side by side, a count of the queues now and then, and a look at the dead letters.</summary>
internal sealed partial class IntakeWorker(
    ApprovalIntake intake, DeadLetterIntake deadLetters, IntakeStatus status, IOptions<ApprovalsOptions> options, TimeProvider time, ILogger<IntakeWorker> logger)
    : BackgroundService
{
    private static readonly TimeSpan CountInterval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan DeadLettersInterval = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        int receivers = options.Value.Receivers;
        status.Started(receivers);
        try
        {
            await Task.WhenAll(
                [.. Enumerable.Range(1, receivers).Select(number => ReceiveAsync(new IntakePart(IntakeWork.Receiver, number), stoppingToken)),
                    LoopAsync(new IntakePart(IntakeWork.Count), intake.CountAsync, CountInterval, stoppingToken),
                    LoopAsync(new IntakePart(IntakeWork.DeadLetters), deadLetters.LookAsync, DeadLettersInterval, stoppingToken)]);
        }
        finally
        {
            status.Stopped();
        }
    }

    private Task ReceiveAsync(IntakePart part, CancellationToken stoppingToken) =>
        LoopAsync(part, token => intake.ReceiveAsync(part, token), TimeSpan.Zero, stoppingToken);

    private Task LoopAsync(IntakePart part, Func<CancellationToken, Task> step, TimeSpan pause, CancellationToken stoppingToken) => CloudLoop.RunAsync(
        async token =>
        {
            await step(token);
            status.Succeeded(part);
        },
        pause,
        (exception, failures) =>
        {
            status.Failed(part, exception.Message);
            LogFailed(logger, part, failures, exception);
        },
        time,
        stoppingToken);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Part} of the intake failed {Failures} times in a row.")]
    private static partial void LogFailed(ILogger logger, IntakePart part, int failures, Exception exception);
}
