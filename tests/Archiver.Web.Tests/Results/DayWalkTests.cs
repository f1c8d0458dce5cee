using Archiver.Web.Results;
using Archiver.Web.Results.Store;
using FsCheck;
using FsCheck.Xunit;

namespace Archiver.Web.Tests.Results;

public sealed class DayWalkTests
{
    private static readonly DateTimeOffset Midnight = new(2026, 3, 24, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Slices_WholeDaysNewestFirst_AreDaysWithoutACondition() => Assert.Equal(
        [new DaySlice("2026-03-26", null, null, null), new("2026-03-25", null, null, null), new("2026-03-24", null, null, null)],
        DayWalk.Slices(Midnight, Midnight.AddDays(3), newestFirst: true, null));

    [Fact]
    public void Slices_DaysOfAnotherZone_AskForPartsOfTheFirstAndTheLast() => Assert.Equal(
        [new DaySlice("2026-03-23", "2026-03-23T23:00:00.000Z", null, null), new("2026-03-24", null, "2026-03-24T22:59:59.999Z", null)],
        DayWalk.Slices(Midnight.AddHours(-1), Midnight.AddHours(23), newestFirst: false, null));

    [Fact]
    public void Slices_PartOfOneDay_AsksForBothEnds() => Assert.Equal(
        [new DaySlice("2026-03-24", "2026-03-24T01:00:00.000Z", "2026-03-24T01:59:59.999Z", null)],
        DayWalk.Slices(Midnight.AddHours(1), Midnight.AddHours(2), newestFirst: true, null));

    [Theory]
    [InlineData(true, "2026-03-25", "2026-03-24")]
    [InlineData(false, "2026-03-25", "2026-03-26")]
    public void Slices_AfterARecord_GoOnInItsDay(bool newestFirst, string first, string second)
    {
        ResultsCursor after = new("2026-03-25", "2026-03-25T12:00:00.000Z", "a");

        DaySlice[] slices = [.. DayWalk.Slices(Midnight, Midnight.AddDays(3), newestFirst, after)];

        Assert.Equal([new DaySlice(first, null, null, after), new(second, null, null, null)], slices);
    }

    [Theory]
    [InlineData(true, "2026-03-20", 0)]
    [InlineData(true, "2026-04-20", 3)]
    [InlineData(false, "2026-03-20", 3)]
    [InlineData(false, "2026-04-20", 0)]
    public void Slices_AfterARecordOutsideTheRange_AreAllOrNone(bool newestFirst, string day, int count)
    {
        DaySlice[] slices = [.. DayWalk.Slices(Midnight, Midnight.AddDays(3), newestFirst, new ResultsCursor(day, $"{day}T12:00:00.000Z", "a"))];

        Assert.Equal(count, slices.Length);
        Assert.All(slices, slice => Assert.Null(slice.After));
    }

    [Theory]
    [InlineData(true, "00:30", false, false)] // beyond the end
    [InlineData(true, "05:00", true, true)]
    [InlineData(true, "23:00", true, false)] // before the beginning
    [InlineData(false, "00:30", true, false)]
    [InlineData(false, "05:00", true, true)]
    [InlineData(false, "23:00", false, false)]
    public void Slices_AfterARecordOutsideOfAPartialDay_NeverStartOutsideOfIt(bool newestFirst, string time, bool isRead, bool goesOn)
    {
        ResultsCursor after = new("2026-03-24", $"2026-03-24T{time}:00.000Z", "a");

        DaySlice[] slices = [.. DayWalk.Slices(Midnight.AddHours(1), Midnight.AddHours(22), newestFirst, after)];

        Assert.Equal(isRead ? 1 : 0, slices.Length);
        if (isRead) Assert.Equal(goesOn ? after : null, slices[0].After);
    }

    [Fact]
    public void Slices_EmptyRange_AreNone() => Assert.Empty(DayWalk.Slices(Midnight, Midnight, newestFirst: true, null));

    [Property]
    public bool Slices_EitherDirection_AreTheSameDays(PositiveInt minutes, NonNegativeInt offset)
    {
        DateTimeOffset from = Midnight.AddMinutes(offset.Get), until = from.AddMinutes(minutes.Get);

        DaySlice[] up = [.. DayWalk.Slices(from, until, newestFirst: false, null)];
        DaySlice[] down = [.. DayWalk.Slices(from, until, newestFirst: true, null)];

        return up.Reverse().SequenceEqual(down)
            && up.Select(slice => slice.Day).Distinct().Count() == up.Length
            && up.Count(slice => slice.From is not null) <= 1
            && up.Count(slice => slice.To is not null) <= 1;
    }
}
