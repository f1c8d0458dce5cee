using Archiver.EndToEnd.Frame;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Archiver.EndToEnd;

/// <summary>Each page in German says nothing that it says in English; what it shows of files and of AWS is left as it is.</summary>
[Collection(nameof(FilledDashboard))]
public sealed class LanguageTests(BrowserFixture browser, FilledDashboard filled)
{
    [Fact]
    public async Task EveryPage_InGerman_HasNoEnglishSentence()
    {
        DashboardProcess dashboard = filled.Dashboard;
        (IPage english, IPage englishNobody) = await OpenAsync("en-US");
        (IPage german, IPage germanNobody) = await OpenAsync("de-DE");
        List<string> left = [];
        foreach (Place place in Place.Filled)
        {
            HashSet<string> there = await ReadAsync(place, place.IsOpen ? englishNobody : english, "en");
            there.IntersectWith(await ReadAsync(place, place.IsOpen ? germanNobody : german, "de"));
            left.AddRange(there.Order(StringComparer.Ordinal).Select(text => $"{place.Name}: {text}"));
        }
        Assert.True(left.Count == 0, string.Join(Environment.NewLine, left.Prepend("")));

        async Task<(IPage SignedIn, IPage Nobody)> OpenAsync(string locale) => (
            await browser.OpenAsync(dashboard, new BrowserNewContextOptions { Locale = locale }),
            await browser.OpenAsync(dashboard.Address, new BrowserNewContextOptions { Locale = locale }));
    }

    [Fact]
    public async Task Language_ChosenInTheMenu_StaysAndIsTheOneThatThePageSays()
    {
        DashboardProcess dashboard = filled.Dashboard;
        IPage page = await browser.OpenAsync(dashboard, new BrowserNewContextOptions { Locale = "en-US" });
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^You are ") }).ClickAsync();
        await page.GetByText("Deutsch", new() { Exact = true }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Navigation, new() { Name = "Seiten" }).GetByRole(AriaRole.Link, new() { Name = "Läufe" })).ToBeVisibleAsync();
        await page.GotoAsync("/there-is-no-such-page");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Diese Seite gibt es nicht" })).ToBeVisibleAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "de");
    }

    // The page's texts of two or more words, and the names that only a screen reader says.
    private static async Task<HashSet<string>> ReadAsync(Place place, IPage page, string language)
    {
        await place.GoAsync(page);
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", language);
        string[] texts = await page.EvaluateAsync<string[]>("""
            () => {
              const untranslated = ".foreign, code, pre, .mono, [translate=no], script, style, noscript, time, :not(html)[lang]";
              const found = [];
              const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              for (let node; (node = walker.nextNode());) {
                if (!node.parentElement.closest(untranslated)) found.push(node.textContent);
              }
              for (const one of document.querySelectorAll("[aria-label], [title], [placeholder], [alt]")) {
                if (one.closest(untranslated)) continue;
                for (const name of ["aria-label", "title", "placeholder", "alt"]) found.push(one.getAttribute(name) ?? "");
              }
              // A page about a file has the file's name for its title.
              const names = [...document.querySelectorAll(".foreign")].map(one => one.textContent.trim()).filter(name => name.length > 0);
              if (!names.some(name => document.title.startsWith(name))) found.push(document.title);
              return found.map(text => text.replace(/\s+/g, " ").trim());
            }
            """);
        // Two words with three letters each make a sentence; a name with a number does not.
        return [.. texts.Where(text => text.Split(' ').Count(word => word.Count(char.IsAsciiLetterLower) >= 3) >= 2)];
    }
}
