using Amazon.StepFunctions;
using Archiver.Web.Cloud;

namespace Archiver.Web.Runs;

/// <summary>What a list of runs is told.</summary>
/// <param name="Page">The page; nothing where it can't be read now.</param>
/// <param name="Problem">What the cloud said where it can't be read now.</param>
public sealed record RunsNews(RunsPage? Page, string? Problem);

/// <summary>
/// Keeps lists of runs fresh for every browser that shows one. Reading is what Step Functions allows least of, so that all
/// views of one page share one reader: it reads once a second while anybody looks, at once after a command, and more
/// slowly while calls fail.
/// </summary>
internal sealed partial class RunsLive(RunsClient runs, TimeProvider time, ILogger<RunsLive> logger)
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private readonly RunsClient _runs = runs;
    private readonly TimeProvider _time = time;
    private readonly ILogger<RunsLive> _logger = logger;
    private readonly Lock _lock = new();
    private readonly Dictionary<(ExecutionStatus? Status, string? Token), Reader> _readers = [];

    /// <summary>Follows a page of the list until the result is disposed.</summary>
    /// <param name="status">The filter.</param>
    /// <param name="token">The page; nothing for the first.</param>
    /// <param name="show">Called with the page when it is first read and whenever it changed, and with what the cloud said while it can't be read; on a thread of the pool.</param>
    public IAsyncDisposable Follow(ExecutionStatus? status, string? token, Action<RunsNews> show)
    {
        (ExecutionStatus?, string?) key = (status, token);
        lock (_lock)
        {
            if (!_readers.TryGetValue(key, out Reader? reader))
            {
                reader = new Reader(this, status, token);
                _readers.Add(key, reader);
            }
            return reader.Join(show, () => _readers.Remove(key));
        }
    }

    /// <summary>Something changed: every page that is looked at is read again now.</summary>
    public void Refresh()
    {
        lock (_lock)
        {
            foreach (Reader reader in _readers.Values) reader.Hurry();
        }
    }

    [LoggerMessage(Level = Microsoft.Extensions.Logging.LogLevel.Warning, Message = "The list of runs could not be read.")]
    private static partial void LogFailed(ILogger logger, Exception exception);

    /// <summary>One page's reader: it lives from its first viewer to its last.</summary>
    private sealed class Reader : IAsyncDisposable
    {
        private readonly RunsLive _live;
        private readonly ExecutionStatus? _status;
        private readonly string? _token;
        private readonly List<Action<RunsNews>> _views = [];
        private readonly SemaphoreSlim _hurry = new(0, 1);
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _loop;
        private RunsPage? _page;

        public Reader(RunsLive live, ExecutionStatus? status, string? token)
        {
            (_live, _status, _token) = (live, status, token);
            _loop = Task.Run(LoopAsync);
        }

        // Called under the owner's lock, as is what Leave does to the list.
        public IAsyncDisposable Join(Action<RunsNews> show, Action removeReader)
        {
            _views.Add(show);
            if (_page is not null) show(new RunsNews(_page, null));
            return new Viewer(this, show, removeReader);
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _loop;
            _stop.Dispose();
            _hurry.Dispose();
        }

        public void Hurry()
        {
            if (_hurry.CurrentCount == 0) _hurry.Release();
        }

        private async Task LoopAsync()
        {
            int failures = 0;
            while (!_stop.IsCancellationRequested)
            {
                try
                {
                    RunsPage page = await _live._runs.ListAsync(_status, _token, _stop.Token);
                    bool changed = _page is null || page.NextToken != _page.NextToken || !page.Runs.SequenceEqual(_page.Runs) || failures > 0;
                    failures = 0;
                    if (changed) Show(new RunsNews(page, null));
                }
                catch (OperationCanceledException) when (_stop.IsCancellationRequested)
                {
                    return;
                }
                catch (Exception exception) when (CloudFailure.Is(exception))
                {
                    failures++;
                    LogFailed(_live._logger, exception);
                    Show(new RunsNews(null, exception.Message));
                }
                await PauseAsync(failures);
            }
        }

        private async Task PauseAsync(int failures)
        {
            TimeSpan pause = Pace * Math.Pow(2, Math.Min(failures, 4));
            using CancellationTokenSource due = new(pause, _live._time);
            using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(due.Token, _stop.Token);
            await _hurry.WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        private void Show(RunsNews news)
        {
            Action<RunsNews>[] views;
            lock (_live._lock)
            {
                _page = news.Page ?? _page;
                views = [.. _views];
            }
            foreach (Action<RunsNews> view in views) view(news);
        }

        private sealed class Viewer(Reader reader, Action<RunsNews> show, Action removeReader) : IAsyncDisposable
        {
            public async ValueTask DisposeAsync()
            {
                lock (reader._live._lock)
                {
                    if (!reader._views.Remove(show) || reader._views.Count > 0) return;
                    removeReader();
                }
                await reader.DisposeAsync();
            }
        }
    }
}
