using System.Diagnostics;
using System.Globalization;
using Archiver.EndToEnd;
using Microsoft.Playwright;

namespace Archiver.Benchmarks;

/// <summary>
/// The approvals page with few approvals waiting and with very many: from opening it in a real browser to its first rows, by its
/// address and by the link on another page, and what the process takes in memory. The few are the baseline of the many.
/// </summary>
internal static class WaitingBenchmark
{
    private const int Few = 100;
    private const int Many = 100_000;
    private const int WarmUp = 10;
    private const int Counted = 15;

    public static async Task RunAsync()
    {
        Figures[] few = await OpenAsync(Few), many = await OpenAsync(Many);
        foreach ((Figures baseline, Figures figures) in few.Zip(many))
        {
            baseline.Print();
            figures.Print(baseline);
        }
    }

    private static async Task<Figures[]> OpenAsync(int waiting)
    {
        using TemporaryDirectory data = new();
        await WaitingRows.FillAsync(data.Path, waiting);
        await using DashboardProcess dashboard = await DashboardProcess.StartAsync(data.Path);
        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser browser = await Chromium.LaunchAsync(playwright);
        string count = waiting.ToString("N0", CultureInfo.InvariantCulture);

        long start = Stopwatch.GetTimestamp();
        IBrowserContext reviewer = await browser.NewContextAsync(); // signed in once, for all of its pages
        IPage first = await reviewer.NewPageAsync();
        await dashboard.SignInAsync(first);
        await first.GotoAsync(new Uri(dashboard.Address, "/approvals").ToString());
        await first.GetByText($"{count} wait", new() { Exact = true }).WaitForAsync(new() { Timeout = 120_000 });
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} waiting: all of them known {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s after the start"));
        await first.CloseAsync();

        // A reviewer's browser: a tab that is open, with the styles and scripts from before.
        Figures rows = new($"address opened to first rows, {count} waiting"), inside = new($"link clicked to first rows, {count} waiting");
        IPage page = await reviewer.NewPageAsync();
        for (int i = -WarmUp; i < Counted; i++)
        {
            await page.GotoAsync(new Uri(dashboard.Address, "/results").ToString());
            ILocator link = page.GetByRole(AriaRole.Link, new() { Name = "Approvals" });
            await link.WaitForAsync();
            TimeSpan clicked = await FirstRowsAsync(page, () => link.ClickAsync());
            await page.GotoAsync(new Uri(dashboard.Address, "/results").ToString());
            await link.WaitForAsync();
            TimeSpan opened = await FirstRowsAsync(page, () => page.GotoAsync(new Uri(dashboard.Address, "/approvals").ToString(), new() { WaitUntil = WaitUntilState.Commit }));
            if (i < 0) continue;
            rows.Add(opened);
            inside.Add(clicked);
        }
        Console.WriteLine($"{count} waiting: {ProcessFigures.Memory(dashboard.Id, "VmRSS")} MB resident, {ProcessFigures.Memory(dashboard.Id, "VmHWM")} MB at the most");
        return [rows, inside];
    }

    private static async Task<TimeSpan> FirstRowsAsync(IPage page, Func<Task> open)
    {
        long start = Stopwatch.GetTimestamp();
        await open();
        await page.Locator("tr.approval").First.WaitForAsync();
        return Stopwatch.GetElapsedTime(start);
    }
}
