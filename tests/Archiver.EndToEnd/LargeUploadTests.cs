using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Archiver.EndToEnd;

/// <summary>
/// The largest file and the smallest through a real browser. The large one has 64 MB, or as many as
/// <c>ARCHIVER_LARGE_UPLOAD_MB</c> says, up to 1024.
/// </summary>
public sealed class LargeUploadTests(BrowserFixture browser)
{
    private const long Megabyte = 1024 * 1024;

    [Fact]
    public async Task Upload_ALargeFileAndAnEmptyOne_RunsEndAndTheObjectsAreWhole()
    {
        using TemporaryDirectory data = new(), files = new();
        await using DashboardProcess dashboard = await DashboardProcess.StartAsync(data.Path);
        long size = Megabyte * int.Parse(Environment.GetEnvironmentVariable("ARCHIVER_LARGE_UPLOAD_MB") ?? "64", CultureInfo.InvariantCulture);
        string large = Path.Combine(files.Path, "large.bin"), empty = Path.Combine(files.Path, "empty.txt");
        string sha256 = await WriteAsync(large, size);
        await File.WriteAllBytesAsync(empty, [], TestContext.Current.CancellationToken);

        IPage page = await browser.OpenAsync(dashboard);
        await page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Runs") }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Start run", Exact = true }).ClickAsync();
        ILocator dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Files").SetInputFilesAsync([large, empty]);
        await Expect(dialog.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(2);
        TimeProvider time = TimeProvider.System;
        long started = time.GetTimestamp();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true }).ClickAsync();
        // A gigabyte may take its time on a small machine: this is to fail where it hangs, not where it is slow.
        LocatorAssertionsToBeHiddenOptions patient = new() { Timeout = 300_000 };
        await Expect(dialog).ToBeHiddenAsync(patient);
        TimeSpan uploaded = time.GetElapsedTime(started);

        await page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Results") }).ClickAsync();
        ILocator rows = page.GetByRole(AriaRole.Table).Locator("tbody tr");
        await Expect(rows.Filter(new() { HasText = "empty.txt" })).ToContainTextAsync("Quality", new() { Timeout = 300_000 });
        await Expect(rows.Filter(new() { HasText = "large.bin" })).ToContainTextAsync("Archived", new() { Timeout = 300_000 });
        TimeSpan ended = time.GetElapsedTime(started);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{size / Megabyte} MB: uploaded after {uploaded.TotalSeconds:F1} s, the run ended after {ended.TotalSeconds:F1} s; the process had {dashboard.PeakMemory() / Megabyte} MB at most."));

        // What became of them is the workflow's business; that they are whole is the upload's.
        Assert.Equal((size, sha256), await StoredAsync(dashboard, "large.bin"));
        Assert.Equal((0L, Convert.ToHexString(SHA256.HashData([]))), await StoredAsync(dashboard, "empty.txt"));
    }

    [Fact]
    public async Task Choose_AThousandFilesWithLongNames_ListsThemAll()
    {
        using TemporaryDirectory data = new();
        await using DashboardProcess dashboard = await DashboardProcess.StartAsync(data.Path);
        IPage page = await browser.OpenAsync(dashboard);
        await page.GotoAsync("/runs");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start run", Exact = true }).ClickAsync();
        ILocator dialog = page.GetByRole(AriaRole.Dialog);
        string padding = new('名', 80); // in all a quarter of a megabyte of names, more than a circuit takes in a message

        await dialog.GetByLabel("Files").SetInputFilesAsync(
            [.. Enumerable.Range(0, 1000).Select(index => new FilePayload { Name = $"{padding}{index}.txt", MimeType = "text/plain", Buffer = [] })]);

        await Expect(dialog.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(1000);
        await Expect(dialog.GetByRole(AriaRole.Listitem).Last).ToContainTextAsync($"{padding}999.txt");
    }

    private static async Task<string> WriteAsync(string path, long size)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using FileStream file = File.Create(path);
        byte[] piece = new byte[Megabyte];
        for (long written = 0; written < size; written += piece.Length)
        {
            RandomNumberGenerator.Fill(piece);
            hash.AppendData(piece);
            await file.WriteAsync(piece);
        }
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static async Task<(long Size, string Sha256)> StoredAsync(DashboardProcess dashboard, string name)
    {
        using AmazonS3Client s3 = new(
            new BasicAWSCredentials("local", "local"),
            new AmazonS3Config { ServiceURL = dashboard.CloudEndpoint.ToString(), AuthenticationRegion = "us-east-1", ForcePathStyle = true });
        List<(string Bucket, S3Object Object)> found = [];
        foreach (S3Bucket bucket in (await s3.ListBucketsAsync()).Buckets)
        {
            ListObjectsV2Response objects = await s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket.BucketName });
            found.AddRange((objects.S3Objects ?? []).Where(one => one.Key.EndsWith("/" + name, StringComparison.Ordinal)).Select(one => (bucket.BucketName, one)));
        }
        (string where, S3Object stored) = Assert.Single(found);
        using GetObjectResponse content = await s3.GetObjectAsync(where, stored.Key);
        return (stored.Size!.Value, Convert.ToHexString(await SHA256.HashDataAsync(content.ResponseStream)));
    }
}
