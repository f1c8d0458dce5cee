using System.Text.Json;
using Archiver.Web.Tests.Identity.Provider;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Archiver.EndToEnd;

/// <summary>Signing in at a real OpenID provider, in a real browser; and what becomes of an open page when the provider has second thoughts.</summary>
public sealed class ProviderTests(BrowserFixture browser)
{
    [Fact]
    public async Task OpenPage_RolesChangeAtTheProvider_ShowsAtOnceWhatIsStillAllowed()
    {
        using TemporaryDirectory data = new();
        await using ProviderHost provider = await ProviderHost.StartAsync();
        await using DashboardProcess dashboard = await StartAsync(provider, data);
        await HumanQueue.SendAsync(dashboard.CloudEndpoint, JsonSerializer.Serialize(new { TaskToken = $"token-{Guid.NewGuid():N}" }));

        IPage page = await browser.OpenAsync(dashboard.Address, null);
        await page.GotoAsync("/approvals");
        await page.GetByRole(AriaRole.Link, new() { Name = "Rita", Exact = true }).ClickAsync();
        ILocator approve = page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Approve ") });
        await Expect(approve).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "You are Rita of the provider" })).ToBeVisibleAsync();

        // Nobody touches the page from here on.
        LocatorAssertionsToBeHiddenOptions minute = new() { Timeout = 60_000 };
        provider.People["Rita"] = ["archive-readers"];
        await Expect(approve).ToBeHiddenAsync(minute);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Approvals" })).ToBeVisibleAsync();
        provider.People["Rita"] = ["something-else"];
        await Expect(page.GetByText("You have no role here")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        provider.People.TryRemove("Rita", out _);
        ILocator back = page.GetByRole(AriaRole.Link, new() { Name = "Sign in again" });
        await Expect(back).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await back.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Who are you?" })).ToBeVisibleAsync(); // the provider asks
    }

    [Fact]
    public async Task SignOut_EndsItAtBothEnds()
    {
        using TemporaryDirectory data = new();
        await using ProviderHost provider = await ProviderHost.StartAsync();
        await using DashboardProcess dashboard = await StartAsync(provider, data);
        IPage page = await browser.OpenAsync(dashboard.Address, null);

        await page.GotoAsync("/runs");
        await page.GetByRole(AriaRole.Link, new() { Name = "Olga", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Start run" })).ToBeVisibleAsync(); // where she wanted to go, and an operator's
        await page.GetByRole(AriaRole.Button, new() { Name = "You are Olga of the provider" }).ClickAsync();
        await page.GetByText("Sign out", new() { Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/signed-out");
        await Expect(page.GetByText("You are signed out").First).ToBeVisibleAsync();

        await page.GotoAsync("/runs");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Who are you?" })).ToBeVisibleAsync(); // it does not remember her, either

        await page.GetByRole(AriaRole.Link, new() { Name = "Nora", Exact = true }).ClickAsync();
        await Expect(page.GetByText("You have no role here")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task OpenPage_TheTokenExpires_IsSignedOutAndTheOldCookieIsNobodys()
    {
        using TemporaryDirectory data = new();
        await using ProviderHost provider = await ProviderHost.StartAsync(accessTokenLife: TimeSpan.FromSeconds(20));
        await using DashboardProcess dashboard = await StartAsync(provider, data, refresh: false);
        IPage page = await browser.OpenAsync(dashboard.Address, null);
        await page.GotoAsync("/approvals");
        await page.GetByRole(AriaRole.Link, new() { Name = "Vic", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "You are Vic of the provider" })).ToBeVisibleAsync();
        // Cookies know no ports: the provider's are among those of the address.
        BrowserContextCookiesResult kept = Assert.Single(
            await page.Context.CookiesAsync([dashboard.Address.ToString()]), cookie => cookie.Name.StartsWith("archiver-session-", StringComparison.Ordinal));

        // Nobody touches the page from here on.
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Sign in again" })).ToBeVisibleAsync(new() { Timeout = 60_000 });

        await page.Context.ClearCookiesAsync(); // the provider's among them, so that it would have to ask
        await page.Context.AddCookiesAsync([new Cookie { Name = kept.Name, Value = kept.Value, Url = dashboard.Address.ToString(), HttpOnly = true }]);
        await page.GotoAsync("/approvals");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Who are you?" })).ToBeVisibleAsync();
    }

    private static async Task<DashboardProcess> StartAsync(ProviderHost provider, TemporaryDirectory data, bool refresh = true)
    {
        DashboardProcess dashboard = await DashboardProcess.StartAsync(data.Path, [.. provider.Settings(refresh: refresh).Select(setting => $"--{setting.Key}={setting.Value}")]);
        await provider.RegisterAsync(dashboard.Address, refresh);
        return dashboard;
    }
}
