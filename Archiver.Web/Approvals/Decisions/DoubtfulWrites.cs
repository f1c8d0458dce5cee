using System.Threading.Channels;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Cloud;

namespace Archiver.Web.Approvals.Decisions;

/// <summary>
/// Looks after commands that got no answer: the write may be in the table all the same. The row is read until the table
/// answers, and shown as it is; a decision that it holds is then delivered like any other.
/// </summary>
internal sealed partial class DoubtfulWrites(ApprovalsStore store, ApprovalsFeed feed, TimeProvider time, ILogger<DoubtfulWrites> logger) : BackgroundService
{
    private readonly Channel<string> _ids = Channel.CreateUnbounded<string>();

    /// <summary>A command on this approval got no answer.</summary>
    public void Add(string id) => _ids.Writer.TryWrite(id);

    /// <summary>Reads the next row in doubt, when there is one; it stays in doubt until it was read.</summary>
    internal async Task ReadAsync(CancellationToken cancellationToken)
    {
        await _ids.Reader.WaitToReadAsync(cancellationToken);
        if (!_ids.Reader.TryPeek(out string? id)) return;
        if (await store.GetAsync(id, cancellationToken) is { } row) feed.Publish(row);
        _ids.Reader.TryRead(out _);
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        CloudLoop.RunAsync(ReadAsync, TimeSpan.Zero, (exception, failures) => LogFailed(logger, failures, exception), time, stoppingToken);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A command got no answer, and what came of it could not be read, {Failures} times in a row.")]
    private static partial void LogFailed(ILogger logger, int failures, Exception exception);
}
