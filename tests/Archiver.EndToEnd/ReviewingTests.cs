using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Archiver.EndToEnd;

/// <summary>A reviewer's day at the inbox, by keyboard alone.</summary>
public sealed class ReviewingTests(BrowserFixture browser)
{
    private const int Settled = 50;

    // What a person feels: from the key to the row in focus, by the browser's own clock.
    private const string Stopwatch = """
        () => {
          window.moves = [];
          let pressed = 0, from = null;
          const id = () => document.activeElement?.closest("tr.approval")?.dataset.id ?? null;
          document.addEventListener("keydown", event => {
            if (event.key !== "a") return;
            pressed = performance.now();
            from = id();
          }, true);
          document.addEventListener("focusin", event => {
            const to = event.target.matches("tr.approval") ? event.target.dataset.id : null;
            if (pressed && to && to !== from) {
              window.moves.push({ from, to, took: performance.now() - pressed });
              pressed = 0;
            }
          }, true);
        }
        """;

    [Fact]
    public async Task Inbox_ByKeyboardAlone_IsReadDecidedAndSearched()
    {
        using TemporaryDirectory data = new();
        await using DashboardProcess dashboard = await DashboardProcess.StartAsync(data.Path, "--Approvals:UndoSeconds", "60");
        string[] names = ["a.pdf", "b.pdf", "c.png", "d.pdf", "e.png", "f.pdf", "g.pdf"];
        for (int i = 0; i < names.Length; i++) await AskAsync(dashboard, names[i], i);
        IPage page = await browser.OpenAsync(dashboard);
        await Expect(page.Locator("tr.approval")).ToHaveCountAsync(names.Length);
        await Expect(page).ToHaveTitleAsync("(7) Approvals · Archiver");
        await ListensAsync(page);

        await MoveAsync(page);
        await DecideAsync(page);
        await SelectAsync(page);
        await SearchAsync(page);
        await ShowAndTurnOffKeysAsync(page);
    }

