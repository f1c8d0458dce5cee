using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Archiver.EndToEnd;
using Microsoft.Playwright;

namespace Archiver.Benchmarks;

/// <summary>
/// The pages of approvals and of results in a real browser, with few rows and with very many: to the first rows, scrolling without blank
/// places, and the browser's heap. The few are the baseline of the many.
/// </summary>
internal static class PagesBenchmark
{
    private const int WarmUp = 5;
    private const int Counted = 15;
    private const string WaitingName = "ledger-";
    private const string ResultName = "receipt-";

    // Looks at every frame whether anything within the list has no row where one belongs, and notes for how long at most.
    private const string Probe = """
        name => {
          const find = () => [...document.querySelectorAll('main a, main td, main li, main [role=row], main [role=option]')].find(one => one.textContent.includes(name));
          const row = find();
          let scroller = row.parentElement;
          while (scroller && !(scroller.scrollHeight > scroller.clientHeight + 200 && /auto|scroll/.test(getComputedStyle(scroller).overflowY))) scroller = scroller.parentElement;
          scroller ??= document.scrollingElement;
          const x = row.getBoundingClientRect().left + 24;
          const isRow = place => {
            for (let element = document.elementFromPoint(x, place); element && element !== scroller; element = element.parentElement) {
              if (element.getBoundingClientRect().height > innerHeight / 2) return false;
              if (element.textContent.includes(name)) return true;
            }
            return false;
          };
          const probe = window.probe = { scroller, longest: 0, frames: 0, slowest: 0, since: null, on: true };
          let before = performance.now();
          const look = now => {
            if (!probe.on) return;
            probe.frames++;
            probe.slowest = Math.max(probe.slowest, now - before);
            before = now;
            const inner = scroller === document.scrollingElement;
            const box = inner ? { top: 0, bottom: innerHeight } : scroller.getBoundingClientRect();
            const top = box.top + 140, bottom = Math.min(innerHeight, box.bottom) - 40;
            let blank = false;
            for (let part = 0; part <= 8 && !blank; part++) blank = !isRow(top + (bottom - top) * part / 8) && !isRow(top + (bottom - top) * part / 8 + 9);
            if (!blank) probe.since = null;
            else {
              probe.since ??= now;
              probe.longest = Math.max(probe.longest, now - probe.since);
            }
            requestAnimationFrame(look);
          };
          scroller.scrollTop = 2000;
          setTimeout(() => requestAnimationFrame(now => { before = now; look(now); }), 1500); // what is scrolled past is above from here on
        }
        """;

    public static async Task RunAsync()
    {
        int few = Sizes.Of("few", 1000), approvals = Sizes.Of("approvals", 100_000), results = Sizes.Of("results", 1_000_000);
        await CompareAsync(ApprovalsAsync, few, approvals);
        await CompareAsync(ResultsAsync, few, results);
        Console.WriteLine($"load of the machine {File.ReadAllText("/proc/loadavg").Split(' ')[0]}, {Environment.ProcessorCount} cores");
    }

    private static async Task CompareAsync(Func<int, Task<Figures[]>> measure, int few, int many)
    {
        Figures[] baseline = await measure(few), figures = await measure(many);
        foreach ((Figures less, Figures more) in baseline.Zip(figures))
        {
            less.Print();
            more.Print(less);
        }
    }

    private static async Task<Figures[]> ApprovalsAsync(int count)
    {
        using TemporaryDirectory data = new();
        await WaitingRows.FillAsync(data.Path, count);
        await using Visit visit = await Visit.StartAsync(data.Path);
        string number = Number(count);
        IPage page = await visit.OpenAsync();
        // All of them are known when the page's own number says so.
        await page.WaitForFunctionAsync("number => document.querySelector('main')?.innerText.includes(number)", number, new() { Timeout = 240_000 });
        await page.CloseAsync();

        Figures[] figures = await FirstRowsAsync(visit, "/approvals", "/results", "Approvals", WaitingName, $"{number} approvals");
        page = await visit.OpenAsync();
        Figures blank = new($"blank while scrolling, {number} approvals");
        await ScrollAsync(page, blank);
        Console.WriteLine($"{number} approvals: heap {await HeapAsync(page):0.0} MB after scrolling; the server {ProcessFigures.Memory(visit.Dashboard.Id, "VmRSS")} MB");
        return [.. figures, blank];
    }

