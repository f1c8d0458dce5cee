using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Archiver.EndToEnd;
using Microsoft.Playwright;

namespace Archiver.Benchmarks;

/// <summary>
/// Many open dashboards on one server process while approvals arrive: the server's memory for each, its processor time, and how long it
/// takes from a message on the queue to a render batch in each of them, and to the page of a real browser beside them. The dashboards are
/// real circuits without a browser; they run on the same machine as the server. A tenth as many are the baseline.
/// </summary>
internal static class DashboardsBenchmark
{
    private const int AtFirst = 30;
    private const int OpenedAtOnce = 4;
    private const string Name = "change-";
    private const int Digits = 6;

    private static readonly byte[] NameBytes = Encoding.ASCII.GetBytes(Name);
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(20);

    // Notes of every change when it was on the page first, by the clock that this program reads too.
    private const string Watch = """
        () => {
          window.seen = {};
          const note = () => { for (const [name] of document.querySelector('main').innerText.matchAll(/change-\d{6}/g)) seen[name] ??= performance.timeOrigin + performance.now(); };
          new MutationObserver(note).observe(document.body, { childList: true, subtree: true, characterData: true });
        }
        """;

    public static async Task RunAsync()
    {
        int dashboards = Sizes.Of("dashboards", 200), perSecond = Sizes.Of("changes", 10), seconds = Sizes.Of("seconds", 30);
        using TemporaryDirectory data = new();
        await using DashboardProcess server = await DashboardProcess.StartAsync(data.Path, "--Limits:OpenDashboards", "10000", "--Limits:Burst", "100000");
        using LocalClients clients = new(server.CloudEndpoint);
        string queue = (await clients.Sqs.ListQueuesAsync(new Amazon.SQS.Model.ListQueuesRequest())).QueueUrls.Single(url => url.Contains("HumanSQS", StringComparison.Ordinal));
        for (int i = 0; i < AtFirst; i++) await SendAsync(clients, queue, string.Create(CultureInfo.InvariantCulture, $"first-{i}.pdf"));

        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser browser = await Chromium.LaunchAsync(playwright);
        IBrowserContext context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        IPage page = await context.NewPageAsync();
        await server.SignInAsync(page);
        Uri address = new(server.Address, "/approvals?sort=-asked"); // the newest first, where a list has another order by itself
        await page.GotoAsync(address.ToString());
        await page.GetByText("first-").First.WaitForAsync();
        await page.EvaluateAsync(Watch);
        string cookies = string.Join("; ", (await context.CookiesAsync()).Select(cookie => $"{cookie.Name}={cookie.Value}"));

        using HttpClient http = new();
        Crowd crowd = new(http, address, cookies, changes: 4 * perSecond * seconds);
        try
        {
            int sent = 0;
            await crowd.GrowAsync(1); // what is loaded once is not counted
            sent = await ChangeAsync(clients, queue, sent, perSecond * 3, perSecond, crowd);
            Round few = await MeasureAsync(Math.Max(1, dashboards / 10)), many = await MeasureAsync(dashboards);
            few.Print(null);
            many.Print(few);

            async Task<Round> MeasureAsync(int count)
            {
                long before = ProcessFigures.Memory(server.Id, "VmRSS");
                int had = crowd.Count;
                await crowd.GrowAsync(count);
                int first = sent;
                TimeSpan processor = ProcessFigures.Processor(server.Id);
                long start = Stopwatch.GetTimestamp();
                sent = await ChangeAsync(clients, queue, sent, perSecond * seconds, perSecond, crowd);
                TimeSpan used = ProcessFigures.Processor(server.Id) - processor, took = Stopwatch.GetElapsedTime(start);
                long after = ProcessFigures.Memory(server.Id, "VmRSS");
                Dictionary<string, double> seen = await page.EvaluateAsync<Dictionary<string, double>>("() => window.seen");
                return crowd.Round(first, sent, seen, (after - before) / (double)(crowd.Count - had), after, used / took);
            }
        }
        finally
        {
            await crowd.CloseAsync();
        }
        Console.WriteLine($"load of the machine {File.ReadAllText("/proc/loadavg").Split(' ')[0]}, {Environment.ProcessorCount} cores, which the dashboards and the browser share with the server");
    }

