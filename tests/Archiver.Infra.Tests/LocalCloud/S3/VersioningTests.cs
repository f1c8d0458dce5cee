using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace Archiver.Infra.Tests.LocalCloud.S3;

public class VersioningTests(S3Cloud cloud) : IClassFixture<S3Cloud>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private AmazonS3Client Client => cloud.Client;

    [Fact]
    public async Task Enabled_Overwrite_KeepsBoth()
    {
        string bucket = await cloud.BucketAsync(versioned: true);
        string first = (await cloud.PutAsync(bucket, "key", "first")).VersionId;
        string second = (await cloud.PutAsync(bucket, "key", "second")).VersionId;
        Assert.NotEqual(first, second);
        Assert.Equal(("first", "second", "second"), (await cloud.GetAsync(bucket, "key", first), await cloud.GetAsync(bucket, "key", second), await cloud.GetAsync(bucket, "key")));
        Assert.Equal(second, (await Client.GetObjectMetadataAsync(bucket, "key", Cancellation)).VersionId);
    }

    [Fact]
    public async Task Enabled_Delete_HidesUnderAMarkerThatCanBeTakenAway()
    {
        string bucket = await cloud.BucketAsync(versioned: true);
        string version = (await cloud.PutAsync(bucket, "key", "body")).VersionId;
        DeleteObjectResponse deleted = await Client.DeleteObjectAsync(bucket, "key", Cancellation);
        Assert.Equal("true", deleted.DeleteMarker);
        await S3Cloud.RefusedAsync(() => cloud.GetAsync(bucket, "key"), "NoSuchKey", HttpStatusCode.NotFound);
        await S3Cloud.RefusedAsync(() => cloud.GetAsync(bucket, "key", deleted.VersionId), "MethodNotAllowed", HttpStatusCode.MethodNotAllowed);
        Assert.Empty(await cloud.KeysAsync(bucket));
        Assert.Equal("body", await cloud.GetAsync(bucket, "key", version));
        DeleteObjectResponse undone = await Client.DeleteObjectAsync(bucket, "key", deleted.VersionId, Cancellation);
        Assert.Equal(("true", deleted.VersionId), (undone.DeleteMarker, undone.VersionId));
        Assert.Equal("body", await cloud.GetAsync(bucket, "key"));
    }

    [Fact]
    public async Task Enabled_GetDeleted_SaysThatAMarkerIsThere()
    {
        string bucket = await cloud.BucketAsync(versioned: true);
        string marker = (await Client.DeleteObjectAsync(bucket, "key", Cancellation)).VersionId;
        (HttpStatusCode status, HttpResponseMessage response, _) = await cloud.SendAsync(HttpMethod.Head, $"/{bucket}/key");
        Assert.Equal((HttpStatusCode.NotFound, "true", marker), (status, response.Headers.GetValues("x-amz-delete-marker").Single(), response.Headers.GetValues("x-amz-version-id").Single()));
    }

    [Fact]
    public async Task Enabled_DeleteNewestVersion_BringsTheOlderUp()
    {
        string bucket = await cloud.BucketAsync(versioned: true);
        await cloud.PutAsync(bucket, "key", "first");
        string second = (await cloud.PutAsync(bucket, "key", "second")).VersionId;
        await Client.DeleteObjectAsync(bucket, "key", second, Cancellation);
        Assert.Equal("first", await cloud.GetAsync(bucket, "key"));
        await S3Cloud.RefusedAsync(() => cloud.GetAsync(bucket, "key", second), "NoSuchVersion", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Enabled_ObjectOfBefore_IsTheVersionNull()
    {
        string bucket = await cloud.BucketAsync();
        Assert.Null((await cloud.PutAsync(bucket, "key", "before")).VersionId);
        await cloud.SetVersioningAsync(bucket, VersionStatus.Enabled);
        await cloud.PutAsync(bucket, "key", "after");
        Assert.Equal("before", await cloud.GetAsync(bucket, "key", "null"));
    }

    [Fact]
    public async Task Suspended_WriteAndDelete_TouchTheVersionNullAlone()
    {
        string bucket = await cloud.BucketAsync(versioned: true);
        string kept = (await cloud.PutAsync(bucket, "key", "kept")).VersionId;
        await cloud.SetVersioningAsync(bucket, VersionStatus.Suspended);
        Assert.Equal("null", (await cloud.PutAsync(bucket, "key", "second")).VersionId);
        Assert.Equal("null", (await cloud.PutAsync(bucket, "key", "third")).VersionId);
        Assert.Equal("third", await cloud.GetAsync(bucket, "key"));
        DeleteObjectResponse deleted = await Client.DeleteObjectAsync(bucket, "key", Cancellation);
        Assert.Equal(("null", "true"), (deleted.VersionId, deleted.DeleteMarker));
        ListVersionsResponse versions = await Client.ListVersionsAsync(bucket, Cancellation);
        Assert.Equal([("null", true), (kept, false)], versions.Versions.Select(version => (version.VersionId, version.IsDeleteMarker == true)));
        Assert.Equal("kept", await cloud.GetAsync(bucket, "key", kept));
    }

    [Fact]
    public async Task DeleteObjects_VersionsAndKeys_TellsOfMarkers()
    {
        string bucket = await cloud.BucketAsync(versioned: true);
        string version = (await cloud.PutAsync(bucket, "a", "body")).VersionId;
        await cloud.PutAsync(bucket, "b", "body");
        DeleteObjectsResponse response = await Client.DeleteObjectsAsync(
            new DeleteObjectsRequest { BucketName = bucket, Objects = [new KeyVersion { Key = "a", VersionId = version }, new KeyVersion { Key = "b" }] }, Cancellation);
        Assert.Equal([("a", version, false), ("b", null, true)], response.DeletedObjects.Select(deleted => (deleted.Key, (string?)deleted.VersionId, deleted.DeleteMarker == true)));
        Assert.Equal(32, response.DeletedObjects[1].DeleteMarkerVersionId.Length);
    }

    [Fact]
    public async Task PutObject_IfNoneMatchOverAMarker_Writes()
    {
        string bucket = await cloud.BucketAsync(versioned: true);
        await cloud.PutAsync(bucket, "key", "body");
        await Client.DeleteObjectAsync(bucket, "key", Cancellation);
        await Client.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = "key", ContentBody = "again", IfNoneMatch = "*" }, Cancellation);
        Assert.Equal("again", await cloud.GetAsync(bucket, "key"));
    }

    [Fact]
    public async Task Tags_OfAVersion_AreThatVersions()
    {
        string bucket = await cloud.BucketAsync(versioned: true);
        string first = (await cloud.PutAsync(bucket, "key", "first")).VersionId;
        await cloud.PutAsync(bucket, "key", "second");
        PutObjectTaggingResponse put = await Client.PutObjectTaggingAsync(
            new PutObjectTaggingRequest { BucketName = bucket, Key = "key", VersionId = first, Tagging = new Tagging { TagSet = [new Tag { Key = "a", Value = "b" }] } }, Cancellation);
        Assert.Equal(first, put.VersionId);
        Assert.Empty((await Client.GetObjectTaggingAsync(new GetObjectTaggingRequest { BucketName = bucket, Key = "key" }, Cancellation)).Tagging ?? []);
        Assert.Single((await Client.GetObjectTaggingAsync(new GetObjectTaggingRequest { BucketName = bucket, Key = "key", VersionId = first }, Cancellation)).Tagging);
    }
}
