namespace Archiver.Web.Results.Summary;

/// <summary>A stretch of a period that is one column of a chart.</summary>
/// <param name="Period">The stretch as a period of its own: where a click on it goes.</param>
/// <param name="From">When it begins.</param>
/// <param name="Until">Before when it ends.</param>
internal sealed record TimeBucket(ResultsPeriod Period, DateTimeOffset From, DateTimeOffset Until);

/// <summary>Cuts a period into hours, days or weeks, so that there are no more columns than one can tell apart.</summary>
internal static class TimeBuckets
{
    private const int MostDaysInHours = 1;
    private const int MostDays = 62;
    private const int Week = 7;

    /// <summary>The stretches, oldest first and without a gap.</summary>
    /// <param name="period">The period.</param>
    /// <param name="today">The viewer's day.</param>
    /// <param name="zone">The viewer's zone.</param>
    public static IReadOnlyList<TimeBucket> Of(ResultsPeriod period, DateOnly today, TimeZoneInfo zone)
    {
        (DateOnly first, DateOnly last) = period.Days(today);
        int days = last.DayNumber - first.DayNumber + 1;
        IEnumerable<ResultsPeriod> parts =
            days <= MostDaysInHours ? Hours(period as ResultsPeriod.OneDay ?? new ResultsPeriod.OneDay(first))
            : days <= MostDays ? Enumerable.Range(0, days).Select(day => new ResultsPeriod.OneDay(first.AddDays(day)))
            : Weeks(first, last);
        return [.. parts.Select(part => (part, part.Range(today, zone))).Select(one => new TimeBucket(one.part, one.Item2.From, one.Item2.Until))];
    }

    private static IEnumerable<ResultsPeriod> Hours(ResultsPeriod.OneDay day) =>
        Enumerable.Range(day.FromHour, day.ToHour - day.FromHour).Select(hour => day with { FromHour = hour, ToHour = hour + 1 });

    private static IEnumerable<ResultsPeriod> Weeks(DateOnly first, DateOnly last)
    {
        for (DateOnly day = first; day <= last; day = day.AddDays(Week))
        {
            DateOnly end = day.AddDays(Week - 1);
            yield return new ResultsPeriod.Span(day, end < last ? end : last);
        }
    }
}