    // At an even pace, whatever a message takes; then until all of them are everywhere, or late.
    private static async Task<int> ChangeAsync(LocalClients clients, string queue, int sent, int count, int perSecond, Crowd crowd)
    {
        using PeriodicTimer pace = new(TimeSpan.FromSeconds(1) / perSecond);
        for (int until = sent + count; sent < until; sent++)
        {
            await pace.WaitForNextTickAsync();
            crowd.Sent(sent);
            await SendAsync(clients, queue, $"{Name}{sent.ToString("D6", CultureInfo.InvariantCulture)}.pdf");
        }
        long end = Stopwatch.GetTimestamp();
        while (crowd.Missing(sent - 1) > 0 && Stopwatch.GetElapsedTime(end) < Late) await Task.Delay(50);
        return sent;
    }

    private static async Task SendAsync(LocalClients clients, string queue, string name) => await clients.Sqs.SendMessageAsync(queue, JsonSerializer.Serialize(new
    {
        TaskToken = Guid.NewGuid().ToString(),
        Recommendation = "Archived",
        File = new { Id = name, Name = name, Size = 10, Archive = true, Quality = 80, QualityThreshold = 50 },
    }));

    /// <summary>What a number of dashboards came to.</summary>
    private sealed record Round(int Dashboards, double Memory, long Resident, double Processor, Figures Batches, Figures Page, int Missed, double BytesPerChange)
    {
        public void Print(Round? baseline)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{Dashboards} dashboards: {Memory:0.00} MB of the server's memory for each ({Resident} MB in all), {100 * Processor:0} % of a core, {BytesPerChange / 1024:0.0} KB to each for a change, {Missed} changes not seen"));
            Batches.Print(baseline?.Batches);
            Page.Print(baseline?.Page);
        }
    }

    /// <summary>The open dashboards, and when each saw which change.</summary>
    private sealed class Crowd(HttpClient http, Uri address, string cookies, int changes)
    {
        private readonly List<(OpenDashboard Dashboard, long[] Seen)> _open = [];
        private readonly (long Ticks, double Unix)[] _sent = new (long, double)[changes];

        public int Count => _open.Count;

        public async Task GrowAsync(int count)
        {
            using SemaphoreSlim few = new(OpenedAtOnce);
            (OpenDashboard, long[])[] opened = await Task.WhenAll(Enumerable.Range(0, count - _open.Count).Select(async _ =>
            {
                await few.WaitAsync();
                try
                {
                    long[] seen = new long[changes];
                    return (await OpenDashboard.OpenAsync(http, address, cookies, ".pdf", (data, now) => Note(data, now, seen)), seen);
                }
                finally
                {
                    few.Release();
                }
            }));
            _open.AddRange(opened);
        }

        public void Sent(int change) => _sent[change] = (Stopwatch.GetTimestamp(), (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalMilliseconds);

        public int Missing(int change) => _open.Count(one => Volatile.Read(ref one.Seen[change]) == 0);

        public Round Round(int first, int end, Dictionary<string, double> seen, double memory, long resident, double processor)
        {
            if (_open.Select(one => one.Dashboard.Problem).FirstOrDefault(problem => problem is not null) is { } problem) throw new InvalidOperationException($"A dashboard ended: {problem}");
            Figures batches = new($"change to render batch, {Count} dashboards"), page = new($"change to a browser's page, beside {Count}");
            int missed = 0;
            for (int change = first; change < end; change++)
            {
                foreach ((_, long[] at) in _open)
                {
                    if (at[change] == 0) missed++;
                    else batches.Add(Stopwatch.GetElapsedTime(_sent[change].Ticks, at[change]));
                }
                if (seen.TryGetValue($"{Name}{change.ToString("D6", CultureInfo.InvariantCulture)}", out double shown)) page.Add(TimeSpan.FromMilliseconds(shown - _sent[change].Unix));
                else missed++;
            }
            long bytes = _open.Sum(one => one.Dashboard.Bytes);
            return new Round(Count, memory, resident, processor, batches, page, missed, bytes / (double)Count / Math.Max(1, end));
        }

        public async Task CloseAsync()
        {
            foreach ((OpenDashboard dashboard, _) in _open) await dashboard.DisposeAsync();
        }

        // Texts are in a batch as they are, in UTF-8.
        private static void Note(ReadOnlySpan<byte> data, long now, long[] seen)
        {
            for (int at; (at = data.IndexOf(NameBytes)) >= 0; data = data[(at + NameBytes.Length)..])
            {
                ReadOnlySpan<byte> number = data[(at + NameBytes.Length)..];
                if (number.Length < Digits || !int.TryParse(number[..Digits], NumberStyles.None, CultureInfo.InvariantCulture, out int change)) continue;
                if (seen[change] == 0) Volatile.Write(ref seen[change], now);
            }
        }
    }
}
