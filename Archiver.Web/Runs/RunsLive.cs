using Amazon.StepFunctions;
using Archiver.Web.Cloud;

namespace Archiver.Web.Runs;

/// <summary>What a list of runs is told.</summary>
/// <param name="Page">The page, as it was read last; nothing as long as it was not.</param>
/// <param name="Problem">What the cloud said where it can't be read now.</param>
public sealed record RunsNews(RunsPage? Page, string? Problem);

/// <summary>
/// Keeps lists of runs fresh for every browser that shows one. Reading is what Step Functions allows least of, so that all
/// views of one page share one reader: it reads once a second while anybody looks, at once after a command, and more
/// slowly while calls fail.
/// </summary>
internal sealed partial class RunsLive
{
    private readonly SharedReaders<(ExecutionStatus? Status, string? Token), RunsNews> _readers;

    /// <summary>Reads by a client.</summary>
    public RunsLive(RunsClient runs, TimeProvider time, ILogger<RunsLive> logger) =>
        _readers = new(page => new Reading(runs, page.Status, page.Token, logger), time);

    /// <summary>Follows a page of the list until the result is disposed.</summary>
    /// <param name="status">The filter.</param>
    /// <param name="token">The page; nothing for the first.</param>
    /// <param name="show">Called with the page when it is first read and whenever it changed, and with what the cloud said while it can't be read; on a thread of the pool.</param>
    public IAsyncDisposable Follow(ExecutionStatus? status, string? token, Action<RunsNews> show) => _readers.Follow((status, token), show);

    /// <summary>Something changed: every page that is looked at is read again now.</summary>
    public void Refresh() => _readers.HurryAll();

    [LoggerMessage(Level = Microsoft.Extensions.Logging.LogLevel.Warning, Message = "The list of runs could not be read.")]
    private static partial void LogFailed(ILogger logger, Exception exception);

    /// <summary>The reading of one page.</summary>
    private sealed class Reading(RunsClient runs, ExecutionStatus? status, string? token, ILogger logger) : ISharedReading<RunsNews>
    {
        private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

        public async Task<RunsNews> ReadAsync(RunsNews? before, bool hurried, CancellationToken cancellationToken)
        {
            RunsPage page = await runs.ListAsync(status, token, cancellationToken);
            bool same = before?.Page is { } known && page.NextToken == known.NextToken && page.Runs.SequenceEqual(known.Runs);
            return new RunsNews(same ? before!.Page : page, null);
        }

        public RunsNews Failed(RunsNews? before, Exception exception)
        {
            LogFailed(logger, exception);
            return new RunsNews(before?.Page, exception.Message);
        }

        // Whether it can be read now they hear soon enough; what was read last is there at once.
        public RunsNews? ToJoiner(RunsNews last) => last.Page is null ? null : last with { Problem = null };

        public TimeSpan Pause(RunsNews last) => Pace;
    }
}
