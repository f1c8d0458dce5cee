using System.Net;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;

namespace Archiver.Infra.Tests.LocalCloud.S3;

public class BucketTests(S3Cloud cloud) : IClassFixture<S3Cloud>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private AmazonS3Client Client => cloud.Client;

    [Fact]
    public async Task CreateBucket_New_IsListedAndFound()
    {
        string bucket = await cloud.BucketAsync();
        ListBucketsResponse listed = await Client.ListBucketsAsync(Cancellation);
        Assert.Contains(listed.Buckets, entry => entry.BucketName == bucket);
        Assert.Equal("us-east-1", (await Client.HeadBucketAsync(new HeadBucketRequest { BucketName = bucket }, Cancellation)).BucketRegion);
        Assert.Equal(S3Region.USEast1, (await Client.GetBucketLocationAsync(bucket, Cancellation)).Location);
    }

    [Fact]
    public async Task CreateBucket_Twice_IsAlreadyOwned()
    {
        string bucket = await cloud.BucketAsync();
        await S3Cloud.RefusedAsync(() => Client.PutBucketAsync(bucket, Cancellation), "BucketAlreadyOwnedByYou", HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task CreateBucket_WithLocation_KeepsIt()
    {
        await Client.PutBucketAsync(new PutBucketRequest { BucketName = "abroad", BucketRegion = S3Region.EUCentral1 }, Cancellation);
        Assert.Equal(S3Region.EUCentral1, (await Client.GetBucketLocationAsync("abroad", Cancellation)).Location);
    }

    [Fact]
    public async Task ListBuckets_Paged_GivesEachOnceInOrder()
    {
        string[] buckets = ["paged-a", "paged-b", "paged-c", "paged-d", "paged-e"];
        foreach (string bucket in buckets)
            await Client.PutBucketAsync(bucket, Cancellation);
        List<string> seen = [];
        ListBucketsRequest request = new() { MaxBuckets = 2, Prefix = "paged-" };
        do
        {
            ListBucketsResponse page = await Client.ListBucketsAsync(request, Cancellation);
            seen.AddRange(page.Buckets.Select(bucket => bucket.BucketName));
            request.ContinuationToken = page.ContinuationToken;
        }
        while (request.ContinuationToken is not null);
        Assert.Equal(buckets, seen);
    }

    [Fact]
    public async Task DeleteBucket_Empty_IsGone()
    {
        string bucket = await cloud.BucketAsync();
        await Client.InitiateMultipartUploadAsync(bucket, "unfinished", Cancellation);
        await Client.DeleteBucketAsync(bucket, Cancellation);
        await S3Cloud.RefusedAsync(() => Client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket }, Cancellation), "NoSuchBucket", HttpStatusCode.NotFound);
        await S3Cloud.RefusedAsync(() => Client.DeleteBucketAsync(bucket, Cancellation), "NoSuchBucket", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task DeleteBucket_WithObjectOrOnlyOldVersions_IsNotEmpty()
    {
        string bucket = await cloud.BucketAsync(versioned: true);
        await cloud.PutAsync(bucket, "key", "body");
        await S3Cloud.RefusedAsync(() => Client.DeleteBucketAsync(bucket, Cancellation), "BucketNotEmpty", HttpStatusCode.Conflict);
        await Client.DeleteObjectAsync(bucket, "key", Cancellation);
        await S3Cloud.RefusedAsync(() => Client.DeleteBucketAsync(bucket, Cancellation), "BucketNotEmpty", HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task AnyCall_NoSuchBucket_IsRefused()
    {
        const string Bucket = "no-such-bucket";
        const string Code = "NoSuchBucket";
        await S3Cloud.RefusedAsync(() => cloud.PutAsync(Bucket, "k", "b"), Code, HttpStatusCode.NotFound);
        await S3Cloud.RefusedAsync(() => cloud.GetAsync(Bucket, "k"), Code, HttpStatusCode.NotFound);
        await S3Cloud.RefusedAsync(() => Client.DeleteObjectAsync(Bucket, "k", Cancellation), Code, HttpStatusCode.NotFound);
        await S3Cloud.RefusedAsync(() => Client.GetBucketVersioningAsync(Bucket, Cancellation), "NoSuchBucket", HttpStatusCode.NotFound);
        await S3Cloud.RefusedAsync(() => cloud.SetVersioningAsync(Bucket, VersionStatus.Enabled), Code, HttpStatusCode.NotFound);
        await S3Cloud.RefusedAsync(() => Client.InitiateMultipartUploadAsync(Bucket, "k", Cancellation), Code, HttpStatusCode.NotFound);
        await S3Cloud.RefusedAsync(() => Client.ListMultipartUploadsAsync(Bucket, Cancellation), Code, HttpStatusCode.NotFound);
        await S3Cloud.RefusedAsync(() => Client.ListVersionsAsync(Bucket, Cancellation), Code, HttpStatusCode.NotFound);
        await S3Cloud.RefusedAsync(() => Client.CopyObjectAsync(Bucket, "k", Bucket, "l", Cancellation), Code, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Versioning_SetAndRead_SaysWhatWasSet()
    {
        string bucket = await cloud.BucketAsync();
        Assert.Equal(VersionStatus.Off, (await Client.GetBucketVersioningAsync(bucket, Cancellation)).VersioningConfig.Status); // the client's word for no word
        foreach (VersionStatus status in (VersionStatus[])[VersionStatus.Enabled, VersionStatus.Suspended])
        {
            await cloud.SetVersioningAsync(bucket, status);
            Assert.Equal(status, (await Client.GetBucketVersioningAsync(bucket, Cancellation)).VersioningConfig.Status);
        }
    }

    [Fact]
    public async Task Tags_SetReadDelete_AreThereAndGone()
    {
        string bucket = await cloud.BucketAsync();
        await S3Cloud.RefusedAsync(() => Client.GetBucketTaggingAsync(new GetBucketTaggingRequest { BucketName = bucket }, Cancellation), "NoSuchTagSet", HttpStatusCode.NotFound);
        await Client.PutBucketTaggingAsync(new PutBucketTaggingRequest { BucketName = bucket, TagSet = [new Tag { Key = "team", Value = "blue" }] }, Cancellation);
        GetBucketTaggingResponse tags = await Client.GetBucketTaggingAsync(new GetBucketTaggingRequest { BucketName = bucket }, Cancellation);
        Assert.Equal(("team", "blue"), (tags.TagSet.Single().Key, tags.TagSet.Single().Value));
        await Client.DeleteBucketTaggingAsync(bucket, Cancellation);
        await S3Cloud.RefusedAsync(() => Client.GetBucketTaggingAsync(new GetBucketTaggingRequest { BucketName = bucket }, Cancellation), "NoSuchTagSet", HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("GET", "?acl")]
    [InlineData("PUT", "?policy")]
    [InlineData("GET", "?lifecycle")]
    [InlineData("PUT", "?encryption")]
    [InlineData("PUT", "/key?acl")]
    [InlineData("GET", "/key?retention")]
    [InlineData("POST", "/key?restore")]
    [InlineData("POST", "/key?select&select-type=2")]
    [InlineData("POST", "")]
    public async Task SubResource_ThatIsNotThere_IsNotImplemented(string method, string rest)
    {
        string bucket = await cloud.BucketAsync();
        (HttpStatusCode status, HttpResponseMessage response, string body) = await cloud.SendAsync(
            HttpMethod.Parse(method), $"/{bucket}{rest}", method == "GET" ? null : new StringContent(""));
        Assert.Equal(HttpStatusCode.NotImplemented, status);
        Assert.Contains("<Code>NotImplemented</Code>", body, StringComparison.Ordinal);
        Assert.Contains($"<RequestId>{response.Headers.GetValues("x-amz-request-id").Single()}</RequestId>", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PATCH", "/bucket/key", HttpStatusCode.MethodNotAllowed, "MethodNotAllowed")]
    [InlineData("POST", "/", HttpStatusCode.MethodNotAllowed, "MethodNotAllowed")]
    [InlineData("GET", "/bucket/key?tagging&uploadId=x", HttpStatusCode.BadRequest, "InvalidArgument")]
    [InlineData("GET", "/Bucket", HttpStatusCode.BadRequest, "InvalidBucketName")]
    [InlineData("GET", "/bucket/%ff", HttpStatusCode.BadRequest, "InvalidURI")]
    [InlineData("PUT", "/bucket/key?versionId=null", HttpStatusCode.BadRequest, "InvalidArgument")]
    [InlineData("PUT", "/bucket/key?partNumber=1", HttpStatusCode.BadRequest, "InvalidArgument")]
    [InlineData("PUT", "/bucket/key?x-amz-meta-n%C3%A4me=v", HttpStatusCode.BadRequest, "InvalidArgument")]
    [InlineData("GET", "/bucket/key?versionId=", HttpStatusCode.BadRequest, "InvalidArgument")]
    [InlineData("GET", "/bucket/key?versionId=nonsense", HttpStatusCode.BadRequest, "InvalidArgument")]
    public async Task Request_ThatMakesNoSense_IsRefused(string method, string target, HttpStatusCode expected, string code)
    {
        (HttpStatusCode status, _, string body) = await cloud.SendAsync(HttpMethod.Parse(method), target);
        Assert.Equal(expected, status);
        Assert.Contains($"<Code>{code}</Code>", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<VersioningConfiguration><Status>Enabled</Status>")]
    [InlineData("<Other/>")]
    [InlineData("<VersioningConfiguration><Surprise/></VersioningConfiguration>")]
    [InlineData("<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><VersioningConfiguration><Status>&e;</Status></VersioningConfiguration>")]
    [InlineData("")]
    public async Task PutVersioning_BadXml_IsMalformed(string xml)
    {
        string bucket = await cloud.BucketAsync();
        (HttpStatusCode status, _, string body) = await cloud.SendAsync(HttpMethod.Put, $"/{bucket}?versioning", new StringContent(xml, Encoding.UTF8));
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("<Code>MalformedXML</Code>", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x-amz-acl", "public-read", "AccessControlListNotSupported")]
    [InlineData("x-amz-grant-read", "id=1", "AccessControlListNotSupported")]
    [InlineData("x-amz-server-side-encryption", "aws:kms", "NotImplemented")]
    [InlineData("x-amz-server-side-encryption-customer-algorithm", "AES256", "NotImplemented")]
    [InlineData("x-amz-storage-class", "GLACIER", "NotImplemented")]
    [InlineData("x-amz-object-lock-mode", "GOVERNANCE", "NotImplemented")]
    [InlineData("x-amz-website-redirect-location", "/elsewhere", "NotImplemented")]
    [InlineData("x-amz-expected-bucket-owner", "123456789012", "AccessDenied")]
    [InlineData("If-None-Match", "\"etag\"", "NotImplemented")]
    public async Task PutObject_HeaderForWhatIsNotThere_IsRefusedAndNothingStored(string name, string value, string code)
    {
        string bucket = await cloud.BucketAsync();
        (_, _, string body) = await cloud.SendAsync(HttpMethod.Put, $"/{bucket}/key", new StringContent("body"), (name, value));
        Assert.Contains($"<Code>{code}</Code>", body, StringComparison.Ordinal);
        Assert.Empty(await cloud.KeysAsync(bucket));
    }

    [Fact]
    public async Task Head_Refused_HasNoBodyAndARequestId()
    {
        (HttpStatusCode status, HttpResponseMessage response, string body) = await cloud.SendAsync(HttpMethod.Head, "/no-such-bucket/key");
        Assert.Equal((HttpStatusCode.NotFound, ""), (status, body));
        Assert.Single(response.Headers.GetValues("x-amz-request-id"));
    }

    [Fact]
    public async Task Request_ToVirtualHost_IsToThatBucket()
    {
        string bucket = await cloud.BucketAsync();
        (HttpStatusCode status, _, _) = await cloud.SendAsync(HttpMethod.Put, "/a/b", new StringContent("body"), ("Host", $"{bucket}.s3.localhost:{cloud.Endpoint.Port}"));
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("body", await cloud.GetAsync(bucket, "a/b"));
    }

    [Fact]
    public async Task Request_WithAnotherServicesTarget_IsNotTakenForS3()
    {
        (HttpStatusCode status, _, string body) = await cloud.SendAsync(HttpMethod.Post, "/", new StringContent("{}"), ("X-Amz-Target", "Nonesuch.Call"));
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("UnknownOperationException", body, StringComparison.Ordinal);
    }
}
