namespace Archiver.Web.Results.Summary;

/// <summary>
/// A day that is kept: what was read of it, and what came since. Not for several threads.
/// </summary>
internal sealed class DayState(DateOnly day)
{
    /// <summary>How long after its end a day may still get results: one is recorded after its time.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromHours(1);

    // What no news tells of, such as a result that was recorded late, or again by a run that was redriven, is in the next reading.
    private static readonly TimeSpan OpenFor = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan GapFor = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SettledFor = TimeSpan.FromHours(12);

    // A day that takes long to read is read seldom: a reader is at work a tenth of its time at most.
    private const int LeastRest = 10;

    private const int MostSince = 2000;

    private readonly HashSet<string> _counted = new(StringComparer.Ordinal);
    private readonly HashSet<string> _sinceIds = new(StringComparer.Ordinal);
    private List<ResultRow> _since = [];
    private DayReading? _reading;
    private DayCube? _news;
    private DateTimeOffset _readAt;
    private TimeSpan _took;
    private bool _hasGap;

    /// <summary>Whether it was read.</summary>
    public bool IsRead => _reading is not null;

    /// <summary>What the day has, as two cubes at most; nothing before it is read.</summary>
    public IReadOnlyList<DayCube> Cubes => (_reading, _news) switch
    {
        (null, _) => [],
        ({ } read, null) => [read.Cube],
        ({ } read, { } news) => [read.Cube, news],
    };

    /// <summary>How many cells are kept.</summary>
    public int Cells => Cubes.Sum(cube => cube.Cells.Length);

    /// <summary>When it is to be read again; the beginning of time where it was not read yet.</summary>
    public DateTimeOffset DueAt
    {
        get
        {
            if (_reading is null) return DateTimeOffset.MinValue;
            TimeSpan pause = IsSettled ? SettledFor : _hasGap ? GapFor : OpenFor;
            TimeSpan rest = _took * LeastRest;
            return _readAt + (rest > pause ? rest : pause);
        }
    }

    private bool IsSettled => _readAt >= new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero).AddDays(1) + Settling;

    /// <summary>Takes a reading, and goes on counting what is not in it: what came while it was under way.</summary>
    public void Take(DayReading reading, DateTimeOffset readAt, TimeSpan took)
    {
        (_reading, _news, _readAt, _took, _hasGap) = (reading, null, readAt, took, false);
        _counted.Clear();
        _counted.UnionWith(reading.Newest);
        List<ResultRow> since = _since;
        _since = [];
        _sinceIds.Clear();
        Hear(since);
    }

    /// <summary>More came than the news tell of.</summary>
    public void Miss() => _hasGap = true;

    /// <summary>Hears of the newest results; those that are counted already change nothing.</summary>
    /// <returns>Whether one was not.</returns>
    public bool Hear(IEnumerable<ResultRow> newest)
    {
        bool isNew = false;
        foreach (ResultRow row in newest)
        {
            if (_reading is { } reading && (string.CompareOrdinal(row.Timestamp, reading.Since) <= 0 || _counted.Contains(row.Id))) continue;
            if (_since.Count == MostSince)
            {
                Miss();
                break;
            }
            if (!_sinceIds.Add(row.Id)) continue;
            _since.Add(row);
            isNew = true;
        }
        if (isNew && _reading is not null) _news = DayCube.Of(day, _since);
        return isNew && _reading is not null;
    }
}
