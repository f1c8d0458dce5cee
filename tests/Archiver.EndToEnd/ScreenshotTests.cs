using Archiver.EndToEnd.Frame;
using Microsoft.Playwright;

namespace Archiver.EndToEnd;

/// <summary>
/// Takes a picture of each page, on a wide screen, a tablet and a phone, light and dark: <c>docs/screenshots/PAGE[-tablet|-phone][-dark].png</c>.
/// The README shows some of them. None of the pages may fetch a thing from elsewhere, or fail.
/// </summary>
[Collection(nameof(FilledDashboard))]
public sealed class ScreenshotTests(BrowserFixture browser, FilledDashboard filled)
{
    private static readonly (string Suffix, int Width, int Height)[] Screens = [("", 1440, 900), ("-tablet", 820, 1180), ("-phone", 390, 844)];

    [Fact]
    public async Task EveryPage_WithSomethingOnIt_ShowsItAndFetchesNothingFromElsewhere()
    {
        DashboardProcess dashboard = filled.Dashboard;
        List<string> foreign = [], errors = [];
        IPage page = Listen(await browser.OpenAsync(dashboard, new BrowserNewContextOptions { ColorScheme = ColorScheme.Light }));
        foreach (Place place in Place.Filled.Where(place => !place.IsOpen))
        {
            await page.SetViewportSizeAsync(Screens[0].Width, Screens[0].Height);
            await place.GoAsync(page);
            await TakeAsync(page, place.Name, await page.EvaluateAsync<bool>("() => localStorage.getItem('archiver.theme') === 'dark'"));
            await TakeAsync(page, place.Name, await Place.SwitchThemeAsync(page));
        }
        foreach (Place place in Place.Filled.Where(place => place.IsOpen))
        {
            foreach (ColorScheme scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
            {
                IPage open = Listen(await browser.OpenAsync(dashboard.Address, new BrowserNewContextOptions { ColorScheme = scheme }));
                await open.SetViewportSizeAsync(Screens[0].Width, Screens[0].Height);
                await place.GoAsync(open);
                await TakeAsync(open, place.Name, scheme == ColorScheme.Dark);
            }
        }
        Assert.Empty(foreign);
        // A page that says that there is no such page answers so.
        Assert.DoesNotContain(errors, error => !error.Contains("404", StringComparison.Ordinal));

        IPage Listen(IPage opened)
        {
            opened.Request += (_, request) =>
            {
                if (!request.Url.StartsWith(dashboard.Address.ToString(), StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal)) foreign.Add(request.Url);
            };
            opened.Console += (_, message) =>
            {
                if (message.Type == "error") errors.Add(message.Text);
            };
            opened.PageError += (_, error) => errors.Add(error);
            return opened;
        }
    }

    /// <summary>Takes the pictures of a page as it stands.</summary>
    internal static async Task TakeAsync(IPage page, string name, bool isDark)
    {
        foreach ((string suffix, int width, int height) in Screens)
        {
            await page.SetViewportSizeAsync(width, height);
            await page.EvaluateAsync("() => document.activeElement?.blur()");
            await page.ScreenshotAsync(new PageScreenshotOptions
            {
                Path = Repository.Path("docs", "screenshots", $"{name}{suffix}{(isDark ? "-dark" : "")}.png"),
                Animations = ScreenshotAnimations.Disabled,
                Caret = ScreenshotCaret.Hide,
            });
        }
    }
}
