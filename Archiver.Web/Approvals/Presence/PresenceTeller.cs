using System.Threading.Channels;
using Archiver.Web.Cloud;

namespace Archiver.Web.Approvals.Presence;

/// <summary>Tells the other replicas who looks at what here: once a second at most, and only when it is something else than they were told.</summary>
internal sealed partial class PresenceTeller(PresenceBoard board, PresenceRows rows, TimeProvider time, ILogger<PresenceTeller> logger) : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private IReadOnlyList<Looker> _told = [];
    private long _toldAt;

    /// <summary>Tells it, if it is not what was told before, or was told long ago.</summary>
    /// <returns>Whether anything was written.</returns>
    internal async Task<bool> TellAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<Looker> here = board.Here();
        if (here.SequenceEqual(_told) && (here.Count == 0 || time.GetElapsedTime(_toldAt) < PresenceRows.Renewed)) return false;
        await rows.WriteAsync(here, cancellationToken);
        (_told, _toldAt) = (here, time.GetTimestamp());
        return true;
    }

    /// <summary>Takes back what was told: whoever looked here does so no longer.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_told.Count == 0) return;
        using CancellationTokenSource patience = new(Patience, time);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await rows.WriteAsync([], end.Token);
        }
        catch (Exception exception) when (CloudFailure.Is(exception))
        {
            LogFailed(logger, 1, exception); // this replica's silence says the same, later
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        board.HereChanged += Note;
        try
        {
            await CloudLoop.RunAsync(StepAsync, Pace, (exception, failures) => LogFailed(logger, failures, exception), time, stoppingToken);
        }
        finally
        {
            board.HereChanged -= Note;
        }
    }

    private async Task StepAsync(CancellationToken cancellationToken)
    {
        await TellAsync(cancellationToken);
        using ITimer timer = time.CreateTimer(_ => Note(), null, PresenceRows.Renewed, Timeout.InfiniteTimeSpan);
        await _changes.Reader.ReadAsync(cancellationToken);
    }

    private void Note() => _changes.Writer.TryWrite(true);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The other dashboards could not be told who looks at what, {Failures} times in a row.")]
    private static partial void LogFailed(ILogger logger, int failures, Exception exception);
}
