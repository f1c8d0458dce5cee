using System.Text.RegularExpressions;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Archiver.EndToEnd;

/// <summary>The whole of the main job as a person does it: the published app, a real browser, real files.</summary>
public sealed class MainJobTests(BrowserFixture browser)
{
    private static readonly byte[] Pdf = "%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\nxref\n0 1\n0000000000 65535 f \ntrailer<</Root 1 0 R>>\nstartxref\n40\n%%EOF\n"u8.ToArray();

    [Fact]
    public async Task MainJob_UploadApproveDenyAndSimulate_EndsInTheGridAndTheBuckets()
    {
        using TemporaryDirectory data = new();
        await using DashboardProcess dashboard = await DashboardProcess.StartAsync(data.Path);
        IPage page = await browser.OpenAsync(dashboard);

        // A file that is approved.
        await UploadAsync(page, "ledger 2026.pdf");
        await Link(page, "Approvals").ClickAsync();
        await Expect(Button(page, "Approve ledger 2026.pdf")).ToBeVisibleAsync();
        await Button(page, "Approve ledger 2026.pdf").ClickAsync();
        await Expect(Button(page, "Approve ledger 2026.pdf")).ToBeHiddenAsync();

        await Link(page, "Results").ClickAsync();
        ILocator approved = Row(page, "ledger 2026.pdf");
        await Expect(approved).ToContainTextAsync("Archived");
        await AssertStoredAsync(dashboard, "-archive-", "ledger 2026.pdf", Pdf);

        // A file that is denied, with a reason.
        await UploadAsync(page, "draft <b>v2 &amp; \"final\".pdf");
        await Link(page, "Approvals").ClickAsync();
        await Button(page, "Deny draft <b>v2 &amp; \"final\".pdf").ClickAsync();
        ILocator dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Reason").FillAsync("Not the final version");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Deny", Exact = true }).ClickAsync();
        await Expect(Button(page, "Deny draft <b>v2 &amp; \"final\".pdf")).ToBeHiddenAsync();

        await Link(page, "Results").ClickAsync();
        ILocator denied = Row(page, "draft <b>v2 &amp; \"final\".pdf");
        await Expect(denied).ToContainTextAsync("Denied");
        await Expect(denied).ToContainTextAsync("Not the final version");
        await AssertStoredAsync(dashboard, "-rejected-", "draft <b>v2 &amp; \"final\".pdf", Pdf);

        // Ten simulated runs.
        await Link(page, "Runs").ClickAsync();
        await Button(page, "Start run").ClickAsync();
        dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Number of runs").FillAsync("10");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true }).ClickAsync();
        await Expect(dialog).ToBeHiddenAsync();

        await Link(page, "Results").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Table, new() { Name = "Results", Exact = true }).Locator("tbody tr")).ToHaveCountAsync(12);
    }

    [Fact]
    public async Task Restart_WithThreeWaiting_KeepsThemAndEachDecisionEndsItsRun()
    {
        using TemporaryDirectory data = new();
        string[] names = ["one.pdf", "two.pdf", "three.pdf"];
        await using (DashboardProcess first = await DashboardProcess.StartAsync(data.Path))
        {
            IPage page = await browser.OpenAsync(first);
            await UploadAsync(page, names);
            await Link(page, "Approvals").ClickAsync();
            foreach (string name in names) await Expect(Button(page, $"Approve {name}")).ToBeVisibleAsync();
            await page.Context.CloseAsync();
            await first.StopAsync();
        }

        await using DashboardProcess second = await DashboardProcess.StartAsync(data.Path);
        IPage again = await browser.OpenAsync(second);
        foreach (string name in names) await Expect(Button(again, $"Approve {name}")).ToBeVisibleAsync();
        foreach (string name in names)
        {
            await Button(again, $"Approve {name}").ClickAsync();
            await Expect(Button(again, $"Approve {name}")).ToBeHiddenAsync();
        }
        await Link(again, "Results").ClickAsync();
        foreach (string name in names) await Expect(Row(again, name)).ToContainTextAsync("Archived");
    }

    private static async Task UploadAsync(IPage page, params string[] names)
    {
        await Link(page, "Runs").ClickAsync();
        await Button(page, "Start run").ClickAsync();
        ILocator dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Approval needed").SetCheckedAsync(true);
        await dialog.GetByLabel("Files").SetInputFilesAsync(
            [.. names.Select(name => new FilePayload { Name = name, MimeType = "application/pdf", Buffer = Pdf })]);
        foreach (string name in names) await Expect(dialog.GetByText(name)).ToBeVisibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true }).ClickAsync();
        await Expect(dialog).ToBeHiddenAsync();
    }

    private static async Task AssertStoredAsync(DashboardProcess dashboard, string bucketPart, string name, byte[] content)
    {
        using AmazonS3Client s3 = new(
            new BasicAWSCredentials("local", "local"),
            new AmazonS3Config { ServiceURL = dashboard.CloudEndpoint.ToString(), AuthenticationRegion = "us-east-1", ForcePathStyle = true });
        ListBucketsResponse buckets = await s3.ListBucketsAsync();
        string bucket = Assert.Single(buckets.Buckets, one => one.BucketName.Contains(bucketPart, StringComparison.Ordinal)).BucketName;
        ListObjectsV2Response objects = await s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket });
        S3Object stored = Assert.Single(objects.S3Objects, one => one.Key.EndsWith(name, StringComparison.Ordinal));
        using GetObjectResponse response = await s3.GetObjectAsync(bucket, stored.Key);
        using MemoryStream body = new();
        await response.ResponseStream.CopyToAsync(body);
        Assert.Equal(content, body.ToArray());
    }

    private static ILocator Link(IPage page, string name) => page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { NameRegex = new Regex($"^{name}") });

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static ILocator Row(IPage page, string text) => page.GetByRole(AriaRole.Row).Filter(new() { HasText = text });
}
