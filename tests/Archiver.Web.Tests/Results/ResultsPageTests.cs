using AngleSharp.Dom;
using Amazon.DynamoDBv2;
using Archiver.Lambdas.Contracts;
using Archiver.Web.Results;
using Archiver.Web.Shell;
using Archiver.Web.Tests.Results.Fakes;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using ResultsPage = Archiver.Web.Results.Pages.Results;

namespace Archiver.Web.Tests.Results;

public sealed class ResultsPageTests : ResultsContext
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Page_Results_AreARowEachNewestFirst()
    {
        Table.Add(Records.Item("run-1", Records.Now.AddDays(-1), ResultAction.Denied, 35, asked: true, name: "draft.pdf", size: 1_400_000)
            .With("Approved", new() { BOOL = false })
            .With("Reviewer", Records.Text("Ada"))
            .With("Comment", Records.Text("Not the final version")));
        Table.Add(Records.Item("run-2", Records.Now, name: "ledger 2026.pdf"));

        IRenderedComponent<ResultsPage> page = await OpenAsync();

        Assert.Single(page.FindAll("[role=table], table"));
        Assert.Equal(["ledger 2026.pdf", "draft.pdf"], Names(page));
        IElement denied = page.FindAll("tbody tr")[1];
        Assert.Equal(
            ["2026-03-25 20:14:13", "draft.pdfapplication/pdf", "Denied", "Yes", "35", "Denied by Ada", "Not the final version", "1.3 MB", "RunApproval"],
            denied.QuerySelectorAll("td").Select(cell => string.Join(' ', cell.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))));
        Assert.Equal(
            ["/results/run-1", "/runs/run-1", "/results/run-1/approval"], denied.QuerySelectorAll("a").Select(link => link.GetAttribute("href")));
        Assert.NotNull(denied.QuerySelector(".status-badge svg"));
        Assert.Contains("2 results", page.Find(".page-head").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_NameAndReasonWithMarkup_AreText()
    {
        const string name = "draft <b>v2</b> \"'&amp; مستند.pdf";
        Table.Add(Records.Item("run-1", Records.Now, ResultAction.Error, name: name).With("Comment", Records.Text("<script>alert(1)</script>")));

        IRenderedComponent<ResultsPage> page = await OpenAsync();

        IElement row = page.Find("tbody tr");
        Assert.Equal([name], Names(page));
        Assert.Equal("<script>alert(1)</script>", row.QuerySelector(".comment")!.TextContent);
        Assert.Empty(row.QuerySelectorAll("b, script"));
        Assert.True(row.QuerySelector("a.name")!.ClassList.Contains("foreign"));
    }

    [Fact]
    public async Task Page_RecordOfAScript_IsShownWithWhatItHas()
    {
        Table.Add(new()
        {
            ["Id"] = Records.Text("by hand"),
            ["Day"] = Records.Text("2026-03-26"),
            ["Timestamp"] = Records.Text("this morning"),
            ["Action"] = Records.Text("Moved by hand"),
            ["Quality"] = Records.Text("good"),
        });

        IRenderedComponent<ResultsPage> page = await OpenAsync();

        string text = page.Find("tbody tr").TextContent;
        Assert.All(["by hand", "this morning", "Moved by hand", "good", "Not asked"], part => Assert.Contains(part, text, StringComparison.Ordinal));
        Assert.Equal("/results/by%20hand", Assert.Single(page.FindAll("tbody a")).GetAttribute("href"));
    }

    [Fact]
    public async Task Page_NothingAtAll_SaysWhatToDo()
    {
        IRenderedComponent<ResultsPage> page = await OpenAsync();

        IElement empty = page.Find(".empty-state");
        Assert.Contains("No results in these days", empty.TextContent, StringComparison.Ordinal);
        Assert.Equal("/runs", empty.QuerySelector("a")!.GetAttribute("href"));
        Assert.Empty(page.FindAll("table"));
    }

    [Fact]
    public async Task Page_FilterThatLetsNothingThrough_LeadsBack()
    {
        Table.Add(Records.Item("run-1", Records.Now));

        IRenderedComponent<ResultsPage> page = await OpenAsync("/results?action=Denied");

        Assert.Equal("/results", page.Find(".empty-state a").GetAttribute("href"));
        Navigation.NavigateTo("/results");
        await page.WaitForAssertionAsync(() => Assert.Single(Names(page)));
    }

    [Fact]
    public async Task Page_WhileItIsRead_IsASkeletonAndThenARow()
    {
        TaskCompletionSource gate = new();
        Table.Gate = gate.Task;
        Table.Add(Records.Item("run-1", Records.Now));
        Navigation.NavigateTo("/results");

        IRenderedComponent<ResultsPage> page = Render<ResultsPage>();

        Assert.NotEmpty(page.FindAll("[aria-busy=true] .mud-skeleton"));
        Assert.Empty(page.FindAll(".empty-state, table"));
        gate.SetResult();
        await page.WaitForAssertionAsync(() => Assert.Single(Names(page)));
        Assert.Empty(page.FindAll(".mud-skeleton"));
    }

    [Fact]
    public async Task Page_TableDoesNotAnswer_SaysSoAndTriesAgain()
    {
        Table.Add(Records.Item("run-1", Records.Now));
        Table.Failure = new AmazonDynamoDBException("The table is away.");

        IRenderedComponent<ResultsPage> page = await OpenAsync("/results?sort=time");
        Assert.Contains("The table is away.", page.Find(".mud-alert").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".empty-state"));

        Table.Failure = null;
        await ClickAsync(page, "Try again");

        await page.WaitForAssertionAsync(() => Assert.Single(Names(page)));
        Assert.Empty(page.FindAll(".mud-alert"));
    }

    [Fact]
    public async Task Page_OtherFilterCannotBeRead_ShowsNothingOfTheOneBefore()
    {
        Table.Add(Records.Item("run-1", Records.Now));
        IRenderedComponent<ResultsPage> page = await OpenAsync("/results?sort=time");

        Table.Failure = new AmazonDynamoDBException("The table is away.");
        Navigation.NavigateTo("/results?sort=time&action=Denied");

        await page.WaitForAssertionAsync(() => Assert.Contains("The table is away.", page.Find(".mud-alert").TextContent, StringComparison.Ordinal));
        Assert.Empty(Names(page));
    }

    [Fact]
    public async Task Page_AddressThatIsNotUnderstood_SaysSoAndShowsTheNewest()
    {
        Table.Add(Records.Item("run-1", Records.Now));

        IRenderedComponent<ResultsPage> page = await OpenAsync("/results?action=Gone%3Cb%3E");

        Assert.Contains("action is 'Gone<b>'", page.Find(".mud-alert").TextContent, StringComparison.Ordinal);
        Assert.Single(Names(page));
    }

    [Fact]
    public async Task Filters_AreChosen_GoToAnAddressThatShowsThem()
    {
        Table.Add(Records.Item("a", Records.Now, ResultAction.Denied, 35, asked: true));
        Table.Add(Records.Item("b", Records.Now.AddDays(-3), ResultAction.Denied, 60, asked: true));
        Table.Add(Records.Item("c", Records.Now.AddDays(-3), ResultAction.Archived, 60));
        IRenderedComponent<ResultsPage> page = await OpenAsync();

        await ChangeAsync(page, "Denied", true);
        Assert.Equal("/results?action=Denied", Address);
        await ChangeAsync(page, "Archived", true);
        Assert.Equal("/results?action=Archived,Denied", Address);
        await ChangeAsync(page, "Archived", false);
        await ChangeAsync(page, "Human", "asked");
        await ChangeAsync(page, "Quality from", "40");
        await ChangeAsync(page, "Days", "7");
        Assert.Equal("/results?last=7&action=Denied&human=asked&min-quality=40", Address);
        await page.WaitForAssertionAsync(() => Assert.Equal(["b.pdf"], Names(page)));

        Assert.Equal("/results", Named(page, "Reset filters").GetAttribute("href"));
    }

    [Fact]
    public async Task Filters_OfAnAddress_AreWhatTheControlsShow()
    {
        IRenderedComponent<ResultsPage> page = await OpenAsync("/results?from=2026-03-01&to=2026-03-05&action=Expired&human=not-asked&min-quality=10&max-quality=90");

        Assert.Equal("2026-03-01", Labelled(page, "From").GetAttribute("value"));
        Assert.Equal("2026-03-05", Labelled(page, "To").GetAttribute("value"));
        Assert.Equal(["Expired"], page.FindAll("fieldset label").Where(label => label.QuerySelector("input")!.HasAttribute("checked")).Select(label => label.TextContent.Trim()));
        Assert.Equal("not-asked", Labelled(page, "Human").GetAttribute("value"));
        Assert.Equal(("10", "90"), (Labelled(page, "Quality from").GetAttribute("value"), Labelled(page, "Quality to").GetAttribute("value")));
    }

    [Fact]
    public async Task Filters_OfDays_KeepTheRangeInOrder()
    {
        IRenderedComponent<ResultsPage> page = await OpenAsync();

        await ChangeAsync(page, "Days", "days");
        Assert.Equal("/results?from=2026-02-25&to=2026-03-26", Address);
        await ChangeAsync(page, "To", "2026-02-01");
        Assert.Equal("/results?from=2026-02-01&to=2026-02-01", Address);
        await ChangeAsync(page, "From", "2026-02-03");
        Assert.Equal("/results?from=2026-02-03&to=2026-02-03", Address);
        await ChangeAsync(page, "From", "");
        Assert.Equal("/results?from=2026-02-03&to=2026-02-03", Address);
        await ChangeAsync(page, "Days", "day");
        Assert.Equal("/results?day=2026-02-03", Address);
        await ChangeAsync(page, "Day", "2026-02-04");
        Assert.Equal("/results?day=2026-02-04", Address);
        await ChangeAsync(page, "Days", "30");
        Assert.Equal("/results", Address);
    }

    [Fact]
    public async Task Filters_QualityBeyondItsEnds_IsBroughtWithin()
    {
        IRenderedComponent<ResultsPage> page = await OpenAsync();

        await ChangeAsync(page, "Quality to", "40");
        await ChangeAsync(page, "Quality from", "500");
        Assert.Equal("/results?min-quality=100&max-quality=100", Address);
        await ChangeAsync(page, "Quality from", "");
        Assert.Equal("/results?max-quality=100", Address);
    }

    [Fact]
    public async Task Headers_Clicked_SortAndTurnTheOrderRound()
    {
        Table.Add(Records.Item("a", Records.Now, quality: 50, name: "b.pdf"));
        Table.Add(Records.Item("b", Records.Now.AddDays(-1), quality: 90, name: "a.pdf"));
        IRenderedComponent<ResultsPage> page = await OpenAsync();
        Assert.Equal("descending", Header(page, "Time").GetAttribute("aria-sort"));
        Assert.Equal("none", Header(page, "Quality").GetAttribute("aria-sort"));
        Assert.False(Header(page, "Human").HasAttribute("aria-sort"));

        await ClickAsync(page, "Quality");
        Assert.Equal("/results?sort=-quality", Address);
        await page.WaitForAssertionAsync(() => Assert.Equal(["a.pdf", "b.pdf"], Names(page)));
        await ClickAsync(page, "Quality");
        Assert.Equal("/results?sort=quality", Address);
        await page.WaitForAssertionAsync(() => Assert.Equal(["b.pdf", "a.pdf"], Names(page)));
        Assert.Equal("ascending", Header(page, "Quality").GetAttribute("aria-sort"));

        await ClickAsync(page, "Time");
        Assert.Equal("/results", Address);
        await ClickAsync(page, "Time");
        Assert.Equal("/results?sort=time", Address);
    }

    [Fact]
    public async Task Pages_NextAndPrevious_AreAddressesOfTheirOwn()
    {
        for (int i = 0; i < 60; i++) Table.Add(Records.Item($"r{i:D2}", Records.Now.AddMinutes(-i)));
        IRenderedComponent<ResultsPage> page = await OpenAsync("/results?action=Archived");
        Assert.Equal(50, Names(page).Count());
        Assert.Equal("true", page.FindAll("nav.pages .page-link")[0].GetAttribute("aria-disabled"));

        Navigation.NavigateTo(Named(page, "Next page").GetAttribute("href")!);
        await page.WaitForAssertionAsync(() => Assert.Equal("r50.pdf", Names(page).First()));
        Assert.Equal(10, Names(page).Count());
        Assert.Contains("action=Archived", Address, StringComparison.Ordinal);

        Navigation.NavigateTo(Named(page, "Previous page").GetAttribute("href")!);
        await page.WaitForAssertionAsync(() => Assert.Equal("r00.pdf", Names(page).First()));
        // The first page has one address, whichever way leads to it.
        Assert.Equal("/results?action=Archived", Address);
    }

    [Fact]
    public async Task Pages_InAnotherOrder_SayWhereTheyAre()
    {
        for (int i = 0; i < 60; i++) Table.Add(Records.Item($"r{i:D2}", Records.Now.AddMinutes(-i), quality: i));

        IRenderedComponent<ResultsPage> page = await OpenAsync("/results?sort=quality&page=2");

        Assert.Contains("51 to 60 of 60 results", page.Find(".page-head").TextContent, StringComparison.Ordinal);
        Assert.Equal("r50.pdf", Names(page).First());
    }

    [Fact]
    public async Task Export_Link_HasTheFilterAndIsTheBrowsersOwn()
    {
        IRenderedComponent<ResultsPage> page = await OpenAsync("/results?day=2026-03-26&action=Denied&sort=-size&page=3");

        IElement link = Named(page, "Export CSV");
        Assert.Equal("/results/export.csv?day=2026-03-26&action=Denied&zone=UTC", link.GetAttribute("href"));
        Assert.True(link.HasAttribute("download"));
    }

    [Fact]
    public async Task Page_ViewersZone_SetsTheTimesAndTheDays()
    {
        Table.Add(Records.Item("a", new DateTimeOffset(2026, 3, 25, 23, 30, 0, TimeSpan.Zero)));
        IRenderedComponent<ResultsPage> page = await OpenAsync("/results?day=2026-03-26");
        Assert.NotEmpty(page.FindAll(".empty-state"));

        Services.GetRequiredService<ViewerTime>().SetZone("Europe/Vienna");

        await page.WaitForAssertionAsync(() => Assert.Equal("2026-03-26 00:30:00", page.Find("tbody time").TextContent));
    }

    [Fact]
    public async Task Live_ResultIsRecorded_IsInsertedAtTheTop()
    {
        Table.Add(Records.Item("a", Records.Now.AddMinutes(-1)));
        IRenderedComponent<ResultsPage> page = await OpenAsync();

        for (int i = 0; i < 10; i++) Table.Add(Records.Item($"n{i}", Records.Now.AddSeconds(i)));
        await Time.StepAsync(Second);

        await page.WaitForAssertionAsync(() => Assert.Equal(11, page.FindAll("[role=table] tbody tr").Count));
        Assert.Equal("n9.pdf", Names(page).First());
        Assert.Equal(10, page.FindAll("tbody tr.fresh").Count);
    }

    [Fact]
    public async Task Live_FullPage_StaysAPageAndLeadsOnToTheRest()
    {
        for (int i = 0; i < 50; i++) Table.Add(Records.Item($"r{i:D2}", Records.Now.AddMinutes(-1 - i)));
        IRenderedComponent<ResultsPage> page = await OpenAsync();
        Assert.Empty(page.FindAll("nav.pages"));

        Table.Add(Records.Item("new", Records.Now));
        await Time.StepAsync(Second);

        await page.WaitForAssertionAsync(() => Assert.Equal("new.pdf", Names(page).First()));
        Assert.Equal(50, Names(page).Count());
        Navigation.NavigateTo(Named(page, "Next page").GetAttribute("href")!);
        await page.WaitForAssertionAsync(() => Assert.Equal(["r49.pdf"], Names(page)));
    }

    [Fact]
    public async Task Live_FilteredPage_TakesWhatItsFilterLetsThrough()
    {
        IRenderedComponent<ResultsPage> page = await OpenAsync("/results?action=Denied");

        Table.Add(Records.Item("a", Records.Now, ResultAction.Archived));
        Table.Add(Records.Item("b", Records.Now, ResultAction.Denied));
        await Time.StepAsync(Second);

        await page.WaitForAssertionAsync(() => Assert.Equal(["b.pdf"], Names(page)));
    }

    [Fact]
    public async Task Live_ResultsAreDeletedElsewhere_Vanish()
    {
        Table.Add(Records.Item("a", Records.Now));
        IRenderedComponent<ResultsPage> page = await OpenAsync();

        Table.Clear();
        await Time.StepAsync(Second);

        await page.WaitForAssertionAsync(() => Assert.NotEmpty(page.FindAll(".empty-state")));
    }

    [Fact]
    public async Task Live_OldestFirst_DoesNotMove()
    {
        Table.Add(Records.Item("a", Records.Now));
        await OpenAsync("/results?sort=time");
        int queries = Table.Queries.Count;

        // Nobody reads: nobody waits for the clock.
        Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(queries, Table.Queries.Count);
    }

    [Fact]
    public async Task Live_PageIsLeft_ReadsNoMore()
    {
        await OpenAsync();
        await DisposeComponentsAsync();
        int queries = Table.Queries.Count;

        await Time.StepAsync(Second);

        Assert.Equal(queries, Table.Queries.Count);
    }

    private static Task ChangeAsync<T>(IRenderedComponent<ResultsPage> page, string label, T value) =>
        page.InvokeAsync(() => Labelled(page, label).ChangeAsync(value));

    private static IElement Labelled(IRenderedComponent<ResultsPage> page, string label) =>
        Assert.Single(page.FindAll("label"), one => (one.QuerySelector("span") ?? one).TextContent.Trim() == label).QuerySelector("input, select")!;

    private static IElement Header(IRenderedComponent<ResultsPage> page, string text) =>
        Assert.Single(page.FindAll("th"), header => header.TextContent.Trim() == text);
}
