namespace Archiver.Web.Runs.Timeline;

/// <summary>Round moments to mark on a scale of time.</summary>
internal static class TimeScale
{
    private static readonly TimeSpan[] Steps =
    [
        .. new[] { 1, 2, 5, 10, 20, 50, 100, 200, 500 }.Select(step => TimeSpan.FromMilliseconds(step)),
        .. new[] { 1, 2, 5, 10, 15, 30 }.Select(step => TimeSpan.FromSeconds(step)),
        .. new[] { 1, 2, 5, 10, 15, 30 }.Select(step => TimeSpan.FromMinutes(step)),
        .. new[] { 1, 2, 3, 6, 12 }.Select(step => TimeSpan.FromHours(step)),
        .. new[] { 1, 2, 7, 14, 30, 60, 90, 180, 365 }.Select(step => TimeSpan.FromDays(step)),
    ];

    /// <summary>The marks of a scale from 0 to a span, 0 among them: no more than so many, at equal distances.</summary>
    public static IReadOnlyList<TimeSpan> Marks(TimeSpan whole, int most = 4)
    {
        if (whole <= TimeSpan.Zero) return [TimeSpan.Zero];
        TimeSpan step = Steps.FirstOrDefault(one => whole / one < most, whole);
        List<TimeSpan> marks = [];
        for (TimeSpan mark = TimeSpan.Zero; mark <= whole; mark += step) marks.Add(mark);
        return marks;
    }
}
