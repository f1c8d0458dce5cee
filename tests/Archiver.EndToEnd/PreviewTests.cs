using System.Text;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Archiver.Web.Tests.Preview;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Archiver.EndToEnd;

/// <summary>
/// Files that would run script, fetch or submit if they were shown as they are, in the published dashboard and a real browser: what they
/// show is shown, and nothing of them runs. No dialog, no request to elsewhere, nothing set on the page, no error in the console.
/// </summary>
public sealed class PreviewTests(BrowserFixture browser)
{
    private static readonly (string Name, byte[] Content)[] Files =
    [
        ("picture.svg", HostileFiles.Svg),
        ("page.html", HostileFiles.Html),
        ("page-that-says-image.png", HostileFiles.Html),
        ("report.pdf", HostileFiles.Pdf),
        ("sheet.csv", HostileFiles.Csv),
        ("photo.jpg", HostileFiles.Png(640, 360)),
        ("data.json", Encoding.UTF8.GetBytes("""{"station":"Wien","values":[1.5,2.25],"note":"<script>window.hacked=1</script>"}""")),
        ("bytes.bin", [.. Enumerable.Range(0, 4096).Select(value => (byte)value)]),
    ];

    [Fact]
    public async Task Previews_HostileFiles_ShowThemAndRunNothing()
    {
        using TemporaryDirectory data = new();
        await using DashboardProcess dashboard = await DashboardProcess.StartAsync(data.Path);
        IPage page = await browser.OpenAsync(dashboard);
        List<string> alarms = Watch(page, dashboard.Address.ToString());
        Dictionary<string, string> approvals = await AskAsync(page, dashboard);

        // A picture is drawn, and the text in it is not on the page.
        await OpenAsync(page, approvals["picture.svg"]);
        ILocator image = page.Locator(".preview img");
        await Expect(image).ToHaveJSPropertyAsync("complete", true);
        Assert.Equal(240, await image.EvaluateAsync<int>("image => image.naturalWidth"));
        await CheckAsync(page, alarms);
        await OpenAsync(page, approvals["photo.jpg"]);
        await Expect(page.Locator(".preview img")).ToHaveJSPropertyAsync("naturalWidth", 640);

        foreach (string name in (string[])["page.html", "page-that-says-image.png"])
        {
            await OpenAsync(page, approvals[name]);
            await Expect(page.Locator(".preview pre")).ToContainTextAsync("<script>window.hacked=1");
            await CheckAsync(page, alarms);
        }

        await OpenAsync(page, approvals["sheet.csv"]);
        await Expect(page.Locator(".preview td").First).ToContainTextAsync("=HYPERLINK(");
        Assert.Equal(0, await page.Locator(".preview td a").CountAsync());
        await OpenAsync(page, approvals["data.json"]);
        await Expect(page.Locator(".preview pre")).ToContainTextAsync("  \"station\": \"Wien\"");
        await OpenAsync(page, approvals["bytes.bin"]);
        await Expect(page.Locator(".preview pre")).ToContainTextAsync("00000000  00 01 02");
        await CheckAsync(page, alarms);

        IResponse document = await page.RunAndWaitForResponseAsync(
            () => page.GotoAsync(approvals["report.pdf"]), response => response.Url.EndsWith("/document", StringComparison.Ordinal));
        Assert.Equal((200, "application/pdf"), (document.Status, document.Headers["content-type"]));
        await Expect(page.Locator(".preview .note")).ToContainTextAsync("JavaScript");
        await ReadAsync(page);
        await CheckAsync(page, alarms);

        // Opened by itself, a picture of shapes is refused, and a program that gets it all the same is told to sandbox it.
        IAPIResponse alone = await page.APIRequest.GetAsync($"{approvals["picture.svg"]}/picture");
        Assert.Contains("sandbox", alone.Headers["content-security-policy"], StringComparison.Ordinal);
        IResponse opened = (await page.GotoAsync($"{approvals["picture.svg"]}/picture"))!;
        Assert.Equal(415, opened.Status);
        Assert.False(await page.EvaluateAsync<bool>("() => 'hacked' in window"));
        Assert.DoesNotContain(alarms, alarm => alarm.StartsWith("dialog", StringComparison.Ordinal) || alarm.StartsWith("request", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("light", ColorScheme.Light, 1440)]
    [InlineData("dark", ColorScheme.Dark, 390)]
    public async Task Previews_EveryKind_FitTheirPage(string theme, ColorScheme scheme, int width)
    {
        using TemporaryDirectory data = new();
        await using DashboardProcess dashboard = await DashboardProcess.StartAsync(data.Path);
        IPage page = await browser.OpenAsync(dashboard, new BrowserNewContextOptions { ColorScheme = scheme, ViewportSize = new ViewportSize { Width = width, Height = 900 } });
        Dictionary<string, string> approvals = await AskAsync(page, dashboard);
        foreach (string name in (string[])["picture.svg", "page.html", "sheet.csv", "report.pdf", "bytes.bin"])
        {
            await OpenAsync(page, approvals[name]);
            await Expect(page.Locator(".preview img, .preview pre, .preview table, .preview iframe").First).ToBeVisibleAsync();
            if (name == "report.pdf") await ReadAsync(page);
            // Nothing is wider than the page; what is has a bar of its own.
            Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= window.innerWidth"), name);
            if (Environment.GetEnvironmentVariable("SCREENSHOTS") is { Length: > 0 } folder)
                await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}-{theme}.png"), FullPage = name != "report.pdf" });
        }
    }

    private static List<string> Watch(IPage page, string home)
    {
        List<string> alarms = [];
        page.Dialog += (_, dialog) =>
        {
            lock (alarms) alarms.Add($"dialog {dialog.Message}");
            _ = dialog.DismissAsync();
        };
        page.Console += (_, line) =>
        {
            if (line.Type != "error") return;
            lock (alarms) alarms.Add($"console {line.Text}");
        };
        page.PageError += (_, error) =>
        {
            lock (alarms) alarms.Add($"error {error}");
        };
        // Of every frame, the viewer's own files apart.
        page.Context.Request += (_, request) =>
        {
            if (new[] { home, "data:", "chrome:", "chrome-extension:" }.Any(own => request.Url.StartsWith(own, StringComparison.Ordinal))) return;
            lock (alarms) alarms.Add($"request to {request.Url}");
        };
        return alarms;
    }

    // Waits until the browser's viewer, which is a page of its own, has read the document.
    private static async Task ReadAsync(IPage page)
    {
        TaskCompletionSource<IFrame> found = new(TaskCreationOptions.RunContinuationsAsynchronously);
        page.FrameNavigated += (_, frame) => Look(frame);
        await page.Locator(".preview iframe").ScrollIntoViewIfNeededAsync();
        foreach (IFrame frame in page.Frames) Look(frame);
        IFrame viewer = await found.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await Expect(viewer.Locator("viewer-toolbar #title")).ToHaveTextAsync("report.pdf");
        await Expect(viewer.Locator("viewer-toolbar #progress")).ToHaveAttributeAsync("aria-valuenow", "100");

        void Look(IFrame frame)
        {
            if (frame.Url.StartsWith("chrome-extension:", StringComparison.Ordinal)) found.TrySetResult(frame);
        }
    }

    private static async Task CheckAsync(IPage page, List<string> alarms)
    {
        foreach (IFrame frame in page.Frames.Where(frame => !frame.Url.StartsWith("chrome-extension:", StringComparison.Ordinal)))
            Assert.False(await frame.EvaluateAsync<bool>("() => 'hacked' in window"), $"A file ran as script on {frame.Url}");
        lock (alarms) Assert.Empty(alarms);
    }

    private static async Task OpenAsync(IPage page, string address)
    {
        await page.GotoAsync(address);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Preview" })).ToBeVisibleAsync();
        await Expect(page.Locator(".preview .mud-skeleton")).ToHaveCountAsync(0);
    }

    // An approval for each file, of exactly its version; gives their addresses.
    private static async Task<Dictionary<string, string>> AskAsync(IPage page, DashboardProcess dashboard)
    {
        using AmazonS3Client s3 = new(
            new BasicAWSCredentials("local", "local"), new AmazonS3Config { ServiceURL = dashboard.CloudEndpoint.ToString(), AuthenticationRegion = "us-east-1", ForcePathStyle = true });
        string inbox = Assert.Single((await s3.ListBucketsAsync()).Buckets, bucket => bucket.BucketName.Contains("-inbox-", StringComparison.Ordinal)).BucketName;
        foreach ((string name, byte[] content) in Files)
        {
            // Under the uploads' own prefix nothing starts a run by itself.
            string key = $"uploads/preview/{name}";
            PutObjectResponse stored = await s3.PutObjectAsync(new PutObjectRequest { BucketName = inbox, Key = key, InputStream = new MemoryStream(content), ContentType = "text/html" });
            await HumanQueue.SendAsync(dashboard.CloudEndpoint, new JsonObject
            {
                ["TaskToken"] = $"preview-{Guid.NewGuid():N}",
                ["Recommendation"] = "Archived",
                ["File"] = new JsonObject
                {
                    ["Id"] = name,
                    ["Name"] = name,
                    ["Bucket"] = inbox,
                    ["Key"] = key,
                    ["VersionId"] = stored.VersionId,
                    ["ETag"] = stored.ETag,
                    ["Size"] = content.Length,
                    ["Archive"] = true,
                    ["Quality"] = 80,
                    ["QualityThreshold"] = 50,
                },
            }.ToJsonString());
        }
        Dictionary<string, string> addresses = [];
        foreach ((string name, _) in Files)
        {
            ILocator link = page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });
            await Expect(link).ToBeVisibleAsync();
            addresses[name] = (await link.GetAttributeAsync("href"))!;
        }
        return addresses;
    }
}
