using Archiver.Web.Shell.Language;

namespace Archiver.Web.Cloud;

/// <summary>Reads one thing again and again, for everybody who looks at it.</summary>
/// <typeparam name="TNews">What a viewer is told: a picture of one moment.</typeparam>
internal interface ISharedReading<TNews> where TNews : class
{
    /// <summary>Reads it.</summary>
    /// <param name="before">What was told last; nothing at first.</param>
    /// <param name="hurried">Whether something was done to it, or nothing is known of it yet.</param>
    /// <returns>What there is to tell: what equals <paramref name="before"/> is told to nobody.</returns>
    Task<TNews> ReadAsync(TNews? before, bool hurried, CancellationToken cancellationToken);

    /// <summary>What is told when it could not be read.</summary>
    /// <param name="before">What was told last; nothing at first.</param>
    /// <param name="exception">What the cloud said.</param>
    TNews Failed(TNews? before, Exception exception);

    /// <summary>What somebody is told who comes when others look already; nothing where they are to wait.</summary>
    TNews? ToJoiner(TNews last);

    /// <summary>How long to wait after a reading that went well.</summary>
    TimeSpan Pause(TNews last);
}

/// <summary>
/// Readers that viewers share, one for each thing that somebody looks at: it lives from its first viewer to its last, reads at its own
/// pace, at once when something was done, and more slowly while calls fail.
/// </summary>
/// <param name="begin">Begins to read a thing.</param>
internal sealed class SharedReaders<TKey, TNews>(Func<TKey, ISharedReading<TNews>> begin, TimeProvider time)
    where TKey : notnull
    where TNews : class
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time = time;
    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, Reader> _readers = [];

    /// <summary>Follows a thing until the result is disposed.</summary>
    /// <param name="key">Which.</param>
    /// <param name="show">Called when it is first read and whenever something changed, or can't be read; on a thread of the pool, and in the culture of this call.</param>
    public IAsyncDisposable Follow(TKey key, Action<TNews> show)
    {
        show = new ViewerCulture().Bind(show);
        lock (_lock)
        {
            if (!_readers.TryGetValue(key, out Reader? reader)) _readers.Add(key, reader = new Reader(this, key, begin(key)));
            return reader.Join(show);
        }
    }

    /// <summary>Something was done to a thing: it is read again now, if anybody looks at it.</summary>
    public void Hurry(TKey key)
    {
        lock (_lock) _readers.GetValueOrDefault(key)?.Hurry();
    }

    /// <summary>Something was done: everything that anybody looks at is read again now.</summary>
    public void HurryAll()
    {
        lock (_lock)
        {
            foreach (Reader reader in _readers.Values) reader.Hurry();
        }
    }

    /// <summary>One thing's reader.</summary>
    private sealed class Reader : IAsyncDisposable
    {
        private readonly SharedReaders<TKey, TNews> _owner;
        private readonly TKey _key;
        private readonly ISharedReading<TNews> _reading;
        private readonly List<Action<TNews>> _views = [];
        private readonly SemaphoreSlim _hurry = new(0, 1);
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _loop;
        private TNews? _news;

        public Reader(SharedReaders<TKey, TNews> owner, TKey key, ISharedReading<TNews> reading)
        {
            (_owner, _key, _reading) = (owner, key, reading);
            _loop = Task.Run(LoopAsync);
        }

        // Called under the owner's lock, as is what leaving does to the list.
        public IAsyncDisposable Join(Action<TNews> show)
        {
            _views.Add(show);
            if (_news is not null && _reading.ToJoiner(_news) is { } news) show(news);
            return new Viewer(this, show);
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
            bool hurried = true;
            while (!_stop.IsCancellationRequested)
            {
                try
                {
                    TNews news = await _reading.ReadAsync(_news, hurried, _stop.Token);
                    failures = 0;
                    if (!news.Equals(_news)) Show(news);
                }
                catch (OperationCanceledException) when (_stop.IsCancellationRequested)
                {
                    return;
                }
                catch (Exception exception) when (CloudFailure.Is(exception))
                {
                    failures++;
                    Show(_reading.Failed(_news, exception));
                }
                hurried = await PauseAsync(failures > 0 ? Pace * Math.Pow(2, Math.Min(failures, 4)) : _reading.Pause(_news!));
            }
        }

        /// <returns>Whether somebody was in a hurry.</returns>
        private async Task<bool> PauseAsync(TimeSpan pause)
        {
            using CancellationTokenSource due = new(pause, _owner._time);
            using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(due.Token, _stop.Token);
            await _hurry.WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return !due.IsCancellationRequested;
        }

        private void Show(TNews news)
        {
            Action<TNews>[] views;
            lock (_owner._lock)
            {
                _news = news;
                views = [.. _views];
            }
            foreach (Action<TNews> view in views) view(news);
        }

        private sealed class Viewer(Reader reader, Action<TNews> show) : IAsyncDisposable
        {
            public async ValueTask DisposeAsync()
            {
                lock (reader._owner._lock)
                {
                    if (!reader._views.Remove(show) || reader._views.Count > 0) return;
                    reader._owner._readers.Remove(reader._key);
                }
                await reader.DisposeAsync();
            }
        }
    }
}
