namespace Archiver.Web.Results.Summary;

/// <summary>What is asked of the cubes: which results count, and which stretch of time each is in.</summary>
internal sealed class SummaryQuestion
{
    private readonly ResultsFilter _filter;
    private readonly bool[] _actions = new bool[CubeCell.Actions];

    /// <summary>Makes the question that a page's filter is.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="today">The viewer's day.</param>
    /// <param name="zone">The viewer's zone.</param>
    public SummaryQuestion(ResultsFilter filter, DateOnly today, TimeZoneInfo zone)
    {
        _filter = filter;
        Buckets = TimeBuckets.Of(filter.Period, today, zone);
        for (int action = 0; action < _actions.Length; action++)
            _actions[action] = filter.Actions.Count == 0 || filter.Actions.Any(one => CubeCell.ActionOf(one) == action);
        (DateTimeOffset from, DateTimeOffset until) = filter.Period.Range(today, zone);
        DateOnly first = DateOnly.FromDateTime(from.UtcDateTime), last = DateOnly.FromDateTime((until - TimeSpan.FromMilliseconds(1)).UtcDateTime);
        Days = [.. Enumerable.Range(0, Math.Max(0, last.DayNumber - first.DayNumber + 1)).Select(first.AddDays)];
    }

    /// <summary>The stretches of time.</summary>
    public IReadOnlyList<TimeBucket> Buckets { get; }

    /// <summary>The UTC days that results can be of.</summary>
    public IReadOnlyList<DateOnly> Days { get; }

    /// <summary>What no result comes to.</summary>
    public SummaryFacts Nothing() => new(Buckets.Count);

    /// <summary>What the results of a cube that count come to.</summary>
    public SummaryFacts Ask(DayCube cube)
    {
        SummaryFacts facts = Nothing();
        int[] buckets = BucketsOfSlots(cube.Day);
        ReadOnlySpan<ulong> cells = cube.Cells;
        ReadOnlySpan<int> counts = cube.Counts;
        for (int i = 0; i < cells.Length; i++)
        {
            CubeCell cell = CubeCell.Unpack(cells[i]);
            if (buckets[cell.Slot] >= 0 && Counts(cell, cube.Reasons)) facts.Add(buckets[cell.Slot], cell, cube.Reasons, counts[i]);
        }
        foreach ((int threshold, int count) in cube.Thresholds) facts.AddThreshold(threshold, count);
        return facts;
    }

    private bool Counts(CubeCell cell, IReadOnlyList<string> reasons) =>
        _actions[cell.Action]
        && (_filter.Asked is not { } asked || (cell.Human != HumanPart.NotAsked) == asked)
        && CubeCell.IsQualityWithin(cell.Quality, _filter.LeastQuality, _filter.MostQuality)
        && (_filter.Reason is not { } reason || IsFor(cell.Reason, reason, reasons))
        && (_filter.DecidedIn is not { } band || DecisionScale.BandOf(cell.Decision) == band);

    private static bool IsFor(int code, string reason, IReadOnlyList<string> reasons) => code switch
    {
        DayCube.NotDenied or DayCube.OtherReason => false,
        DayCube.NoReason => reason.Length == 0,
        _ => reasons[code - DayCube.FirstReason] == reason,
    };

    // -1 for what is in no stretch.
    private int[] BucketsOfSlots(DateOnly day)
    {
        int[] buckets = new int[CubeCell.Slots];
        DateTimeOffset start = new(day, TimeOnly.MinValue, TimeSpan.Zero);
        for (int slot = 0; slot < buckets.Length; slot++) buckets[slot] = BucketOf(start + (CubeCell.SlotLength * slot));
        return buckets;
    }

    private int BucketOf(DateTimeOffset time)
    {
        int low = 0, high = Buckets.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            if (time < Buckets[middle].From) high = middle - 1;
            else if (time >= Buckets[middle].Until) low = middle + 1;
            else return middle;
        }
        return -1;
    }
}
