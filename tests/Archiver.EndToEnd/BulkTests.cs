using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Archiver.EndToEnd;

/// <summary>One decision on many, from the selection to what became of each, and who else looks meanwhile.</summary>
public sealed class BulkTests(BrowserFixture browser)
{
    private const int Many = 30;

    [Fact]
    public async Task DecideMany_AllThatMatch_ShowsWhatWillHappenThenWhatDid()
    {
        using TemporaryDirectory data = new();
        await using DashboardProcess dashboard = await DashboardProcess.StartAsync(data.Path, "--Approvals:UndoSeconds", "300");
        for (int i = 0; i < Many; i++) await SendAsync(dashboard.CloudEndpoint, $"report-{i:D2}.pdf");
        IPage page = await browser.OpenAsync(dashboard);
        await Expect(page.GetByText($"{Many} wait", new() { Exact = true })).ToBeVisibleAsync();

        await OpenAsync(page, Many);
        ILocator dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByRole(AriaRole.Heading, new() { Name = $"Decide on {Many} files" })).ToBeVisibleAsync();
        await Expect(dialog.GetByText($"{Many} simulated")).ToBeVisibleAsync();
        ILocator approve = dialog.GetByRole(AriaRole.Button, new() { Name = $"Approve {Many}" });
        await approve.PressAsync("Enter");
        await Expect(dialog.GetByText("Type the number, so that it is not decided by mistake.")).ToBeVisibleAsync();
        ILocator number = dialog.GetByLabel($"Type {Many} to confirm");
        await number.FillAsync($"{Many}");
        await approve.PressAsync("Enter");

        await Expect(dialog.GetByText($"Done: {Many} of {Many}")).ToBeVisibleAsync();
        await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = $"Approved {Many}" })).ToBeVisibleAsync();
        await Expect(dialog.GetByRole(AriaRole.Progressbar)).ToHaveAttributeAsync("aria-valuenow", $"{Many}");
        IDownload csv = await page.RunAndWaitForDownloadAsync(() => dialog.GetByRole(AriaRole.Button, new() { Name = "Save as CSV" }).ClickAsync());
        Assert.Equal(Many + 1, (await File.ReadAllLinesAsync(await csv.PathAsync(), TestContext.Current.CancellationToken)).Length);

        await dialog.GetByRole(AriaRole.Button, new() { Name = $"Undo {Many}" }).PressAsync("Enter");
        await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = $"Taken back {Many}" })).ToBeVisibleAsync();
        await Expect(dialog.GetByRole(AriaRole.Status).First).ToBeFocusedAsync(); // its button is gone, the focus is not
        await page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToBeHiddenAsync();
        await Expect(page.GetByText($"{Many} wait", new() { Exact = true })).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = $"Decide {Many}…" }).PressAsync("Enter"); // they are selected still
        await dialog.GetByRole(AriaRole.Radio, new() { Name = "Deny" }).CheckAsync();
        await dialog.GetByLabel("Reason").FillAsync("Not ours");
        await number.FillAsync($"{Many}");
        await dialog.GetByRole(AriaRole.Button, new() { Name = $"Deny {Many}" }).PressAsync("Enter");
        await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = $"Denied {Many}" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Look_OnTwoReplicas_IsSeenByTheOtherUntilTheyLeave()
    {
        using TemporaryDirectory data = new();
        await using DashboardProcess cloud = await DashboardProcess.StartCloudAsync(data.Path);
        await using DashboardProcess first = await DashboardProcess.StartReplicaAsync(cloud.CloudEndpoint), second = await DashboardProcess.StartReplicaAsync(cloud.CloudEndpoint);
        IPage ann = await browser.OpenAsync(first), bob = await browser.OpenAsync(second);
        await ActAsAsync(ann, "Ann");
        await ActAsAsync(bob, "Bob");
        await SendAsync(cloud.CloudEndpoint, "shared.pdf");
        string address = await OpenFileAsync(ann, "shared.pdf");
        await bob.GotoAsync(address);

        await Expect(ann.GetByText("Bob is looking at this")).ToBeVisibleAsync();
        await Expect(bob.GetByText("Ann is looking at this")).ToBeVisibleAsync();

        await bob.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = "Results" }).ClickAsync();
        await Expect(ann.GetByText("Bob is looking at this")).ToBeHiddenAsync();
    }

    private static Task SendAsync(Uri cloud, string name) => HumanQueue.SendAsync(cloud, JsonSerializer.Serialize(new
    {
        TaskToken = $"from-any-machine-{Guid.NewGuid():N}",
        Recommendation = "Archived",
        File = new { Id = name, Name = name, Size = 1000, Archive = true, Quality = 80, QualityThreshold = 50 },
    }));

    private static async Task OpenAsync(IPage page, int count)
    {
        await Expect(page.Locator("tr.approval[tabindex='0']")).ToHaveCountAsync(1); // the script listens
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("x");
        await page.GetByRole(AriaRole.Button, new() { Name = $"Select all {count} that match" }).PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, new() { Name = $"Decide {count}…" }).PressAsync("Enter");
    }

    // The page of the file, by its address: a link in a list may open it beside the list.
    private static async Task<string> OpenFileAsync(IPage page, string name)
    {
        string href = (await page.GetByRole(AriaRole.Link, new() { Name = name }).First.GetAttributeAsync("href"))!;
        await page.GotoAsync(href);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = name })).ToBeVisibleAsync();
        return new Uri(page.Url).PathAndQuery;
    }

    private static async Task ActAsAsync(IPage page, string name)
    {
        await page.GotoAsync("/identity/act-as");
        await page.GetByLabel("Name").FillAsync(name);
        await page.GetByLabel("Reviewer").SetCheckedAsync(true);
        await page.GetByRole(AriaRole.Button, new() { Name = "Act as them" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = $"You are {name}", Exact = true })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { NameRegex = new("^Approvals") }).ClickAsync();
    }
}
