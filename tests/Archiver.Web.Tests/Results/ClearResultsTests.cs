using Amazon.DynamoDBv2;
using Archiver.Web.Tests.Results.Fakes;
using Bunit;
using MudBlazor;
using ResultsPage = Archiver.Web.Results.Pages.Results;

namespace Archiver.Web.Tests.Results;

public sealed class ClearResultsTests : ResultsContext
{
    [Fact]
    public async Task Clear_Confirmed_NamesTheCountAndDeletesThatMany()
    {
        Fill(1234);
        (IRenderedComponent<ResultsPage> page, IRenderedComponent<MudDialogProvider> dialogs) = await AskAsync();
        await dialogs.WaitForAssertionAsync(() => Assert.Equal("Delete 1,234 results?", dialogs.Find("h2").TextContent));
        Assert.Contains("files in the archive are not touched", dialogs.Markup, StringComparison.Ordinal);
        Assert.Equal(1234, Table.Count);

        await ClickAsync(dialogs, "Delete");

        await dialogs.WaitForAssertionAsync(() => Assert.Empty(dialogs.FindAll(".mud-dialog")));
        Assert.Equal(["1,234 results deleted."], Said);
        Assert.Equal(0, Table.Count);
        await page.WaitForAssertionAsync(() => Assert.NotEmpty(page.FindAll(".empty-state")));
    }

    [Fact]
    public async Task Clear_FilteredPage_CountsAllResultsNotThoseOfThePage()
    {
        Fill(3);
        (_, IRenderedComponent<MudDialogProvider> dialogs) = await AskAsync("/results?action=Denied");

        await dialogs.WaitForAssertionAsync(() => Assert.Equal("Delete 3 results?", dialogs.Find("h2").TextContent));
    }

    [Fact]
    public async Task Clear_Cancelled_DeletesNothing()
    {
        Fill(3);
        (IRenderedComponent<ResultsPage> page, IRenderedComponent<MudDialogProvider> dialogs) = await AskAsync();
        await dialogs.WaitForAssertionAsync(() => Assert.NotNull(Named(dialogs, "Delete")));

        await ClickAsync(dialogs, "Cancel");

        await dialogs.WaitForAssertionAsync(() => Assert.Empty(dialogs.FindAll(".mud-dialog")));
        Assert.Equal(3, Table.Count);
        Assert.Empty(Table.Batches);
        Assert.Equal(3, Names(page).Count());
    }

    [Fact]
    public async Task Clear_NoResults_HasNothingToConfirm()
    {
        (_, IRenderedComponent<MudDialogProvider> dialogs) = await AskAsync();

        await dialogs.WaitForAssertionAsync(() => Assert.Contains("There are no results to delete.", dialogs.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain(dialogs.FindAll("button"), button => button.TextContent.Trim() == "Delete");
    }

    [Fact]
    public async Task Clear_CountFails_SaysSoAndCountsAgain()
    {
        Fill(2);
        IRenderedComponent<ResultsPage> page = await OpenAsync("/results?sort=time");
        Render<MudPopoverProvider>();
        IRenderedComponent<MudDialogProvider> dialogs = Render<MudDialogProvider>();
        Table.Failure = new AmazonDynamoDBException("The table is away.");
        _ = ClickAsync(page, "Clear results");
        await dialogs.WaitForAssertionAsync(() => Assert.Contains("The table is away.", dialogs.Markup, StringComparison.Ordinal));

        Table.Failure = null;
        await ClickAsync(dialogs, "Count again");

        await dialogs.WaitForAssertionAsync(() => Assert.Equal("Delete 2 results?", dialogs.Find("h2").TextContent));
    }

    [Fact]
    public async Task Clear_StoppedWhileItDeletes_SaysHowManyWent()
    {
        Fill(30);
        (_, IRenderedComponent<MudDialogProvider> dialogs) = await AskAsync();
        await dialogs.WaitForAssertionAsync(() => Assert.NotNull(Named(dialogs, "Delete")));
        // The first batch goes, the second is left undone and waits for the clock.
        Table.Unprocessed = batch => batch == 0 ? 0 : 25;

        Task deleting = ClickAsync(dialogs, "Delete");
        await dialogs.WaitForAssertionAsync(() => Assert.NotNull(Named(dialogs, "Stop")));
        while (Table.Batches.Count < 2) await Task.Yield(); // no render comes with it
        await ClickAsync(dialogs, "Stop");
        await deleting;

        Assert.Single(Said);
        Assert.Matches("^Stopped: (5|25) results deleted, the rest is still there.$", Said[0]);
        Assert.Equal(Said[0].Contains("25", StringComparison.Ordinal) ? 5 : 25, Table.Count);
    }

    private void Fill(int count)
    {
        for (int i = 0; i < count; i++) Table.Add(Records.Item($"r{i:D4}", Records.Now.AddSeconds(-i)));
    }

    private async Task<(IRenderedComponent<ResultsPage> Page, IRenderedComponent<MudDialogProvider> Dialogs)> AskAsync(string address = "/results")
    {
        IRenderedComponent<ResultsPage> page = await OpenAsync(address);
        Render<MudPopoverProvider>();
        IRenderedComponent<MudDialogProvider> dialogs = Render<MudDialogProvider>();
        // The click's own task ends with the dialog.
        _ = ClickAsync(page, "Clear results");
        await dialogs.WaitForAssertionAsync(() => Assert.NotEmpty(dialogs.FindAll(".mud-dialog")));
        return (page, dialogs);
    }
}
