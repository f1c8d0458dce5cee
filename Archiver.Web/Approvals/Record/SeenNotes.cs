using System.Threading.Channels;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Cloud;

namespace Archiver.Web.Approvals.Record;

/// <summary>
/// Notes in an approval's record when a reviewer first had it in front of them. It is written behind the reviewer's back, a few
/// a second: whoever scrolls through thousands does not wait for it, and what is too much at once is noted when it is seen again.
/// </summary>
internal sealed partial class SeenNotes(ApprovalsStore store, TimeProvider time, ILogger<SeenNotes> logger) : BackgroundService
{
    private const int Backlog = 1000;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(20);

    private readonly Channel<(string Id, string By)> _seen = Channel.CreateBounded<(string, string)>(Backlog);

    private readonly Lock _lock = new();
    private readonly HashSet<string> _noted = [];
    private readonly Queue<string> _notedOrder = new();

    /// <summary>An approval is in front of a reviewer.</summary>
    public void Note(Approval approval, string by)
    {
        if (approval is not { Status: ApprovalStatus.Pending, FirstSeenAt: null }) return;
        lock (_lock)
        {
            if (_noted.Contains(approval.Id) || !_seen.Writer.TryWrite((approval.Id, by))) return;
            _noted.Add(approval.Id);
            _notedOrder.Enqueue(approval.Id);
            if (_notedOrder.Count > 10 * Backlog) _noted.Remove(_notedOrder.Dequeue());
        }
    }

    /// <summary>Writes the next note, when there is one; it stays until it is written.</summary>
    internal async Task WriteAsync(CancellationToken cancellationToken)
    {
        await _seen.Reader.WaitToReadAsync(cancellationToken);
        if (!_seen.Reader.TryPeek(out (string Id, string By) note)) return;
        await store.MarkSeenAsync(note.Id, note.By, cancellationToken);
        _seen.Reader.TryRead(out _);
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        CloudLoop.RunAsync(WriteAsync, Pace, (exception, failures) => LogFailed(logger, failures, exception), time, stoppingToken);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What reviewers have seen could not be recorded, {Failures} times in a row.")]
    private static partial void LogFailed(ILogger logger, int failures, Exception exception);
}
