using System.Globalization;

namespace Archiver.Benchmarks;

/// <summary>A series of measured times, in milliseconds.</summary>
internal sealed class Figures(string name)
{
    private readonly List<double> _milliseconds = [];

    public string Name { get; } = name;

    public void Add(TimeSpan time) => _milliseconds.Add(time.TotalMilliseconds);

    /// <summary>The value below which the given part of the series lies, by nearest rank.</summary>
    public double Percentile(double part)
    {
        double[] sorted = [.. _milliseconds.Order()];
        return sorted[Math.Clamp((int)Math.Ceiling(part * sorted.Length) - 1, 0, sorted.Length - 1)];
    }

    /// <summary>Prints the series, and its median as a multiple of the baseline's.</summary>
    public void Print(Figures? baseline = null)
    {
        string ratio = baseline is null ? "" : string.Create(CultureInfo.InvariantCulture, $"  {Percentile(.5) / baseline.Percentile(.5):0.00} x {baseline.Name}");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Name,-44} n={_milliseconds.Count,-4} min {_milliseconds.Min(),9:0.00}  median {Percentile(.5),9:0.00}  p95 {Percentile(.95),9:0.00}  max {_milliseconds.Max(),9:0.00} ms{ratio}"));
    }
}
