using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Archiver.EndToEnd;

/// <summary>Shows each page with something on it, and takes the pictures of the README: <c>docs/screenshots</c>.</summary>
public sealed class ScreenshotTests(BrowserFixture browser)
{
    private static readonly (string Name, string Content)[] Files =
    [
        ("Quarterly report 2026-Q3.pdf", "%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\nxref\n0 1\n0000000000 65535 f \ntrailer<</Root 1 0 R>>\nstartxref\n40\n%%EOF\n"),
        ("holiday.png", "this is no picture"),
        ("empty notes.txt", ""),
        ("年度報告.csv", "year,total\n2026,12\n"),
    ];

    [Theory]
    [InlineData("light", ColorScheme.Light)]
    [InlineData("dark", ColorScheme.Dark)]
    public async Task EveryPage_WithSomethingOnIt_ShowsItAndFetchesNothingFromElsewhere(string theme, ColorScheme scheme)
    {
        using TemporaryDirectory data = new();
        await using DashboardProcess dashboard = await DashboardProcess.StartAsync(data.Path);
        string run = await FillAsync(dashboard);
        IPage page = await browser.OpenAsync(
            dashboard, new BrowserNewContextOptions { ColorScheme = scheme, ViewportSize = new ViewportSize { Width = 1440, Height = 900 } });
        List<string> foreign = [], errors = [];
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(dashboard.Address.ToString(), StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal)) foreign.Add(request.Url);
        };
        page.Console += (_, message) =>
        {
            if (message.Type == "error") errors.Add(message.Text);
        };
        page.PageError += (_, error) => errors.Add(error);

        await page.WaitForLoadStateAsync(); // a page that is still arriving can't be reloaded
        await page.ReloadAsync();
        foreach ((string name, _) in Files) await Expect(page.GetByRole(AriaRole.Button, new() { Name = $"Approve {name}", Exact = true })).ToBeVisibleAsync();
        await TakeAsync(page, "approvals", theme);

        await page.GetByRole(AriaRole.Link, new() { Name = "holiday.png", Exact = true }).PressAsync("Enter"); // a click shows it beside the list
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Checks" })).ToBeVisibleAsync();
        await TakeAsync(page, "approval", theme);

        await page.GotoAsync("/runs");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = run, Exact = true })).ToBeVisibleAsync();
        await TakeAsync(page, "runs", theme);

        await page.GetByRole(AriaRole.Link, new() { Name = run, Exact = true }).ClickAsync();
        await Expect(page.GetByText("ExecutionSucceeded")).ToBeVisibleAsync();
        await TakeAsync(page, "run", theme);

        await page.GotoAsync("/results");
        await Expect(page.GetByRole(AriaRole.Table, new() { Name = "Results", Exact = true }).Locator("tbody tr")).ToHaveCountAsync(6);
        await TakeAsync(page, "results", theme);

        Assert.Empty(foreign);
        Assert.Empty(errors);
    }

    private static Task<byte[]> TakeAsync(IPage page, string name, string theme) => page.ScreenshotAsync(new PageScreenshotOptions
    {
        Path = Repository.Path("docs", "screenshots", theme == "light" ? $"{name}.png" : $"{name}-{theme}.png"),
        Animations = ScreenshotAnimations.Disabled,
    });

    /// <summary>Four files that wait for a person, and six runs that ended.</summary>
    private static async Task<string> FillAsync(DashboardProcess dashboard)
    {
        BasicAWSCredentials credentials = new("local", "local");
        string endpoint = dashboard.CloudEndpoint.ToString();
        using AmazonS3Client s3 = new(credentials, new AmazonS3Config { ServiceURL = endpoint, AuthenticationRegion = "us-east-1", ForcePathStyle = true });
        using AmazonStepFunctionsClient stepFunctions = new(credentials, new AmazonStepFunctionsConfig { ServiceURL = endpoint, AuthenticationRegion = "us-east-1" });
        string machine = (await stepFunctions.ListStateMachinesAsync(new ListStateMachinesRequest())).StateMachines
            .Single(one => one.Name.Contains("ArchiverStateMachine", StringComparison.Ordinal)).StateMachineArn;
        string inbox = Assert.Single((await s3.ListBucketsAsync()).Buckets, bucket => bucket.BucketName.Contains("-inbox-", StringComparison.Ordinal)).BucketName;

        foreach ((string name, string content) in Files)
        {
            await s3.PutObjectAsync(new PutObjectRequest { BucketName = inbox, Key = $"uploads/demo/{name}", ContentBody = content });
            await StartAsync($$"""{"bucket":"{{inbox}}","key":"uploads/demo/{{name}}","approval_needed":true}""");
        }
        string last = "";
        foreach ((bool archive, int quality) in ((bool, int)[])[(true, 91), (true, 35), (false, 70), (true, 64), (true, 12), (true, 77)])
            last = await StartAsync($$$"""{"simulate":{"archive":{{{(archive ? "true" : "false")}}},"quality":{{{quality}}}}}""");
        return last;

        async Task<string> StartAsync(string input)
        {
            StartExecutionResponse started = await stepFunctions.StartExecutionAsync(new StartExecutionRequest { StateMachineArn = machine, Input = input });
            return started.ExecutionArn[(started.ExecutionArn.LastIndexOf(':') + 1)..];
        }
    }
}
