using Archiver.Web.Approvals.Inbox;

namespace Archiver.Web.Approvals.Bulk;

/// <summary>What a run does to each of its items.</summary>
internal interface IBulkWork
{
    /// <summary>Waits until the next one may be begun.</summary>
    /// <exception cref="OperationCanceledException">It is waited for no longer.</exception>
    Task WaitAsync(CancellationToken cancellationToken);

    /// <summary>Decides on one. Whatever goes wrong is an outcome: it throws nothing.</summary>
    /// <param name="item">Which; a decision of it that failed before may have got through all the same.</param>
    /// <param name="decision">What is decided.</param>
    Task<BulkOutcome> DecideAsync(BulkItem item, BulkDecision decision);

    /// <summary>Takes one back. Whatever goes wrong is an outcome: it throws nothing.</summary>
    /// <param name="item">Which.</param>
    /// <param name="outcome">What it had come to.</param>
    Task<BulkOutcome> UndoAsync(BulkItem item, BulkOutcome outcome);
}

/// <summary>What a run is about.</summary>
internal enum BulkStep
{
    /// <summary>It decides what was not reached yet.</summary>
    Decide,

    /// <summary>It decides what failed.</summary>
    Retry,

    /// <summary>It takes back what can be.</summary>
    Undo,
}

/// <summary>How far a run is.</summary>
/// <param name="Step">What it is about.</param>
/// <param name="Total">How many there are.</param>
/// <param name="Done">How many of them are done with.</param>
/// <param name="IsRunning">Whether it is under way.</param>
/// <param name="IsPaused">Whether it waits to be resumed.</param>
internal readonly record struct BulkProgress(BulkStep Step, int Total, int Done, bool IsRunning, bool IsPaused);

/// <summary>
/// Decides on many approvals as a person would one by one, a few at a time. Each is begun once or not at all, and what is begun is waited
/// for: whenever it is stopped, an item either has its one outcome or was never touched.
/// </summary>
internal sealed class BulkRun : IDisposable
{
    /// <summary>How many are under way at once. A decision is two round trips, in which others can make theirs.</summary>
    public const int AtOnce = 8;

    private readonly Lock _lock = new();
    private readonly IBulkWork _work;
    private readonly int[] _counts = new int[Enum.GetValues<BulkEnd>().Length];
    private CancellationTokenSource? _stop;
    private TaskCompletionSource? _pause;
    private BulkStep _step;
    private int _total;
    private int _done;
    private int _untouched;
    private bool _isDisposed;

    /// <param name="approvals">What is decided on, as the person had it in front of them.</param>
    /// <param name="decision">What is decided.</param>
    /// <param name="work">Does it.</param>
    public BulkRun(IEnumerable<Approval> approvals, BulkDecision decision, IBulkWork work)
    {
        Items = [.. approvals.Select(approval => new BulkItem(approval))];
        Decision = decision;
        _work = work;
        _total = _untouched = Items.Count;
    }

    /// <summary>Something is another way than before. Raised on any thread, and for every item.</summary>
    public event Action? Changed;

    /// <summary>What is decided on.</summary>
    public IReadOnlyList<BulkItem> Items { get; }

    /// <summary>What is decided.</summary>
    public BulkDecision Decision { get; }

    /// <summary>How far it is.</summary>
    public BulkProgress Progress
    {
        get { lock (_lock) return new BulkProgress(_step, _total, _done, _stop is not null, _pause is not null); }
    }

    /// <summary>How many were not touched.</summary>
    public int Untouched
    {
        get { lock (_lock) return _untouched; }
    }

    /// <summary>How many came to this.</summary>
    public int Count(BulkEnd end)
    {
        lock (_lock) return _counts[(int)end];
    }

    /// <summary>Decides on all that were not touched yet. Returns when it is through, or stopped.</summary>
    public Task DecideAsync() => RunAsync(BulkStep.Decide, item => item.Outcome is null, item => _work.DecideAsync(item, Decision));

    /// <summary>Decides on those that failed, and on nothing else.</summary>
    public Task RetryAsync() => RunAsync(BulkStep.Retry, item => item.Outcome is { End: BulkEnd.Failed }, item => _work.DecideAsync(item, Decision));

    /// <summary>Takes back what can still be taken back.</summary>
    /// <param name="now">The time.</param>
    public Task UndoAsync(DateTimeOffset now) => RunAsync(BulkStep.Undo, item => item.Outcome?.CanUndo(now) == true, item => _work.UndoAsync(item, item.Outcome!));

    /// <summary>Begins nothing more until it is resumed. What is under way comes to its end.</summary>
    public void Pause()
    {
        lock (_lock)
        {
            if (_stop is null || _pause is not null) return;
            _pause = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        Changed?.Invoke();
    }

    /// <summary>Goes on after a pause.</summary>
    public void Resume()
    {
        TaskCompletionSource? pause;
        lock (_lock) (pause, _pause) = (_pause, null);
        if (pause is null) return;
        pause.SetResult();
        Changed?.Invoke();
    }

    /// <summary>Begins nothing more. What is under way comes to its end; the rest stays as it is.</summary>
    public void Stop()
    {
        lock (_lock) _ = _stop?.CancelAsync();
    }

    /// <summary>Stops for good.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            _ = _stop?.CancelAsync();
        }
    }

    private async Task RunAsync(BulkStep step, Func<BulkItem, bool> isMeant, Func<BulkItem, Task<BulkOutcome>> act)
    {
        BulkItem[] items;
        CancellationTokenSource stop;
        lock (_lock)
        {
            if (_stop is not null || _isDisposed) return; // one thing at a time
            stop = new CancellationTokenSource();
            items = [.. Items.Where(isMeant)];
            (_stop, _step, _total, _done) = (stop, step, items.Length, 0);
        }
        Changed?.Invoke();
        try
        {
            await Parallel.ForEachAsync(items, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop.Token }, async (item, token) =>
            {
                await PausedAsync(token);
                await _work.WaitAsync(token);
                await PausedAsync(token);
                stop.Token.ThrowIfCancellationRequested(); // the loop's own token hears of it a moment later
                // From here on it is not broken off: what was begun and not waited for would be neither decided nor untouched.
                Settle(item, await act(item));
            });
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // It was stopped; the items say how far it got.
        }
        finally
        {
            lock (_lock)
            {
                _pause?.TrySetResult();
                (_stop, _pause) = (null, null);
            }
            Changed?.Invoke();
        }
    }

    private Task PausedAsync(CancellationToken stop)
    {
        lock (_lock) return _pause?.Task.WaitAsync(stop) ?? Task.CompletedTask;
    }

    private void Settle(BulkItem item, BulkOutcome outcome)
    {
        lock (_lock)
        {
            if (item.Outcome is { } before) _counts[(int)before.End]--;
            else _untouched--;
            _counts[(int)outcome.End]++;
            _done++;
            item.Outcome = outcome;
        }
        Changed?.Invoke();
    }
}
