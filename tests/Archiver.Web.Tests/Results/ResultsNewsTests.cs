using Archiver.Lambdas.Contracts;
using Archiver.Web.Results;
using Archiver.Web.Tests.Results.Fakes;

namespace Archiver.Web.Tests.Results;

public sealed class ResultsNewsTests
{
    [Fact]
    public void Merge_NewResults_ComeFirst() =>
        Assert.Equal("d c b a", Ids(ResultsNews.Merge(Rows("b", "a"), Rows("d", "c", "b", "a"), Records.Month())));

    [Fact]
    public void ShowsDeleted_WhatTheNewestWouldHave_IsMissed()
    {
        DateTimeOffset now = Records.Now;

        Assert.False(ResultsNews.ShowsDeleted(Rows("c", "b", "a"), Rows("c", "b"), now)); // a is older than what the newest reach
        Assert.True(ResultsNews.ShowsDeleted(Rows("c", "b", "a"), Rows("c", "a"), now));
        Assert.True(ResultsNews.ShowsDeleted([Row("c") with { Timestamp = UtcTimestamp.Format(now) }], [], now));
        Assert.False(ResultsNews.ShowsDeleted([Row("c") with { Timestamp = UtcTimestamp.Format(now.AddDays(-2)) }], [], now));
        Assert.False(ResultsNews.ShowsDeleted([], Rows("c"), now));
    }

    [Fact]
    public void Merge_ResultsThatTheFilterLeavesOut_StayOut()
    {
        ResultsSelection denied = Records.Month(ResultsFilter.Default with { Actions = [ResultAction.Denied] });
        ResultRow[] newest = [Row("d") with { Action = ResultAction.Denied }, Row("c")];

        Assert.Equal("d a", Ids(ResultsNews.Merge([Row("a") with { Action = ResultAction.Denied }], newest, denied)));
    }

    [Fact]
    public void Merge_ResultRecordedAgain_MovesOrLeaves()
    {
        ResultRow redriven = Row("a") with { Timestamp = Row("z").Timestamp, Time = Row("z").Time };

        Assert.Equal("a c b", Ids(ResultsNews.Merge(Rows("c", "b", "a"), [redriven, .. Rows("c", "b")], Records.Month())));
        Assert.Equal("b", Ids(ResultsNews.Merge(
            [.. Rows("b", "a").Select(row => row with { Action = ResultAction.Error })],
            [redriven, Row("b") with { Action = ResultAction.Error }],
            Records.Month(ResultsFilter.Default with { Actions = [ResultAction.Error] }))));
    }

    [Fact]
    public void Merge_NewsOlderThanThePage_KeepThePagesOrder() =>
        Assert.Equal("d c b a", Ids(ResultsNews.Merge(Rows("d", "c", "b", "a"), Rows("b", "a"), Records.Month())));

    [Fact]
    public void Merge_ResultsOfOneMillisecond_KeepTheIndexsOrder()
    {
        ResultRow[] newest = [.. Rows("x", "y", "z").Select(row => row with { Timestamp = Row("m").Timestamp })];

        Assert.Equal("x y z", Ids(ResultsNews.Merge([newest[1], newest[2]], newest, Records.Month())));
    }

    [Fact]
    public void Merge_DaysThatAreOver_TakesNothing() => Assert.Empty(ResultsNews.Merge(
        [], Rows("b", "a"), Records.Month(ResultsFilter.Default with { Period = new ResultsPeriod.OneDay(new DateOnly(2026, 3, 1)) })));

    [Fact]
    public void Compare_FirstReading_IsNewsAndNothingIsFresh() => Assert.Equal((false, 2), Seen(ResultsLive.Compare(null, Rows("b", "a"), false)));

    [Fact]
    public void Compare_NothingChanged_IsNoNews() => Assert.Null(ResultsLive.Compare(Rows("b", "a"), Rows("b", "a"), true));

    [Fact]
    public void Compare_ResultsCame_AreNews()
    {
        Assert.Equal((false, 3), Seen(ResultsLive.Compare(Rows("b", "a"), Rows("c", "b", "a"), false)));
        Assert.Equal((false, 2), Seen(ResultsLive.Compare(Rows("b", "a"), Rows("c", "b"), true)));
    }

    [Fact]
    public void Compare_ResultsWereDeleted_IsFresh()
    {
        Assert.Equal((true, 0), Seen(ResultsLive.Compare(Rows("b", "a"), [], false)));
        Assert.Equal((true, 2), Seen(ResultsLive.Compare(Rows("c", "b", "a"), Rows("c", "a"), true)));
    }

    [Fact]
    public void Compare_MoreCameThanTheNewestAre_IsFresh()
    {
        Assert.Equal((true, 2), Seen(ResultsLive.Compare(Rows("b", "a"), Rows("f", "e"), true)));
        Assert.Equal((true, 2), Seen(ResultsLive.Compare([], Rows("f", "e"), true)));
        Assert.Equal((false, 2), Seen(ResultsLive.Compare([], Rows("f", "e"), false)));
    }

    private static (bool IsFresh, int Count) Seen(ResultsNews? news)
    {
        Assert.NotNull(news?.Newest);
        return (news.IsFresh, news.Newest.Count);
    }

    private static string Ids(IEnumerable<ResultRow> rows) => string.Join(' ', rows.Select(row => row.Id));

    private static ResultRow[] Rows(params string[] ids) => [.. ids.Select(Row)];

    // The later in the alphabet, the later.
    private static ResultRow Row(string id) => Records.Row(id, Records.Now.AddHours(-1).AddSeconds(id[0]));
}
