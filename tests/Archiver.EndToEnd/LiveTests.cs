using System.Text.Json;
using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;
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
        IPage ann = await browser.OpenAsync(dashboard.Address), bob = await browser.OpenAsync(dashboard.Address);
        await RenameAsync(ann, "Ann");

        using AmazonSQSClient sqs = new(new BasicAWSCredentials("local", "local"), new AmazonSQSConfig { ServiceURL = dashboard.CloudEndpoint.ToString(), AuthenticationRegion = "us-east-1" });
        string queue = Assert.Single((await sqs.ListQueuesAsync(new ListQueuesRequest(), TestContext.Current.CancellationToken)).QueueUrls, url => url.Contains("HumanSQS", StringComparison.Ordinal));
        await sqs.SendMessageAsync(queue, JsonSerializer.Serialize(new { TaskToken = "from-any-machine", Order = 4711 }), TestContext.Current.CancellationToken);
        await sqs.SendMessageAsync(queue, "no approval at all", TestContext.Current.CancellationToken);

        ILocator approve = ann.GetByRole(AriaRole.Button, new() { NameRegex = new("^Approve ") });
        await Expect(approve).ToBeVisibleAsync();
        await Expect(bob.GetByRole(AriaRole.Button, new() { NameRegex = new("^Approve ") })).ToBeVisibleAsync();
        await Expect(bob.GetByText("1 message could not be taken in")).ToBeVisibleAsync();
        await approve.ClickAsync();

        await Expect(bob.GetByRole(AriaRole.Button, new() { NameRegex = new("^Approve ") })).ToBeHiddenAsync();
        await Expect(bob.GetByRole(AriaRole.Log)).ToContainTextAsync("by Ann");
    }

    private static async Task RenameAsync(IPage page, string name)
    {
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^You are ") }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByLabel("Name").FillAsync(name);
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = $"You are {name}. Change your name" })).ToBeVisibleAsync();
    }
}
