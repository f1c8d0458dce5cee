using AngleSharp.Dom;
using Archiver.Lambdas.Contracts;
using Archiver.Web.Results;
using Archiver.Web.Results.Charts;
using Archiver.Web.Results.Pages;
using Archiver.Web.Tests.Results.Fakes;
using Bunit;

namespace Archiver.Web.Tests.Results.Charts;

public sealed class ResultsChartsTests : ResultsContext
{
    [Fact]
    public async Task Charts_Results_AreBarsThatFilterThePage()
    {
        Fill();

        IRenderedComponent<ResultsCharts> charts = await DrawAsync("/results");

        IElement bar = charts.Find("[aria-label='Archived on 2026-03-26: 2 results, filter']");
        Assert.Equal("/results?day=2026-03-26&action=Archived", bar.GetAttribute("href"));
        Assert.Equal("/results?reason=Blurred", Link(charts, "Blurred: 1 result, filter"));
        Assert.Equal("/results?no-reason=yes", Link(charts, "No reason given: 1 result, filter"));
        Assert.Equal("/results?human=asked", Link(charts, "Asked: 3 results, filter"));
        Assert.Equal("/results?decided-in=1m-5m", Link(charts, "1 to 5 min: 1 result, filter"));
        Assert.Equal("/results?min-quality=35&max-quality=39", Link(charts, "Quality 35 to 39: 2 results, filter"));
        Assert.Contains("33 % below the threshold of 50", Text(charts), StringComparison.Ordinal);
        Assert.Contains("1 approved, 2 denied, 0 without an answer", Text(charts), StringComparison.Ordinal);
        Assert.Contains("2 of 3 decisions say how long they took.", Text(charts), StringComparison.Ordinal);
        // One stop on the way through each chart of columns; the arrows go on from there.
        Assert.All(charts.FindAll("[data-bars]"), chart => Assert.Single(chart.QuerySelectorAll("a[tabindex='0']")));
    }

