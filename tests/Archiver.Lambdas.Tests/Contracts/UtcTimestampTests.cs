using Archiver.Lambdas.Contracts;

namespace Archiver.Lambdas.Tests.Contracts;

public sealed class UtcTimestampTests
{
    [Fact]
    public void Format_WholeSecondOfAnotherZone_HasThreeDecimalsInUtc()
    {
        DateTimeOffset time = new(2026, 1, 1, 0, 30, 0, TimeSpan.FromHours(2));

        Assert.Equal("2025-12-31T22:30:00.000Z", UtcTimestamp.Format(time));
        Assert.Equal("2025-12-31", UtcTimestamp.Day(time));
    }

    [Property]
    public bool Format_TwoTimes_SortAsTheTimesDo(DateTimeOffset one, DateTimeOffset other)
    {
        int texts = string.CompareOrdinal(UtcTimestamp.Format(one), UtcTimestamp.Format(other));
        int times = Floor(one).CompareTo(Floor(other));
        return Math.Sign(texts) == Math.Sign(times);
    }

    [Property]
    public bool TryParse_WhatFormatGave_IsTheTimeToTheMillisecond(DateTimeOffset time) =>
        UtcTimestamp.TryParse(UtcTimestamp.Format(time), out DateTimeOffset back) && back.UtcTicks == Floor(time);

    [Theory]
    [InlineData("2026-03-26T20:14:13Z")]
    [InlineData("2026-03-26T20:14:13.000Z")]
    [InlineData("2026-03-26T21:14:13+01:00")]
    [InlineData("2026-03-26T20:14:13.0000000")]
    public void TryParse_OtherSpellings_AreTheSameTime(string text)
    {
        Assert.True(UtcTimestamp.TryParse(text, out DateTimeOffset time));
        Assert.Equal(new DateTimeOffset(2026, 3, 26, 20, 14, 13, TimeSpan.Zero), time);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("yesterday")]
    public void TryParse_NoTime_SaysSo(string? text) => Assert.False(UtcTimestamp.TryParse(text, out _));

    private static long Floor(DateTimeOffset time) => time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMillisecond);
}
