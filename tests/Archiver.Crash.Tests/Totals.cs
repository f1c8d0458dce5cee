using System.Globalization;

namespace Archiver.Crash.Tests;

/// <summary>What a crash test did, for whoever reads its output.</summary>
internal sealed class Totals
{
    private readonly SortedDictionary<string, int> _points = new(StringComparer.Ordinal);

    /// <summary>How often a program was killed.</summary>
    public int Kills { get; private set; }

    /// <summary>Kills after which a decision was in the table and its run not known to have it.</summary>
    public int KillsWithDecisionsUnderWay { get; private set; }

    /// <summary>How many such decisions there were.</summary>
    public int DecisionsUnderWay { get; private set; }

    /// <summary>Notes a kill, and where it fell.</summary>
    public void Killed(string point)
    {
        Kills++;
        _points[point] = _points.GetValueOrDefault(point) + 1;
    }

    /// <summary>Notes what a kill left behind.</summary>
    public void Left(int decisionsUnderWay)
    {
        if (decisionsUnderWay > 0) KillsWithDecisionsUnderWay++;
        DecisionsUnderWay += decisionsUnderWay;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Kills} kills, {KillsWithDecisionsUnderWay} of them with decisions under way ({DecisionsUnderWay} in all). Killed right after:{Environment.NewLine}") +
        string.Join(Environment.NewLine, _points.OrderByDescending(point => point.Value).Select(point => $"  {point.Value,4} {point.Key}"));
}
