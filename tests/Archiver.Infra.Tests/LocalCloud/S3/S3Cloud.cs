using System.Net;
using System.Security.Cryptography;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using Archiver.Infra.LocalCloud.S3;
using Microsoft.Extensions.DependencyInjection;

namespace Archiver.Infra.Tests.LocalCloud.S3;

/// <summary>One local cloud for the tests of a class, each of which makes buckets of its own.</summary>
public sealed class S3Cloud : IAsyncLifetime
{
    private readonly HttpClient _http = new();
    private int _buckets;
    private TestCloud? _cloud;
    private AmazonS3Client? _client;

    public Uri Endpoint => Cloud.Endpoint;

    public string DataDirectory => Cloud.DataDirectory;

    /// <summary>The real client, path style, without retries.</summary>
    public AmazonS3Client Client => _client!;

    internal ObjectEvents Events => Cloud.Server.Services.GetRequiredService<ObjectEvents>();

    private TestCloud Cloud => _cloud!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _cloud = await TestCloud.StartAsync();
        _client = ClientOf(_cloud);
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        _http.Dispose();
        await Cloud.DisposeAsync();
    }

    internal static AmazonS3Client ClientOf(TestCloud cloud) => cloud.Client(
        new AmazonS3Config { ForcePathStyle = true, Timeout = TimeSpan.FromMinutes(3) }, (credentials, config) => new AmazonS3Client(credentials, config));

    /// <summary>Makes a bucket that no other test has.</summary>
    public async Task<string> BucketAsync(bool versioned = false)
    {
        string bucket = $"test-{Interlocked.Increment(ref _buckets)}";
        await Client.PutBucketAsync(bucket, Cancellation);
        if (versioned)
            await SetVersioningAsync(bucket, VersionStatus.Enabled);
        return bucket;
    }

    public Task SetVersioningAsync(string bucket, VersionStatus status) => Client.PutBucketVersioningAsync(
        new PutBucketVersioningRequest { BucketName = bucket, VersioningConfig = new S3BucketVersioningConfig { Status = status } }, Cancellation);

    public Task<PutObjectResponse> PutAsync(string bucket, string key, string body) =>
        Client.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = key, ContentBody = body }, Cancellation);

    public async Task<string> GetAsync(string bucket, string key, string? versionId = null)
    {
        using GetObjectResponse response = await Client.GetObjectAsync(
            new GetObjectRequest { BucketName = bucket, Key = key, VersionId = versionId }, Cancellation);
        using StreamReader reader = new(response.ResponseStream, Encoding.UTF8);
        return await reader.ReadToEndAsync(Cancellation);
    }

    /// <summary>Puts an object as it is asked for: the .NET client drops the slashes that a key begins with.</summary>
    public async Task PutRawAsync(string bucket, string key, string body)
    {
        (HttpStatusCode status, _, _) = await SendAsync(HttpMethod.Put, Target(bucket, key), new StringContent(body, Encoding.UTF8));
        Assert.Equal(HttpStatusCode.OK, status);
    }

    /// <summary>An object's request target, every letter of its key encoded that can be.</summary>
    public static string Target(string bucket, string key) => $"/{bucket}/{Uri.EscapeDataString(key).Replace("%2F", "/", StringComparison.Ordinal)}";

    /// <summary>All keys of a bucket, in order.</summary>
    public async Task<List<string>> KeysAsync(string bucket)
    {
        ListObjectsV2Response response = await Client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket }, Cancellation);
        return [.. (response.S3Objects ?? []).Select(listed => listed.Key)];
    }

    /// <summary>Sends a request as it is written, past any client's own care for paths and headers.</summary>
    public async Task<(HttpStatusCode Status, HttpResponseMessage Response, string Body)> SendAsync(
        HttpMethod method, string target, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = new(
            method, new Uri(Endpoint.GetLeftPart(UriPartial.Authority) + target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }))
        {
            Content = content,
        };
        foreach ((string name, string value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
                Assert.True(request.Content!.Headers.TryAddWithoutValidation(name, value));
        }
        HttpResponseMessage response = await _http.SendAsync(request, Cancellation);
        return (response.StatusCode, response, await response.Content.ReadAsStringAsync(Cancellation));
    }

    /// <summary>The digest that entity tags are made of.</summary>
    public static byte[] Md5(params byte[] bytes)
    {
        using IncrementalHash md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        md5.AppendData(bytes);
        return md5.GetHashAndReset();
    }

    /// <summary>Makes a call that must be refused, and gives the refusal.</summary>
    public static async Task<AmazonS3Exception> RefusedAsync(Func<Task> call, string code, HttpStatusCode status)
    {
        AmazonS3Exception exception = await Assert.ThrowsAnyAsync<AmazonS3Exception>(call);
        Assert.Equal((code, status), (exception.ErrorCode, exception.StatusCode));
        Assert.False(string.IsNullOrEmpty(exception.RequestId));
        return exception;
    }
}
