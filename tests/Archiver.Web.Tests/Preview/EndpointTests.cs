using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Amazon.S3.Model;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Audit;
using Archiver.Web.Identity.Access;
using Archiver.Web.Preview.Files;
using Archiver.Web.Tests.Identity;

namespace Archiver.Web.Tests.Preview;

/// <summary>What is sent of a file, with which headers, to whom, and what is sent in its place where it is not as it was.</summary>
public sealed class EndpointTests(CloudFixture cloud)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Picture_Svg_IsSandboxedAndNothingButAPicture()
    {
        await using DashboardHost host = await DashboardHost.StartAsync(cloud);
        using HttpClient client = await host.ClientAsync(Permits.Someone("Vic", Role.Viewer));
        Approval approval = await PreviewFiles.AskAsync(host.Services, await cloud.StoreAsync("report.pdf", HostileFiles.Svg, "text/html"));

        using HttpResponseMessage picture = await client.GetAsync($"/approvals/{approval.Id}/picture", Cancel);

        Assert.Equal(HttpStatusCode.OK, picture.StatusCode);
        Assert.Equal("image/svg+xml", picture.Content.Headers.ContentType?.ToString());
        Assert.Equal(HostileFiles.Svg, await picture.Content.ReadAsByteArrayAsync(Cancel));
        string policy = Assert.Single(picture.Headers.GetValues("Content-Security-Policy"));
        Assert.Equal(["default-src 'none'", "frame-ancestors 'none'", "sandbox"], policy.Split(';', StringSplitOptions.TrimEntries).Order(StringComparer.Ordinal));
        AssertForeign(picture, "DENY");

        foreach (string purpose in (string[])["document", "iframe", "object", "embed", "script", "empty"])
        {
            using HttpRequestMessage request = new(HttpMethod.Get, $"/approvals/{approval.Id}/picture");
            request.Headers.Add("Sec-Fetch-Dest", purpose);
            using HttpResponseMessage refused = await client.SendAsync(request, Cancel);
            Assert.Equal(HttpStatusCode.UnsupportedMediaType, refused.StatusCode);
        }
    }

    [Fact]
    public async Task Picture_Png_IsSentAsWhatItIs()
    {
        await using DashboardHost host = await DashboardHost.StartAsync(cloud);
        using HttpClient client = await host.ClientAsync(Permits.Someone("Vic", Role.Viewer));
        byte[] png = HostileFiles.Png(300, 200);
        string result = await cloud.RecordAsync(await cloud.StoreAsync("notes.txt", png, "text/plain"));

        using HttpResponseMessage picture = await client.GetAsync($"/results/{result}/picture", Cancel);

        Assert.Equal("image/png", picture.Content.Headers.ContentType?.ToString());
        Assert.Equal(png, await picture.Content.ReadAsByteArrayAsync(Cancel));
    }

    [Fact]
    public async Task Picture_Html_IsNotSent()
    {
        await using DashboardHost host = await DashboardHost.StartAsync(cloud);
        using HttpClient client = await host.ClientAsync(Permits.Someone("Vic", Role.Viewer));
        Approval approval = await PreviewFiles.AskAsync(host.Services, await cloud.StoreAsync("a.png", HostileFiles.Html, "image/png"));

        foreach (string part in (string[])["picture", "document"])
        {
            using HttpResponseMessage refused = await client.GetAsync($"/approvals/{approval.Id}/{part}", Cancel);
            Assert.Equal(HttpStatusCode.UnsupportedMediaType, refused.StatusCode);
            Assert.DoesNotContain("<script", await refused.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Document_Pdf_IsDisarmedAndFramedByTheDashboardOnly()
    {
        await using DashboardHost host = await DashboardHost.StartAsync(cloud);
        using HttpClient client = await host.ClientAsync(Permits.Someone("Vic", Role.Viewer));
        Approval approval = await PreviewFiles.AskAsync(host.Services, await cloud.StoreAsync("report.pdf", HostileFiles.Pdf));

        using HttpResponseMessage document = await client.GetAsync($"/approvals/{approval.Id}/document", Cancel);

        string text = Encoding.Latin1.GetString(await document.Content.ReadAsByteArrayAsync(Cancel));
        Assert.Equal(HttpStatusCode.OK, document.StatusCode);
        Assert.Equal("application/pdf", document.Content.Headers.ContentType?.ToString());
        Assert.StartsWith("%PDF-", text, StringComparison.Ordinal);
        Assert.DoesNotContain("JavaScript", text, StringComparison.Ordinal);
        string policy = Assert.Single(document.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'self'", policy, StringComparison.Ordinal);
        AssertForeign(document, "SAMEORIGIN");
    }

    [Fact]
    public async Task File_Download_IsTheVeryVersionAndOnRecord()
    {
        await using DashboardHost host = await DashboardHost.StartAsync(cloud);
        using HttpClient client = await host.ClientAsync(Permits.Someone("Vic", Role.Viewer));
        FileRef file = await cloud.StoreAsync("größe <1>.html", HostileFiles.Html);
        await cloud.StoreAsync(file.Name, "another"u8.ToArray(), key: file.Key);
        Approval approval = await PreviewFiles.AskAsync(host.Services, file);

        using HttpResponseMessage download = await client.GetAsync($"/approvals/{approval.Id}/file", Cancel);

        Assert.Equal(HttpStatusCode.OK, download.StatusCode);
        Assert.Equal(HostileFiles.Html, await download.Content.ReadAsByteArrayAsync(Cancel));
        Assert.Equal("application/octet-stream", download.Content.Headers.ContentType?.ToString());
        Assert.Equal("attachment", download.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal("größe <1>.html", download.Content.Headers.ContentDisposition?.FileNameStar);
        await host.StopAsync(); // the last line of the record follows the last byte
        AuditEntry[] entries = [.. host.Trail.Entries.Where(entry => entry.Operation == Operation.DownloadFile)];
        Assert.Equal([AuditPhase.Attempted, AuditPhase.Done], entries.Select(entry => entry.Phase));
        Assert.All(entries, entry => Assert.Equal((approval.Id, "Vic"), (entry.On.Id, entry.By.Name)));
        Assert.Contains(file.VersionId!, entries[0].On.Version, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_PartOfALargeOne_IsThatPart()
    {
        await using DashboardHost host = await DashboardHost.StartAsync(cloud);
        using HttpClient client = await host.ClientAsync(Permits.Someone("Vic", Role.Viewer));
        byte[] content = new byte[3_000_000];
        Random.Shared.NextBytes(content);
        string result = await cloud.RecordAsync(await cloud.StoreAsync("big.bin", content));

        async Task<HttpResponseMessage> AskAsync(string range, string? ifRange = null)
        {
            using HttpRequestMessage request = new(HttpMethod.Get, $"/results/{result}/file");
            request.Headers.TryAddWithoutValidation("Range", range);
            if (ifRange is not null) request.Headers.TryAddWithoutValidation("If-Range", ifRange);
            return await client.SendAsync(request, Cancel);
        }

        using HttpResponseMessage middle = await AskAsync("bytes=1000000-1999999");
        Assert.Equal(HttpStatusCode.PartialContent, middle.StatusCode);
        Assert.Equal(new ContentRangeHeaderValue(1_000_000, 1_999_999, 3_000_000), middle.Content.Headers.ContentRange);
        Assert.Equal(content[1_000_000..2_000_000], await middle.Content.ReadAsByteArrayAsync(Cancel));
        using HttpResponseMessage end = await AskAsync("bytes=-10", middle.Headers.ETag!.Tag);
        Assert.Equal(content[^10..], await end.Content.ReadAsByteArrayAsync(Cancel));
        using HttpResponseMessage beyond = await AskAsync("bytes=3000000-");
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, beyond.StatusCode);
        foreach ((string range, string? ifRange) in ((string, string?)[])[("bytes=0-1", "\"another\""), ("bytes=0-1,5-6", null), ("lines=1-2", null)])
        {
            using HttpResponseMessage whole = await AskAsync(range, ifRange);
            Assert.Equal((HttpStatusCode.OK, 3_000_000L), (whole.StatusCode, whole.Content.Headers.ContentLength));
        }
    }

    [Fact]
    public async Task File_GoneOrChanged_SaysSo()
    {
        await using DashboardHost host = await DashboardHost.StartAsync(cloud);
        using HttpClient client = await host.ClientAsync(Permits.Someone("Vic", Role.Viewer));
        FileRef gone = await cloud.StoreAsync("gone.txt", "x"u8.ToArray());
        await cloud.S3.DeleteObjectAsync(new DeleteObjectRequest { BucketName = gone.Bucket, Key = gone.Key, VersionId = gone.VersionId }, Cancel);
        FileRef changed = await cloud.StoreAsync("changed.txt", "x"u8.ToArray());
        await cloud.StoreAsync("changed.txt", "y"u8.ToArray(), key: changed.Key);

        foreach (string part in (string[])["file", "picture", "document"])
        {
            using HttpResponseMessage first = await client.GetAsync($"/approvals/{(await PreviewFiles.AskAsync(host.Services, gone)).Id}/{part}", Cancel);
            using HttpResponseMessage second = await client.GetAsync($"/approvals/{(await PreviewFiles.AskAsync(host.Services, changed with { VersionId = null })).Id}/{part}", Cancel);
            Assert.Equal((HttpStatusCode.Gone, HttpStatusCode.Conflict), (first.StatusCode, second.StatusCode));
            Assert.Contains("moved or removed", await first.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
            Assert.Contains("Other content", await second.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        }
        Assert.DoesNotContain(host.Trail.Entries, entry => entry.Phase == AuditPhase.Done);
    }

    // A message on the human queue names any bucket that it likes.
    [Fact]
    public async Task File_InABucketOfOthers_IsNotGivenOut()
    {
        await using DashboardHost host = await DashboardHost.StartAsync(cloud);
        using HttpClient client = await host.ClientAsync(Permits.Someone("Vic", Role.Viewer));
        string bucket = $"others-{Guid.NewGuid():N}";
        await cloud.S3.PutBucketAsync(bucket, Cancel);
        await cloud.S3.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = "secret.txt", ContentBody = "secret" }, Cancel);
        Approval approval = await PreviewFiles.AskAsync(host.Services, new FileRef("secret.txt", bucket, "secret.txt"));

        using HttpResponseMessage refused = await client.GetAsync($"/approvals/{approval.Id}/file", Cancel);

        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        Assert.DoesNotContain("secret", await refused.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Approval_OfAResult_IsLedTo()
    {
        await using DashboardHost host = await DashboardHost.StartAsync(cloud);
        using HttpClient client = await host.ClientAsync(Permits.Someone("Vic", Role.Viewer));
        FileRef file = await cloud.StoreAsync("a.txt", "x"u8.ToArray());
        string result = await cloud.RecordAsync(file, asked: true);
        Approval approval = await PreviewFiles.AskAsync(host.Services, file, cloud.Run(result));

        using HttpResponseMessage way = await client.GetAsync($"/results/{result}/approval", Cancel);
        using HttpResponseMessage none = await client.GetAsync($"/results/{await cloud.RecordAsync(file)}/approval", Cancel);

        Assert.Equal((HttpStatusCode.Found, $"/approvals/{approval.Id}"), (way.StatusCode, way.Headers.Location?.ToString()));
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    private static void AssertForeign(HttpResponseMessage response, string frames)
    {
        Assert.Equal(["nosniff"], response.Headers.GetValues("X-Content-Type-Options"));
        Assert.Equal(["same-origin"], response.Headers.GetValues("Cross-Origin-Resource-Policy"));
        Assert.Equal([frames], response.Headers.GetValues("X-Frame-Options"));
        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }
}