    [Fact]
    public async Task Charts_AsATable_AreTheSameNumbersAndLinks()
    {
        Fill();
        IRenderedComponent<ResultsCharts> charts = await DrawAsync("/results?day=2026-03-26");
        IElement hidden = charts.Find(".visually-hidden table");
        Assert.Empty(hidden.QuerySelectorAll("a"));

        await charts.InvokeAsync(() => Button(charts, "Show as table Results over time").ClickAsync());

        IElement table = charts.Find(".scroll table");
        Assert.Equal(["Time", "Archived", "Quality_Fail", "Unarchivable", "Denied", "Expired", "Error", "Another", "In all"], table.QuerySelectorAll("thead th").Select(head => head.TextContent));
        Assert.Equal(["2026-03-26, 20:00 to 21:00", "2", "", "", "1", "", "", "1", "4"], table.QuerySelectorAll("tbody tr:last-child > *").Select(cell => cell.TextContent.Trim()));
        Assert.Equal("/results?day=2026-03-26&hours=20-21&action=Archived", table.QuerySelector("a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Charts_TwoPeriods_SayTheDifferenceInWords()
    {
        Fill();

        IRenderedComponent<ResultsCharts> charts = await DrawAsync("/results?day=2026-03-26&compare=before");

        Assert.Contains("Compared with 2026-03-25", Text(charts), StringComparison.Ordinal);
        Assert.Contains("4 results 2 more than before (2)", Text(charts), StringComparison.Ordinal);
        Assert.Contains("50 % of the results, 0 points", Text(charts).Replace("the same share as before", "0 points", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("shorter than before", Text(charts), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Charts_AnotherComparison_IsInTheAddress()
    {
        IRenderedComponent<ResultsCharts> charts = await DrawAsync("/results?day=2026-03-26&action=Denied");

        await charts.InvokeAsync(() => charts.Find("select").ChangeAsync("before"));
        Assert.Equal("/results?day=2026-03-26&action=Denied&compare=before", Address);
        await charts.InvokeAsync(() => charts.Find("select").ChangeAsync("own"));
        Assert.Equal("/results?day=2026-03-26&action=Denied&compare=2026-03-25..2026-03-25", Address);
    }

    [Fact]
    public async Task Charts_NoResults_SaySo()
    {
        IRenderedComponent<ResultsCharts> charts = await DrawAsync("/results");

        Assert.Contains("Nothing was denied in these days.", Text(charts), StringComparison.Ordinal);
        Assert.Empty(charts.FindAll("a, table"));
    }

    [Fact]
    public void Filters_InForce_AreEachALinkToTheRest()
    {
        ResultsView view = ResultsUrl.Parse(name => name switch
        {
            "day" => "2026-03-26",
            "action" => "Archived,Denied",
            "human" => "asked",
            "min-quality" => "50",
            "reason" => "Blurred",
            "decided-in" => "1m-5m",
            _ => null,
        }).View;

        IRenderedComponent<ActiveFilters> filters = Render<ActiveFilters>(parameters => parameters.Add(one => one.View, view));

        Assert.Equal(
            ["2026-03-26", "Archived", "Denied", "A person was asked", "Quality 50 to 100", "Denied: Blurred", "Decided in 1 to 5 min"],
            filters.FindAll("a > .foreign").Select(one => one.TextContent));
        Assert.Equal("/results?day=2026-03-26&action=Denied&human=asked&min-quality=50&reason=Blurred&decided-in=1m-5m", filters.FindAll("a")[1].GetAttribute("href"));
        Assert.All(filters.FindAll("a"), one => Assert.EndsWith("Take off", one.TextContent.Trim(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(5, 5, "as many as before")]
    [InlineData(1200, 0, "1,200 more than before (0)")]
    [InlineData(3, 5, "2 fewer than before (5)")]
    public void OfCounts_Two_SayHowTheyDiffer(long now, long before, string text) => Assert.Equal(text, Differences.OfCounts(now, before));

    [Fact]
    public void OfTimes_LessApartThanTheyAreKnown_AreTheSame()
    {
        Assert.Equal("as long as before", Differences.OfTimes(TimeSpan.FromSeconds(101), TimeSpan.FromSeconds(100)));
        Assert.Equal("1 min longer than before (1 min 40 s)", Differences.OfTimes(TimeSpan.FromSeconds(160), TimeSpan.FromSeconds(100)));
        Assert.Null(Differences.OfTimes(TimeSpan.FromSeconds(1), null));
        Assert.Null(Differences.OfShares(1, 0, 1, 1));
        Assert.Equal("20 points fewer than before (50 %)", Differences.OfShares(3, 10, 5, 10));
    }

    private void Fill()
    {
        Table.Add(Records.Item("a", Records.Now.AddMinutes(-1), quality: 90).With("QualityThreshold", Records.Number(50)));
        Table.Add(Records.Item("b", Records.Now, quality: 70, asked: true).With("Approved", new() { BOOL = true }).With("DecisionSeconds", Records.Number(100)));
        Table.Add(Records.Item("c", Records.Now, ResultAction.Denied, 35, asked: true).With("Approved", new() { BOOL = false }).With("Comment", Records.Text("Blurred")));
        Table.Add(Records.Item("d", Records.Now, "Moved by hand", 60));
        Table.Add(Records.Item("e", Records.Now.AddDays(-1), ResultAction.Denied, 36, asked: true).With("Approved", new() { BOOL = false }).With("DecisionSeconds", Records.Number(4000)));
        Table.Add(Records.Item("f", Records.Now.AddDays(-1), ResultAction.Error, 100));
    }

    private async Task<IRenderedComponent<ResultsCharts>> DrawAsync(string address)
    {
        Navigation.NavigateTo(address);
        string query = new Uri(Navigation.Uri).Query;
        Dictionary<string, Microsoft.Extensions.Primitives.StringValues> values = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(query);
        IRenderedComponent<ResultsCharts> charts = Render<ResultsCharts>(parameters => parameters.Add(one => one.View, ResultsUrl.Parse(name => values.GetValueOrDefault(name)).View));
        await charts.WaitForAssertionAsync(() =>
        {
            Assert.Empty(charts.FindAll("[aria-busy=true]"));
            Assert.Equal("", charts.Find("[role=status]").TextContent.Trim());
        });
        return charts;
    }

    private static string Text(IRenderedComponent<ResultsCharts> charts) =>
        string.Join(' ', charts.Find(".charts").TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string? Link(IRenderedComponent<ResultsCharts> charts, string label) => charts.Find($"[aria-label='{label}']").GetAttribute("href");

    private static IElement Button(IRenderedComponent<ResultsCharts> charts, string text) => Assert.Single(charts.FindAll("button"), button => button.TextContent == text);
}
