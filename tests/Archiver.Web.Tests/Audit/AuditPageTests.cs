using System.Globalization;
using AngleSharp.Dom;
using Archiver.Web.Audit;
using Archiver.Web.Audit.Chain;
using Archiver.Web.Audit.Pages;
using Archiver.Web.Audit.Store;
using Archiver.Web.Audit.Trail;
using Archiver.Web.Cloud;
using Archiver.Web.Identity;
using Archiver.Web.Identity.Access;
using Archiver.Web.Tests.Shell.Language;
using Bunit;
using Microsoft.Extensions.DependencyInjection;

namespace Archiver.Web.Tests.Audit;

/// <summary>The page over a table of the test's own.</summary>
public sealed class AuditPageTests(CloudFixture cloud) : DashboardContext(cloud, AuditTables.Named(cloud)), IAsyncLifetime
{
    private const string Script = "<script>alert(1)</script>";

    private AuditTables _table = null!;
    private AuditTrail _trail = null!;

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    private BunitNavigationManager Navigation => Services.GetRequiredService<BunitNavigationManager>();

    public async ValueTask InitializeAsync()
    {
        _table = await AuditTables.CreateAsync(Cloud, Get<CloudResources>());
        _trail = _table.Trail();
    }

    protected override void Dispose(bool disposing)
    {
        _table.Dispose();
        base.Dispose(disposing);
    }

