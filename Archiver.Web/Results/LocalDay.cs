namespace Archiver.Web.Results;

/// <summary>Days of a time zone as points in time.</summary>
internal static class LocalDay
{
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(15);

    /// <summary>When a day begins. A day that has its midnight twice begins with the first; one that has none, with the first time that it has.</summary>
    public static DateTimeOffset Start(DateOnly day, TimeZoneInfo zone) => Start(day, 0, zone);

    /// <summary>When an hour of a day begins, 0 to 24: one that there is twice with the first, one that there is not with the next time that there is.</summary>
    public static DateTimeOffset Start(DateOnly day, int hour, TimeZoneInfo zone)
    {
        DateTime local = day.ToDateTime(TimeOnly.MinValue).AddHours(hour);
        // Where clocks go forward at midnight, the day has no 00:00.
        while (zone.IsInvalidTime(local)) local += Step;
        TimeSpan offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
