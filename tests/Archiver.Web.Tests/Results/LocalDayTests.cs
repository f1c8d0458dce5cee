using Archiver.Web.Results;

namespace Archiver.Web.Tests.Results;

public sealed class LocalDayTests
{
    [Theory]
    [InlineData("Etc/UTC", "2026-03-26", "2026-03-26T00:00Z")]
    [InlineData("Europe/Vienna", "2026-03-26", "2026-03-25T23:00Z")]
    [InlineData("Europe/Vienna", "2026-03-30", "2026-03-29T22:00Z")] // the day after the clocks went forward
    [InlineData("Asia/Kathmandu", "2026-03-26", "2026-03-25T18:15Z")]
    [InlineData("Pacific/Kiritimati", "2026-03-26", "2026-03-25T10:00Z")]
    [InlineData("Africa/Cairo", "2026-04-24", "2026-04-23T22:00Z")] // has no midnight: it begins at one o'clock
    [InlineData("America/Havana", "2025-11-02", "2025-11-02T04:00Z")] // has its midnight twice
    public void Start_OfADay_IsItsFirstMoment(string zone, string day, string start) => Assert.Equal(
        DateTimeOffset.Parse(start, System.Globalization.CultureInfo.InvariantCulture),
        LocalDay.Start(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), TimeZoneInfo.FindSystemTimeZoneById(zone)));
}