    [Fact]
    public async Task Page_OfEntries_ShowsThemNewestFirstWithAllThatIsKnown()
    {
        await AddAsync(Chains.Entry("one"), Chains.Entry("two", Chains.Start.AddSeconds(5), AuditPhase.Refused, "Vic"));

        IRenderedComponent<AuditPage> page = await OpenAsync();

        Assert.Equal(["two.pdf", "one.pdf"], Names(page));
        IElement row = page.FindAll("tbody tr")[0];
        Assert.Equal("2026-03-01 14:02:05", row.QuerySelector("time")!.TextContent);
        Assert.Equal(("Vic", "test|Vic"), (row.QuerySelector(".who")!.TextContent, row.QuerySelector(".who")!.GetAttribute("title")));
        Assert.Equal("/approvals/two", row.QuerySelector(".on a")!.GetAttribute("href"));
        Assert.All((string[])["Reviewer", "127.0.0.1", "Decide", "version 3", "Refused", "日本"], text => Assert.Contains(text, row.TextContent, StringComparison.Ordinal));
        AuditBlock last = (await _table.BlocksAsync())[^1];
        Assert.Contains(last.Hash, row.QuerySelector("details")!.TextContent, StringComparison.Ordinal);
        Assert.Contains($"audit verify --head {last.Head}", page.Find(".chain").TextContent, StringComparison.Ordinal);
        Assert.Contains("2 entries on record", page.Find(".page-head").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_InGerman_NamesWhatIsKeptAndShowsItAsItIs()
    {
        using InLanguage german = InLanguage.German();
        await AddAsync(Chains.Entry("one", Chains.Start, AuditPhase.Refused));

        IRenderedComponent<AuditPage> page = await OpenAsync("/audit?phase=Maybe");

        IElement row = page.FindAll("tbody tr")[0];
        Assert.All((string[])["Prüfer", "Entscheiden", "Freigabe", "Version 3", "Verweigert", "日本"], text => Assert.Contains(text, row.TextContent, StringComparison.Ordinal));
        Assert.Contains("1 Eintrag aufgezeichnet", page.Find(".page-head").TextContent, StringComparison.Ordinal);
        Assert.Contains("phase ist „Maybe“", page.Find(".mud-alert").TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.Find("[aria-label='Prüfprotokoll filtern']"));
    }

    [Fact]
    public async Task Page_ScriptInEveryText_IsText()
    {
        await AddAsync(Chains.Entry() with
        {
            Attempt = Script, From = Script, Detail = Script, By = new AuditActor(Script, Script, []), On = new AuditSubject(Script, Script, Script, Script),
        });
        await AddAsync(Chains.Entry() with { On = new AuditSubject("approval", "javascript:alert(1)//\"onclick=\"x", Script, Script) });

        IRenderedComponent<AuditPage> page = await OpenAsync($"/audit?subject={Uri.EscapeDataString(Script)}&phase={Uri.EscapeDataString(Script)}");

        Assert.Empty(page.FindAll("script"));
        Assert.Equal(2, page.FindAll("tbody tr").Count);
        Assert.Equal("/approvals/javascript%3Aalert%281%29%2F%2F%22onclick%3D%22x", page.Find(".on a").GetAttribute("href"));
        Assert.Contains(Script, page.FindAll("tbody tr")[1].QuerySelector(".detail")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(Script, page.Find(".mud-alert").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "d,c,b,a")]
    [InlineData("?person=vic", "d,b")]
    [InlineData("?person=test%7CAnn", "c,a")]
    [InlineData("?operation=StopRun", "c")]
    [InlineData("?phase=Refused", "d")]
    [InlineData("?subject=B.PD", "b")]
    [InlineData("?from=2026-03-01T14:03&until=2026-03-01T14:05", "c,b")]
    [InlineData("?from=2026-03-01T14:04", "d,c")]
    [InlineData("?until=2026-03-01T14:03", "a")]
    [InlineData("?person=nobody", "")]
    [InlineData("?before=3", "b,a")]
    public async Task Page_AtAnAddress_ShowsWhatItSays(string query, string expected)
    {
        await AddAsync(
            Chains.Entry("a"),
            Chains.Entry("b", Chains.Start.AddMinutes(1), name: "Vic"),
            Chains.Entry("c", Chains.Start.AddMinutes(2), operation: Operation.StopRun),
            Chains.Entry("d", Chains.Start.AddMinutes(3), AuditPhase.Refused, "Vic"));

        IRenderedComponent<AuditPage> page = await OpenAsync($"/audit{query}");

        Assert.Equal(expected, string.Join(',', Names(page).Select(name => name[..^".pdf".Length])));
    }

    [Fact]
    public async Task Filters_AreInTheAddress()
    {
        await AddAsync(Chains.Entry("a"), Chains.Entry("b", name: "Vic"));
        IRenderedComponent<AuditPage> page = await OpenAsync();

        await page.Find("[role=search] input[placeholder='Name or id']").ChangeAsync("Vic");
        await page.WaitForAssertionAsync(() => Assert.Equal(["b.pdf"], Names(page)));
        await page.FindAll("[role=search] select")[0].ChangeAsync("Decide");
        await page.FindAll("[role=search] select")[1].ChangeAsync("Done");
        await page.FindAll("[role=search] input[type='datetime-local']")[0].ChangeAsync("2026-03-01T14:00");

        Assert.Equal("/audit?from=2026-03-01T14%3A00&person=Vic&operation=Decide&phase=Done", new Uri(Navigation.Uri).PathAndQuery);
        Assert.Equal("/audit", page.Find(".reset").GetAttribute("href"));
    }

    [Fact]
    public async Task Pages_ThereAndBack_ShowEveryEntryOnce()
    {
        for (int i = 1; i <= 130; i++) _trail.Add(Chains.Entry(i.ToString(CultureInfo.InvariantCulture), Chains.Start.AddSeconds(i)));
        await _trail.DrainAsync(Cancel);
        AuditReader reader = new(_table.Store);
        List<long> seen = [];
        AuditPageRows page = await reader.ReadAsync(AuditView.Default, TimeZoneInfo.Utc, Cancel);
        Assert.Null(page.Newer);
        while (true)
        {
            seen.AddRange(page.Rows.Select(row => row.Sequence));
            if (page.Older is not { } older) break;
            page = await reader.ReadAsync(older, TimeZoneInfo.Utc, Cancel);
        }
        Assert.Equal(Enumerable.Range(1, 130).Select(i => 131L - i), seen);

        page = await reader.ReadAsync(page.Newer!, TimeZoneInfo.Utc, Cancel);
        Assert.Equal(Enumerable.Range(0, 50).Select(i => 80L - i), page.Rows.Select(row => row.Sequence));
        page = await reader.ReadAsync(page.Newer!, TimeZoneInfo.Utc, Cancel);
        Assert.Equal(130, page.Rows[0].Sequence);
        Assert.Null(page.Newer);
    }

    [Fact]
    public async Task Find_AnyTime_IsTheLastEntryOfTheBlockThatReachesIt()
    {
        for (int i = 1; i <= 60; i++)
        {
            _trail.Add(Chains.Entry(at: Chains.Start.AddMinutes(i)));
            if (i % 4 == 0) await _trail.DrainAsync(Cancel);
        }
        List<AuditBlock> blocks = await _table.BlocksAsync();

        for (int i = 0; i <= 61; i++)
        {
            string time = Lambdas.Contracts.UtcTimestamp.Format(Chains.Start.AddMinutes(i));
            long expected = blocks.FirstOrDefault(block => string.CompareOrdinal(block.At, time) >= 0)?.Last ?? long.MaxValue;
            Assert.Equal(expected, await _table.Store.FindAsync(Chains.Start.AddMinutes(i), Cancel));
        }
    }

    [Fact]
    public async Task Page_AnEntryThatWasWrittenOver_IsShownAsOne()
    {
        await AddAsync(Chains.Entry("a"));
        await _table.WriteOverAsync(1, _ => Script);

        IRenderedComponent<AuditPage> page = await OpenAsync("/audit?person=Ann");

        Assert.Contains("This entry can't be read", page.Find("tbody tr").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("script"));
    }

    [Fact]
    public async Task Page_NothingOnRecord_SaysSo()
    {
        IRenderedComponent<AuditPage> page = await OpenAsync();

        Assert.Contains("Nothing is on record yet", page.Find(".empty-state").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".chain"));
    }

    [Fact]
    public async Task Export_OfWhoeverMayNot_IsNotOffered()
    {
        await AddAsync(Chains.Entry("a"));
        IRenderedComponent<AuditPage> page = await OpenAsync();
        Assert.Equal("/audit/export.jsonl", page.Find("a[download]").GetAttribute("href"));

        await page.InvokeAsync(() => Get<Caller>().Become(null, null));

        await page.WaitForAssertionAsync(() => Assert.Empty(page.FindAll("a[download]")));
    }

    [Fact]
    public void Operation_EveryOneThatIsRecorded_HasWords() => Assert.All(
        Enum.GetNames<Operation>(), name => Assert.Matches("^[A-Z][a-z]+( API| [a-z]+)*$", AuditDisplay.Operation(name)));

    [Fact]
    public void Phase_EveryOne_HasAWordAndAnIcon() => Assert.Equal(
        Enum.GetValues<AuditPhase>().Length, Enum.GetNames<AuditPhase>().Select(name => AuditDisplay.Phase(name).Icon).Distinct().Count());

    [Fact]
    public void Operation_OneOfAnotherVersion_IsItsNameApart() => Assert.Equal("Open pod bay doors", AuditDisplay.Operation("OpenPodBayDoors"));

    private async Task AddAsync(params AuditEntry[] entries)
    {
        foreach (AuditEntry entry in entries) _trail.Add(entry);
        await _trail.DrainAsync(Cancel);
    }

    private async Task<IRenderedComponent<AuditPage>> OpenAsync(string address = "/audit")
    {
        Get<Archiver.Web.Shell.ViewerTime>().SetZone("UTC");
        Navigation.NavigateTo(address);
        IRenderedComponent<AuditPage> page = Render<AuditPage>();
        await page.WaitForAssertionAsync(() =>
        {
            Assert.Empty(page.FindAll("[aria-busy=true]"));
            Assert.NotEmpty(page.FindAll("tbody, .empty-state"));
        });
        return page;
    }

    private static IEnumerable<string> Names(IRenderedComponent<AuditPage> page) => page.FindAll("tbody tr .on > :nth-child(2)").Select(name => name.TextContent);
}
