using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace Archiver.Infra.Tests.LocalCloud.S3;

public class CopyTests(S3Cloud cloud) : IClassFixture<S3Cloud>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private AmazonS3Client Client => cloud.Client;

    [Fact]
    public async Task CopyObject_ToAnotherBucket_TakesBodyMetadataAndTags()
    {
        (string from, string to) = (await SourceAsync(), await cloud.BucketAsync());
        CopyObjectResponse copied = await Client.CopyObjectAsync(from, "source", to, "dir/copy", Cancellation);
        using GetObjectResponse copy = await Client.GetObjectAsync(to, "dir/copy", Cancellation);
        Assert.Equal((copied.ETag, "text/x-source", "v", 1), (copy.ETag, copy.Headers.ContentType, copy.Metadata["m"], copy.TagCount));
        Assert.Equal("hello world", await cloud.GetAsync(to, "dir/copy"));
        Assert.Equal("hello world", await cloud.GetAsync(from, "source"));
    }

    [Fact]
    public async Task CopyObject_ReplacingMetadataAndTags_TakesTheRequests()
    {
        string bucket = await SourceAsync();
        CopyObjectRequest request = Request(bucket);
        request.MetadataDirective = S3MetadataDirective.REPLACE;
        request.ContentType = "text/x-copy";
        request.Metadata["n"] = "w";
        request.TaggingDirective = TaggingDirective.REPLACE;
        request.TagSet = [new Tag { Key = "x", Value = "y" }, new Tag { Key = "z", Value = "" }];
        await Client.CopyObjectAsync(request, Cancellation);
        using GetObjectResponse copy = await Client.GetObjectAsync(bucket, "copy", Cancellation);
        Assert.Equal(("text/x-copy", "w", null, 2), (copy.Headers.ContentType, copy.Metadata["n"], copy.Metadata["m"], copy.TagCount));
    }

    [Fact]
    public async Task CopyObject_OntoItself_OnlyWithAChange()
    {
        string bucket = await SourceAsync();
        CopyObjectRequest request = Request(bucket, "source");
        await S3Cloud.RefusedAsync(() => Client.CopyObjectAsync(request, Cancellation), "InvalidRequest", HttpStatusCode.BadRequest);
        request.MetadataDirective = S3MetadataDirective.REPLACE;
        request.Metadata["m"] = "new";
        await Client.CopyObjectAsync(request, Cancellation);
        using GetObjectResponse copy = await Client.GetObjectAsync(bucket, "source", Cancellation);
        Assert.Equal("new", copy.Metadata["m"]);
        Assert.Equal("hello world", await cloud.GetAsync(bucket, "source"));
    }

    [Fact]
    public async Task CopyObject_OfAVersion_IsThatVersion()
    {
        string bucket = await cloud.BucketAsync(versioned: true);
        string first = (await cloud.PutAsync(bucket, "source?versionId=x", "first")).VersionId;
        await cloud.PutAsync(bucket, "source?versionId=x", "second");
        CopyObjectResponse copied = await Client.CopyObjectAsync(
            new CopyObjectRequest { SourceBucket = bucket, SourceKey = "source?versionId=x", SourceVersionId = first, DestinationBucket = bucket, DestinationKey = "copy" }, Cancellation);
        Assert.Equal(first, copied.SourceVersionId);
        Assert.Equal("first", await cloud.GetAsync(bucket, "copy"));
    }

    [Fact]
    public async Task CopyObject_OfADeleteMarker_IsRefused()
    {
        string bucket = await cloud.BucketAsync(versioned: true);
        string marker = (await Client.DeleteObjectAsync(bucket, "source", Cancellation)).VersionId;
        CopyObjectRequest request = Request(bucket);
        await S3Cloud.RefusedAsync(() => Client.CopyObjectAsync(request, Cancellation), "NoSuchKey", HttpStatusCode.NotFound);
        request.SourceVersionId = marker;
        await S3Cloud.RefusedAsync(() => Client.CopyObjectAsync(request, Cancellation), "InvalidRequest", HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task CopyObject_SourceConditions_DecideAsTheyShould()
    {
        string bucket = await SourceAsync();
        const string ETag = "\"5eb63bbbe01eeed093cb22bb8f5acdc3\"";
        await CopyAsync(request => request.ETagToMatch = ETag);
        await CopyAsync(request => request.ETagToNotMatch = "\"other\"");
        await CopyAsync(request => request.ModifiedSinceDate = DateTime.UtcNow.AddHours(-1));
        await CopyAsync(request => request.UnmodifiedSinceDate = DateTime.UtcNow.AddHours(1));
        foreach (Action<CopyObjectRequest> condition in (Action<CopyObjectRequest>[])[
            request => request.ETagToMatch = "\"other\"", request => request.ETagToNotMatch = ETag,
            request => request.ModifiedSinceDate = DateTime.UtcNow.AddMinutes(-1).AddHours(2), request => request.UnmodifiedSinceDate = DateTime.UtcNow.AddHours(-1)])
        {
            await S3Cloud.RefusedAsync(() => CopyAsync(condition), "PreconditionFailed", HttpStatusCode.PreconditionFailed);
        }

        Task CopyAsync(Action<CopyObjectRequest> condition)
        {
            CopyObjectRequest request = Request(bucket);
            condition(request);
            return Client.CopyObjectAsync(request, Cancellation);
        }
    }

    [Fact]
    public async Task CopyObject_IfNoneMatch_DoesNotOverwrite()
    {
        string bucket = await SourceAsync();
        CopyObjectRequest request = Request(bucket);
        request.IfNoneMatch = "*";
        await Client.CopyObjectAsync(request, Cancellation);
        await S3Cloud.RefusedAsync(() => Client.CopyObjectAsync(request, Cancellation), "PreconditionFailed", HttpStatusCode.PreconditionFailed);
    }

    [Theory]
    [InlineData("nothing", "InvalidArgument")]
    [InlineData("/bucket/", "InvalidArgument")]
    [InlineData("UPPER/key", "InvalidArgument")]
    [InlineData("bucket/key?versionId=nonsense", "InvalidArgument")]
    [InlineData("bucket/%zz", "InvalidURI")]
    [InlineData("no-such-bucket/key", "NoSuchBucket")]
    public async Task CopyObject_BadSource_IsRefused(string source, string code)
    {
        string bucket = await cloud.BucketAsync();
        (_, _, string body) = await cloud.SendAsync(HttpMethod.Put, $"/{bucket}/copy", null, ("x-amz-copy-source", source));
        Assert.Contains($"<Code>{code}</Code>", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CopyObject_UnknownDirective_IsInvalid()
    {
        string bucket = await SourceAsync();
        (HttpStatusCode status, _, string body) = await cloud.SendAsync(
            HttpMethod.Put, $"/{bucket}/copy", null, ("x-amz-copy-source", $"{bucket}/source"), ("x-amz-metadata-directive", "MERGE"));
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("<Code>InvalidArgument</Code>", body, StringComparison.Ordinal);
    }

    private static CopyObjectRequest Request(string bucket, string to = "copy") =>
        new() { SourceBucket = bucket, SourceKey = "source", DestinationBucket = bucket, DestinationKey = to };

    private async Task<string> SourceAsync()
    {
        string bucket = await cloud.BucketAsync();
        PutObjectRequest put = new() { BucketName = bucket, Key = "source", ContentBody = "hello world", ContentType = "text/x-source", TagSet = [new Tag { Key = "t", Value = "u" }] };
        put.Metadata["m"] = "v";
        await Client.PutObjectAsync(put, Cancellation);
        return bucket;
    }
}