    [Fact]
    public async Task Fifty_SettledByKeyboard_EachBringsTheNextIntoFocus()
    {
        using TemporaryDirectory data = new();
        await using DashboardProcess dashboard = await DashboardProcess.StartAsync(data.Path);
        for (int i = 0; i < Settled + 1; i++) await AskAsync(dashboard, $"file {i:00}.pdf", i);
        IPage page = await browser.OpenAsync(dashboard);
        await Expect(page.Locator(".count")).ToHaveTextAsync("51 wait");
        await ListensAsync(page);
        await page.Keyboard.PressAsync("j");
        await Expect(Current(page, "file 00.pdf")).ToBeFocusedAsync();
        await page.EvaluateAsync(Stopwatch);

        for (int i = 1; i <= Settled; i++)
        {
            await page.Keyboard.PressAsync("a");
            await page.WaitForFunctionAsync("count => window.moves.length === count", i);
        }

        // What is settled has left the list; what was never decided on is in focus.
        await Expect(page.Locator(".count")).ToHaveTextAsync("1 waits");
        await Expect(Current(page, "file 50.pdf")).ToBeFocusedAsync();
        await Expect(page.Locator("tr.approval")).ToHaveCountAsync(1);
        JsonElement[] moves = [.. (await page.EvaluateAsync("() => window.moves"))!.Value.EnumerateArray()];
        Assert.Equal(Settled, moves.Select(move => move.GetProperty("from").GetString()).Distinct().Count());
        Assert.All(moves.Zip(moves.Skip(1)), pair => Assert.Equal(pair.First.GetProperty("to").GetString(), pair.Second.GetProperty("from").GetString()));
        double[] took = [.. moves.Select(move => move.GetProperty("took").GetDouble()).Order()];
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"From the key to the next item in focus, {Settled} times: median {took[Settled / 2]:0.0} ms, 95th percentile {took[(Settled * 95 / 100) - 1]:0.0} ms, most {took[^1]:0.0} ms."));
    }

    // The script gives the list its one stop of the Tab key when it begins to listen.
    private static Task ListensAsync(IPage page) => Expect(page.Locator("tr.approval[tabindex='0']")).ToHaveCountAsync(1);

    private static async Task MoveAsync(IPage page)
    {
        await page.Keyboard.PressAsync("j");
        await Expect(Current(page, "a.pdf")).ToBeFocusedAsync();
        await Expect(Detail(page)).ToContainTextAsync("a.pdf");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("k");
        await Expect(Current(page, "b.pdf")).ToBeFocusedAsync();
        await Expect(Detail(page).GetByRole(AriaRole.Heading, new() { Name = "b.pdf" })).ToBeVisibleAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/approvals\\?item=[\\w-]+$"));

        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "b.pdf", Level = 1 })).ToBeVisibleAsync();
        await page.GoBackAsync();
        await Expect(Current(page, "b.pdf")).ToBeFocusedAsync();
    }

    private static async Task DecideAsync(IPage page)
    {
        await page.Keyboard.PressAsync("a");
        await Expect(Current(page, "c.png")).ToBeFocusedAsync();
        await Expect(Row(page, "b.pdf")).ToContainTextAsync("Approved");

        await page.Keyboard.PressAsync("d");
        ILocator reason = page.GetByRole(AriaRole.Dialog).GetByLabel("Reason");
        await Expect(reason).ToBeFocusedAsync();
        await Expect(page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "The wrong file" })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("2");
        await Expect(reason).ToHaveValueAsync("The wrong file");
        await page.Keyboard.PressAsync("Enter");
        await Expect(Current(page, "d.pdf")).ToBeFocusedAsync();
        await Expect(Row(page, "c.png")).ToContainTextAsync("Denied");
        await Expect(page).ToHaveTitleAsync("(5) Approvals · Archiver");
        await Expect(page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { NameRegex = new("^Approvals") })).ToContainTextAsync("5");

        await page.Keyboard.PressAsync("u");
        await Expect(Current(page, "c.png")).ToBeFocusedAsync();
        await Expect(Row(page, "c.png")).Not.ToContainTextAsync("Denied");
        await Expect(page.Locator(".count")).ToHaveTextAsync("6 wait");
    }

    private static async Task SelectAsync(IPage page)
    {
        ILocator bar = page.GetByRole(AriaRole.Group, new() { Name = "Selection" });
        await page.Keyboard.PressAsync("x");
        await Expect(bar).ToContainTextAsync("1 selected");
        await page.Keyboard.PressAsync("Shift+ArrowDown");
        await page.Keyboard.PressAsync("Shift+ArrowDown");
        await Expect(bar).ToContainTextAsync("3 selected");
        await Expect(Current(page, "e.png")).ToHaveAttributeAsync("aria-selected", "true");
        await page.Keyboard.PressAsync("Escape");
        await Expect(bar).ToBeHiddenAsync();
    }

    private static async Task SearchAsync(IPage page)
    {
        await page.Keyboard.PressAsync("/");
        await Expect(page.GetByLabel("Search approvals")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("png");
        await Expect(page.Locator("tr.approval")).ToHaveCountAsync(2);
        await Expect(page).ToHaveURLAsync(new Regex("q=png"));
        await page.Keyboard.PressAsync("Escape");
        await Expect(Current(page, "e.png")).ToBeFocusedAsync();

        await page.GotoAsync("/approvals?q=pdf&sort=-name");
        await Expect(page.Locator("tr.approval a.name")).ToHaveTextAsync(["g.pdf", "f.pdf", "d.pdf", "b.pdf", "a.pdf"]);
        await page.GetByRole(AriaRole.Link, new() { Name = "Reset filters" }).PressAsync("Enter");
        await Expect(page.Locator("tr.approval")).ToHaveCountAsync(7);
        await page.GoBackAsync();
        await Expect(page.Locator("tr.approval")).ToHaveCountAsync(5);
    }

    private static async Task ShowAndTurnOffKeysAsync(IPage page)
    {
        await page.Keyboard.PressAsync("?");
        ILocator dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync("Take the last decision back");
        await dialog.GetByRole(AriaRole.Checkbox).PressAsync("Space");
        await page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToBeHiddenAsync();

        await page.Keyboard.PressAsync("ArrowDown");
        ILocator first = page.Locator("tr.approval[aria-current]");
        await Expect(first).ToBeFocusedAsync();
        string? before = await first.GetAttributeAsync("data-id");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("x");
        await Expect(page.GetByRole(AriaRole.Group, new() { Name = "Selection" })).ToBeHiddenAsync();
        await Expect(first).ToHaveAttributeAsync("data-id", before!);
    }

    private static Task AskAsync(DashboardProcess dashboard, string name, int minutes) => HumanQueue.SendAsync(dashboard.CloudEndpoint, JsonSerializer.Serialize(new
    {
        TaskToken = $"from-any-machine-{Guid.NewGuid():N}",
        // The first asked last: the newest is on top.
        RequestedAt = DateTimeOffset.UtcNow.AddMinutes(-minutes).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
        Recommendation = "Archived",
        File = new { Id = name, Name = name, Size = 1234, ContentType = "application/pdf", Archive = true, Quality = 80, QualityThreshold = 50 },
    }));

    private static ILocator Row(IPage page, string name) => page.Locator("tr.approval").Filter(new() { Has = page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true }) });

    private static ILocator Current(IPage page, string name) => page.Locator("tr.approval[aria-current]").Filter(new() { Has = page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true }) });

    private static ILocator Detail(IPage page) => page.GetByRole(AriaRole.Region, new() { Name = "Detail" });
}
