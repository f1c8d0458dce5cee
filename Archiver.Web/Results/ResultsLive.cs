using Archiver.Lambdas.Contracts;
using Archiver.Web.Cloud;
using Archiver.Web.Shell.Language;

namespace Archiver.Web.Results;

/// <summary>What a live view is told.</summary>
/// <param name="Newest">The newest results of all, newest first; nothing while they can't be read.</param>
/// <param name="IsFresh">Whether the view has to be read anew: results were deleted, or more came than the newest are.</param>
/// <param name="Problem">Why nothing can be read, in the cloud's words.</param>
internal sealed record ResultsNews(IReadOnlyList<ResultRow>? Newest, bool IsFresh, string? Problem)
{
    /// <summary>Whether results were deleted: what was counted before does not hold any more.</summary>
    public bool IsDeletion { get; init; }

    /// <summary>How far back the newest results are read, at least: to the day before.</summary>
    public static DateTimeOffset Since(DateTimeOffset now) => new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddDays(-1);

    /// <summary>Whether a page has results that are not there any more: the newest results would have them.</summary>
    /// <param name="rows">The page as it was.</param>
    /// <param name="newest">The newest results of all, newest first.</param>
    /// <param name="now">The time.</param>
    public static bool ShowsDeleted(IReadOnlyList<ResultRow> rows, IReadOnlyList<ResultRow> newest, DateTimeOffset now)
    {
        HashSet<string> known = [.. newest.Select(row => row.Id)];
        string oldest = newest.Count > 0 ? newest[^1].Timestamp : UtcTimestamp.Format(Since(now));
        return rows.Any(row => !known.Contains(row.Id) && string.CompareOrdinal(row.Timestamp, oldest) > 0);
    }

    /// <summary>
    /// The first page as the news make it: the newest results that the view shows, then what it had. A result that was recorded
    /// again, by a run that was redriven, moves to its new place.
    /// </summary>
    /// <param name="rows">The page as it was, newest first.</param>
    /// <param name="newest">The newest results of all.</param>
    /// <param name="selection">Which results the view shows.</param>
    /// <returns>All of them in order; they can be more than a page.</returns>
    public static List<ResultRow> Merge(IReadOnlyList<ResultRow> rows, IReadOnlyList<ResultRow> newest, ResultsSelection selection)
    {
        HashSet<string> known = [.. newest.Select(row => row.Id)];
        // The order is stable: results of one millisecond stay in the index's order.
        return [.. newest.Where(selection.Matches).Concat(rows.Where(row => !known.Contains(row.Id)))
            .OrderByDescending(row => row.Timestamp, StringComparer.Ordinal)];
    }
}

