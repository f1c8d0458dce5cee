using Archiver.EndToEnd.Frame;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Archiver.EndToEnd;

/// <summary>WCAG 2.2 AA on every page and the main dialogs, light and dark: by axe, at twice the size of text, on a phone, by keyboard.</summary>
[Collection(nameof(FilledDashboard))]
public sealed class AccessibilityTests(BrowserFixture browser, FilledDashboard filled)
{
    private static readonly ViewportSize Desktop = new() { Width = 1280, Height = 900 };
    private static readonly ViewportSize Phone = new() { Width = 390, Height = 844 };

    [Fact]
    public async Task EveryPage_WithSomethingOnIt_CanBeUsedByEverybody()
    {
        DashboardProcess dashboard = filled.Dashboard;
        IPage page = await browser.OpenAsync(dashboard, new BrowserNewContextOptions { ViewportSize = Desktop });
        IPage nobody = await browser.OpenAsync(dashboard.Address, new BrowserNewContextOptions { ViewportSize = Desktop });
        List<string> findings = [];
        foreach (Place place in Place.Filled)
        {
            IPage at = place.IsOpen ? nobody : page;
            await place.GoAsync(at);
            await LookAsync(at, place.Name, findings, hasThemes: !place.IsOpen);
        }
        Assert.True(findings.Count == 0, string.Join(Environment.NewLine, findings.Prepend("")));
    }

    [Fact]
    public async Task EveryDialog_LightAndDark_CanBeUsedByEverybody()
    {
        DashboardProcess dashboard = filled.Dashboard;
        List<string> findings = [];
        foreach (ColorScheme scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            IPage page = await browser.OpenAsync(dashboard, new BrowserNewContextOptions { ViewportSize = Desktop, ColorScheme = scheme });
            await page.GotoAsync("/runs");
            await OpenAsync("Start run", "start");
            await page.GotoAsync($"/runs/{FilledDashboard.Run}");
            await OpenAsync("Start again", "start again");
            await page.GotoAsync("/results");
            await OpenAsync("Clear results", "clear");
            await page.GotoAsync("/approvals");
            await OpenAsync($"Deny {FilledDashboard.Waiting[0]}", "deny");

            async Task OpenAsync(string button, string name)
            {
                await page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).First.ClickAsync();
                await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
                await Expect(page.GetByRole(AriaRole.Dialog).Locator(".mud-skeleton")).ToHaveCountAsync(0);
                findings.AddRange(await Looks.AxeAsync(page, $"{name}, {scheme}"));
                if (scheme == ColorScheme.Light) findings.AddRange(await Looks.UnseenFocusAsync(page, name, most: 10));
            }
        }
        Assert.True(findings.Count == 0, string.Join(Environment.NewLine, findings.Prepend("")));
    }

    [Fact]
    public async Task EveryPage_OfAFreshDashboard_SaysWhatToDoNextToEverybody()
    {
        using TemporaryDirectory data = new();
        await using DashboardProcess dashboard = await DashboardProcess.StartAsync(data.Path);
        IPage page = await browser.OpenAsync(dashboard, new BrowserNewContextOptions { ViewportSize = Desktop });
        List<string> findings = [];
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Welcome to Archiver" })).ToBeVisibleAsync();
        await ScreenshotTests.TakeAsync(page, "welcome", isDark: false);
        await ScreenshotTests.TakeAsync(page, "welcome", await Place.SwitchThemeAsync(page));
        await page.SetViewportSizeAsync(Desktop.Width, Desktop.Height);
        await LookAsync(page, "welcome", findings);
        foreach (string path in (string[])["/runs", "/results", "/approvals/dead-letters"])
        {
            await Place.OpenAsync(page, path);
            await Place.SettleAsync(page);
            await LookAsync(page, $"empty {path}", findings);
        }
        await Place.OpenAsync(page, "/identity/act-as");
        foreach (IElementHandle role in await page.QuerySelectorAllAsync("fieldset input:checked")) await role.UncheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Act as them" }).ClickAsync();
        await Expect(page.GetByText("Acting as Vic (no role)").First).ToBeVisibleAsync(); // that page needs no role
        await page.GotoAsync("/approvals");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "You have no role here" })).ToBeVisibleAsync();
        await LookAsync(page, "no access", findings);
        await page.GetByRole(AriaRole.Button, new() { Name = "Back to yourself" }).First.ClickAsync();

        // The welcome by keyboard alone: a sample file, which waits for a person a moment later.
        await page.GotoAsync("/approvals");
        await page.GetByRole(AriaRole.Button, new() { Name = "Try it with a sample file" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Approve Sample letter.pdf", Exact = true })).ToBeVisibleAsync();
        Assert.True(findings.Count == 0, string.Join(Environment.NewLine, findings.Prepend("")));
    }

    [Fact]
    public async Task Motion_WhereItIsNotWanted_IsNone()
    {
        DashboardProcess dashboard = filled.Dashboard;
        IPage page = await browser.OpenAsync(dashboard, new BrowserNewContextOptions { ReducedMotion = ReducedMotion.Reduce });
        await Place.OpenAsync(page, "/runs");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start run", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();

        string[] moving = await page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll("body *")].filter(one => {
              const style = getComputedStyle(one);
              const longest = (...times) => Math.max(...times.join(",").split(",").map(time => parseFloat(time) * (time.trim().endsWith("ms") ? 1 : 1000)));
              return style.animationName !== "none" && longest(style.animationDuration) > 1 || longest(style.transitionDuration) > 1;
            }).map(one => one.outerHTML.slice(0, 120))
            """);
        Assert.Empty(moving);
    }

    private static async Task LookAsync(IPage page, string name, List<string> findings, bool hasThemes = true)
    {
        findings.AddRange(await Looks.AxeAsync(page, $"{name}"));
        findings.AddRange(await Looks.UnseenFocusAsync(page, name));
        await page.EvaluateAsync("() => { document.activeElement?.blur(); scrollTo(0, 0); document.documentElement.style.fontSize = '200%'; }");
        findings.AddRange(await Looks.SidewaysAsync(page, $"{name}, text at 200 %"));
        findings.AddRange(await Looks.CutOffAsync(page, $"{name}, text at 200 %"));
        await page.EvaluateAsync("() => { document.documentElement.style.fontSize = ''; }");
        await page.SetViewportSizeAsync(Phone.Width, Phone.Height);
        findings.AddRange(await Looks.SidewaysAsync(page, $"{name}, phone"));
        await page.SetViewportSizeAsync(Desktop.Width, Desktop.Height);
        if (!hasThemes) return;
        await Place.SwitchThemeAsync(page);
        findings.AddRange(await Looks.AxeAsync(page, $"{name}, other theme"));
    }
}
