using Archiver.Web.Cloud;
using Archiver.Web.Shell.Language;

namespace Archiver.Web.Runs.Overview;

/// <summary>
/// Keeps the overview of runs fresh for every browser that shows it: one reader for all, which lives while anybody looks, at a pace
/// that leaves the account its calls.
/// </summary>
internal sealed partial class RunsOverviewLive(
    RunsClient runs, OverviewListPace lists, OverviewDescribePace descriptions, TimeProvider time, ILogger<RunsOverviewLive> logger) : IAsyncDisposable
{
    /// <summary>How many of the latest failures are asked for their errors.</summary>
    public const int MostFailures = 200;

    private const int PageSize = 1000;
    private const int FailuresAtOnce = 20;

    // A run that was redriven elsewhere is found at the next whole reading.
    private const int ReadingsAWhole = 100;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly List<Action<RunsTally>> _views = [];
    private readonly TallyBook _book = new();
    private CancellationTokenSource? _stop;
    private Task _loop = Task.CompletedTask;
    private RunsTally? _tally;

    /// <summary>Follows the overview until the result is disposed.</summary>
    /// <param name="show">Called with what is known, at once where something is, and whenever it changed; on a thread of the pool.</param>
    public IAsyncDisposable Follow(Action<RunsTally> show)
    {
        show = new ViewerCulture().Bind(show);
        lock (_lock)
        {
            _views.Add(show);
            if (_tally is not null) show(_tally);
            if (_stop is null)
            {
                CancellationTokenSource stop = _stop = new CancellationTokenSource();
                Task before = _loop;
                _loop = Task.Run(() => LoopAsync(before, stop.Token));
            }
            return new Viewer(this, show);
        }
    }

    /// <summary>Ends the reading, whoever looks.</summary>
    public ValueTask DisposeAsync()
    {
        lock (_lock) _views.Clear();
        return new ValueTask(StopAsync());
    }

    /// <summary>Reads what is new, once.</summary>
    /// <param name="whole">Whether everything is read again.</param>
    internal async Task ReadAsync(bool whole, CancellationToken cancellationToken)
    {
        string? token = null;
        int read = 0;
        bool more;
        do
        {
            await lists.WaitAsync(CallPriority.Background, cancellationToken);
            RunsPage page = await runs.ListAsync(null, token, cancellationToken, PageSize);
            token = page.NextToken;
            read += page.Runs.Count;
            more = _book.Take(page, read, whole, time.GetUtcNow());
            // What was read first is worth seeing before the rest is.
            if (_tally is null) Show(_book.Tally());
        }
        while (more);
        _book.Trim(time.GetUtcNow());
        Show(_book.Tally());
        IReadOnlyList<RunSummary> unexplained = _book.Unexplained(MostFailures);
        foreach (RunSummary run in unexplained.Take(FailuresAtOnce))
        {
            await descriptions.WaitAsync(CallPriority.Background, cancellationToken);
            RunDetails? details = await runs.DescribeAsync(run.Name, cancellationToken);
            string usual = run.Status.Value == "TIMED_OUT" ? "States.Timeout" : "";
            _book.Explain(new RunFailure(run, details?.Error is { Length: > 0 } error ? error : usual, details?.Cause));
        }
        if (unexplained.Count > 0) Show(_book.Tally());
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The overview of runs could not be read.")]
    private static partial void LogFailed(ILogger logger, Exception exception);

    // One at a time: what the last one read is kept for the next.
    private async Task LoopAsync(Task before, CancellationToken stop)
    {
        await before;
        int failures = 0;
        for (int reading = 0; !stop.IsCancellationRequested; reading++)
        {
            try
            {
                await ReadAsync(whole: reading % ReadingsAWhole == 0, stop);
                failures = 0;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (CloudFailure.Is(exception))
            {
                failures++;
                LogFailed(logger, exception);
                Show(_book.Tally() with { Problem = exception.Message });
            }
            await Task.Delay(Pause * Math.Pow(2, Math.Min(failures, 5)), time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Unless somebody looks.
    private async Task StopAsync()
    {
        CancellationTokenSource? stop;
        Task loop;
        lock (_lock)
        {
            if (_views.Count > 0) return;
            (stop, loop) = (_stop, _loop);
            _stop = null;
        }
        if (stop is null) return;
        await stop.CancelAsync();
        await loop;
        stop.Dispose();
    }

    private void Show(RunsTally tally)
    {
        Action<RunsTally>[] views;
        lock (_lock)
        {
            if (_tally is { } shown && shown.Problem == tally.Problem && shown.IsCut == tally.IsCut && shown.Runs.SequenceEqual(tally.Runs) && shown.Failures.Count == tally.Failures.Count) return;
            _tally = tally;
            views = [.. _views];
        }
        foreach (Action<RunsTally> view in views) view(tally);
    }

    private sealed class Viewer(RunsOverviewLive live, Action<RunsTally> show) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            lock (live._lock) live._views.Remove(show);
            await live.StopAsync();
        }
    }
}
