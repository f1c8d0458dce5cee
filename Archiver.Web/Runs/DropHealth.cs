using Amazon.SQS;
using Archiver.Web.Approvals.Intake;
using Archiver.Web.Cloud;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Archiver.Web.Runs;

/// <summary>How many dropped files started no run, as this process last counted them.</summary>
internal sealed class DropStatus
{
    private long _deadLetters;

    /// <summary>How many wait in the dead letters.</summary>
    public long DeadLetters
    {
        get => Volatile.Read(ref _deadLetters);
        set => Volatile.Write(ref _deadLetters, value);
    }
}

/// <summary>Counts the dropped files that started no run.</summary>
internal sealed partial class DropWatch(IAmazonSQS sqs, CloudResources cloud, DropStatus status, TimeProvider time, ILogger<DropWatch> logger) : BackgroundService
{
    private static readonly TimeSpan CountInterval = TimeSpan.FromSeconds(15);

    private readonly MessageQueue _deadLetters = new(sqs, cloud.DropDeadLetterQueueUrl, time);

    /// <summary>Counts once.</summary>
    public async Task CountAsync(CancellationToken cancellationToken) => status.DeadLetters = (await _deadLetters.CountAsync(cancellationToken)).Total;

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        CloudLoop.RunAsync(CountAsync, CountInterval, (exception, failures) => LogFailed(logger, failures, exception), time, stoppingToken);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The dead letters of dropped files could not be counted, {Failures} times in a row.")]
    private static partial void LogFailed(ILogger logger, int failures, Exception exception);
}

/// <summary>Shows whether dropped files start their runs. One that did not makes no dashboard unready.</summary>
internal sealed class DropHealth(DropStatus status) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(HealthCheckResult.Healthy(
        status.DeadLetters == 0 ? "Dropped files start runs." : "Some dropped files started no run: they are in the drops' dead letters.",
        new Dictionary<string, object> { ["deadLetters"] = status.DeadLetters }));
}
