using Archiver.Lambdas.Contracts;

namespace Archiver.Web.Results.Summary;

/// <summary>
/// The results of a UTC day, or of some of its results, as numbers: 12 bytes for those that are alike in all that a
/// <see cref="CubeCell"/> says, so that even a million results that are all different are 12 MB. It does not change.
/// </summary>
internal sealed class DayCube
{
    /// <summary>Code of a reason: the result is no denial.</summary>
    public const int NotDenied = 0;

    /// <summary>Code of a reason: none was given.</summary>
    public const int NoReason = 1;

    /// <summary>Code of a reason: one more than are told apart, or too long to filter by.</summary>
    public const int OtherReason = 2;

    /// <summary>The code of the first reason of its own.</summary>
    public const int FirstReason = 3;

    /// <summary>How many reasons of a day are told apart.</summary>
    public const int MostReasons = 250;

    private readonly ulong[] _cells;
    private readonly int[] _counts;

    private DayCube(DateOnly day, ulong[] cells, int[] counts, string[] reasons, IReadOnlyDictionary<int, int> thresholds)
    {
        (Day, _cells, _counts, Reasons, Thresholds) = (day, cells, counts, reasons, thresholds);
    }

    /// <summary>The day.</summary>
    public DateOnly Day { get; }

    /// <summary>The cells, packed.</summary>
    public ReadOnlySpan<ulong> Cells => _cells;

    /// <summary>How many results each of <see cref="Cells"/> has.</summary>
    public ReadOnlySpan<int> Counts => _counts;

    /// <summary>The reasons, from the code <see cref="FirstReason"/> on.</summary>
    public IReadOnlyList<string> Reasons { get; }

    /// <summary>How many results each threshold was in force for, as far as they say.</summary>
    public IReadOnlyDictionary<int, int> Thresholds { get; }

    /// <summary>The cube of some results of a day.</summary>
    public static DayCube Of(DateOnly day, IEnumerable<ResultRow> rows)
    {
        Builder builder = new(day);
        foreach (ResultRow row in rows) builder.Add(row);
        return builder.Build();
    }

    /// <summary>Makes a cube, result by result. Not for several threads.</summary>
    /// <param name="day">The day.</param>
    public sealed class Builder(DateOnly day)
    {
        private readonly Dictionary<ulong, int> _cells = [];
        private readonly Dictionary<string, int> _reasons = new(StringComparer.Ordinal);
        private readonly Dictionary<int, int> _thresholds = [];

        /// <summary>Counts a result.</summary>
        public void Add(ResultRow row)
        {
            CubeCell cell = new(
                CubeCell.SlotOf(row.Time, day), CubeCell.ActionOf(row.Action), CubeCell.HumanOf(row), CubeCell.QualityOf(row.Quality?.Value),
                ReasonOf(row), DecisionScale.StepOf(row.DecisionSeconds?.Value));
            ulong key = cell.Pack();
            _cells[key] = _cells.GetValueOrDefault(key) + 1;
            // A script's threshold is no more than a number; what can be none is not shown.
            if (row.QualityThreshold?.Value is >= 0 and <= 100 and { } threshold) _thresholds[(int)threshold] = _thresholds.GetValueOrDefault((int)threshold) + 1;
        }

        /// <summary>What was counted so far.</summary>
        public DayCube Build() => new(
            day, [.. _cells.Keys], [.. _cells.Values], [.. _reasons.OrderBy(one => one.Value).Select(one => one.Key)], new Dictionary<int, int>(_thresholds));

        private int ReasonOf(ResultRow row)
        {
            if (row.Action != ResultAction.Denied) return NotDenied;
            if (row.Comment is not { Length: > 0 } reason) return NoReason;
            if (_reasons.TryGetValue(reason, out int code)) return code;
            if (reason.Length > ResultsFilter.LongestReason || _reasons.Count == MostReasons) return OtherReason;
            return _reasons[reason] = FirstReason + _reasons.Count;
        }
    }
}
