using AngleSharp.Dom;
using Archiver.Web.Tests.Results.Fakes;
using Bunit;
using ResultsPage = Archiver.Web.Results.Pages.Results;

namespace Archiver.Web.Tests.Results.Columns;

public sealed class ColumnsTests : ResultsContext
{
    private const string Module = "./Results/Pages/ResultsGrid.razor.js";

    [Fact]
    public async Task Columns_HiddenMovedAndSized_AreSoInTheGridAndKept()
    {
        Table.Add(Records.Item("a", Records.Now));
        BunitJSModuleInterop script = JSInterop.SetupModule(Module);
        script.Mode = JSRuntimeMode.Loose;
        script.Setup<Dictionary<string, int>?>("measure", _ => true).SetResult(new() { ["Time"] = 150, ["File"] = 300 });
        IRenderedComponent<ResultsPage> page = await OpenAsync();
        await ClickAsync(page, "Columns");

        await page.InvokeAsync(() => Checkbox(page, "Comment").ChangeAsync(false));
        await page.InvokeAsync(() => page.Find("[aria-label='Move Quality to the front']").ClickAsync());
        await page.InvokeAsync(() => page.Find("[aria-label='Width of Time']").ChangeAsync("200"));

        Assert.Equal(["Time", "File", "Action", "Quality", "Archive flag", "Human", "Size", "Leads to"], Headers(page));
        Assert.Equal(["200", "300"], page.FindAll("col").Take(2).Select(column => column.GetAttribute("width")));
        Assert.Equal(8, page.FindAll("tbody tr td").Count);
        Assert.Contains("\"Hidden\":[\"DecidedIn\",\"Comment\"]", (string?)script.Invocations["keep"][^1].Arguments[0], StringComparison.Ordinal);

        await ClickAsync(page, "Reset columns");
        Assert.Equal(9, Headers(page).Count());
        Assert.Null(script.Invocations["keep"][^1].Arguments[0]);
    }

    [Fact]
    public async Task Columns_KeptInTheBrowser_AreThereAgain()
    {
        Table.Add(Records.Item("a", Records.Now).With("DecisionSeconds", Records.Number(754)));
        BunitJSModuleInterop script = JSInterop.SetupModule(Module);
        script.Mode = JSRuntimeMode.Loose;
        script.Setup<string?>("kept").SetResult("""{"Order":["DecidedIn","File"],"Hidden":["Time"],"Widths":{}}""");

        IRenderedComponent<ResultsPage> page = await OpenAsync();

        await page.WaitForAssertionAsync(() => Assert.Equal(["Decided in", "File", "Action"], Headers(page).Take(3)));
        Assert.Equal("12 min 34 s", page.Find("tbody td").TextContent.Trim());
    }

    [Fact]
    public async Task Panel_Escape_ClosesItAndTheFileStays()
    {
        Table.Add(Records.Item("a", Records.Now));
        IRenderedComponent<ResultsPage> page = await OpenAsync();
        await ClickAsync(page, "Columns");
        Assert.True(Checkbox(page, "File").HasAttribute("disabled"));

        await page.InvokeAsync(() => page.Find(".panel").KeyDownAsync("Escape"));

        Assert.Empty(page.FindAll(".panel"));
        Assert.Equal("false", Named(page, "Columns").GetAttribute("aria-expanded"));
    }

    private static IEnumerable<string> Headers(IRenderedComponent<ResultsPage> page) => page.FindAll("[role=table] thead th").Select(header => header.TextContent.Trim());

    private static IElement Checkbox(IRenderedComponent<ResultsPage> page, string column) =>
        Assert.Single(page.FindAll(".panel label"), label => label.TextContent.Trim() == column).QuerySelector("input")!;
}
