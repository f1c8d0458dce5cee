using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Archiver.EndToEnd;

/// <summary>What happens in one browser, or on the queue, is on every other page without a reload.</summary>
public sealed class LiveTests(BrowserFixture browser)
{
    [Fact]
    public async Task Decision_InOneBrowser_IsSeenInTheOtherWithWhoMadeIt()
    {
        using TemporaryDirectory data = new();
        await using DashboardProcess dashboard = await DashboardProcess.StartAsync(data.Path);
        IPage ann = await browser.OpenAsync(dashboard), bob = await browser.OpenAsync(dashboard);
        await ActAsAsync(ann, "Ann");
        await HumanQueue.SendAsync(dashboard.CloudEndpoint, "no approval at all");

        await DecideAndSeeAsync(dashboard.CloudEndpoint, ann, bob);

        await Expect(bob.GetByText("1 message could not be taken in")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Decision_OnOneReplica_IsSeenOnTheOther()
    {
        using TemporaryDirectory data = new();
        await using DashboardProcess cloud = await DashboardProcess.StartCloudAsync(data.Path);
        await using DashboardProcess first = await DashboardProcess.StartReplicaAsync(cloud.CloudEndpoint), second = await DashboardProcess.StartReplicaAsync(cloud.CloudEndpoint);
        IPage ann = await browser.OpenAsync(first), bob = await browser.OpenAsync(second);
        await ActAsAsync(ann, "Ann");

        await DecideAndSeeAsync(cloud.CloudEndpoint, ann, bob);
    }

    [Fact]
    public async Task Decision_TakenBack_WaitsAgainEverywhere()
    {
        using TemporaryDirectory data = new();
        await using DashboardProcess cloud = await DashboardProcess.StartCloudAsync(data.Path);
        await using DashboardProcess first = await DashboardProcess.StartReplicaAsync(cloud.CloudEndpoint, "--Approvals:UndoSeconds", "60"),
            second = await DashboardProcess.StartReplicaAsync(cloud.CloudEndpoint, "--Approvals:UndoSeconds", "60");
        IPage ann = await browser.OpenAsync(first), bob = await browser.OpenAsync(second);
        await ActAsAsync(ann, "Ann");
        await DecideAndSeeAsync(cloud.CloudEndpoint, ann, bob);
        await Expect(bob.GetByRole(AriaRole.Button, new() { NameRegex = new("^Undo ") })).ToBeHiddenAsync(); // it is not his decision

        await ann.GetByRole(AriaRole.Button, new() { Name = "Undo", Exact = true }).ClickAsync(); // the snackbar's

        await Expect(ann.GetByRole(AriaRole.Button, new() { NameRegex = new("^Approve ") })).ToBeVisibleAsync();
        await Expect(bob.GetByRole(AriaRole.Button, new() { NameRegex = new("^Approve ") })).ToBeVisibleAsync();
    }

    private static async Task DecideAndSeeAsync(Uri cloud, IPage ann, IPage bob)
    {
        await HumanQueue.SendAsync(cloud, JsonSerializer.Serialize(new { TaskToken = $"from-any-machine-{Guid.NewGuid():N}", Order = 4711 }));
        ILocator approve = ann.GetByRole(AriaRole.Button, new() { NameRegex = new("^Approve ") });
        await Expect(approve).ToBeVisibleAsync();
        await Expect(bob.GetByRole(AriaRole.Button, new() { NameRegex = new("^Approve ") })).ToBeVisibleAsync();

        await approve.ClickAsync();

        await Expect(bob.GetByRole(AriaRole.Button, new() { NameRegex = new("^Approve ") })).ToBeHiddenAsync();
        await Expect(bob.Locator("main")).ToContainTextAsync("by Ann");
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
