namespace Archiver.Web.Results;

/// <summary>How long a person took to decide, as one of a few answers: what a chart has bars for, and a filter asks for.</summary>
/// <param name="Key">Its word in an address.</param>
/// <param name="From">The least time, in seconds.</param>
/// <param name="To">The time that it is below, in seconds; nothing for any longer one.</param>
public sealed record DecisionBand(string Key, int From, int? To)
{
    private const int Minute = 60;
    private const int Hour = 60 * Minute;
    private const int Day = 24 * Hour;

    /// <summary>All of them, the shortest first, without a gap.</summary>
    public static IReadOnlyList<DecisionBand> All { get; } =
    [
        new("under-1m", 0, Minute),
        new("1m-5m", Minute, 5 * Minute),
        new("5m-15m", 5 * Minute, 15 * Minute),
        new("15m-1h", 15 * Minute, Hour),
        new("1h-4h", Hour, 4 * Hour),
        new("4h-1d", 4 * Hour, Day),
        new("1d-7d", Day, 7 * Day),
        new("over-7d", 7 * Day, null),
    ];

    /// <summary>The one of a word; nothing where there is none.</summary>
    public static DecisionBand? Of(string? key) => All.FirstOrDefault(band => band.Key == key);

    /// <summary>Whether a time is in it.</summary>
    /// <param name="seconds">The time; nothing where it is not known.</param>
    public bool Contains(decimal? seconds) => seconds >= From && (To is not { } to || seconds < to);
}
