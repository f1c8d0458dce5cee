using Archiver.EndToEnd.Frame;
using System.Xml.Linq;
using Amazon.Runtime;
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Archiver.EndToEnd;

/// <summary>A run's page in a real browser: its graph by keyboard, as files, live; and a run that is started again.</summary>
public sealed class RunGraphTests(BrowserFixture browser)
{
    [Fact]
    public async Task Graph_ByKeyboard_ShowsStatesIsExportedAndARunIsStartedAgain()
    {
        using TemporaryDirectory data = new();
        await using DashboardProcess dashboard = await DashboardProcess.StartAsync(data.Path);
        string run = await StartAsync(dashboard, """{"simulate":{"archive":true,"quality":91}}""");
        IPage page = await browser.OpenAsync(dashboard);
        List<string> errors = Listen(page);
        await page.GotoAsync($"/runs/{run}");
        await Expect(State(page, "RecordResult")).ToHaveAccessibleNameAsync("RecordResult, Task, Succeeded");

        // One stop for the Tab key, once the drawing's script is there; from it the arrows lead from state to state.
        await Expect(page.Locator("rect.hit[tabindex='0']")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Button, new() { Name = "PNG", Exact = true }).FocusAsync();
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Home");
        await Expect(State(page, "ReadMetadata")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(State(page, "ReadMetadata")).Not.ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowUp");
        await Expect(State(page, "ReadMetadata")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        ILocator details = page.GetByRole(AriaRole.Region, new() { Name = "State ReadMetadata" });
        await Expect(details).ToContainTextAsync("arn:aws:states:::lambda:invoke");
        await Expect(details.GetByRole(AriaRole.Region, new() { Name = "State output", Exact = true })).ToContainTextAsync("\"Quality\": 91");
        Assert.EndsWith("?state=ReadMetadata", page.Url, StringComparison.Ordinal);
        await Expect(State(page, "ReadMetadata")).ToBeFocusedAsync();

        // Zooming changes what is in view, and Fit brings all of it back.
        string before = await ViewAsync(page);
        await page.Keyboard.PressAsync("+");
        Assert.NotEqual(before, await ViewAsync(page));
        await page.Keyboard.PressAsync("0");

        IDownload svg = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "SVG", Exact = true }).ClickAsync());
        Assert.Equal($"{run}.svg", svg.SuggestedFilename);
        XDocument drawing = XDocument.Load(await svg.PathAsync());
        Assert.Contains(drawing.Descendants(), element => element.Value == "QualityAcceptable?");
        Assert.DoesNotContain(drawing.Descendants().Attributes(), attribute => attribute.Name == "class");
        IDownload png = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "PNG", Exact = true }).ClickAsync());
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], (await File.ReadAllBytesAsync(await png.PathAsync(), TestContext.Current.CancellationToken))[..4]);

        await page.GetByRole(AriaRole.Button, new() { Name = "Start again" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        ILocator dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByLabel("Input")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("91"));
        await dialog.GetByLabel("Input").FillAsync("{\"simulate\":");
        await Expect(dialog.GetByRole(AriaRole.Status)).ToContainTextAsync("Line 1");
        await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true })).ToBeDisabledAsync();
        await dialog.GetByLabel("Input").FillAsync("""{"simulate":{"archive":true,"quality":12}}""");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).Not.ToHaveURLAsync(new System.Text.RegularExpressions.Regex(run));
        await Expect(State(page, "QualityFail")).ToHaveAccessibleNameAsync("QualityFail, Task, Succeeded");
        Assert.Empty(errors);
    }

    /// <summary>What no other test of the pages has: a run that failed, one that waits, and the dialog to start one again.</summary>
    [Fact]
    public async Task Pages_OfRunsThatDidNotGoThrough_HaveNothingThatKeepsSomebodyOut()
    {
        using TemporaryDirectory data = new();
        await using DashboardProcess dashboard = await DashboardProcess.StartAsync(data.Path);
        IPage page = await browser.OpenAsync(
            dashboard, new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1440, Height = 900 }, ReducedMotion = ReducedMotion.Reduce });
        List<string> errors = Listen(page);
        List<string> found = [];
        string failed = await StartAsync(dashboard, """{"approval_needed":"maybe"}"""), waiting = await StartAsync(dashboard, """{"approval_needed":true}""");
        await page.GotoAsync($"/runs/{failed}");
        await Expect(page.Locator(".state.failed").First).ToBeVisibleAsync();
        await CheckBothThemesAsync("failed");
        await page.GotoAsync($"/runs/{waiting}");
        await Expect(State(page, "RequestApproval")).ToHaveAccessibleNameAsync("RequestApproval, Task, Waiting");
        await CheckBothThemesAsync("waiting");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start again" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog).GetByLabel("Input")).ToBeVisibleAsync();
        found.AddRange(await Looks.AxeAsync(page, "start again"));
        Assert.True(found.Count == 0, string.Join('\n', found));
        Assert.Empty(errors);

        async Task CheckBothThemesAsync(string name)
        {
            found.AddRange(await Looks.AxeAsync(page, name));
            await Place.SwitchThemeAsync(page);
            found.AddRange(await Looks.AxeAsync(page, $"{name}, other theme"));
        }
    }

    private static ILocator State(IPage page, string name) => page.Locator($"rect.hit[aria-label^='{name},']");

    private static Task<string> ViewAsync(IPage page) => page.Locator("svg.canvas").EvaluateAsync<string>("svg => svg.getAttribute('viewBox')");

    private static List<string> Listen(IPage page)
    {
        List<string> errors = [];
        page.Console += (_, message) =>
        {
            if (message.Type == "error" || message.Text.Contains("Content Security Policy", StringComparison.OrdinalIgnoreCase)) errors.Add(message.Text);
        };
        page.PageError += (_, error) => errors.Add(error);
        return errors;
    }

    private static async Task<string> StartAsync(DashboardProcess dashboard, string input)
    {
        using AmazonStepFunctionsClient stepFunctions = new(
            new BasicAWSCredentials("local", "local"), new AmazonStepFunctionsConfig { ServiceURL = dashboard.CloudEndpoint.ToString(), AuthenticationRegion = "us-east-1" });
        string machine = Assert.Single((await stepFunctions.ListStateMachinesAsync(new ListStateMachinesRequest())).StateMachines, one => one.Name.Contains("ArchiverStateMachine", StringComparison.Ordinal)).StateMachineArn;
        StartExecutionResponse started = await stepFunctions.StartExecutionAsync(new StartExecutionRequest { StateMachineArn = machine, Input = input });
        return started.ExecutionArn[(started.ExecutionArn.LastIndexOf(':') + 1)..];
    }
}
