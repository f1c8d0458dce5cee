using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Archiver.EndToEnd;

/// <summary>What the README's first command gives: a page that lives, from a checkout and not from a publish.</summary>
public sealed class CheckoutTests(BrowserFixture browser)
{
    [Fact]
    public async Task DotnetRun_FromACheckout_ServesAPageThatLives()
    {
        using TemporaryDirectory data = new();
        await using DashboardProcess dashboard = await DashboardProcess.StartCheckoutAsync(data.Path);

        IPage page = await browser.OpenAsync(dashboard);

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Approvals" })).ToBeVisibleAsync();
    }
}
