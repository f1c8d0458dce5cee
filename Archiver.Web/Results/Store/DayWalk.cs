using Archiver.Lambdas.Contracts;

namespace Archiver.Web.Results.Store;

/// <summary>A part of the index that one query reads: a day, or what of it is asked for.</summary>
/// <param name="Day">The partition.</param>
/// <param name="From">The first time that is asked for; nothing where it is all of the day from its beginning.</param>
/// <param name="To">The last time that is asked for; nothing where it is all of the day to its end.</param>
/// <param name="After">The record after which the query goes on.</param>
internal sealed record DaySlice(string Day, string? From, string? To, ResultsCursor? After);

/// <summary>
/// The way through the index: its partitions are UTC days, and a time range is read day by day in one direction. A record that a
/// script wrote without <c>Day</c> or <c>Timestamp</c> is in no index, and on no page; only clearing the table sees it.
/// </summary>
internal static class DayWalk
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    /// <summary>The queries to make, in order.</summary>
    /// <param name="from">The earliest time.</param>
    /// <param name="until">The time before which they all are.</param>
    /// <param name="newestFirst">The direction.</param>
    /// <param name="after">The record to go on from, which need not be within the range or exist any more.</param>
    public static IEnumerable<DaySlice> Slices(DateTimeOffset from, DateTimeOffset until, bool newestFirst, ResultsCursor? after)
    {
        DateTimeOffset last = until - Tick;
        if (last < from) yield break;
        DateOnly firstDay = DateOnly.FromDateTime(from.UtcDateTime), lastDay = DateOnly.FromDateTime(last.UtcDateTime);
        for (int i = 0; i <= lastDay.DayNumber - firstDay.DayNumber; i++)
        {
            DateOnly day = newestFirst ? lastDay.AddDays(-i) : firstDay.AddDays(i);
            DateTimeOffset start = new(day, TimeOnly.MinValue, TimeSpan.Zero);
            DaySlice whole = new(
                UtcTimestamp.Day(start),
                start < from ? UtcTimestamp.Format(from) : null,
                start.AddDays(1) > until ? UtcTimestamp.Format(last) : null,
                null);
            if (after is null) yield return whole;
            else if (GoOn(whole, after, newestFirst) is { } rest) yield return rest;
        }
    }

    // DynamoDB refuses a start key outside of the range that its query asks for.
    private static DaySlice? GoOn(DaySlice slice, ResultsCursor after, bool newestFirst)
    {
        int direction = newestFirst ? -1 : 1;
        int day = string.CompareOrdinal(slice.Day, after.Day) * direction;
        if (day != 0) return day > 0 ? slice : null;
        bool before = slice.From is { } from && string.CompareOrdinal(after.Timestamp, from) < 0;
        bool beyond = slice.To is { } to && string.CompareOrdinal(after.Timestamp, to) > 0;
        if (newestFirst ? before : beyond) return null;
        return before || beyond ? slice : slice with { After = after };
    }
}
