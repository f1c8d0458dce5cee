using Archiver.Web.Cloud;
using Archiver.Web.Runs.Graph;
using Archiver.Web.Runs.Graph.Definition;

namespace Archiver.Web.Runs.Story;

/// <summary>A run as its page shows it: a picture of one moment, which does not change.</summary>
/// <param name="Run">What the service says of it.</param>
/// <param name="Events">Its history, oldest first.</param>
/// <param name="Story">What the history comes to, by state.</param>
/// <param name="Machine">The machine that it goes by; nothing where that can't be read.</param>
/// <param name="Drawing">The machine drawn; nothing where it can't be.</param>
public sealed record RunPicture(RunDetails Run, IReadOnlyList<RunEvent> Events, RunStory Story, MachineScope? Machine, MachineDrawing? Drawing);

/// <summary>What a run's page is told.</summary>
/// <param name="Picture">The run, once it was read.</param>
/// <param name="IsMissing">Whether there is no such run.</param>
/// <param name="Problem">What the cloud said where it can't be read now.</param>
public sealed record RunNews(RunPicture? Picture, bool IsMissing, string? Problem);

/// <summary>
/// Keeps runs fresh for every browser that shows one. All views of one run share one reader, which reads what is new in its history
/// once a second while the run goes on, at once after a command, and now and then when it has ended: somebody may redrive it.
/// The pace of all is <see cref="Approvals.Fate.HistoryPace"/>'s.
/// </summary>
internal sealed partial class RunWatch(RunsClient runs, TimeProvider time, ILogger<RunWatch> logger)
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PaceOfEnded = TimeSpan.FromSeconds(15);

    private readonly RunsClient _runs = runs;
    private readonly TimeProvider _time = time;
    private readonly ILogger<RunWatch> _logger = logger;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Reader> _readers = new(StringComparer.Ordinal);

    /// <summary>Follows a run until the result is disposed.</summary>
    /// <param name="name">The run's name.</param>
    /// <param name="show">Called when it is first read and whenever something changed; on a thread of the pool.</param>
    public IAsyncDisposable Follow(string name, Action<RunNews> show)
    {
        lock (_lock)
        {
            if (!_readers.TryGetValue(name, out Reader? reader)) _readers.Add(name, reader = new Reader(this, name));
            return reader.Join(show);
        }
    }

    /// <summary>Something was done to a run: it is read again now.</summary>
    public void Refresh(string name)
    {
        lock (_lock) _readers.GetValueOrDefault(name)?.Hurry();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The run {Name} could not be read.")]
    private static partial void LogFailed(ILogger logger, string name, Exception exception);

    /// <summary>One run's reader: it lives from its first viewer to its last.</summary>
    private sealed class Reader : IAsyncDisposable
    {
        private readonly RunWatch _watch;
        private readonly string _name;
        private readonly List<Action<RunNews>> _views = [];
        private readonly SemaphoreSlim _hurry = new(0, 1);
        private readonly CancellationTokenSource _stop = new();
        private readonly StoryBuilder _story = new();
        private readonly Task _loop;
        private RunNews? _news;

        public Reader(RunWatch watch, string name)
        {
            (_watch, _name) = (watch, name);
            _loop = Task.Run(LoopAsync);
        }

        // Called under the owner's lock, as is what leaving does to the list.
        public IAsyncDisposable Join(Action<RunNews> show)
        {
            _views.Add(show);
            if (_news is not null) show(_news);
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
                    RunNews news = await ReadAsync(hurried);
                    failures = 0;
                    if (news != _news) Show(news);
                }
                catch (OperationCanceledException) when (_stop.IsCancellationRequested)
                {
                    return;
                }
                catch (Exception exception) when (CloudFailure.Is(exception))
                {
                    failures++;
                    LogFailed(_watch._logger, _name, exception);
                    Show(new RunNews(_news?.Picture, false, exception.Message));
                }
                hurried = await PauseAsync(failures);
            }
        }

        /// <summary>Reads what is new; where nothing is, what is given is what there was.</summary>
        private async Task<RunNews> ReadAsync(bool hurried)
        {
            RunPicture? before = _news?.Picture;
            if (before is null)
            {
                RunDetails? first = await _watch._runs.DescribeAsync(_name, _stop.Token);
                if (first is null) return new RunNews(null, true, null);
                MachineScope? machine = await _watch._runs.DefinitionAsync(first.Summary.Arn, _stop.Token) is { } text ? DefinitionReader.Read(text) : null;
                before = new RunPicture(first, [], RunStory.Empty, machine, machine is null ? null : MachineDrawing.Of(machine));
            }
            IReadOnlyList<RunEvent> news = await _watch._runs.EventsAsync(
                before.Run.Summary.Arn, before.Events.Count == 0 ? 0 : before.Events[^1].Id, _stop.Token);
            RunDetails run = before.Run;
            // Most seconds tell nothing of the run itself, and a call is spared; the first describes it before this.
            bool turned = news.Any(one => one.Type.StartsWith("Execution", StringComparison.Ordinal) && one.Type != "ExecutionStarted");
            if (before == _news?.Picture ? hurried || turned : turned && run.Summary.StoppedAt is null)
                run = await _watch._runs.DescribeAsync(_name, _stop.Token) ?? run;
            if (news.Count > 0) _story.Add(news);
            RunPicture after = news.Count == 0 && run == before.Run && before == _news?.Picture
                ? before
                : before with { Run = run, Events = [.. before.Events, .. news], Story = news.Count == 0 ? before.Story : _story.Story() };
            return new RunNews(after, false, null);
        }

        /// <returns>Whether somebody was in a hurry.</returns>
        private async Task<bool> PauseAsync(int failures)
        {
            bool ended = _news is { IsMissing: true } or { Picture.Run.Summary.StoppedAt: not null };
            TimeSpan pause = failures > 0 ? Pace * Math.Pow(2, Math.Min(failures, 4)) : ended ? PaceOfEnded : Pace;
            using CancellationTokenSource due = new(pause, _watch._time);
            using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(due.Token, _stop.Token);
            await _hurry.WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return !due.IsCancellationRequested;
        }

        private void Show(RunNews news)
        {
            Action<RunNews>[] views;
            lock (_watch._lock)
            {
                _news = news;
                views = [.. _views];
            }
            foreach (Action<RunNews> view in views) view(news);
        }

        private sealed class Viewer(Reader reader, Action<RunNews> show) : IAsyncDisposable
        {
            public async ValueTask DisposeAsync()
            {
                lock (reader._watch._lock)
                {
                    if (!reader._views.Remove(show) || reader._views.Count > 0) return;
                    reader._watch._readers.Remove(reader._name);
                }
                await reader.DisposeAsync();
            }
        }
    }
}
