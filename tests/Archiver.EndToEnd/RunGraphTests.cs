using System.Xml.Linq;
using Amazon.Runtime;
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
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

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Pages_OfRuns_HaveNothingThatKeepsSomebodyOut(ColorScheme scheme)
    {
        using TemporaryDirectory data = new();
        await using DashboardProcess dashboard = await DashboardProcess.StartAsync(data.Path);
        IPage page = await browser.OpenAsync(
            dashboard, new BrowserNewContextOptions { ColorScheme = scheme, ViewportSize = new ViewportSize { Width = 1440, Height = 900 }, ReducedMotion = ReducedMotion.Reduce });
        List<string> errors = Listen(page);
        List<string> found = [];
        await page.GotoAsync("/runs");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "No runs yet" })).ToBeVisibleAsync();
        found.AddRange(await CheckAsync(page));

        string good = await StartAsync(dashboard, """{"simulate":{"archive":true,"quality":91}}"""), failed = await StartAsync(dashboard, """{"approval_needed":"maybe"}"""),
            waiting = await StartAsync(dashboard, """{"approval_needed":true}""");
        await Expect(page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Latest run with ") })).ToBeVisibleAsync();
        await ShotsAsync(page, $"runs-{scheme}");
        found.AddRange(await CheckAsync(page));
        await page.GotoAsync($"/runs/{good}?state=ReadMetadata");
        await Expect(State(page, "RecordResult")).ToHaveAccessibleNameAsync("RecordResult, Task, Succeeded");
        await ShotsAsync(page, $"run-{scheme}");
        found.AddRange(await CheckAsync(page));
        await page.GotoAsync($"/runs/{failed}");
        await Expect(page.Locator(".state.failed").First).ToBeVisibleAsync();
        await ShotsAsync(page, $"run-failed-{scheme}");
        found.AddRange(await CheckAsync(page));
        await page.GotoAsync($"/runs/{waiting}");
        await Expect(State(page, "RequestApproval")).ToHaveAccessibleNameAsync("RequestApproval, Task, Waiting");
        await ShotsAsync(page, $"run-waiting-{scheme}");
        found.AddRange(await CheckAsync(page));
        await page.GetByRole(AriaRole.Button, new() { Name = "Start again" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog).GetByLabel("Input")).ToBeVisibleAsync();
        await ShotsAsync(page, $"again-{scheme}");
        found.AddRange(await CheckAsync(page));
        Assert.True(found.Count == 0, string.Join('\n', found));
        Assert.Empty(errors);
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

    private static async Task<IEnumerable<string>> CheckAsync(IPage page)
    {
        // The theme comes with the page's script, and colours pass into each other: half-way there is nobody's contrast.
        bool isDark = await page.EvaluateAsync<bool>("() => matchMedia('(prefers-color-scheme: dark)').matches");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = isDark ? "Switch to the light theme" : "Switch to the dark theme" })).ToBeVisibleAsync();
        await page.EvaluateAsync("() => Promise.allSettled(document.getAnimations().filter(one => one instanceof CSSTransition).map(one => one.finished))");
        AxeResult result = await page.RunAxe(new AxeRunOptions { RunOnly = RunOnlyOptions.Tags("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa") });
        return result.Violations.Select(one => $"{page.Url} {one.Id}: {one.Help}: {string.Join(" | ", one.Nodes.Select(node => node.Html).Take(4))}");
    }

    // Taken only where somebody wants to look at them.
    private static async Task ShotsAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("ARCHIVER_LOOK") is not { Length: > 0 } folder) return;
        foreach ((int width, int height) in ((int, int)[])[(1440, 900), (820, 1180), (390, 844)])
        {
            await page.SetViewportSizeAsync(width, height);
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}-{width}.png"), FullPage = true, Animations = ScreenshotAnimations.Disabled });
        }
        await page.SetViewportSizeAsync(1440, 900);
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
