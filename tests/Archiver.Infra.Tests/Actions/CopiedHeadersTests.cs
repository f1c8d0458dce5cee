using System.Text;
using System.Text.Json.Nodes;
using Amazon.S3.Model;
using Archiver.Infra.Tests.LocalCloud;
using Archiver.Lambdas.Functions;

namespace Archiver.Infra.Tests.Actions;

/// <summary>What is said of a file is said of its copy, on both ways to copy it.</summary>
public sealed class CopiedHeadersTests : IAsyncLifetime
{
    private TestCloud _cloud = null!;

    public async ValueTask InitializeAsync() => _cloud = await TestCloud.StartAsync();

    public ValueTask DisposeAsync() => _cloud.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Archive_FileWithHeadersAndMetadata_KeepsThemBesideTheEvidence(bool byParts)
    {
        using ActionBench bench = await ActionBench.MakeAsync(_cloud, copies: byParts ? new CopyLimits(4, 5 * 1024 * 1024, 8) : CopyLimits.S3);
        await bench.PutAsync("a.txt", Encoding.UTF8.GetBytes("some words"), request =>
        {
            request.ContentType = "text/plain; charset=utf-8";
            request.Headers.CacheControl = "max-age=60";
            request.Headers.ContentDisposition = "attachment; filename=\"a.txt\"";
            request.Headers.ContentEncoding = "identity";
            request.Headers["Content-Language"] = "de";
            request.Headers["Expires"] = "Thu, 01 Jan 2032 00:00:00 GMT";
            request.Metadata["title"] = "=?UTF-8?B?R3LDvMOfZQ==?=";
            request.TagSet = [new() { Key = "project", Value = "p 1" }];
        });
        GetObjectMetadataResponse before = await bench.HeadAsync(bench.Inbox, "a.txt");
        JsonObject run = await bench.ReadAsync("a.txt", new JsonObject { ["approved"] = true, ["reviewer"] = "Änn 名", ["comment"] = "gut =?" });

        JsonNode result = (await bench.ActAsync(nameof(Archive), run, TimeProvider.System.GetUtcNow()))["Result"]!;

        string key = (string)result["Key"]!;
        GetObjectMetadataResponse after = await bench.HeadAsync(bench.Archived, key);
        Assert.Equal("text/plain; charset=utf-8", after.Headers.ContentType);
        Assert.Equal(Described(before), Described(after));
        Assert.Equal(before.Metadata["title"], after.Metadata["title"]);
        Assert.Equal(new Dictionary<string, string> { ["project"] = "p 1" }, await bench.TagsAsync(bench.Archived, key));
        Assert.Equal(("%C3%84nn %E5%90%8D", "gut =%3F"), (after.Metadata["archiver-reviewer"], after.Metadata["archiver-reason"]));
        Assert.Empty((await bench.S3.ListMultipartUploadsAsync(bench.Archived, TestContext.Current.CancellationToken)).MultipartUploads ?? []);
    }

    private static string[] Described(GetObjectMetadataResponse head) =>
    [
        head.Headers.ContentType, head.Headers.CacheControl, head.Headers.ContentDisposition, head.Headers.ContentEncoding, head.ContentLanguage, head.ExpiresString,
    ];
}
