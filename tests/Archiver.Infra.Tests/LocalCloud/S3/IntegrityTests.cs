using System.Net;
using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace Archiver.Infra.Tests.LocalCloud.S3;

/// <summary>What is promised of a body is checked, and what was stored can be checked.</summary>
public class IntegrityTests(S3Cloud cloud) : IClassFixture<S3Cloud>
{
    private const string Body = "hello world";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private AmazonS3Client Client => cloud.Client;

    [Theory]
    [InlineData("CRC32", "DUoRhQ==")]
    [InlineData("CRC32C", "yZRlqg==")]
    [InlineData("SHA1", "Kq5sNclPz7QV2+lfQIuc6R7oRu0=")]
    [InlineData("SHA256", "uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek=")]
    public async Task PutObject_WithAlgorithm_KeepsItsChecksum(string algorithm, string value)
    {
        string bucket = await cloud.BucketAsync();
        PutObjectRequest put = new() { BucketName = bucket, Key = "key", ContentBody = Body };
        if (algorithm == "CRC32C")
            put.ChecksumCRC32C = value; // the client computes this one only with its native library
        else
            put.ChecksumAlgorithm = algorithm;
        await Client.PutObjectAsync(put, Cancellation);
        GetObjectMetadataResponse head = await Client.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = bucket, Key = "key", ChecksumMode = ChecksumMode.ENABLED }, Cancellation);
        Assert.Equal((value, "FULL_OBJECT"), (head.ChecksumCRC32 ?? head.ChecksumCRC32C ?? head.ChecksumSHA1 ?? head.ChecksumSHA256, head.ChecksumType.Value));
        Assert.Equal(Body, await cloud.GetAsync(bucket, "key"));
        S3Object listed = (await Client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket }, Cancellation)).S3Objects.Single();
        Assert.Equal([algorithm], listed.ChecksumAlgorithm);
    }

    [Fact]
    public async Task PutObject_WithoutChecksum_GetsS3sOwn()
    {
        string bucket = await cloud.BucketAsync();
        await cloud.SendAsync(HttpMethod.Put, $"/{bucket}/key", new StringContent("123456789"));
        (_, HttpResponseMessage response, _) = await cloud.SendAsync(HttpMethod.Head, $"/{bucket}/key", null, ("x-amz-checksum-mode", "ENABLED"));
        Assert.Equal("rosUhgp5mIg=", response.Headers.GetValues("x-amz-checksum-crc64nvme").Single());
        (_, HttpResponseMessage unasked, _) = await cloud.SendAsync(HttpMethod.Head, $"/{bucket}/key");
        Assert.False(unasked.Headers.Contains("x-amz-checksum-crc64nvme"));
        Assert.Equal("123456789", await cloud.GetAsync(bucket, "key"));
    }

    [Theory]
    [InlineData("Content-MD5", "AAAAAAAAAAAAAAAAAAAAAA==", "BadDigest")]
    [InlineData("Content-MD5", "nonsense", "InvalidDigest")]
    [InlineData("x-amz-checksum-crc32", "AAAAAA==", "XAmzContentChecksumMismatch")]
    [InlineData("x-amz-checksum-crc32", "AAAA", "InvalidRequest")]
    [InlineData("x-amz-checksum-crc64nvme", "AAAAAAAAAAA=", "XAmzContentChecksumMismatch")]
    [InlineData("x-amz-checksum-whirlpool", "AAAA", "NotImplemented")]
    [InlineData("x-amz-sdk-checksum-algorithm", "CRC32", "InvalidRequest")]
    [InlineData("x-amz-content-sha256", "0000000000000000000000000000000000000000000000000000000000000000", "XAmzContentSHA256Mismatch")]
    [InlineData("x-amz-content-sha256", "nonsense", "InvalidArgument")]
    public async Task PutObject_PromiseThatDoesNotHold_IsRefusedAndNothingStored(string header, string value, string code)
    {
        string bucket = await cloud.BucketAsync();
        (HttpStatusCode status, _, string body) = await cloud.SendAsync(HttpMethod.Put, $"/{bucket}/key", new StringContent(Body), (header, value));
        Assert.Contains($"<Code>{code}</Code>", body, StringComparison.Ordinal);
        Assert.Equal(code == "NotImplemented" ? HttpStatusCode.NotImplemented : HttpStatusCode.BadRequest, status);
        Assert.Empty(await cloud.KeysAsync(bucket));
    }

    [Fact]
    public async Task PutObject_TwoChecksums_IsRefused()
    {
        string bucket = await cloud.BucketAsync();
        (_, _, string body) = await cloud.SendAsync(
            HttpMethod.Put, $"/{bucket}/key", new StringContent(Body), ("x-amz-checksum-crc32", "DUoRhQ=="), ("x-amz-checksum-crc32c", "yZRlqg=="));
        Assert.Contains("<Code>InvalidRequest</Code>", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PutObject_PromisesThatHold_AreStored()
    {
        string bucket = await cloud.BucketAsync();
        byte[] bytes = Encoding.UTF8.GetBytes(Body);
        (HttpStatusCode status, _, _) = await cloud.SendAsync(
            HttpMethod.Put, $"/{bucket}/key", new ByteArrayContent(bytes), ("Content-MD5", Convert.ToBase64String(S3Cloud.Md5(bytes))),
            ("x-amz-content-sha256", Convert.ToHexStringLower(SHA256.HashData(bytes))), ("x-amz-checksum-crc32", "DUoRhQ=="));
        Assert.Equal(HttpStatusCode.OK, status);
    }

    [Theory]
    [InlineData("STREAMING-UNSIGNED-PAYLOAD-TRAILER", "b\r\nhello world\r\n0\r\nx-amz-checksum-crc32:DUoRhQ==\r\n\r\n", null)]
    [InlineData("STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER", "6;chunk-signature=aa\r\nhello \r\n5;chunk-signature=bb\r\nworld\r\n0;chunk-signature=cc\r\nx-amz-checksum-crc32:DUoRhQ==\r\nx-amz-trailer-signature:dd\r\n\r\n", null)]
    [InlineData("STREAMING-UNSIGNED-PAYLOAD-TRAILER", "b\r\nhello world\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n", "XAmzContentChecksumMismatch")]
    [InlineData("STREAMING-UNSIGNED-PAYLOAD-TRAILER", "b\r\nhello world\r\n0\r\n\r\n", "MalformedTrailerError")]
    [InlineData("STREAMING-UNSIGNED-PAYLOAD-TRAILER", "5\r\nhello\r\n0\r\nx-amz-checksum-crc32:DUoRhQ==\r\n\r\n", "IncompleteBody")]
    public async Task PutObject_AwsChunked_IsDecodedAndChecked(string payload, string encoded, string? code)
    {
        string bucket = await cloud.BucketAsync();
        (HttpStatusCode status, _, string body) = await cloud.SendAsync(
            HttpMethod.Put, $"/{bucket}/key", new ByteArrayContent(Encoding.ASCII.GetBytes(encoded)), ("x-amz-content-sha256", payload),
            ("x-amz-decoded-content-length", "11"), ("x-amz-trailer", "x-amz-checksum-crc32"), ("Content-Encoding", "aws-chunked,gzip"));
        if (code is not null)
        {
            Assert.Contains($"<Code>{code}</Code>", body, StringComparison.Ordinal);
            Assert.Empty(await cloud.KeysAsync(bucket));
            return;
        }
        Assert.Equal(HttpStatusCode.OK, status);
        (_, HttpResponseMessage response, string got) = await cloud.SendAsync(HttpMethod.Get, $"/{bucket}/key");
        Assert.Equal((Body, "gzip"), (got, string.Join(',', response.Content.Headers.ContentEncoding)));
    }

    [Fact]
    public async Task PutObject_AwsChunkedWithoutLength_IsMissingIt()
    {
        string bucket = await cloud.BucketAsync();
        (HttpStatusCode status, _, string body) = await cloud.SendAsync(
            HttpMethod.Put, $"/{bucket}/key", new StringContent("0\r\n\r\n"), ("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"));
        Assert.Equal(HttpStatusCode.LengthRequired, status);
        Assert.Contains("<Code>MissingContentLength</Code>", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PutObject_MoreThanFiveGigabytes_IsTooLargeBeforeItIsSent()
    {
        string bucket = await cloud.BucketAsync();
        (_, _, string body) = await cloud.SendAsync(
            HttpMethod.Put, $"/{bucket}/key", new StringContent("x"), ("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"),
            ("x-amz-decoded-content-length", $"{5L * 1024 * 1024 * 1024 + 1}"));
        Assert.Contains("<Code>EntityTooLarge</Code>", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task PutObject_ClientThatSignsOrDoesNot_ComesBack(bool chunked)
    {
        string bucket = await cloud.BucketAsync();
        byte[] body = new byte[300_000];
        Random.Shared.NextBytes(body);
        await Client.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = "key", InputStream = new MemoryStream(body), UseChunkEncoding = chunked }, Cancellation);
        using GetObjectResponse got = await Client.GetObjectAsync(bucket, "key", Cancellation);
        using MemoryStream received = new();
        await got.ResponseStream.CopyToAsync(received, Cancellation);
        Assert.Equal(body, received.ToArray());
    }

    [Fact]
    public async Task PutObject_ClientOfOld_NeedsNoChecksum()
    {
        string bucket = await cloud.BucketAsync();
        using AmazonS3Client old = new(new BasicAWSCredentials("a", "b"), new AmazonS3Config
        {
            ServiceURL = cloud.Endpoint.ToString(),
            AuthenticationRegion = "eu-north-1",
            ForcePathStyle = true,
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        });
        await old.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = "key", ContentBody = Body }, Cancellation);
        Assert.Equal(Body, await cloud.GetAsync(bucket, "key"));
    }
}
