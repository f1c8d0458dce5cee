using System.Globalization;
using System.Net;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using Archiver.Infra.LocalCloud.S3;

namespace Archiver.Infra.Tests.LocalCloud.S3;

public class ObjectTests(S3Cloud cloud) : IClassFixture<S3Cloud>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private AmazonS3Client Client => cloud.Client;

    [Fact]
    public async Task PutObject_Body_ComesBackWithItsEntityTag()
    {
        string bucket = await cloud.BucketAsync();
        PutObjectResponse put = await cloud.PutAsync(bucket, "key", "hello world");
        Assert.Equal("\"5eb63bbbe01eeed093cb22bb8f5acdc3\"", put.ETag);
        using GetObjectResponse got = await Client.GetObjectAsync(bucket, "key", Cancellation);
        using StreamReader reader = new(got.ResponseStream);
        Assert.Equal((put.ETag, 11L, "hello world"), (got.ETag, got.ContentLength, await reader.ReadToEndAsync(Cancellation)));
        Assert.Null(got.VersionId);
    }

    [Fact]
    public async Task PutObject_Empty_IsAnObjectOfNoBytes()
    {
        string bucket = await cloud.BucketAsync();
        PutObjectResponse put = await Client.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = "empty", InputStream = new MemoryStream() }, Cancellation);
        Assert.Equal("\"d41d8cd98f00b204e9800998ecf8427e\"", put.ETag);
        Assert.Equal("", await cloud.GetAsync(bucket, "empty"));
    }

    [Fact]
    public async Task PutObject_Again_ReplacesItWhole()
    {
        string bucket = await cloud.BucketAsync();
        PutObjectRequest first = new() { BucketName = bucket, Key = "key", ContentBody = "first, and longer", TagSet = [new Tag { Key = "a", Value = "b" }] };
        first.Metadata["old"] = "yes";
        await Client.PutObjectAsync(first, Cancellation);
        await cloud.PutAsync(bucket, "key", "second");
        using GetObjectResponse got = await Client.GetObjectAsync(bucket, "key", Cancellation);
        Assert.Equal((6L, 0, 0), (got.ContentLength, got.Metadata.Count, got.TagCount ?? 0));
        Assert.Equal("second", await cloud.GetAsync(bucket, "key"));
    }

    [Fact]
    public async Task PutObject_HeadersAndMetadata_ComeBack()
    {
        string bucket = await cloud.BucketAsync();
        PutObjectRequest put = new() { BucketName = bucket, Key = "key", ContentBody = "body", ContentType = "text/x-test", ServerSideEncryptionMethod = ServerSideEncryptionMethod.AES256 };
        put.Headers.CacheControl = "max-age=5";
        put.Headers.ContentDisposition = "attachment; filename=\"a b.txt\"";
        put.Headers.ContentEncoding = "gzip";
        put.Headers["Content-Language"] = "de";
        put.Headers["Expires"] = "Wed, 02 Jan 2030 03:04:05 GMT";
        put.Metadata["Title"] = "A title, with: punctuation";
        put.Metadata["empty"] = "";
        await Client.PutObjectAsync(put, Cancellation);
        GetObjectMetadataResponse head = await Client.GetObjectMetadataAsync(bucket, "key", Cancellation);
        Assert.Equal("text/x-test", head.Headers.ContentType);
        Assert.Equal("max-age=5", head.Headers.CacheControl);
        Assert.Equal("attachment; filename=\"a b.txt\"", head.Headers.ContentDisposition);
        Assert.Equal("gzip", head.Headers.ContentEncoding);
        Assert.Equal("de", head.ContentLanguage ?? head.Headers["Content-Language"]);
        Assert.Equal("Wed, 02 Jan 2030 03:04:05 GMT", head.ExpiresString);
        Assert.Equal("A title, with: punctuation", head.Metadata["title"]);
        Assert.Equal(ServerSideEncryptionMethod.AES256, head.ServerSideEncryptionMethod);
        Assert.Equal(4, head.ContentLength);
    }

    [Fact]
    public async Task PutObject_NoContentType_IsABinaryStream()
    {
        string bucket = await cloud.BucketAsync();
        await cloud.SendAsync(HttpMethod.Put, $"/{bucket}/key", new ByteArrayContent([1]));
        Assert.Equal("binary/octet-stream", (await Client.GetObjectMetadataAsync(bucket, "key", Cancellation)).Headers.ContentType);
    }

    [Fact]
    public async Task PutObject_MetadataInAnyScript_ComesBackAsEncodedWords()
    {
        string bucket = await cloud.BucketAsync();
        (HttpStatusCode status, _, _) = await cloud.SendAsync(
            HttpMethod.Put, $"/{bucket}/key", new StringContent("body"), ("x-amz-meta-name", "=?UTF-8?Q?=E6=96=87=E4=BB=B6?="));
        Assert.Equal(HttpStatusCode.OK, status);
        (_, HttpResponseMessage response, _) = await cloud.SendAsync(HttpMethod.Head, $"/{bucket}/key");
        Assert.Equal("=?UTF-8?B?5paH5Lu2?=", response.Headers.GetValues("x-amz-meta-name").Single());
    }

    [Fact]
    public async Task PutObject_MetadataOverTwoKilobytes_IsTooLarge()
    {
        string bucket = await cloud.BucketAsync();
        await PutAsync(2048 - 4);
        await S3Cloud.RefusedAsync(() => PutAsync(2048 - 3), "MetadataTooLarge", HttpStatusCode.BadRequest);

        Task PutAsync(int length)
        {
            PutObjectRequest request = new() { BucketName = bucket, Key = "key", ContentBody = "body" };
            request.Metadata["name"] = new string('v', length);
            return Client.PutObjectAsync(request, Cancellation);
        }
    }

    [Fact]
    public async Task GetObject_ResponseOverrides_StandInTheAnswer()
    {
        string bucket = await cloud.BucketAsync();
        await cloud.PutAsync(bucket, "key", "body");
        using GetObjectResponse response = await Client.GetObjectAsync(
            new GetObjectRequest
            {
                BucketName = bucket,
                Key = "key",
                ResponseHeaderOverrides = new ResponseHeaderOverrides { ContentType = "text/override", ContentDisposition = "attachment; filename=x", CacheControl = "no-store" },
            },
            Cancellation);
        Assert.Equal(("text/override", "attachment; filename=x", "no-store"), (response.Headers.ContentType, response.Headers.ContentDisposition, response.Headers.CacheControl));
        (HttpStatusCode status, HttpResponseMessage refusal, string body) = await cloud.SendAsync(HttpMethod.Get, $"/{bucket}/key?response-content-type=a%0d%0aSet-Cookie:%20b");
        Assert.Equal((HttpStatusCode.BadRequest, null), (status, refusal.Headers.ETag));
        Assert.Contains("<Code>InvalidArgument</Code>", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetObject_NoSuchKey_SaysWhich()
    {
        string bucket = await cloud.BucketAsync();
        await S3Cloud.RefusedAsync(() => cloud.GetAsync(bucket, "<nope> & 'none'"), "NoSuchKey", HttpStatusCode.NotFound);
        (_, _, string body) = await cloud.SendAsync(HttpMethod.Get, $"/{bucket}/%3Cnope%3E");
        Assert.Contains("<Key>&lt;nope&gt;</Key>", body, StringComparison.Ordinal);
        Assert.Contains($"<Resource>/{bucket}/%3Cnope%3E</Resource>", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HeadObject_NoSuchKey_IsNotFound() => await S3Cloud.RefusedAsync(
        async () => await Client.GetObjectMetadataAsync(await cloud.BucketAsync(), "nope", Cancellation), "NotFound", HttpStatusCode.NotFound);

    [Fact]
    public async Task PutObject_KeyTooLong_IsRefused()
    {
        string bucket = await cloud.BucketAsync();
        await cloud.PutAsync(bucket, new string('ü', 512), "1,024 bytes");
        await S3Cloud.RefusedAsync(() => cloud.PutAsync(bucket, new string('ü', 512) + "a", "one more"), "KeyTooLongError", HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Conditions_OnReads_DecideAsTheyShould()
    {
        string bucket = await cloud.BucketAsync();
        string etag = (await cloud.PutAsync(bucket, "key", "body")).ETag;
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("If-Match", etag));
        Assert.Equal(HttpStatusCode.PreconditionFailed, await StatusAsync("If-Match", "\"other\""));
        Assert.Equal(HttpStatusCode.NotModified, await StatusAsync("If-None-Match", etag));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("If-None-Match", "\"other\""));
        Assert.Equal(HttpStatusCode.NotModified, await StatusAsync("If-Modified-Since", Hours(1)));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("If-Modified-Since", Hours(-1)));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("If-Unmodified-Since", Hours(1)));
        Assert.Equal(HttpStatusCode.PreconditionFailed, await StatusAsync("If-Unmodified-Since", Hours(-1)));
        await S3Cloud.RefusedAsync(
            () => Client.GetObjectAsync(new GetObjectRequest { BucketName = bucket, Key = "key", EtagToMatch = "\"other\"" }, Cancellation),
            "PreconditionFailed", HttpStatusCode.PreconditionFailed);

        async Task<HttpStatusCode> StatusAsync(string name, string value)
        {
            (HttpStatusCode get, HttpResponseMessage response, string body) = await cloud.SendAsync(HttpMethod.Get, $"/{bucket}/key", null, (name, value));
            (HttpStatusCode head, _, _) = await cloud.SendAsync(HttpMethod.Head, $"/{bucket}/key", null, (name, value));
            Assert.Equal(get, head);
            if (get == HttpStatusCode.NotModified)
                Assert.Equal((etag, ""), (response.Headers.ETag!.Tag, body));
            return get;
        }

        static string Hours(int hours) => DateTimeOffset.UtcNow.AddHours(hours).ToString("r", CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task PutObject_IfNoneMatch_WritesOnce()
    {
        string bucket = await cloud.BucketAsync();
        PutObjectRequest request = new() { BucketName = bucket, Key = "key", ContentBody = "first", IfNoneMatch = "*" };
        await Client.PutObjectAsync(request, Cancellation);
        await S3Cloud.RefusedAsync(() => Client.PutObjectAsync(request, Cancellation), "PreconditionFailed", HttpStatusCode.PreconditionFailed);
    }

    [Fact]
    public async Task PutObject_IfMatch_ReplacesOnlyWhatItNames()
    {
        string bucket = await cloud.BucketAsync();
        PutObjectRequest request = new() { BucketName = bucket, Key = "key", ContentBody = "second", IfMatch = "\"5eb63bbbe01eeed093cb22bb8f5acdc3\"" };
        await S3Cloud.RefusedAsync(() => Client.PutObjectAsync(request, Cancellation), "NoSuchKey", HttpStatusCode.NotFound);
        await cloud.PutAsync(bucket, "key", "hello world");
        await Client.PutObjectAsync(request, Cancellation);
        await S3Cloud.RefusedAsync(() => Client.PutObjectAsync(request, Cancellation), "PreconditionFailed", HttpStatusCode.PreconditionFailed);
        Assert.Equal("second", await cloud.GetAsync(bucket, "key"));
    }

    [Fact]
    public async Task DeleteObject_ThereOrNot_IsGone()
    {
        string bucket = await cloud.BucketAsync();
        await cloud.PutAsync(bucket, "key", "body");
        for (int time = 0; time < 2; time++)
            Assert.Equal(HttpStatusCode.NoContent, (await Client.DeleteObjectAsync(bucket, "key", Cancellation)).HttpStatusCode);
        Assert.Empty(await cloud.KeysAsync(bucket));
    }

    [Fact]
    public async Task DeleteObject_IfMatch_DeletesOnlyWhatItNames()
    {
        string bucket = await cloud.BucketAsync();
        await S3Cloud.RefusedAsync(() => DeleteAsync("*"), "NoSuchKey", HttpStatusCode.NotFound);
        string etag = (await cloud.PutAsync(bucket, "key", "body")).ETag;
        await S3Cloud.RefusedAsync(() => DeleteAsync("\"other\""), "PreconditionFailed", HttpStatusCode.PreconditionFailed);
        await DeleteAsync(etag);
        Assert.Empty(await cloud.KeysAsync(bucket));

        Task DeleteAsync(string ifMatch) => Client.DeleteObjectAsync(new DeleteObjectRequest { BucketName = bucket, Key = "key", IfMatch = ifMatch }, Cancellation);
    }

    [Fact]
    public async Task DeleteObjects_Some_TellsOfEach()
    {
        string bucket = await cloud.BucketAsync();
        string[] keys = ["a", "b<&>\"'", " ", "dir/c\r\n"];
        foreach (string key in keys)
            await cloud.PutAsync(bucket, key, "body");
        DeleteObjectsResponse response = await Client.DeleteObjectsAsync(
            new DeleteObjectsRequest { BucketName = bucket, Objects = [.. keys.Append("never there").Select(key => new KeyVersion { Key = key })] }, Cancellation);
        Assert.Equal(5, response.DeletedObjects.Count);
        Assert.Empty(await cloud.KeysAsync(bucket));
    }

    [Fact]
    public async Task DeleteObjects_QuietWithErrors_TellsOfTheErrorsAlone()
    {
        string bucket = await cloud.BucketAsync();
        await cloud.PutAsync(bucket, "a", "body");
        await cloud.PutAsync(bucket, "b", "body");
        DeleteObjectsException exception = await Assert.ThrowsAsync<DeleteObjectsException>(() => Client.DeleteObjectsAsync(
            new DeleteObjectsRequest
            {
                BucketName = bucket,
                Quiet = true,
                Objects = [new KeyVersion { Key = "a" }, new KeyVersion { Key = "b", ETag = "\"other\"" }, new KeyVersion { Key = "c", VersionId = "nonsense" }, new KeyVersion { Key = new string('k', 1025) }],
            },
            Cancellation));
        Assert.Equal(["PreconditionFailed", "InvalidArgument", "KeyTooLongError"], exception.Response.DeleteErrors.Select(error => error.Code));
        Assert.True(exception.Response.DeletedObjects is null or { Count: 0 });
        Assert.Equal(["b"], await cloud.KeysAsync(bucket));
    }

    [Fact]
    public async Task DeleteObjects_NothingToCheckItBy_IsRefused()
    {
        string bucket = await cloud.BucketAsync();
        (HttpStatusCode status, _, string body) = await cloud.SendAsync(
            HttpMethod.Post, $"/{bucket}?delete", new StringContent("<Delete><Object><Key>a</Key></Object></Delete>"));
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("<Code>InvalidRequest</Code>", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeleteObjects_MoreThanAThousand_IsMalformed()
    {
        string bucket = await cloud.BucketAsync();
        await S3Cloud.RefusedAsync(
            () => Client.DeleteObjectsAsync(
                new DeleteObjectsRequest { BucketName = bucket, Objects = [.. Enumerable.Range(0, 1001).Select(i => new KeyVersion { Key = $"k{i}" })] }, Cancellation),
            "MalformedXML", HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Tags_PutReadReplaceDelete_AreWhatWasLastSaid()
    {
        string bucket = await cloud.BucketAsync();
        PutObjectRequest put = new() { BucketName = bucket, Key = "key", ContentBody = "body", TagSet = [new Tag { Key = "a b", Value = "ü=/+" }, new Tag { Key = "empty", Value = "" }] };
        await Client.PutObjectAsync(put, Cancellation);
        Assert.Equal(["a b:ü=/+", "empty:"], await ReadAsync());
        await Client.PutObjectTaggingAsync(
            new PutObjectTaggingRequest { BucketName = bucket, Key = "key", Tagging = new Tagging { TagSet = [new Tag { Key = "x", Value = "1" }] } }, Cancellation);
        Assert.Equal(["x:1"], await ReadAsync());
        using (GetObjectResponse got = await Client.GetObjectAsync(bucket, "key", Cancellation))
            Assert.Equal(1, got.TagCount);
        await Client.DeleteObjectTaggingAsync(new DeleteObjectTaggingRequest { BucketName = bucket, Key = "key" }, Cancellation);
        Assert.Empty(await ReadAsync());

        async Task<IEnumerable<string>> ReadAsync() =>
            ((await Client.GetObjectTaggingAsync(new GetObjectTaggingRequest { BucketName = bucket, Key = "key" }, Cancellation)).Tagging ?? []).Select(tag => $"{tag.Key}:{tag.Value}");
    }

    [Theory]
    [InlineData("a=1&a=2", "InvalidArgument")]
    [InlineData("a=%zz", "InvalidArgument")]
    [InlineData("a=b%26c", "InvalidTag")]
    [InlineData("=b", "InvalidTag")]
    [InlineData("aws:x=b", "InvalidTag")]
    [InlineData("1&2&3&4&5&6&7&8&9&10&11", "BadRequest")]
    public async Task PutObject_BadTags_IsRefused(string tagging, string code)
    {
        string bucket = await cloud.BucketAsync();
        (HttpStatusCode status, _, string body) = await cloud.SendAsync(HttpMethod.Put, $"/{bucket}/key", new StringContent("body"), ("x-amz-tagging", tagging));
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains($"<Code>{code}</Code>", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tags_OfWhatIsNotThere_AreRefused()
    {
        string bucket = await cloud.BucketAsync();
        await S3Cloud.RefusedAsync(
            () => Client.GetObjectTaggingAsync(new GetObjectTaggingRequest { BucketName = bucket, Key = "nope" }, Cancellation), "NoSuchKey", HttpStatusCode.NotFound);
        await S3Cloud.RefusedAsync(
            () => Client.PutObjectTaggingAsync(new PutObjectTaggingRequest { BucketName = bucket, Key = "nope", Tagging = new Tagging { TagSet = [] } }, Cancellation),
            "NoSuchKey", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task GetObjectAttributes_Whole_GivesWhatIsAsked()
    {
        string bucket = await cloud.BucketAsync();
        await cloud.PutAsync(bucket, "key", "hello world");
        GetObjectAttributesResponse response = await Client.GetObjectAttributesAsync(
            new GetObjectAttributesRequest { BucketName = bucket, Key = "key", ObjectAttributes = [ObjectAttributes.ETag, ObjectAttributes.ObjectSize, ObjectAttributes.StorageClass, ObjectAttributes.Checksum] }, Cancellation);
        Assert.Equal(("5eb63bbbe01eeed093cb22bb8f5acdc3", 11L, "STANDARD"), (response.ETag, response.ObjectSize, response.StorageClass.Value));
        Assert.Equal("DUoRhQ==", response.Checksum.ChecksumCRC32);
    }

    [Fact]
    public async Task PresignedUrls_PutAndGet_ArePlainRequests()
    {
        string bucket = await cloud.BucketAsync();
        string put = await PresignAsync(HttpVerb.PUT);
        (HttpStatusCode status, _, _) = await cloud.SendAsync(HttpMethod.Put, new Uri(put).PathAndQuery, new ByteArrayContent(Encoding.UTF8.GetBytes("presigned")));
        Assert.Equal(HttpStatusCode.OK, status);
        (_, _, string body) = await cloud.SendAsync(HttpMethod.Get, new Uri(await PresignAsync(HttpVerb.GET)).PathAndQuery);
        Assert.Equal("presigned", body);

        Task<string> PresignAsync(HttpVerb verb) => Client.GetPreSignedURLAsync(
            new GetPreSignedUrlRequest { BucketName = bucket, Key = "dir/a key.txt", Verb = verb, Protocol = Protocol.HTTP, Expires = DateTime.UtcNow.AddHours(1) });
    }

    [Fact]
    public async Task Changes_PutCopyDelete_AreToldInOrder()
    {
        string bucket = await cloud.BucketAsync();
        List<ObjectChange> changes = [];
        void Listen(ObjectChange change)
        {
            if (change.Bucket == bucket)
                changes.Add(change);
        }

        cloud.Events.Changed += Listen;
        await cloud.PutAsync(bucket, "a", "body");
        await Client.CopyObjectAsync(bucket, "a", bucket, "b", Cancellation);
        await Client.DeleteObjectAsync(bucket, "a", Cancellation);
        await Client.DeleteObjectAsync(bucket, "never there", Cancellation);
        cloud.Events.Changed -= Listen;
        Assert.Equal(
            [("PutObject", "a", true, 4L), ("CopyObject", "b", true, 4L), ("DeleteObject", "a", false, null)],
            changes.Select(change => (change.Operation, change.Key, change.IsCreated, change.Size)));
    }
}
