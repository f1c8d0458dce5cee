using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Archiver.EndToEnd.Frame;

/// <summary>A page of the dashboard as a test comes to it: its name, how to get there, and what says that all of it is there.</summary>
/// <param name="Name">What a picture of it is called.</param>
/// <param name="GoAsync">Goes there, and waits.</param>
/// <param name="IsOpen">Whether one has to be nobody to see it.</param>
internal sealed record Place(string Name, Func<IPage, Task> GoAsync, bool IsOpen = false)
{
    /// <summary>The pages with something on them, of <see cref="FilledDashboard"/>. What is waited for is the same in every language.</summary>
    public static IReadOnlyList<Place> Filled { get; } =
    [
        new("approvals", async page =>
        {
            await page.GotoAsync("/approvals");
            foreach (string file in FilledDashboard.Waiting) await Expect(page.Locator("main").GetByText(file).First).ToBeVisibleAsync();
        }),
        new("approval", async page =>
        {
            await page.GotoAsync("/approvals");
            string? address = await page.Locator("main a[href^='/approvals/']").Filter(new() { HasText = "holiday.png" }).First.GetAttributeAsync("href");
            await page.GotoAsync(address!);
            await Expect(page.Locator("h1")).ToContainTextAsync("holiday.png");
            await SettleAsync(page);
        }),
        new("runs", async page =>
        {
            await page.GotoAsync("/runs");
            await Expect(page.Locator($"main a[href='/runs/{FilledDashboard.Run}']").First).ToBeVisibleAsync();
            await SettleAsync(page);
        }),
        new("run", async page =>
        {
            await page.GotoAsync($"/runs/{FilledDashboard.Run}");
            await Expect(page.Locator("rect.hit[tabindex='0']")).ToHaveCountAsync(1);
            await SettleAsync(page);
        }),
        new("results", async page =>
        {
            await page.GotoAsync("/results");
            await Expect(page.Locator($"main a[href$='{FilledDashboard.Run}']").First).ToBeVisibleAsync();
            await SettleAsync(page);
        }),
        new("result", async page =>
        {
            await page.GotoAsync($"/results/{FilledDashboard.Run}");
            await Expect(page.Locator("main dl").First).ToBeVisibleAsync();
            await SettleAsync(page);
        }),
        new("dead-letters", async page =>
        {
            await page.GotoAsync("/approvals/dead-letters");
            await Expect(page.Locator("main").GetByText("no approval at all").First).ToBeVisibleAsync();
        }),
        new("audit", async page =>
        {
            await page.GotoAsync("/audit");
            await Expect(page.Locator("main tbody tr").First).ToBeVisibleAsync();
        }),
        new("api", page => OpenAsync(page, "/api")),
        new("act-as", page => OpenAsync(page, "/identity/act-as")),
        new("not-found", page => OpenAsync(page, "/there-is-no-such-page")),
        new("error", page => OpenAsync(page, "/error")),
        new("sign-in", page => OpenAsync(page, "/sign-in"), IsOpen: true),
        new("signed-out", page => OpenAsync(page, "/signed-out"), IsOpen: true),
    ];

    /// <summary>Goes to a page that is there with its heading.</summary>
    public static async Task OpenAsync(IPage page, string path)
    {
        await page.GotoAsync(path);
        await Expect(page.Locator("h1")).ToBeVisibleAsync();
    }

    /// <summary>Waits until nothing on the page is being read any more.</summary>
    public static Task SettleAsync(IPage page) => Expect(page.Locator(".mud-skeleton")).ToHaveCountAsync(0);

    /// <summary>Changes the theme to the other one, and waits until it is there.</summary>
    /// <returns>Whether it is the dark one now.</returns>
    public static async Task<bool> SwitchThemeAsync(IPage page)
    {
        string before = await ColourAsync();
        await page.Locator(".theme-switch").ClickAsync();
        await Expect(page.Locator("body")).Not.ToHaveCSSAsync("background-color", before);
        await page.Mouse.MoveAsync(0, 0);
        return await page.EvaluateAsync<bool>("() => localStorage.getItem('archiver.theme') === 'dark'");

        Task<string> ColourAsync() => page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");
    }
}
