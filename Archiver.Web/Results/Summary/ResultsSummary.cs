using Archiver.Lambdas.Contracts;
using Archiver.Web.Cloud;
using Archiver.Web.Results.Store;

namespace Archiver.Web.Results.Summary;

/// <summary>
/// The numbers behind the charts of every browser: the results of each UTC day that anybody looks at, read once for all of them and kept.
/// Today is kept up by what <see cref="ResultsLive"/> reads anyhow; days are read again now and then, and all of them when results were
/// deleted. One day is read at a time, the newest first, and only as long as somebody asks for it.
/// </summary>
internal sealed partial class ResultsSummary : IAsyncDisposable
{
    /// <summary>How many cells are kept in all: some 50 MB.</summary>
    public const int MostCells = 4_000_000;

    /// <summary>Views are told so often at most, while days are read.</summary>
    private static readonly TimeSpan TellEvery = TimeSpan.FromMilliseconds(250);

    private readonly SummaryReader _reader;
    private readonly ResultsLive _live;
    private readonly ResultsClearer _clearer;
    private readonly TimeProvider _time;
    private readonly ILogger<ResultsSummary> _logger;
    private readonly Lock _lock = new();
    private readonly Dictionary<DateOnly, DayState> _days = [];
    private readonly List<Watch> _watches = [];
    private Work? _work;
    private Exception? _problem;
    private int _generation;

    /// <summary>Makes the summary; it reads nothing until somebody asks.</summary>
    public ResultsSummary(SummaryReader reader, ResultsLive live, ResultsClearer clearer, TimeProvider time, ILogger<ResultsSummary> logger)
    {
        (_reader, _live, _clearer, _time, _logger) = (reader, live, clearer, time, logger);
        clearer.Cleared += Drop;
    }

    /// <summary>Watches days until what it returns is disposed.</summary>
    /// <param name="changed">Told whenever there is more to see. It is called on any thread, and must not block.</param>
    public Watch Follow(Action changed)
    {
        lock (_lock)
        {
            Watch watch = new(this, changed);
            _watches.Add(watch);
            _work ??= new Work(this);
            return watch;
        }
    }

