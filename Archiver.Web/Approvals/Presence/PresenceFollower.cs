using System.Threading.Channels;
using Archiver.Web.Approvals.Replicas;
using Archiver.Web.Cloud;

namespace Archiver.Web.Approvals.Presence;

/// <summary>
/// Reads who looks at what on the other replicas: once a second while a page shows that, and not at all while none does. What a replica
/// told holds as long as that replica announces itself.
/// </summary>
internal sealed partial class PresenceFollower(
    PresenceBoard board, PresenceRows rows, ReplicaRegistry registry, TimeProvider time, ILogger<PresenceFollower> logger) : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private readonly Channel<bool> _watched = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Dictionary<string, (string Looking, IReadOnlyList<Looker> Lookers)> _read = new(StringComparer.Ordinal);

    /// <summary>Reads it once.</summary>
    internal async Task FollowAsync(CancellationToken cancellationToken)
    {
        Dictionary<string, IReadOnlyList<Looker>> elsewhere = new(StringComparer.Ordinal);
        foreach ((string replica, string looking) in await rows.ReadOthersAsync(cancellationToken))
        {
            if (!registry.IsThere(replica)) continue;
            if (!_read.TryGetValue(replica, out (string Looking, IReadOnlyList<Looker> Lookers) known) || known.Looking != looking)
                _read[replica] = known = (looking, PresenceRows.Parse(looking));
            elsewhere[replica] = known.Lookers;
        }
        foreach (string gone in _read.Keys.Where(replica => !elsewhere.ContainsKey(replica)).ToArray()) _read.Remove(gone);
        board.Take(elsewhere);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        board.Watched += Note;
        try
        {
            await CloudLoop.RunAsync(StepAsync, Pace, (exception, failures) => LogFailed(logger, failures, exception), time, stoppingToken);
        }
        finally
        {
            board.Watched -= Note;
        }
    }

    private async Task StepAsync(CancellationToken cancellationToken)
    {
        while (!board.IsWatched) await _watched.Reader.ReadAsync(cancellationToken);
        await FollowAsync(cancellationToken);
    }

    private void Note() => _watched.Writer.TryWrite(true);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Who looks at what on the other dashboards could not be read, {Failures} times in a row.")]
    private static partial void LogFailed(ILogger logger, int failures, Exception exception);
}
