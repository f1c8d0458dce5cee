using Archiver.Lambdas.Contracts;
using Archiver.Web.Results;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Archiver.Web.Tests.Results;

public sealed class ResultsUrlTests
{
    [Fact]
    public void To_DefaultView_IsThePageAlone()
    {
        Assert.Equal("/results", ResultsUrl.To(ResultsView.Default));
        Assert.Equal("/results", ResultsUrl.To(Parse("").View));
    }

    [Property(Arbitrary = [typeof(Views)])]
    public void Parse_OfTo_IsTheView(ResultsView view)
    {
        string address = ResultsUrl.To(view);

        (ResultsView read, IReadOnlyList<string> problems) = Parse(address);

        Assert.Empty(problems);
        Assert.Equal(view.Filter.Actions, read.Filter.Actions);
        // Lists are equal by what they hold, and records by their lists' identity.
        Assert.Equal(view, read with { Filter = read.Filter with { Actions = view.Filter.Actions } });
        Assert.Equal(address, ResultsUrl.To(read));
    }

    [Property(Arbitrary = [typeof(Views)])]
    public void ToExport_AnyView_HasItsFilterAndNoPage(ResultsView view)
    {
        string address = ResultsUrl.ToExport(view, TimeZoneInfo.FindSystemTimeZoneById("Europe/Vienna"));

        (ResultsView read, IReadOnlyList<string> problems) = Parse(address);

        Assert.Empty(problems);
        Assert.Equal(ResultsPlace.First, read.Place);
        Assert.Equal(ResultsSort.Time, read.Sort);
        Assert.Equal(ResultsUrl.To(view with { Compare = null, Place = ResultsPlace.First, Sort = read.Sort, Descending = read.Descending }), ResultsUrl.To(read));
        Assert.StartsWith("/results/export.csv?", address, StringComparison.Ordinal);
        Assert.EndsWith("zone=Europe%2FVienna", address, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?day=26.3.2026", "day is '26.3.2026'")]
    [InlineData("?day=1999-12-31", "day is '1999-12-31'")]
    [InlineData("?from=2026-03-01", "to is ''")]
    [InlineData("?to=2026-03-01", "from is ''")]
    [InlineData("?from=2026-03-02&to=2026-03-01", "after to")]
    [InlineData("?from=2024-01-01&to=2026-01-01", "366 days")]
    [InlineData("?last=0", "last is '0'")]
    [InlineData("?decided-in=soon", "decided-in is 'soon'")]
    [InlineData("?compare=after", "compare is 'after'")]
    [InlineData("?compare=2026-03-02..2026-03-01", "compare is")]
    [InlineData("?last=367", "last is '367'")]
    [InlineData("?last=-1", "last is '-1'")]
    [InlineData("?action=archived", "action is 'archived'")]
    [InlineData("?human=maybe", "human is 'maybe'")]
    [InlineData("?min-quality=101", "min-quality is '101'")]
    [InlineData("?max-quality=ten", "max-quality is 'ten'")]
    [InlineData("?min-quality=60&max-quality=40", "more than max-quality")]
    [InlineData("?sort=colour", "sort is 'colour'")]
    [InlineData("?sort=size&page=0", "page is '0'")]
    [InlineData("?after=nowhere", "can't be read")]
    [InlineData("?before=nowhere", "can't be read")]
    public void Parse_WhatIsNotUnderstood_IsSaidAndLeftOut(string query, string problem)
    {
        (ResultsView view, IReadOnlyList<string> problems) = Parse("/results" + query);

        Assert.Contains(problem, Assert.Single(problems), StringComparison.Ordinal);
        Assert.Equal(ResultsView.Default.Filter.Period, view.Filter.Period);
        Assert.Equal(ResultsPlace.First, view.Place);
        Assert.False(view.Filter.Narrows);
    }

    [Fact]
    public void Parse_SeveralOddThings_SaysAllOfThem() => Assert.Equal(3, Parse("/results?day=x&human=y&sort=z").Problems.Count);

    [Fact]
    public void Parse_ActionsInAnyOrderAndTwice_AreInTheOrderOfTheList()
    {
        Assert.Equal([ResultAction.Archived, ResultAction.Denied], Parse("/results?action=Denied,Archived,Denied").View.Filter.Actions);
        Assert.Equal([ResultAction.Archived, ResultAction.Denied], Parse("/results?action=Denied&action=Archived").View.Filter.Actions);
    }

    [Theory]
    [InlineData("9-17", 9, 17)]
    [InlineData("0-24", 0, 24)]
    [InlineData("17-9", 0, 24)]
    [InlineData("9", 0, 24)]
    [InlineData("-1-3", 0, 24)]
    [InlineData("3-25", 0, 24)]
    public void Parse_HoursOfADay_AreThoseOrAllOfIt(string hours, int from, int to)
    {
        ParsedView parsed = Parse($"/results?day=2026-03-26&hours={hours}");

        Assert.Equal(new ResultsPeriod.OneDay(new DateOnly(2026, 3, 26), from, to), parsed.View.Filter.Period);
        Assert.Equal(hours is "9-17" or "0-24" ? 0 : 1, parsed.Problems.Count);
    }

    private static ParsedView Parse(string address)
    {
        int query = address.IndexOf('?', StringComparison.Ordinal);
        Dictionary<string, StringValues> values = QueryHelpers.ParseQuery(query < 0 ? "" : address[query..]);
        return ResultsUrl.Parse(name => values.GetValueOrDefault(name));
    }

    private static class Views
    {
        public static Arbitrary<ResultsView> View()
        {
            Gen<DateOnly> day = Gen.Choose(0, 300_000).Select(number => new DateOnly(2000, 1, 1).AddDays(number));
            Gen<ResultsPeriod> period = Gen.OneOf(
                Gen.Choose(1, ResultsPeriod.LongestDays).Select(count => (ResultsPeriod)new ResultsPeriod.LastDays(count)),
                day.Select(date => (ResultsPeriod)new ResultsPeriod.OneDay(date)),
                from date in day
                from hour in Gen.Choose(0, 23)
                from end in Gen.Choose(hour + 1, 24)
                select (ResultsPeriod)new ResultsPeriod.OneDay(date, hour, end),
                from first in day
                from length in Gen.Choose(0, ResultsPeriod.LongestDays - 1)
                select (ResultsPeriod)new ResultsPeriod.Span(first, first.AddDays(length)));
            Gen<int?> quality = Gen.OneOf(Gen.Constant<int?>(null), Gen.Choose(0, 100).Select(number => (int?)number));
            Gen<ResultsFilter> filter =
                from days in period
                from actions in Gen.SubListOf<string>(ResultAction.All)
                from asked in Gen.Elements<bool?>(null, true, false)
                from one in quality
                from two in quality
                from reason in Gen.Elements(null, "", "Blurred & <b>late</b>", "=1+1", "unleserlich ✓")
                from band in Gen.Elements<DecisionBand?>([null, .. DecisionBand.All])
                select new ResultsFilter(days, [.. ResultAction.All.Where(actions.Contains)], asked, one > two ? two : one, one > two ? one : two, reason, band);
            Gen<ResultsComparison?> compare = Gen.OneOf(
                Gen.Elements<ResultsComparison?>(null, new ResultsComparison.PeriodBefore()),
                from first in day
                from length in Gen.Choose(0, ResultsPeriod.LongestDays - 1)
                select (ResultsComparison?)new ResultsComparison.OwnDays(first, first.AddDays(length)));
            Gen<ResultsCursor> cursor =
                from date in day
                from id in Gen.Elements("run-0001", "a b&c=d/é", "\"<b>", "../..")
                select new ResultsCursor(ResultsUrl.Text(date), ResultsUrl.Text(date) + "T01:02:03.004Z", id);
            Gen<ResultsPlace> inTime = Gen.OneOf(
                Gen.Constant(ResultsPlace.First),
                cursor.Select(place => (ResultsPlace)new ResultsPlace.After(place)),
                cursor.Select(place => (ResultsPlace)new ResultsPlace.Before(place)));
            Gen<ResultsPlace> byNumber = Gen.OneOf(Gen.Constant(ResultsPlace.First), Gen.Choose(2, 200).Select(number => (ResultsPlace)new ResultsPlace.Page(number)));
            return (from wanted in filter
                    from sort in Gen.Elements(Enum.GetValues<ResultsSort>())
                    from down in Gen.Elements(true, false)
                    from place in sort == ResultsSort.Time ? inTime : byNumber
                    from second in compare
                    select new ResultsView(wanted, sort, down, place) { Compare = second }).ToArbitrary();
        }
    }
}
