using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Archiver.EndToEnd;

/// <summary>A connection that is lost is shown and mended, and what was typed meanwhile is there.</summary>
public sealed class ConnectionTests(BrowserFixture browser)
{
    [Fact]
    public async Task Connection_LostForAWhileAndThenTheServerRestarted_IsMendedWithWhatWasTyped()
    {
        using TemporaryDirectory data = new();
        DashboardProcess dashboard = await DashboardProcess.StartAsync(data.Path);
        await using DashboardProcess first = dashboard;
        IPage page = await browser.OpenAsync(dashboard.Address, null);
        bool isCut = false;
        List<IWebSocketRoute> sockets = [];
        await page.RouteWebSocketAsync(url => url.Contains("_blazor", StringComparison.Ordinal), socket =>
        {
            sockets.Add(socket);
            socket.ConnectToServer();
        });
        await page.RouteAsync("**/_blazor/negotiate**", route => isCut ? route.AbortAsync() : route.ContinueAsync());
        await dashboard.SignInAsync(page);
        ILocator banner = page.Locator("#connection"), dialog = page.GetByRole(AriaRole.Dialog);
        await page.GotoAsync("/identity/act-as");
        ILocator name = page.GetByLabel("Name");
        await Expect(name).ToHaveValueAsync("Vic");

        // The connection breaks, and the page's circuit lives on: what is typed reaches it when it is back.
        isCut = true;
        foreach (IWebSocketRoute socket in sockets) await socket.CloseAsync();
        await Expect(banner).ToContainTextAsync("The connection is lost.");
        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "The connection is lost." })).ToBeAttachedAsync();
        await name.FillAsync("Ada");
        isCut = false;
        await banner.GetByRole(AriaRole.Button, new() { Name = "Try now" }).ClickAsync();
        await Expect(banner).ToContainTextAsync("Connected again.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Act as them" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "You are Ada", Exact = true })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Back to yourself" }).First.ClickAsync();

        // The server ends, with a dialog half filled in; it is started again at the same address, and knows nothing of the page.
        await page.GotoAsync("/runs");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start run", Exact = true }).ClickAsync();
        ILocator count = dialog.GetByLabel("Number of runs");
        await count.FillAsync("17");
        await first.StopAsync();
        await Expect(banner).ToContainTextAsync("The connection is lost.");
        await count.FillAsync("23"); // it can be read and written on
        await using DashboardProcess second = await DashboardProcess.StartAsync(data.Path, "--urls", first.Address.ToString());
        await Expect(banner).ToContainTextAsync("The page was loaded anew");
        await Expect(dialog).ToBeHiddenAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Start run", Exact = true }).ClickAsync();
        await Expect(count).ToHaveValueAsync("23");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true }).ClickAsync();
        await Expect(page.Locator("main table.runs tbody tr")).ToHaveCountAsync(23);
    }
}