    private static async Task<Figures[]> ResultsAsync(int count)
    {
        using TemporaryDirectory data = new();
        await ResultRows.FillAsync(data.Path, count);
        await using Visit visit = await Visit.StartAsync(data.Path);
        string number = Number(count);
        Figures[] figures = await FirstRowsAsync(visit, "/results", "/approvals", "Results", ResultName, $"{number} results");

        Figures next = new($"next page to its rows, {number} results"), charts = new($"address opened to charts, {number} results");
        IPage page = await visit.OpenAsync();
        await page.GotoAsync(visit.At("/results"));
        ILocator first = page.Locator("main tbody a").Filter(new() { HasText = ResultName }).First;
        await first.WaitForAsync();
        for (int i = -WarmUp; i < Counted; i++)
        {
            ILocator link = page.GetByRole(AriaRole.Link, new() { Name = "Next page" });
            if (await link.CountAsync() == 0) await page.GotoAsync(visit.At("/results")); // the few end sooner
            await link.WaitForAsync();
            string name = (await first.TextContentAsync())!;
            long start = Stopwatch.GetTimestamp();
            await link.ClickAsync();
            await page.WaitForFunctionAsync("([name, before]) => { const first = [...document.querySelectorAll('main tbody a')].find(one => one.textContent.startsWith(name)); return first && first.textContent !== before; }", new[] { ResultName, name.Trim() });
            if (i >= 0) next.Add(Stopwatch.GetElapsedTime(start));
        }
        bool hasCharts = await ChartsAsync(page, visit, charts);
        Console.WriteLine($"{number} results: heap {await HeapAsync(page):0.0} MB; the server {ProcessFigures.Memory(visit.Dashboard.Id, "VmRSS")} MB{(hasCharts ? "" : "; the page has no charts")}");
        return hasCharts ? [.. figures, next, charts] : [.. figures, next];
    }

