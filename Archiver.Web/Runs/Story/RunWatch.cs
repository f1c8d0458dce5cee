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
internal sealed partial class RunWatch
{
    private readonly SharedReaders<string, RunNews> _readers;

    /// <summary>Reads by a client.</summary>
    public RunWatch(RunsClient runs, TimeProvider time, ILogger<RunWatch> logger) => _readers = new(name => new Reading(runs, name, logger), time);

    /// <summary>Follows a run until the result is disposed.</summary>
    /// <param name="name">The run's name.</param>
    /// <param name="show">Called when it is first read and whenever something changed; on a thread of the pool.</param>
    public IAsyncDisposable Follow(string name, Action<RunNews> show) => _readers.Follow(name, show);

    /// <summary>Something was done to a run: it is read again now.</summary>
    public void Refresh(string name) => _readers.Hurry(name);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The run {Name} could not be read.")]
    private static partial void LogFailed(ILogger logger, string name, Exception exception);

    /// <summary>The reading of one run.</summary>
    private sealed class Reading(RunsClient runs, string name, ILogger logger) : ISharedReading<RunNews>
    {
        private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);
        private static readonly TimeSpan PaceOfEnded = TimeSpan.FromSeconds(15);

        private readonly StoryBuilder _story = new();

        /// <summary>Reads what is new; where nothing is, what is given is what there was.</summary>
        public async Task<RunNews> ReadAsync(RunNews? before, bool hurried, CancellationToken cancellationToken)
        {
            RunPicture? picture = before?.Picture ?? await BeginAsync(cancellationToken);
            if (picture is null) return new RunNews(null, true, null);
            IReadOnlyList<RunEvent> news = await runs.EventsAsync(
                picture.Run.Summary.Arn, picture.Events.Count == 0 ? 0 : picture.Events[^1].Id, cancellationToken);
            bool isKnown = picture == before?.Picture;
            RunDetails run = picture.Run;
            // Most seconds tell nothing of the run itself, and a call is spared; the first describes it before this.
            bool turned = news.Any(one => one.Type.StartsWith("Execution", StringComparison.Ordinal) && one.Type != "ExecutionStarted");
            if (isKnown ? hurried || turned : turned && run.Summary.StoppedAt is null)
                run = await runs.DescribeAsync(name, cancellationToken) ?? run;
            if (news.Count > 0) _story.Add(news);
            RunPicture after = news.Count == 0 && run == picture.Run && isKnown
                ? picture
                : picture with { Run = run, Events = [.. picture.Events, .. news], Story = news.Count == 0 ? picture.Story : _story.Story() };
            return new RunNews(after, false, null);
        }

        public RunNews Failed(RunNews? before, Exception exception)
        {
            LogFailed(logger, name, exception);
            return new RunNews(before?.Picture, false, exception.Message);
        }

        public RunNews ToJoiner(RunNews last) => last;

        public TimeSpan Pause(RunNews last) => last is { IsMissing: true } or { Picture.Run.Summary.StoppedAt: not null } ? PaceOfEnded : Pace;

        /// <summary>The run before anything of its history is read; nothing when there is no such run.</summary>
        private async Task<RunPicture?> BeginAsync(CancellationToken cancellationToken)
        {
            if (await runs.DescribeAsync(name, cancellationToken) is not { } run) return null;
            MachineScope? machine = await runs.DefinitionAsync(run.Summary.Arn, cancellationToken) is { } text ? DefinitionReader.Read(text) : null;
            return new RunPicture(run, [], RunStory.Empty, machine, machine is null ? null : MachineDrawing.Of(machine));
        }
    }
}
