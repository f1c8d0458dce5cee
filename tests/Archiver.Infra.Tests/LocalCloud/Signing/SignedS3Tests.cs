using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.S3.Transfer;
using Archiver.Infra.LocalCloud.Lambda;
using Archiver.Lambdas.Functions;
using Microsoft.Extensions.DependencyInjection;

namespace Archiver.Infra.Tests.LocalCloud.Signing;

/// <summary>S3, whose bodies stream by while their signatures are checked.</summary>
public sealed partial class SignedS3Tests(SignedCloud cloud) : IClassFixture<SignedCloud>
{
    private static int s_buckets;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("plain.txt")]
    [InlineData("a b+c/ä€~%25!'()*;:@&=,?#[].txt")]
    [InlineData("a/../b//c/./d")]
    public async Task Objects_AnyKey_GoInAndOut(string key)
    {
        using AmazonS3Client s3 = Client();
        string bucket = await BucketAsync();

        await s3.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = key, ContentBody = "hello", Metadata = { ["x"] = "a  b" } }, Cancellation);

        using GetObjectResponse got = await s3.GetObjectAsync(bucket, key, Cancellation);
        using StreamReader reader = new(got.ResponseStream);
        Assert.Equal("hello", await reader.ReadToEndAsync(Cancellation));
        Assert.Equal(key, Assert.Single((await s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket, Prefix = key[..2], StartAfter = "!" }, Cancellation)).S3Objects).Key);
        await s3.DeleteObjectsAsync(new DeleteObjectsRequest { BucketName = bucket, Objects = [new KeyVersion { Key = key }] }, Cancellation);
    }

    [Theory]
    [InlineData(true, RequestChecksumCalculation.WHEN_SUPPORTED)]
    [InlineData(true, RequestChecksumCalculation.WHEN_REQUIRED)]
    [InlineData(false, RequestChecksumCalculation.WHEN_SUPPORTED)]
    public async Task PutObject_StreamedOrNot_GoesIn(bool chunked, RequestChecksumCalculation checksums)
    {
        using AmazonS3Client s3 = Client(checksums: checksums);
        string bucket = await BucketAsync();
        byte[] body = RandomNumberGenerator.GetBytes(300_000);

        await s3.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = "key", InputStream = new MemoryStream(body), UseChunkEncoding = chunked }, Cancellation);

        Assert.Equal(body, await ReadAsync(s3, bucket));
    }

    [Fact]
    public async Task Upload_InParts_GoesIn()
    {
        using AmazonS3Client s3 = Client();
        string bucket = await BucketAsync();
        byte[] body = RandomNumberGenerator.GetBytes((11 * 1024 * 1024) + 7);
        using TransferUtility transfer = new(s3, new TransferUtilityConfig { MinSizeBeforePartUpload = 5 * 1024 * 1024 });

        await transfer.UploadAsync(
            new TransferUtilityUploadRequest { BucketName = bucket, Key = "key", InputStream = new MemoryStream(body), PartSize = 5 * 1024 * 1024 }, Cancellation);

        Assert.Equal(body, await ReadAsync(s3, bucket));
        Assert.EndsWith("-3\"", (await s3.GetObjectMetadataAsync(bucket, "key", Cancellation)).ETag, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_WrongKeyOrSecretOrNone_IsRefused()
    {
        foreach ((AWSCredentials credentials, string code) in new (AWSCredentials, string)[]
        {
            (SignedCloud.WrongSecret, "SignatureDoesNotMatch"), (SignedCloud.WrongKey, "InvalidAccessKeyId"), (new AnonymousAWSCredentials(), "AccessDenied"),
            (new SessionAWSCredentials(SignedCloud.AccessKeyId, SignedCloud.Secret, "token"), "InvalidToken"),
        })
        {
            using AmazonS3Client s3 = Client(credentials);
            AmazonS3Exception exception = await Assert.ThrowsAnyAsync<AmazonS3Exception>(() => s3.ListBucketsAsync(Cancellation));
            Assert.Equal((code, HttpStatusCode.Forbidden), (exception.ErrorCode, exception.StatusCode));
            Assert.DoesNotContain(SignedCloud.Secret, exception.ToString() + exception.ResponseBody, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(true, "SignatureDoesNotMatch")]
    [InlineData(false, "XAmzContentSHA256Mismatch")]
    public async Task PutObject_TamperedBody_IsRefusedAndLeavesNothing(bool chunked, string code)
    {
        string bucket = await BucketAsync();
        using AmazonS3Client s3 = Client(tamper: Tamper, checksums: RequestChecksumCalculation.WHEN_REQUIRED);
        PutObjectRequest put = new() { BucketName = bucket, Key = "key", InputStream = new MemoryStream(new byte[200_000]), UseChunkEncoding = chunked };

        AmazonS3Exception exception = await Assert.ThrowsAnyAsync<AmazonS3Exception>(() => s3.PutObjectAsync(put, Cancellation));

        Assert.Equal(code, exception.ErrorCode);
        using AmazonS3Client honest = Client();
        Assert.Empty((await honest.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket }, Cancellation)).S3Objects ?? []);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(cloud.DataDirectory, "s3", "drafts")));

        static void Tamper(HttpRequestMessage request)
        {
            byte[] body = request.Content!.ReadAsByteArrayAsync(Cancellation).GetAwaiter().GetResult();
            body[body.Length / 2] ^= 1;
            ByteArrayContent content = new(body);
            foreach ((string name, IEnumerable<string> values) in request.Content.Headers)
            {
                if (name != "Content-Length")
                    content.Headers.TryAddWithoutValidation(name, values);
            }
            request.Content = content;
        }
    }

    [Fact]
    public async Task PutObject_EmptiedBody_IsRefused()
    {
        string bucket = await BucketAsync();
        using AmazonS3Client s3 = Client(tamper: request => request.Content = new ByteArrayContent([]));

        AmazonS3Exception exception = await Assert.ThrowsAnyAsync<AmazonS3Exception>(
            () => s3.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = "key", ContentBody = "x", UseChunkEncoding = false }, Cancellation));

        Assert.Contains(exception.ErrorCode, (string[])["XAmzContentSHA256Mismatch", "SignatureDoesNotMatch"]);
    }

    [Fact]
    public async Task Call_TamperedTargetOrHeader_IsRefused()
    {
        string bucket = await BucketAsync();
        await RefusedAsync(request => request.RequestUri = new Uri(request.RequestUri!.AbsoluteUri.Replace("prefix=a", "prefix=b", StringComparison.Ordinal)), "SignatureDoesNotMatch");
        await RefusedAsync(request => request.RequestUri = new Uri(request.RequestUri!.AbsoluteUri.Replace(bucket, bucket + "x", StringComparison.Ordinal)), "SignatureDoesNotMatch");
        await RefusedAsync(request => request.Method = HttpMethod.Delete, "SignatureDoesNotMatch");
        await RefusedAsync(request => request.Headers.TryAddWithoutValidation("x-amz-expected-bucket-owner", "0"), "AccessDenied");

        async Task RefusedAsync(Action<HttpRequestMessage> tamper, string code)
        {
            using AmazonS3Client s3 = Client(tamper: tamper);
            AmazonS3Exception exception = await Assert.ThrowsAnyAsync<AmazonS3Exception>(
                () => s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket, Prefix = "a" }, Cancellation));
            Assert.Equal(code, exception.ErrorCode);
        }
    }

    [Fact]
    public async Task Call_Replayed_IsRefusedAfterAQuarterOfAnHour()
    {
        SignedCloud later = new();
        await later.InitializeAsync();
        await using IAsyncDisposable _ = later;
        later.Time.SetUtcNow(TimeProvider.System.GetUtcNow() + TimeSpan.FromMinutes(16));
        using AmazonS3Client s3 = later.Client(new AmazonS3Config { ForcePathStyle = true }, (key, config) => new AmazonS3Client(key, config));

        AmazonS3Exception exception = await Assert.ThrowsAnyAsync<AmazonS3Exception>(() => s3.ListBucketsAsync(Cancellation));

        Assert.Equal(("RequestTimeTooSkewed", HttpStatusCode.Forbidden), (exception.ErrorCode, exception.StatusCode));
    }

    [Fact]
    public async Task Call_AnotherRegion_IsToldTheRightOne()
    {
        using AmazonS3Client s3 = cloud.Client(new AmazonS3Config { ForcePathStyle = true }, (key, config) =>
        {
            config.AuthenticationRegion = "eu-west-1";
            return new AmazonS3Client(key, config);
        });

        AmazonS3Exception exception = await Assert.ThrowsAnyAsync<AmazonS3Exception>(() => s3.ListBucketsAsync(Cancellation));

        Assert.Equal("AuthorizationHeaderMalformed", exception.ErrorCode);
        Assert.Contains("'us-east-1'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PresignedUrl_GoodExpiredAndTampered_AreTold()
    {
        using AmazonS3Client s3 = Client();
        string bucket = await BucketAsync();
        await s3.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = "a b", ContentBody = "hello" }, Cancellation);
        using HttpClient http = new();
        string url = Presign(s3, bucket, "a b", HttpVerb.GET, 60);

        Assert.Equal((HttpStatusCode.OK, "hello"), await GetAsync(http, url));
        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync(http, url + "&response-content-type=text%2Fhtml")).Status);
        (HttpStatusCode status, string body) = await GetAsync(http, url.Replace("a%20b", "a%20c", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("<Code>SignatureDoesNotMatch</Code>", body, StringComparison.Ordinal);
        Assert.DoesNotContain("X-Amz-", body, StringComparison.Ordinal);
        (_, body) = await GetAsync(http, Expires().Replace(url, "X-Amz-Expires=604800"));
        Assert.Contains("<Code>SignatureDoesNotMatch</Code>", body, StringComparison.Ordinal);
        (_, body) = await GetAsync(http, Expires().Replace(url, "X-Amz-Expires=604801"));
        Assert.Contains("<Code>AuthorizationQueryParametersError</Code>", body, StringComparison.Ordinal);
        using (HttpResponseMessage deleted = await http.DeleteAsync(new Uri(url), Cancellation))
            Assert.Equal(HttpStatusCode.Forbidden, deleted.StatusCode);
    }

    [Fact]
    public async Task PresignedUrl_PastItsTime_HasExpired()
    {
        SignedCloud later = new();
        await later.InitializeAsync();
        await using IAsyncDisposable _ = later;
        using AmazonS3Client s3 = later.Client(new AmazonS3Config { ForcePathStyle = true }, (key, config) => new AmazonS3Client(key, config));
        await s3.PutBucketAsync("bucket", Cancellation);
        string url = Presign(s3, "bucket", "key", HttpVerb.GET, 3600);
        using HttpClient http = new();

        later.Time.SetUtcNow(TimeProvider.System.GetUtcNow() + TimeSpan.FromMinutes(50));
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(http, url)).Status);
        later.Time.SetUtcNow(TimeProvider.System.GetUtcNow() + TimeSpan.FromMinutes(61));
        (HttpStatusCode status, string body) = await GetAsync(http, url);

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("<Code>AccessDenied</Code><Message>Request has expired</Message>", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PresignedUrl_OfAPut_TakesWhatComesButNoOtherHeaders()
    {
        using AmazonS3Client s3 = Client();
        string bucket = await BucketAsync();
        using HttpClient http = new();
        string url = Presign(s3, bucket, "key", HttpVerb.PUT, 60);

        using (HttpResponseMessage put = await http.PutAsync(new Uri(url), new ByteArrayContent(Encoding.ASCII.GetBytes("hello")), Cancellation))
            Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        using HttpRequestMessage more = new(HttpMethod.Put, url) { Content = new ByteArrayContent([1]) };
        more.Headers.Add("x-amz-meta-more", "1");
        using HttpResponseMessage refused = await http.SendAsync(more, Cancellation);

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("<HeadersNotSigned>x-amz-meta-more</HeadersNotSigned>", await refused.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal("hello"u8.ToArray(), await ReadAsync(s3, bucket));
    }

    [Fact]
    public async Task LambdaServices_OfACloudWithAKey_SignWithIt()
    {
        FunctionServices services = cloud.Cloud.Server.Services.GetRequiredService<LambdaServices>().For(new Dictionary<string, string>());

        Assert.Equal(HttpStatusCode.OK, (await services.S3.ListBucketsAsync(Cancellation)).HttpStatusCode);
    }

    [GeneratedRegex("X-Amz-Expires=[0-9]+")]
    private static partial Regex Expires();

    private static string Presign(AmazonS3Client s3, string bucket, string key, HttpVerb verb, int seconds) => s3.GetPreSignedURL(new GetPreSignedUrlRequest
    {
        BucketName = bucket, Key = key, Verb = verb, Protocol = Protocol.HTTP, Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(seconds),
    });

    private static async Task<(HttpStatusCode Status, string Body)> GetAsync(HttpClient http, string url)
    {
        using HttpResponseMessage response = await http.GetAsync(new Uri(url), Cancellation);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Cancellation));
    }

    private static async Task<byte[]> ReadAsync(AmazonS3Client s3, string bucket)
    {
        using GetObjectResponse got = await s3.GetObjectAsync(bucket, "key", Cancellation);
        using MemoryStream received = new();
        await got.ResponseStream.CopyToAsync(received, Cancellation);
        return received.ToArray();
    }

    private AmazonS3Client Client(
        AWSCredentials? credentials = null, Action<HttpRequestMessage>? tamper = null,
        RequestChecksumCalculation checksums = RequestChecksumCalculation.WHEN_SUPPORTED) => cloud.Client(
            new AmazonS3Config { ForcePathStyle = true, RequestChecksumCalculation = checksums }, (key, config) => new AmazonS3Client(key, config), credentials, tamper);

    private async Task<string> BucketAsync()
    {
        using AmazonS3Client s3 = Client();
        string bucket = $"signed-{Interlocked.Increment(ref s_buckets)}";
        await s3.PutBucketAsync(bucket, Cancellation);
        return bucket;
    }
}
