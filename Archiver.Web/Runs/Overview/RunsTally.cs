namespace Archiver.Web.Runs.Overview;

/// <summary>The runs of some days, as they were read: a picture of one moment, which does not change.</summary>
/// <param name="Runs">The runs, newest first.</param>
/// <param name="Failures">Why those failed whose reason was read.</param>
/// <param name="IsCut">Whether there are more than are read, so that what is oldest is missing.</param>
/// <param name="Problem">What the cloud said where they can't be read now.</param>
public sealed record RunsTally(IReadOnlyList<RunSummary> Runs, IReadOnlyList<RunFailure> Failures, bool IsCut, string? Problem);

/// <summary>
/// Keeps the runs that were read, and says how far a reading has to go: the list is by start, newest first, so that what is new is at
/// its front, and what may have changed is no further than the oldest that had not ended. Not for several threads.
/// </summary>
internal sealed class TallyBook
{
    /// <summary>The most runs that are kept, and the most pages of a thousand that one reading takes.</summary>
    public const int Most = 10_000;

    /// <summary>How long a run is kept after its start.</summary>
    public static readonly TimeSpan Horizon = TimeSpan.FromDays(7);

    private readonly Dictionary<string, RunSummary> _runs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RunFailure> _failures = new(StringComparer.Ordinal);
    private bool _isCut;

    /// <summary>Takes a page of the list.</summary>
    /// <param name="page">The page.</param>
    /// <param name="read">How many runs the reading has read, with this page.</param>
    /// <param name="whole">Whether everything is to be read again.</param>
    /// <param name="now">The moment that it is now.</param>
    /// <returns>Whether the next page may say something new.</returns>
    public bool Take(RunsPage page, int read, bool whole, DateTimeOffset now)
    {
        bool news = false;
        foreach (RunSummary run in page.Runs)
        {
            if (!_runs.TryGetValue(run.Arn, out RunSummary? before)) news = true;
            _runs[run.Arn] = run;
            // One that was redriven failed, or not, anew.
            if (before is not null && before != run) _failures.Remove(run.Arn);
        }
        if (page.NextToken is null || page.Runs.Count == 0)
        {
            _isCut = false;
            return false;
        }
        DateTimeOffset oldest = page.Runs[^1].StartedAt;
        if (oldest < now - Horizon) return false;
        if (read >= Most)
        {
            _isCut = true;
            return false;
        }
        return whole || news || _runs.Values.Any(run => run.StoppedAt is null && run.StartedAt <= oldest);
    }

    /// <summary>Forgets what is past the horizon, or too much.</summary>
    public void Trim(DateTimeOffset now)
    {
        string[] past = [.. _runs.Values.OrderByDescending(run => run.StartedAt).Index()
            .Where(one => one.Index >= Most || one.Item.StartedAt < now - Horizon).Select(one => one.Item.Arn)];
        foreach (string arn in past)
        {
            _runs.Remove(arn);
            _failures.Remove(arn);
        }
    }

    /// <summary>The latest runs that failed and whose reason is not known.</summary>
    /// <param name="most">How many failures are to be known at most.</param>
    public IReadOnlyList<RunSummary> Unexplained(int most) =>
    [
        .. _runs.Values.Where(run => run.Status.Value is "FAILED" or "TIMED_OUT").OrderByDescending(run => run.StartedAt).Take(most)
            .Where(run => !_failures.ContainsKey(run.Arn)),
    ];

    /// <summary>Takes why a run failed.</summary>
    public void Explain(RunFailure failure) => _failures[failure.Run.Arn] = failure;

    /// <summary>The picture of what was read so far.</summary>
    public RunsTally Tally() => new([.. _runs.Values.OrderByDescending(run => run.StartedAt)], [.. _failures.Values], _isCut, null);
}
