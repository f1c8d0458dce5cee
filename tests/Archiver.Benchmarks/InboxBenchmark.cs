using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Amazon.SQS.Model;
using Archiver.EndToEnd;
using Microsoft.Playwright;

namespace Archiver.Benchmarks;

/// <summary>
/// A message from being sent to standing on the page of a real browser. The baseline is a queue alone: the same message
/// from being sent to being received by a client that waits for it.
/// </summary>
internal static class InboxBenchmark
{
    private const int WarmUp = 10;
    private const int Counted = 100;

    // Notes, for every row that comes, when it came, by the clock that this program reads too.
    private const string Watch = """
        () => {
          window.seen = {};
          const note = () => document.querySelectorAll('button[aria-label^="Approve bench-"]').forEach(button => {
            window.seen[button.getAttribute('aria-label').slice(8)] ??= performance.timeOrigin + performance.now();
          });
          new MutationObserver(note).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ['aria-label'] });
        }
        """;

    public static async Task RunAsync()
    {
        using TemporaryDirectory data = new();
        await using DashboardProcess dashboard = await DashboardProcess.StartAsync(data.Path);
        using LocalClients clients = new(dashboard.CloudEndpoint);
        ListQueuesResponse queues = await clients.Sqs.ListQueuesAsync(new ListQueuesRequest());
        string human = queues.QueueUrls.Single(url => url.Contains("HumanSQS", StringComparison.Ordinal));

        Figures queue = await QueueAloneAsync(clients);

        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser browser = await Chromium.LaunchAsync(playwright);
        IPage page = await browser.NewPageAsync();
        await dashboard.SignInAsync(page);
        await page.GotoAsync(new Uri(dashboard.Address, "/approvals").ToString());
        await page.GetByRole(AriaRole.Heading, new() { Name = "Approvals" }).WaitForAsync();
        await page.EvaluateAsync(Watch);

        Figures shown = new("message sent to row on the page");
        for (int i = -WarmUp; i < Counted; i++)
        {
            string name = $"bench-{i + WarmUp}.txt";
            string body = JsonSerializer.Serialize(new { TaskToken = Guid.NewGuid().ToString(), Recommendation = "Archived", File = new { Id = name, Name = name, Size = 10, Archive = true, Quality = 80, QualityThreshold = 50 } });
            double sent = UnixMilliseconds();
            await clients.Sqs.SendMessageAsync(human, body);
            await page.WaitForFunctionAsync("name => window.seen[name]", name);
            double seen = await page.EvaluateAsync<double>("name => window.seen[name]", name);
            if (i >= 0) shown.Add(TimeSpan.FromMilliseconds(seen - sent));
        }
        queue.Print();
        shown.Print(queue);
    }

    private static async Task<Figures> QueueAloneAsync(LocalClients clients)
    {
        Figures figures = new("message sent to message received");
        string queue = (await clients.Sqs.CreateQueueAsync("benchmark-alone")).QueueUrl;
        for (int i = -WarmUp; i < Counted; i++)
        {
            Task<ReceiveMessageResponse> receive = clients.Sqs.ReceiveMessageAsync(new ReceiveMessageRequest { QueueUrl = queue, WaitTimeSeconds = 20 });
            long start = Stopwatch.GetTimestamp();
            await clients.Sqs.SendMessageAsync(queue, i.ToString(CultureInfo.InvariantCulture));
            ReceiveMessageResponse received = await receive;
            if (i >= 0) figures.Add(Stopwatch.GetElapsedTime(start));
            await clients.Sqs.DeleteMessageAsync(queue, received.Messages.Single().ReceiptHandle);
        }
        return figures;
    }

    private static double UnixMilliseconds() => (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalMilliseconds;
}
