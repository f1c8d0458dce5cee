using Amazon.StepFunctions;

namespace Archiver.Web.Runs.Overview;

/// <summary>How many runs of a stretch of time stand where.</summary>
/// <param name="From">Where it begins.</param>
/// <param name="ByStatus">How many runs that started in it there are, in the order of <see cref="RunStatistics.Statuses"/>.</param>
public sealed record RunBucket(DateTimeOffset From, IReadOnlyList<int> ByStatus)
{
    /// <summary>How many there are together.</summary>
    public int Total => ByStatus.Sum();
}

/// <summary>What runs that started in a stretch of time come to.</summary>
public sealed record RunStatistics
{
    /// <summary>How many stretches the time is cut into.</summary>
    public const int Buckets = 30;

    /// <summary>The percentiles that are told of how long runs take.</summary>
    public static readonly IReadOnlyList<int> Percentiles = [50, 90, 95, 99];

    /// <summary>The statuses that are counted.</summary>
    public static IReadOnlyList<ExecutionStatus> Statuses => RunStatusDisplay.All;

    /// <summary>How many runs there are.</summary>
    public required int Total { get; init; }

    /// <summary>How many there are of each of <see cref="Statuses"/>.</summary>
    public required IReadOnlyList<int> ByStatus { get; init; }

    /// <summary>The runs over time, oldest first.</summary>
    public required IReadOnlyList<RunBucket> OverTime { get; init; }

    /// <summary>How many ended an hour, from the first start to now.</summary>
    public required double EndedPerHour { get; init; }

    /// <summary>How long runs that succeeded took, at each of <see cref="Percentiles"/>; nothing where none did.</summary>
    public required IReadOnlyList<TimeSpan> Durations { get; init; }

    /// <summary>How many runs the durations are of.</summary>
    public required int Succeeded { get; init; }

    /// <summary>What runs come to.</summary>
    /// <param name="runs">The runs; those that started before the stretch are left out.</param>
    /// <param name="window">How long the stretch is, to now.</param>
    /// <param name="now">The moment that it is now.</param>
    public static RunStatistics Of(IEnumerable<RunSummary> runs, TimeSpan window, DateTimeOffset now)
    {
        DateTimeOffset from = now - window;
        int[] counts = new int[Statuses.Count];
        int[][] buckets = [.. Enumerable.Range(0, Buckets).Select(_ => new int[Statuses.Count])];
        List<TimeSpan> durations = [];
        int total = 0, ended = 0;
        DateTimeOffset first = now;
        foreach (RunSummary run in runs)
        {
            if (run.StartedAt < from) continue;
            total++;
            if (run.StartedAt < first) first = run.StartedAt;
            if (run.StoppedAt is { } stopped)
            {
                ended++;
                if (run.Status == ExecutionStatus.SUCCEEDED) durations.Add(stopped - run.StartedAt);
            }
            int status = Place(run.Status);
            if (status < 0) continue;
            counts[status]++;
            // Clocks differ: a run may have started in a moment that is still to come.
            buckets[Math.Clamp((int)((run.StartedAt - from) / window * Buckets), 0, Buckets - 1)][status]++;
        }
        durations.Sort();
        return new RunStatistics
        {
            Total = total,
            ByStatus = counts,
            OverTime = [.. buckets.Select((bucket, place) => new RunBucket(from + (window / Buckets * place), bucket))],
            // A minute at least: two runs within a second are no thousands an hour.
            EndedPerHour = ended / Math.Max((now - first).TotalHours, 1 / 60.0),
            Durations = durations.Count == 0 ? [] : [.. Percentiles.Select(percent => Percentile(durations, percent))],
            Succeeded = durations.Count,
        };
    }

    /// <summary>The least of some values that so many percent of them don't exceed: the nearest rank.</summary>
    /// <param name="sorted">The values, the least first; one at least.</param>
    /// <param name="percent">From 1 to 100.</param>
    public static TimeSpan Percentile(IReadOnlyList<TimeSpan> sorted, int percent) =>
        sorted[Math.Clamp((int)Math.Ceiling(percent / 100.0 * sorted.Count) - 1, 0, sorted.Count - 1)];

    private static int Place(ExecutionStatus status)
    {
        for (int place = 0; place < Statuses.Count; place++)
        {
            if (Statuses[place] == status) return place;
        }
        return -1;
    }
}