    /// <summary>Forgets everything: results were deleted.</summary>
    public void Drop()
    {
        lock (_lock)
        {
            _generation++;
            _days.Clear();
            _work?.Wake();
            Tell();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _clearer.Cleared -= Drop;
        Work? work;
        lock (_lock) (work, _work) = (_work, null);
        if (work is not null) await work.DisposeAsync();
    }

    private void Hear(ResultsNews news)
    {
        if (news.IsDeletion) Drop();
        if (news.Newest is not { } newest) return;
        lock (_lock)
        {
            bool isNew = false;
            foreach (IGrouping<string, ResultRow> day in newest.GroupBy(row => row.Day, StringComparer.Ordinal))
            {
                if (ResultsUrl.ReadDay(day.Key) is { } date && _days.TryGetValue(date, out DayState? state)) isNew |= state.Hear(day);
            }
            // More came than the news tell of.
            if (news.IsFresh && ResultsUrl.ReadDay(UtcTimestamp.Day(_time.GetUtcNow())) is { } today && _days.TryGetValue(today, out DayState? open)) open.Miss();
            if (isNew) Tell();
            if (news.IsFresh) _work?.Wake();
        }
    }

    // Called under the lock, as are those below.
    private void Tell()
    {
        foreach (Watch watch in _watches) watch.Tell();
    }

    private DateOnly[] Wanted() => [.. _watches.SelectMany(watch => watch.Days).Distinct().OrderDescending()];

    // The next day to read, or when there is one.
    private (DateOnly? Day, DateTimeOffset? At) Next()
    {
        DateTimeOffset now = _time.GetUtcNow();
        DateOnly[] wanted = Wanted();
        Trim(wanted);
        bool isFull = IsFull();
        DateTimeOffset? at = null;
        foreach (DateOnly day in wanted)
        {
            DateTimeOffset due = _days.TryGetValue(day, out DayState? state) ? state.DueAt : DateTimeOffset.MinValue;
            // What is read already is kept fresh; what is not has to stay out.
            if (isFull && state is not { IsRead: true }) continue;
            if (due <= now) return (day, null);
            if (at is null || due < at) at = due;
        }
        return (null, at);
    }

    private bool IsFull() => _days.Values.Sum(day => (long)day.Cells) >= MostCells;

    // What nobody looks at now is kept for the next one, as long as there is room: the oldest days go first.
    private void Trim(DateOnly[] wanted)
    {
        if (!IsFull()) return;
        foreach (DateOnly day in _days.Keys.Except(wanted).Order().ToArray())
        {
            _days.Remove(day);
            if (!IsFull()) return;
        }
    }

    private SummaryPicture Picture(IReadOnlyCollection<DateOnly> days)
    {
        lock (_lock)
        {
            DayState[] read = [.. days.Select(_days.GetValueOrDefault).OfType<DayState>().Where(state => state.IsRead)];
            return new SummaryPicture([.. read.SelectMany(state => state.Cubes)], read.Length, days.Count, read.Length < days.Count && IsFull(), _problem);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The results of {Day} could not be counted.")]
    private static partial void LogFailed(ILogger logger, DateOnly day, Exception exception);

    /// <summary>A view's part in it.</summary>
    public sealed class Watch(ResultsSummary summary, Action changed) : IAsyncDisposable
    {
        /// <summary>The days that the view asks for.</summary>
        internal IReadOnlyCollection<DateOnly> Days { get; private set; } = [];

        /// <summary>Asks for other days.</summary>
        public void Want(IReadOnlyCollection<DateOnly> days)
        {
            lock (summary._lock)
            {
                Days = days;
                summary._work?.Wake();
            }
        }

        /// <summary>What is known of them now.</summary>
        public SummaryPicture Picture() => summary.Picture(Days);

        /// <inheritdoc/>
        public async ValueTask DisposeAsync()
        {
            Work? work = null;
            lock (summary._lock)
            {
                if (!summary._watches.Remove(this)) return;
                if (summary._watches.Count == 0) (work, summary._work) = (summary._work, null);
                else summary._work?.Wake();
            }
            if (work is not null) await work.DisposeAsync();
        }

        internal void Tell() => changed();
    }

    /// <summary>The loop that reads; it lives from the first view to the last.</summary>
    private sealed class Work : IAsyncDisposable
    {
        private readonly ResultsSummary _summary;
        private readonly CancellationTokenSource _stop = new();
        private readonly SemaphoreSlim _wake = new(0, 1);
        private readonly Task _loop;
        private (DateOnly Day, int Generation, CancellationTokenSource Cancel)? _under;
        private long _toldAt;
        private int _failures;

        public Work(ResultsSummary summary)
        {
            _summary = summary;
            _loop = Task.Run(LoopAsync);
        }

        // Under the summary's lock: something else may be wanted than what is being read.
        public void Wake()
        {
            if (_under is { } reading && (reading.Generation != _summary._generation || !_summary.Wanted().Contains(reading.Day))) _ = reading.Cancel.CancelAsync();
            if (_wake.CurrentCount == 0) _wake.Release();
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _loop;
            _stop.Dispose();
            _wake.Dispose();
        }

        private async Task LoopAsync()
        {
            // Not under the summary's lock: the news are told under the teller's own.
            await using IAsyncDisposable news = _summary._live.Follow(_summary.Hear);
            while (!_stop.IsCancellationRequested)
            {
                DateOnly? next;
                DateTimeOffset? at;
                lock (_summary._lock) (next, at) = _summary.Next();
                if (next is { } day) await ReadAsync(day);
                else await PauseAsync(at);
            }
        }

        private async Task ReadAsync(DateOnly day)
        {
            using CancellationTokenSource cancel = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            DayState state;
            int generation;
            lock (_summary._lock)
            {
                generation = _summary._generation;
                if (!_summary._days.TryGetValue(day, out state!)) _summary._days[day] = state = new DayState(day);
                _under = (day, generation, cancel);
            }
            DateTimeOffset readAt = _summary._time.GetUtcNow();
            long start = _summary._time.GetTimestamp();
            try
            {
                DayReading reading = await _summary._reader.ReadAsync(day, cancel.Token);
                lock (_summary._lock)
                {
                    _under = null;
                    if (generation != _summary._generation) return;
                    state.Take(reading, readAt, _summary._time.GetElapsedTime(start));
                    (_summary._problem, _failures) = (null, 0);
                    bool isLast = _summary.Next().Day is null;
                    if (!isLast && _summary._time.GetElapsedTime(_toldAt) < TellEvery) return;
                    _toldAt = _summary._time.GetTimestamp();
                    _summary.Tell();
                }
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                lock (_summary._lock) _under = null;
            }
            catch (Exception exception) when (CloudFailure.Is(exception))
            {
                LogFailed(_summary._logger, day, exception);
                lock (_summary._lock)
                {
                    (_under, _summary._problem) = (null, exception);
                    _failures++;
                    _summary.Tell();
                }
                await PauseAsync(_summary._time.GetUtcNow() + Backoff.Delay(_failures, 1));
            }
        }

        // Until something else is wanted, or a day is due.
        private async Task PauseAsync(DateTimeOffset? until)
        {
            using CancellationTokenSource due = until is not { } at ? new CancellationTokenSource()
                : new CancellationTokenSource(at > _summary._time.GetUtcNow() ? at - _summary._time.GetUtcNow() : TimeSpan.Zero, _summary._time);
            using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(due.Token, _stop.Token);
            await _wake.WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
