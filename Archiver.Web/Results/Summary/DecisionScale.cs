namespace Archiver.Web.Results.Summary;

/// <summary>
/// Times to decision, cut into steps that grow by a twentieth: a few hundred numbers say what a million times come to. Up to 20
/// seconds a step is one second; above it, a time told by its step is off by <see cref="Error"/> at most. No step lies in two
/// <see cref="DecisionBand"/>s.
/// </summary>
internal static class DecisionScale
{
    /// <summary>How far off a percentile is at most, as a part of it; a time counts in whole seconds.</summary>
    public const double Error = .025;

    private const double Growth = 1.05;

    // Two years: an execution lives for one.
    private const int Longest = 2 * 366 * 24 * 60 * 60;

    private static readonly int[] Edges = MakeEdges();
    private static readonly DecisionBand[] Bands = [.. Edges.Select(edge => DecisionBand.All.First(band => band.Contains(edge)))];

    /// <summary>How many steps there are. They are numbered from 1; 0 is no time.</summary>
    public static int Steps => Edges.Length;

    /// <summary>The step of a time, 0 where there is none.</summary>
    public static int StepOf(decimal? seconds)
    {
        if (seconds is not >= 0) return 0;
        int place = Array.BinarySearch(Edges, (int)Math.Min(seconds.Value, Edges[^1]));
        return (place >= 0 ? place : ~place - 1) + 1;
    }

    /// <summary>The time that stands for all of a step, in seconds.</summary>
    public static double SecondsOf(int step)
    {
        int low = Edges[step - 1];
        int high = step < Edges.Length ? Edges[step] - 1 : low;
        return Math.Sqrt((double)low * high);
    }

    /// <summary>The band that a step lies in; nothing for no time.</summary>
    public static DecisionBand? BandOf(int step) => step == 0 ? null : Bands[step - 1];

    /// <summary>The least time that so many percent of all don't exceed, in seconds; nothing where there is no time.</summary>
    /// <param name="counts">How many times there are of each step.</param>
    /// <param name="percent">From 1 to 100.</param>
    public static double? Percentile(IReadOnlyList<long> counts, int percent)
    {
        long total = counts.Skip(1).Sum();
        if (total == 0) return null;
        long rank = (long)Math.Ceiling(percent / 100.0 * total);
        long seen = 0;
        for (int step = 1; step < counts.Count; step++)
        {
            seen += counts[step];
            if (seen >= rank) return SecondsOf(step);
        }
        return null;
    }

    private static int[] MakeEdges()
    {
        List<int> edges = [0];
        while (edges[^1] < Longest)
        {
            int last = edges[^1];
            int next = Math.Max(last + 1, (int)(last * Growth));
            int border = DecisionBand.All.FirstOrDefault(band => band.From > last)?.From ?? int.MaxValue;
            edges.Add(Math.Min(next, border));
        }
        return [.. edges];
    }
}
