using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Cloud;

namespace Archiver.Web.Approvals.Replicas;

/// <summary>Keeps the follower going: three times a second, so that what one dashboard does is on every other within the second.</summary>
internal sealed partial class FollowWorker(InboxFollower follower, ApprovalsFeed feed, TimeProvider time, ILogger<FollowWorker> logger) : BackgroundService
{
    private const int LongInbox = 10_000;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan SweepEvery = TimeSpan.FromMinutes(10);

    private long _swept;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await CloudLoop.UntilDoneAsync(follower.StartAsync, Failed, time, stoppingToken);
        // Reading a long inbox leaves behind as much again as it keeps, and nothing after it would take the trouble to give that back.
        if (feed.List.Count > LongInbox) GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        _swept = time.GetTimestamp();
        await CloudLoop.RunAsync(StepAsync, Pace, Failed, time, stoppingToken);
    }

    private async Task StepAsync(CancellationToken cancellationToken)
    {
        await follower.FollowAsync(cancellationToken);
        if (time.GetElapsedTime(_swept) < SweepEvery) return;
        await follower.SweepAsync(cancellationToken);
        _swept = time.GetTimestamp();
    }

    private void Failed(Exception exception, int failures) => LogFailed(logger, failures, exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The inbox could not be read, {Failures} times in a row; it is tried again.")]
    private static partial void LogFailed(ILogger logger, int failures, Exception exception);
}