    // By the address, as a bookmark does, and by the link on another page. The browser has the styles and scripts from before.
    private static async Task<Figures[]> FirstRowsAsync(Visit visit, string path, string other, string link, string name, string of)
    {
        Figures opened = new($"address opened to first rows, {of}"), clicked = new($"link clicked to first rows, {of}");
        IPage page = await visit.OpenAsync();
        for (int i = -WarmUp; i < Counted; i++)
        {
            await page.GotoAsync(visit.At(other));
            ILocator there = page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { NameRegex = new($"^{link}") }).First;
            await there.WaitForAsync();
            long start = Stopwatch.GetTimestamp();
            await there.ClickAsync();
            await Rows(page, name).WaitForAsync();
            if (i >= 0) clicked.Add(Stopwatch.GetElapsedTime(start));
            await page.GotoAsync(visit.At(other));
            await there.WaitForAsync();
            start = Stopwatch.GetTimestamp();
            await page.GotoAsync(visit.At(path), new() { WaitUntil = WaitUntilState.Commit });
            await Rows(page, name).WaitForAsync();
            if (i >= 0) opened.Add(Stopwatch.GetElapsedTime(start));
        }
        await page.CloseAsync();
        return [opened, clicked];
    }

    private static async Task ScrollAsync(IPage page, Figures blank)
    {
        await Rows(page, WaitingName).WaitForAsync();
        await page.EvaluateAsync(Probe, WaitingName);
        await page.WaitForFunctionAsync("() => window.probe.frames > 10");
        await page.EvaluateAsync("() => { probe.longest = 0; probe.slowest = 0; }");
        ILocator row = Rows(page, WaitingName);
        LocatorBoundingBoxResult? box = await row.BoundingBoxAsync();
        await page.Mouse.MoveAsync((box?.X ?? 300) + 24, 500);
        for (int turn = 0; turn < 8; turn++)
        {
            for (int notch = 0; notch < 12; notch++)
            {
                await page.Mouse.WheelAsync(0, 240);
                await page.WaitForTimeoutAsync(30);
            }
            await NoteAsync(page, blank);
        }
        foreach (double part in (double[])[.5, .1, .9, .3, .7, .2])
        {
            await page.EvaluateAsync("part => { probe.scroller.scrollTop = part * (probe.scroller.scrollHeight - probe.scroller.clientHeight); }", part);
            await page.WaitForTimeoutAsync(700);
            await NoteAsync(page, blank);
        }
        JsonElement seen = await page.EvaluateAsync<JsonElement>("() => { probe.on = false; return { frames: probe.frames, slowest: probe.slowest }; }");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"scrolled: {seen.GetProperty("frames").GetInt32()} frames looked at, the slowest took {seen.GetProperty("slowest").GetDouble():0} ms"));
    }

    private static async Task NoteAsync(IPage page, Figures blank)
    {
        await page.WaitForTimeoutAsync(300);
        blank.Add(TimeSpan.FromMilliseconds(await page.EvaluateAsync<double>("() => { const longest = probe.longest; probe.longest = 0; probe.since = null; return longest; }")));
    }

    // They are read when they are opened first; the page says so until they are whole.
    private static async Task<bool> ChartsAsync(IPage page, Visit visit, Figures charts)
    {
        await page.GotoAsync(visit.At("/results"));
        await Rows(page, ResultName).WaitForAsync();
        ILocator toggle = page.GetByRole(AriaRole.Button, new() { Name = "Charts", Exact = true });
        if (await toggle.CountAsync() == 0) return false;
        if (await toggle.GetAttributeAsync("aria-expanded") == "false") await toggle.ClickAsync();
        const string whole = "() => document.querySelectorAll('main .chart').length > 0 && !document.querySelector('main .charts [aria-busy=true]') && !document.querySelector('main .charts .progress')?.innerText.trim()";
        long first = Stopwatch.GetTimestamp();
        await page.WaitForFunctionAsync(whole, null, new() { Timeout = 240_000 });
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"charts opened for the first time, to whole: {Stopwatch.GetElapsedTime(first).TotalMilliseconds:0} ms"));
        for (int i = 0; i < Counted; i++)
        {
            await page.GotoAsync("about:blank");
            long start = Stopwatch.GetTimestamp();
            await page.GotoAsync(visit.At("/results"), new() { WaitUntil = WaitUntilState.Commit });
            await page.WaitForFunctionAsync(whole, null, new() { Timeout = 240_000 });
            charts.Add(Stopwatch.GetElapsedTime(start));
        }
        return true;
    }

    private static async Task<double> HeapAsync(IPage page)
    {
        ICDPSession session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("HeapProfiler.enable");
        await session.SendAsync("HeapProfiler.collectGarbage");
        await session.SendAsync("Performance.enable");
        JsonElement metrics = (await session.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics");
        return metrics.EnumerateArray().Single(metric => metric.GetProperty("name").GetString() == "JSHeapUsedSize").GetProperty("value").GetDouble() / (1024 * 1024);
    }

    private static ILocator Rows(IPage page, string name) => page.Locator("main").GetByText(name).First;

    private static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A dashboard over what is there, and a browser that is signed in.</summary>
    private sealed class Visit : IAsyncDisposable
    {
        private readonly IPlaywright _playwright;
        private readonly IBrowser _browser;
        private readonly IBrowserContext _context;

        private Visit(DashboardProcess dashboard, IPlaywright playwright, IBrowser browser, IBrowserContext context) =>
            (Dashboard, _playwright, _browser, _context) = (dashboard, playwright, browser, context);

        public DashboardProcess Dashboard { get; }

        public static async Task<Visit> StartAsync(string directory)
        {
            DashboardProcess dashboard = await DashboardProcess.StartAsync(directory);
            IPlaywright playwright = await Playwright.CreateAsync();
            IBrowser browser = await Chromium.LaunchAsync(playwright);
            IBrowserContext context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 } });
            IPage page = await context.NewPageAsync();
            await dashboard.SignInAsync(page);
            await page.CloseAsync();
            return new Visit(dashboard, playwright, browser, context);
        }

        public string At(string path) => new Uri(Dashboard.Address, path).ToString();

        public async Task<IPage> OpenAsync()
        {
            IPage page = await _context.NewPageAsync();
            await page.GotoAsync(At("/approvals"));
            return page;
        }

        public async ValueTask DisposeAsync()
        {
            await _browser.DisposeAsync();
            _playwright.Dispose();
            await Dashboard.DisposeAsync();
        }
    }
}
