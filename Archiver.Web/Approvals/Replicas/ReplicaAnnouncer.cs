using System.Threading.Channels;
using Archiver.Web.Cloud;

namespace Archiver.Web.Approvals.Replicas;

/// <summary>Announces this replica: when it changed something, a moment later and once for all that changed in it; else now and then.</summary>
internal sealed partial class ReplicaAnnouncer(Replica replica, ReplicaRegistry registry, TimeProvider time, ILogger<ReplicaAnnouncer> logger) : BackgroundService
{
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan StillThere = TimeSpan.FromMinutes(1);

    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private long _announcement;

    /// <inheritdoc/>
    public override void Dispose()
    {
        replica.Changed -= Note;
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        replica.Changed += Note;
        await CloudLoop.RunAsync(AnnounceAsync, Gathering, (exception, failures) => LogFailed(logger, failures, exception), time, stoppingToken);
    }

    private async Task AnnounceAsync(CancellationToken cancellationToken)
    {
        // What is noted from here on is not in this announcement, and makes the next.
        await registry.AnnounceAsync(Interlocked.Increment(ref _announcement), cancellationToken);
        using ITimer timer = time.CreateTimer(_ => _changes.Writer.TryWrite(true), null, StillThere, Timeout.InfiniteTimeSpan);
        await _changes.Reader.ReadAsync(cancellationToken);
    }

    private void Note() => _changes.Writer.TryWrite(true);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The other dashboards could not be told of changes, {Failures} times in a row.")]
    private static partial void LogFailed(ILogger logger, int failures, Exception exception);
}
