namespace Archiver.Web.Results.Summary;

/// <summary>What results come to: the numbers behind the charts. Those of two sets of results are those of each, added up.</summary>
internal sealed class SummaryFacts
{
    private readonly long[][] _overTime;
    private readonly long[] _byHuman = new long[4];
    private readonly long[] _byQuality = new long[CubeCell.Qualities];
    private readonly long[] _byDecision = new long[DecisionScale.Steps + 1];
    private readonly Dictionary<string, long> _reasons = new(StringComparer.Ordinal);
    private readonly Dictionary<int, long> _thresholds = [];

    /// <summary>Nothing yet.</summary>
    /// <param name="buckets">How many stretches the time has.</param>
    public SummaryFacts(int buckets) => _overTime = [.. Enumerable.Range(0, buckets).Select(_ => new long[CubeCell.Actions])];

    /// <summary>How many results there are.</summary>
    public long Total { get; private set; }

    /// <summary>How many there are in each stretch of time, by action.</summary>
    public IReadOnlyList<IReadOnlyList<long>> OverTime => _overTime;

    /// <summary>How many there are of each <see cref="HumanPart"/>.</summary>
    public IReadOnlyList<long> ByHuman => _byHuman;

    /// <summary>How many there are of each quality's code.</summary>
    public IReadOnlyList<long> ByQuality => _byQuality;

    /// <summary>How many decisions took each step of <see cref="DecisionScale"/>; at 0 what is none, or does not say.</summary>
    public IReadOnlyList<long> ByDecision => _byDecision;

    /// <summary>How many were denied for each reason; the empty one is none.</summary>
    public IReadOnlyDictionary<string, long> Reasons => _reasons;

    /// <summary>How many were denied for reasons that are not told apart.</summary>
    public long OtherReasons { get; private set; }

    /// <summary>How many results each threshold was in force for. A day's results are counted whatever the filter.</summary>
    public IReadOnlyDictionary<int, long> Thresholds => _thresholds;

    /// <summary>How many went to a person.</summary>
    public long Asked => Total - _byHuman[(int)HumanPart.NotAsked];

    /// <summary>How many a person answered.</summary>
    public long Answered => _byHuman[(int)HumanPart.Approved] + _byHuman[(int)HumanPart.Denied];

    /// <summary>How many results say how long a decision took.</summary>
    public long Timed => _byDecision.Skip(1).Sum();

    /// <summary>How many of an action there are.</summary>
    public long OfAction(int action) => _overTime.Sum(bucket => bucket[action]);

    /// <summary>How many have a quality from one whole number to another, both included.</summary>
    public long OfQuality(int least, int most)
    {
        long count = 0;
        for (int code = least * 2; code <= most * 2; code++) count += _byQuality[code];
        return count;
    }

    /// <summary>How many decisions took a time of a band.</summary>
    public long OfBand(DecisionBand band)
    {
        long count = 0;
        for (int step = 1; step < _byDecision.Length; step++)
        {
            if (_byDecision[step] > 0 && DecisionScale.BandOf(step) == band) count += _byDecision[step];
        }
        return count;
    }

    /// <summary>How long a decision took, at a percentile; nothing where none says so.</summary>
    public TimeSpan? Decision(int percent) => DecisionScale.Percentile(_byDecision, percent) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    /// <summary>Counts results that are alike.</summary>
    /// <param name="bucket">The stretch of time.</param>
    /// <param name="cell">What they have in common.</param>
    /// <param name="reasons">What the cell's reason is a code of.</param>
    /// <param name="count">How many.</param>
    public void Add(int bucket, CubeCell cell, IReadOnlyList<string> reasons, long count)
    {
        Total += count;
        _overTime[bucket][cell.Action] += count;
        _byHuman[(int)cell.Human] += count;
        _byQuality[cell.Quality] += count;
        _byDecision[cell.Decision] += count;
        if (cell.Reason == DayCube.OtherReason) OtherReasons += count;
        else if (cell.Reason == DayCube.NoReason) Plus(_reasons, "", count);
        else if (cell.Reason != DayCube.NotDenied) Plus(_reasons, reasons[cell.Reason - DayCube.FirstReason], count);
    }

    /// <summary>Counts thresholds.</summary>
    public void AddThreshold(int threshold, long count) => Plus(_thresholds, threshold, count);

    /// <summary>Adds what other results come to.</summary>
    public void Add(SummaryFacts other)
    {
        Total += other.Total;
        OtherReasons += other.OtherReasons;
        for (int bucket = 0; bucket < _overTime.Length; bucket++) Plus(_overTime[bucket], other._overTime[bucket]);
        Plus(_byHuman, other._byHuman);
        Plus(_byQuality, other._byQuality);
        Plus(_byDecision, other._byDecision);
        foreach ((string reason, long count) in other._reasons) Plus(_reasons, reason, count);
        foreach ((int threshold, long count) in other._thresholds) Plus(_thresholds, threshold, count);
    }

    private static void Plus(long[] sums, long[] more)
    {
        for (int i = 0; i < sums.Length; i++) sums[i] += more[i];
    }

    private static void Plus<TKey>(Dictionary<TKey, long> sums, TKey key, long count)
        where TKey : notnull => sums[key] = sums.GetValueOrDefault(key) + count;
}
