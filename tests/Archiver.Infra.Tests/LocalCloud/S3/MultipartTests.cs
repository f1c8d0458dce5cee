using System.Net;
using System.Security.Cryptography;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.S3.Transfer;

namespace Archiver.Infra.Tests.LocalCloud.S3;

public class MultipartTests(S3Cloud cloud) : IClassFixture<S3Cloud>
{
    private const int Smallest = 5 * 1024 * 1024;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private AmazonS3Client Client => cloud.Client;

    [Fact]
    public async Task Complete_ThreeParts_IsTheirBytesInOrder()
    {
        string bucket = await cloud.BucketAsync();
        byte[][] bodies = [Bytes(Smallest, 1), Bytes(Smallest + 1, 2), Bytes(3, 3)];
        InitiateMultipartUploadRequest initiate = new() { BucketName = bucket, Key = "key", ContentType = "text/x-test", TagSet = [new Tag { Key = "t", Value = "u" }] };
        initiate.Metadata["m"] = "v";
        string id = (await Client.InitiateMultipartUploadAsync(initiate, Cancellation)).UploadId;
        List<UploadPartResponse> parts = [];
        foreach (int number in (int[])[3, 1, 2])
            parts.Add(await UploadAsync(bucket, "key", id, number, bodies[number - 1]));
        Assert.Empty(await cloud.KeysAsync(bucket));

        CompleteMultipartUploadResponse completed = await CompleteAsync(bucket, "key", id, parts);
        byte[] whole = [.. bodies.SelectMany(body => body)];
        string md5s = Convert.ToHexStringLower(S3Cloud.Md5([.. bodies.SelectMany(body => S3Cloud.Md5(body))]));
        Assert.Equal($"\"{md5s}-3\"", completed.ETag);
        using GetObjectResponse got = await Client.GetObjectAsync(bucket, "key", Cancellation);
        using MemoryStream received = new();
        await got.ResponseStream.CopyToAsync(received, Cancellation);
        Assert.Equal(whole, received.ToArray());
        Assert.Equal(("text/x-test", "v", 1, completed.ETag), (got.Headers.ContentType, got.Metadata["m"], got.TagCount, got.ETag));
        await S3Cloud.RefusedAsync(() => CompleteAsync(bucket, "key", id, parts), "NoSuchUpload", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task GetObject_OnePart_IsThatPart()
    {
        string bucket = await cloud.BucketAsync();
        string id = (await Client.InitiateMultipartUploadAsync(bucket, "key", Cancellation)).UploadId;
        UploadPartResponse first = await UploadAsync(bucket, "key", id, 2, Bytes(Smallest, 1));
        UploadPartResponse second = await UploadAsync(bucket, "key", id, 7, Encoding.ASCII.GetBytes("the last"));
        await CompleteAsync(bucket, "key", id, [first, second]);
        using GetObjectResponse part = await Client.GetObjectAsync(new GetObjectRequest { BucketName = bucket, Key = "key", PartNumber = 7 }, Cancellation);
        using StreamReader reader = new(part.ResponseStream);
        Assert.Equal((2, "the last"), (part.PartsCount, await reader.ReadToEndAsync(Cancellation)));
        await S3Cloud.RefusedAsync(
            () => Client.GetObjectAsync(new GetObjectRequest { BucketName = bucket, Key = "key", PartNumber = 3 }, Cancellation),
            "InvalidPartNumber", HttpStatusCode.RequestedRangeNotSatisfiable);
        GetObjectAttributesResponse attributes = await Client.GetObjectAttributesAsync(
            new GetObjectAttributesRequest { BucketName = bucket, Key = "key", ObjectAttributes = [ObjectAttributes.ObjectParts] }, Cancellation);
        Assert.Equal([(2, (long)Smallest), (7, 8L)], attributes.ObjectParts.Parts.Select(entry => (entry.PartNumber!.Value, entry.Size!.Value)));
    }

    [Fact]
    public async Task GetObject_EmptyPart_IsEmpty()
    {
        string bucket = await cloud.BucketAsync();
        string id = (await Client.InitiateMultipartUploadAsync(bucket, "key", Cancellation)).UploadId;
        await CompleteAsync(bucket, "key", id, [await UploadAsync(bucket, "key", id, 1, Bytes(Smallest, 1)), await UploadAsync(bucket, "key", id, 2, [])]);
        (HttpStatusCode status, HttpResponseMessage response, string body) = await cloud.SendAsync(HttpMethod.Get, $"/{bucket}/key?partNumber=2");
        Assert.Equal((HttpStatusCode.PartialContent, "", null), (status, body, response.Content.Headers.ContentRange));
    }

    [Fact]
    public async Task UploadPart_Again_ReplacesIt()
    {
        string bucket = await cloud.BucketAsync();
        string id = (await Client.InitiateMultipartUploadAsync(bucket, "key", Cancellation)).UploadId;
        UploadPartResponse old = await UploadAsync(bucket, "key", id, 1, [1]);
        UploadPartResponse current = await UploadAsync(bucket, "key", id, 1, [2, 3]);
        await S3Cloud.RefusedAsync(() => CompleteAsync(bucket, "key", id, [old]), "InvalidPart", HttpStatusCode.BadRequest);
        await CompleteAsync(bucket, "key", id, [current]);
        Assert.Equal("\u0002\u0003", await cloud.GetAsync(bucket, "key"));
    }

    [Fact]
    public async Task Complete_BadLists_AreRefused()
    {
        string bucket = await cloud.BucketAsync();
        string id = (await Client.InitiateMultipartUploadAsync(bucket, "key", Cancellation)).UploadId;
        UploadPartResponse first = await UploadAsync(bucket, "key", id, 1, Bytes(10, 1));
        UploadPartResponse second = await UploadAsync(bucket, "key", id, 2, Bytes(10, 2));
        await S3Cloud.RefusedAsync(() => CompleteAsync(bucket, "key", id, [first, second]), "EntityTooSmall", HttpStatusCode.BadRequest);
        await RawAsync($"<Part><PartNumber>2</PartNumber><ETag>{second.ETag}</ETag></Part><Part><PartNumber>1</PartNumber><ETag>{first.ETag}</ETag></Part>", "InvalidPartOrder");
        await RawAsync($"<Part><PartNumber>1</PartNumber><ETag>{first.ETag}</ETag></Part><Part><PartNumber>1</PartNumber><ETag>{first.ETag}</ETag></Part>", "InvalidPartOrder");
        await RawAsync("<Part><PartNumber>3</PartNumber><ETag>x</ETag></Part>", "InvalidPart");
        await RawAsync("", "MalformedXML");
        await RawAsync("<Part><PartNumber>1</PartNumber></Part>", "MalformedXML");
        await RawAsync("<Part><PartNumber>0</PartNumber><ETag>x</ETag></Part>", "MalformedXML");
        Assert.Empty(await cloud.KeysAsync(bucket));
        await CompleteAsync(bucket, "key", id, [second]);

        async Task RawAsync(string parts, string code)
        {
            (_, _, string body) = await cloud.SendAsync(
                HttpMethod.Post, $"/{bucket}/key?uploadId={id}", new StringContent($"<CompleteMultipartUpload>{parts}</CompleteMultipartUpload>"));
            Assert.Contains($"<Code>{code}</Code>", body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Complete_IfNoneMatch_DoesNotOverwrite()
    {
        string bucket = await cloud.BucketAsync();
        string id = (await Client.InitiateMultipartUploadAsync(bucket, "key", Cancellation)).UploadId;
        UploadPartResponse part = await UploadAsync(bucket, "key", id, 1, [1]);
        await cloud.PutAsync(bucket, "key", "was first");
        CompleteMultipartUploadRequest request = new() { BucketName = bucket, Key = "key", UploadId = id, IfNoneMatch = "*" };
        request.AddPartETags(part);
        await S3Cloud.RefusedAsync(() => Client.CompleteMultipartUploadAsync(request, Cancellation), "PreconditionFailed", HttpStatusCode.PreconditionFailed);
        Assert.Equal("was first", await cloud.GetAsync(bucket, "key"));
    }

    [Fact]
    public async Task Complete_Twice_AtOnce_MakesOneObject()
    {
        string bucket = await cloud.BucketAsync(versioned: true);
        string id = (await Client.InitiateMultipartUploadAsync(bucket, "key", Cancellation)).UploadId;
        UploadPartResponse part = await UploadAsync(bucket, "key", id, 1, Bytes(1000, 1));
        string[] outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            try
            {
                return (await CompleteAsync(bucket, "key", id, [part])).ETag;
            }
            catch (AmazonS3Exception exception)
            {
                return exception.ErrorCode;
            }
        }));
        Assert.Single(outcomes, outcome => outcome.StartsWith('"'));
        Assert.All(outcomes.Where(outcome => !outcome.StartsWith('"')), outcome => Assert.Contains(outcome, (string[])["NoSuchUpload", "OperationAborted"]));
        Assert.Single((await Client.ListVersionsAsync(bucket, Cancellation)).Versions);
    }

    [Fact]
    public async Task Abort_Upload_IsGoneWithItsParts()
    {
        string bucket = await cloud.BucketAsync();
        int before = Files();
        string id = (await Client.InitiateMultipartUploadAsync(bucket, "key", Cancellation)).UploadId;
        await UploadAsync(bucket, "key", id, 1, [1]);
        Assert.Equal(before + 1, Files());
        await Client.AbortMultipartUploadAsync(bucket, "key", id, Cancellation);
        Assert.Equal(before, Files());
        await S3Cloud.RefusedAsync(() => Client.AbortMultipartUploadAsync(bucket, "key", id, Cancellation), "NoSuchUpload", HttpStatusCode.NotFound);
        await S3Cloud.RefusedAsync(() => UploadAsync(bucket, "key", id, 1, [1]), "NoSuchUpload", HttpStatusCode.NotFound);
        await S3Cloud.RefusedAsync(() => Client.ListPartsAsync(bucket, "key", id, Cancellation), "NoSuchUpload", HttpStatusCode.NotFound);

        int Files() => Directory.GetFiles(Path.Combine(cloud.DataDirectory, "s3"), "*", SearchOption.AllDirectories).Length;
    }

    [Fact]
    public async Task Upload_OfAnotherKey_IsNoSuchUpload()
    {
        string bucket = await cloud.BucketAsync();
        string id = (await Client.InitiateMultipartUploadAsync(bucket, "key", Cancellation)).UploadId;
        await S3Cloud.RefusedAsync(() => UploadAsync(bucket, "other", id, 1, [1]), "NoSuchUpload", HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("10001")]
    [InlineData("one")]
    public async Task UploadPart_BadNumber_IsInvalid(string number)
    {
        string bucket = await cloud.BucketAsync();
        string id = (await Client.InitiateMultipartUploadAsync(bucket, "key", Cancellation)).UploadId;
        (_, _, string body) = await cloud.SendAsync(HttpMethod.Put, $"/{bucket}/key?partNumber={number}&uploadId={id}", new StringContent("x"));
        Assert.Contains("<Code>InvalidArgument</Code>", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListParts_Paged_GivesEachOnceInOrder()
    {
        string bucket = await cloud.BucketAsync();
        string id = (await Client.InitiateMultipartUploadAsync(bucket, "key", Cancellation)).UploadId;
        foreach (int number in (int[])[5, 1, 3, 10000, 2])
            await UploadAsync(bucket, "key", id, number, [(byte)number]);
        List<int> seen = [];
        ListPartsRequest request = new() { BucketName = bucket, Key = "key", UploadId = id, MaxParts = 2 };
        ListPartsResponse page;
        do
        {
            page = await Client.ListPartsAsync(request, Cancellation);
            seen.AddRange(page.Parts.Select(part => part.PartNumber!.Value));
            request.PartNumberMarker = page.NextPartNumberMarker?.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
        while (page.IsTruncated == true);
        Assert.Equal([1, 2, 3, 5, 10000], seen);
    }

    [Fact]
    public async Task ListMultipartUploads_Paged_GivesEachOnceAndRollsUp()
    {
        string bucket = await cloud.BucketAsync();
        List<string> expected = [];
        foreach (string key in (string[])["a", "a", "b", "dir/one", "dir/two", "z"])
        {
            string id = (await Client.InitiateMultipartUploadAsync(bucket, key, Cancellation)).UploadId;
            if (!key.StartsWith("dir/", StringComparison.Ordinal))
                expected.Add($"{key} {id}");
        }
        List<string> seen = [];
        List<string> prefixes = [];
        ListMultipartUploadsRequest request = new() { BucketName = bucket, MaxUploads = 1, Delimiter = "/" };
        ListMultipartUploadsResponse page;
        do
        {
            page = await Client.ListMultipartUploadsAsync(request, Cancellation);
            seen.AddRange((page.MultipartUploads ?? []).Select(upload => $"{upload.Key} {upload.UploadId}"));
            prefixes.AddRange(page.CommonPrefixes ?? []);
            (request.KeyMarker, request.UploadIdMarker) = (page.NextKeyMarker, page.NextUploadIdMarker);
        }
        while (page.IsTruncated == true);
        Assert.Equal(expected.Order(StringComparer.Ordinal), seen);
        Assert.Equal(["dir/"], prefixes);
    }

    [Fact]
    public async Task UploadPartCopy_Ranges_MakeAnObject()
    {
        string bucket = await cloud.BucketAsync();
        byte[] source = Bytes(Smallest + 100, 9);
        await Client.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = "source", InputStream = new MemoryStream(source) }, Cancellation);
        string id = (await Client.InitiateMultipartUploadAsync(bucket, "copy", Cancellation)).UploadId;
        CopyPartRequest request = new() { SourceBucket = bucket, SourceKey = "source", DestinationBucket = bucket, DestinationKey = "copy", UploadId = id, PartNumber = 1, FirstByte = 50, LastByte = 49 + Smallest };
        CopyPartResponse first = await Client.CopyPartAsync(request, Cancellation);
        (request.PartNumber, request.FirstByte, request.LastByte) = (2, 0, 49);
        CopyPartResponse second = await Client.CopyPartAsync(request, Cancellation);
        (request.PartNumber, request.FirstByte, request.LastByte) = (3, 0, source.Length);
        await S3Cloud.RefusedAsync(() => Client.CopyPartAsync(request, Cancellation), "InvalidArgument", HttpStatusCode.BadRequest);
        CompleteMultipartUploadRequest complete = new() { BucketName = bucket, Key = "copy", UploadId = id };
        complete.AddPartETags(first, second);
        await Client.CompleteMultipartUploadAsync(complete, Cancellation);
        using GetObjectResponse got = await Client.GetObjectAsync(bucket, "copy", Cancellation);
        using MemoryStream received = new();
        await got.ResponseStream.CopyToAsync(received, Cancellation);
        Assert.Equal([.. source.Skip(50).Take(Smallest), .. source.Take(50)], received.ToArray());
    }

    [Theory]
    [InlineData("CRC32", "FULL_OBJECT")]
    [InlineData("CRC32", "COMPOSITE")]
    [InlineData("SHA256", "COMPOSITE")]
    public async Task Complete_WithChecksums_KeepsThatKindOfChecksum(string algorithm, string type)
    {
        string bucket = await cloud.BucketAsync();
        InitiateMultipartUploadResponse initiated = await Client.InitiateMultipartUploadAsync(
            new InitiateMultipartUploadRequest { BucketName = bucket, Key = "key", ChecksumAlgorithm = algorithm, ChecksumType = type }, Cancellation);
        UploadPartResponse part = await Client.UploadPartAsync(
            new UploadPartRequest { BucketName = bucket, Key = "key", UploadId = initiated.UploadId, PartNumber = 1, InputStream = new MemoryStream(Bytes(100, 1)), ChecksumAlgorithm = algorithm }, Cancellation);
        CompleteMultipartUploadRequest complete = new() { BucketName = bucket, Key = "key", UploadId = initiated.UploadId, PartETags = [new PartETag(1, part.ETag)] };
        if (type == "COMPOSITE")
            await S3Cloud.RefusedAsync(() => Client.CompleteMultipartUploadAsync(complete, Cancellation), "InvalidRequest", HttpStatusCode.BadRequest);
        complete.PartETags = [new PartETag(1, part.ETag) { ChecksumCRC32 = part.ChecksumCRC32, ChecksumSHA256 = part.ChecksumSHA256 }];
        CompleteMultipartUploadResponse completed = await Client.CompleteMultipartUploadAsync(complete, Cancellation);
        string value = completed.ChecksumCRC32 ?? completed.ChecksumSHA256;
        Assert.Equal(type == "COMPOSITE", value.EndsWith("-1", StringComparison.Ordinal));
        GetObjectMetadataResponse head = await Client.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = bucket, Key = "key", ChecksumMode = ChecksumMode.ENABLED }, Cancellation);
        Assert.Equal((value, type), (head.ChecksumCRC32 ?? head.ChecksumSHA256, head.ChecksumType.Value));
        await cloud.GetAsync(bucket, "key"); // the client checks what it can
    }

    [Theory]
    [InlineData("SHA256", "FULL_OBJECT")]
    [InlineData("CRC64NVME", "COMPOSITE")]
    public async Task Create_ChecksumThatCannotBe_IsInvalid(string algorithm, string type)
    {
        string bucket = await cloud.BucketAsync();
        await S3Cloud.RefusedAsync(
            () => Client.InitiateMultipartUploadAsync(new InitiateMultipartUploadRequest { BucketName = bucket, Key = "key", ChecksumAlgorithm = algorithm, ChecksumType = type }, Cancellation),
            "InvalidRequest", HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("x-amz-checksum-crc32", "AAAAAA==", "InvalidRequest")] // another algorithm than the upload's
    [InlineData("x-amz-checksum-sha256", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "BadDigest")]
    [InlineData("x-amz-mp-object-size", "4", "InvalidRequest")]
    [InlineData("x-amz-checksum-type", "FULL_OBJECT", "InvalidRequest")]
    public async Task Complete_HeaderThatDoesNotHold_IsRefused(string header, string value, string code)
    {
        string bucket = await cloud.BucketAsync();
        string id = (await Client.InitiateMultipartUploadAsync(new InitiateMultipartUploadRequest { BucketName = bucket, Key = "key", ChecksumAlgorithm = ChecksumAlgorithm.SHA256 }, Cancellation)).UploadId;
        UploadPartResponse part = await Client.UploadPartAsync(
            new UploadPartRequest { BucketName = bucket, Key = "key", UploadId = id, PartNumber = 1, InputStream = new MemoryStream([1, 2, 3]), ChecksumAlgorithm = ChecksumAlgorithm.SHA256 }, Cancellation);
        string list = $"<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>{part.ETag}</ETag><ChecksumSHA256>{part.ChecksumSHA256}</ChecksumSHA256></Part></CompleteMultipartUpload>";
        (_, _, string body) = await cloud.SendAsync(HttpMethod.Post, $"/{bucket}/key?uploadId={id}", new StringContent(list), (header, value));
        Assert.Contains($"<Code>{code}</Code>", body, StringComparison.Ordinal);
        Assert.Empty(await cloud.KeysAsync(bucket));
    }

    [Fact]
    public async Task TransferUtility_LargeFile_ComesBackWhole()
    {
        string bucket = await cloud.BucketAsync();
        using TransferUtility transfer = new(Client, new TransferUtilityConfig { MinSizeBeforePartUpload = 6 * 1024 * 1024, ConcurrentServiceRequests = 4 });
        byte[] body = Bytes(23 * 1024 * 1024 + 17, 5);
        await transfer.UploadAsync(new TransferUtilityUploadRequest { BucketName = bucket, Key = "dir/large", InputStream = new MemoryStream(body), PartSize = Smallest }, Cancellation);
        GetObjectMetadataResponse head = await Client.GetObjectMetadataAsync(bucket, "dir/large", Cancellation);
        Assert.EndsWith("-5\"", head.ETag, StringComparison.Ordinal);
        string file = Path.GetTempFileName();
        try
        {
            await transfer.DownloadAsync(file, bucket, "dir/large", Cancellation);
            Assert.Equal(SHA256.HashData(body), SHA256.HashData(await File.ReadAllBytesAsync(file, Cancellation)));
        }
        finally
        {
            File.Delete(file);
        }
        Assert.Empty((await Client.ListMultipartUploadsAsync(bucket, Cancellation)).MultipartUploads ?? []);
    }

    private Task<UploadPartResponse> UploadAsync(string bucket, string key, string id, int number, byte[] body) => Client.UploadPartAsync(
        new UploadPartRequest { BucketName = bucket, Key = key, UploadId = id, PartNumber = number, InputStream = new MemoryStream(body) }, Cancellation);

    private Task<CompleteMultipartUploadResponse> CompleteAsync(string bucket, string key, string id, IEnumerable<UploadPartResponse> parts)
    {
        CompleteMultipartUploadRequest request = new() { BucketName = bucket, Key = key, UploadId = id };
        request.AddPartETags(parts.OrderBy(part => part.PartNumber));
        return Client.CompleteMultipartUploadAsync(request, Cancellation);
    }

    private static byte[] Bytes(int length, int seed)
    {
        byte[] bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