/// <summary>
/// Keeps pages of the newest results fresh in every browser. All views share one reader, whatever they filter: it reads the newest
/// results once a second while anybody looks, at once after a command, and more slowly while calls fail.
/// </summary>
internal sealed partial class ResultsLive(ResultsReader results, TimeProvider time, ILogger<ResultsLive> logger)
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private readonly ResultsReader _results = results;
    private readonly TimeProvider _time = time;
    private readonly ILogger<ResultsLive> _logger = logger;
    private readonly Lock _lock = new();
    private Reader? _reader;

    /// <summary>Follows the newest results until what it returns is disposed.</summary>
    /// <param name="show">Told whenever they changed. It is called on any thread, and must not block.</param>
    public IAsyncDisposable Follow(Action<ResultsNews> show)
    {
        show = new ViewerCulture().Bind(show);
        lock (_lock)
        {
            _reader ??= new Reader(this);
            return _reader.Join(show);
        }
    }

    /// <summary>Something changed all at once, as when the table was cleared: every view is read again.</summary>
    public void Refresh()
    {
        lock (_lock) _reader?.Hurry();
    }

    /// <summary>What changed from one reading to the next; nothing when nothing did.</summary>
    /// <param name="before">The newest results at the reading before; nothing at the first.</param>
    /// <param name="now">The newest results now.</param>
    /// <param name="hasMore">Whether there are older ones.</param>
    public static ResultsNews? Compare(IReadOnlyList<ResultRow>? before, IReadOnlyList<ResultRow> now, bool hasMore)
    {
        if (before is null) return new ResultsNews(now, false, null);
        if (before.SequenceEqual(now)) return null;
        HashSet<string> ids = [.. now.Select(row => row.Id)];
        // What was there and is gone was deleted, unless newer ones took its place.
        bool isDeleted = before.Any(row => !ids.Contains(row.Id) && (!hasMore || string.CompareOrdinal(row.Timestamp, now[^1].Timestamp) > 0));
        bool isGap = hasMore && !before.Any(row => ids.Contains(row.Id));
        return new ResultsNews(now, isDeleted || isGap, null) { IsDeletion = isDeleted };
    }

    // A result is recorded a moment after its time, and that may be after midnight: yesterday belongs to it.
    private ResultsSelection Newest()
    {
        DateTimeOffset yesterday = ResultsNews.Since(_time.GetUtcNow());
        return new ResultsSelection(yesterday, yesterday.AddDays(2), ResultsFilter.Default);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The newest results could not be read.")]
    private static partial void LogFailed(ILogger logger, Exception exception);

    /// <summary>The reader: it lives from the first viewer to the last.</summary>
    private sealed class Reader : IAsyncDisposable
    {
        private readonly ResultsLive _live;
        private readonly List<Viewer> _viewers = [];
        private readonly SemaphoreSlim _hurry = new(0, 1);
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _loop;
        private IReadOnlyList<ResultRow>? _newest;
        private bool _isRefreshed;

        public Reader(ResultsLive live)
        {
            _live = live;
            _loop = Task.Run(LoopAsync);
        }

        // This and Hurry are called under the owner's lock.
        public Viewer Join(Action<ResultsNews> show)
        {
            Viewer viewer = new(this, show);
            _viewers.Add(viewer);
            if (_newest is not null) show(new ResultsNews(_newest, false, null));
            return viewer;
        }

        public void Hurry()
        {
            _isRefreshed = true;
            if (_hurry.CurrentCount == 0) _hurry.Release();
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _loop;
            _stop.Dispose();
            _hurry.Dispose();
        }

        private async Task LoopAsync()
        {
            int failures = 0;
            while (!_stop.IsCancellationRequested)
            {
                try
                {
                    await ReadAsync(failures > 0);
                    failures = 0;
                }
                catch (OperationCanceledException) when (_stop.IsCancellationRequested)
                {
                    return;
                }
                catch (Exception exception) when (CloudFailure.Is(exception))
                {
                    failures++;
                    LogFailed(_live._logger, exception);
                    lock (_live._lock) Tell(new ResultsNews(null, false, exception.Message));
                }
                await PauseAsync(failures);
            }
        }

        private async Task ReadAsync(bool hadFailed)
        {
            bool isFresh = TakeRefreshed() || hadFailed;
            (IReadOnlyList<ResultRow> rows, bool hasMore) = await _live._results.ReadNewestAsync(_live.Newest(), _stop.Token);
            // In one step with Join: whoever joins is given these, or is told.
            lock (_live._lock)
            {
                ResultsNews? news = isFresh ? new ResultsNews(rows, true, null) : Compare(_newest, rows, hasMore);
                _newest = rows;
                if (news is not null) Tell(news);
            }
        }

        private bool TakeRefreshed()
        {
            lock (_live._lock)
            {
                bool isRefreshed = _isRefreshed;
                _isRefreshed = false;
                return isRefreshed;
            }
        }

        private void Tell(ResultsNews news)
        {
            foreach (Viewer viewer in _viewers) viewer.Show(news);
        }

        private async Task PauseAsync(int failures)
        {
            using CancellationTokenSource due = new(Pace * Math.Pow(2, Math.Min(failures, 4)), _live._time);
            using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(due.Token, _stop.Token);
            await _hurry.WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        public sealed class Viewer(Reader reader, Action<ResultsNews> show) : IAsyncDisposable
        {
            public void Show(ResultsNews news) => show(news);

            public async ValueTask DisposeAsync()
            {
                lock (reader._live._lock)
                {
                    if (!reader._viewers.Remove(this) || reader._viewers.Count > 0) return;
                    reader._live._reader = null;
                }
                await reader.DisposeAsync();
            }
        }
    }
}
