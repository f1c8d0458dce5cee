using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Amazon.S3;
using Amazon.S3.Model;
using Archiver.Infra.Tests.LocalCloud;
using Archiver.Lambdas.Contracts;
using Archiver.Lambdas.Functions;

namespace Archiver.Infra.Tests.Actions;

/// <summary>The functions on the local cloud's S3, each bench with three buckets of its own.</summary>
internal sealed class ActionBench : IDisposable
{
    public const string RunName = "run-1";
    public const string ExecutionArn = "arn:aws:states:us-east-1:000000000000:execution:archiver-ArchiverStateMachine:run-1";

    // A copy in parts of some bytes takes parts of S3's least size.
    private static readonly CopyLimits Copies = new(1024 * 1024, 5 * 1024 * 1024, 1);
    private static int s_benches;

    private readonly AmazonS3Client _killable;
    private readonly FunctionServices _services;
    private readonly string _name = $"bench-{Interlocked.Increment(ref s_benches)}";

    private ActionBench(TestCloud cloud, CopyLimits? copies)
    {
        S3 = cloud.Client(new AmazonS3Config { ForcePathStyle = true }, (credentials, config) => new AmazonS3Client(credentials, config));
        _killable = cloud.Client(
            new AmazonS3Config { ForcePathStyle = true, HttpClientFactory = Http }, (credentials, config) => new AmazonS3Client(credentials, config));
        Dictionary<string, string> environment = new()
        {
            ["QUALITY_THRESHOLD"] = "50",
            ["APPROVAL_TIMEOUT_DAYS"] = "7",
            ["ARCHIVE_BUCKET"] = Archived,
            ["REJECTED_BUCKET"] = Rejected,
        };
        _services = new FunctionServices(_killable, environment, TimeProvider.System, Random.Shared) { Copies = copies ?? Copies };
    }

    public AmazonS3Client S3 { get; }

    public KillableHttp Http { get; } = new();

    public string Inbox => $"{_name}-inbox";

    public string Archived => $"{_name}-archive";

    public string Rejected => $"{_name}-rejected";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<ActionBench> MakeAsync(TestCloud cloud, bool versioned = true, CopyLimits? copies = null)
    {
        ActionBench bench = new(cloud, copies);
        foreach (string bucket in (string[])[bench.Inbox, bench.Archived, bench.Rejected])
        {
            await bench.S3.PutBucketAsync(bucket, Cancel);
            if (!versioned) continue;
            await bench.S3.PutBucketVersioningAsync(
                new PutBucketVersioningRequest { BucketName = bucket, VersioningConfig = new S3BucketVersioningConfig { Status = VersionStatus.Enabled } }, Cancel);
        }

        return bench;
    }

    public void Dispose()
    {
        S3.Dispose();
        _killable.Dispose();
        Http.Dispose();
    }

    public Task PutAsync(string key, byte[] content, Action<PutObjectRequest>? more = null)
    {
        PutObjectRequest request = new() { BucketName = Inbox, Key = key, InputStream = new MemoryStream(content), UseChunkEncoding = false };
        more?.Invoke(request);
        return S3.PutObjectAsync(request, Cancel);
    }

    /// <summary>The state of a run on a file, as ReadMetadata gives it, with a decision where one is given.</summary>
    public async Task<JsonObject> ReadAsync(string key, JsonObject? decision = null)
    {
        JsonObject run = await InvokeAsync(new ReadMetadata(_services).HandleAsync, new JsonObject
        {
            ["Input"] = new JsonObject { ["bucket"] = Inbox, ["key"] = key, ["approval_needed"] = decision is not null },
            ["ExecutionArn"] = ExecutionArn,
            ["ExecutionName"] = RunName,
        });
        if (decision is not null) run["Decision"] = decision;
        return run;
    }

    /// <summary>Runs an action.</summary>
    public Task<JsonObject> ActAsync(string function, JsonObject run, DateTimeOffset enteredAt) => InvokeAsync(
        function switch
        {
            nameof(Archive) => new Archive(_services).HandleAsync,
            nameof(QualityFail) => new QualityFail(_services).HandleAsync,
            nameof(Unarchivable) => new Unarchivable(_services).HandleAsync,
            nameof(Deny) => new Deny(_services).HandleAsync,
            nameof(Expire) => new Expire(_services).HandleAsync,
            _ => throw new ArgumentOutOfRangeException(nameof(function), function, "There is no such action."),
        },
        new JsonObject { ["Run"] = run.DeepClone(), ["EnteredAt"] = UtcTimestamp.Format(enteredAt) });

    /// <summary>An object with what is said of it.</summary>
    public Task<GetObjectMetadataResponse> HeadAsync(string bucket, string key) => S3.GetObjectMetadataAsync(bucket, key, Cancel);

    public async Task<Dictionary<string, string>> TagsAsync(string bucket, string key) =>
        ((await S3.GetObjectTaggingAsync(new GetObjectTaggingRequest { BucketName = bucket, Key = key }, Cancel)).Tagging ?? [])
            .ToDictionary(tag => tag.Key, tag => tag.Value);

    /// <summary>All versions of all objects, by what can be compared: content, metadata and tags, oldest first.</summary>
    public async Task<string> DescribeAsync()
    {
        StringBuilder text = new();
        foreach (string bucket in (string[])[Inbox, Archived, Rejected])
        {
            ListVersionsResponse list = await S3.ListVersionsAsync(new ListVersionsRequest { BucketName = bucket }, Cancel);
            foreach (S3ObjectVersion version in Enumerable.Reverse(list.Versions ?? []))
            {
                using GetObjectResponse stored = await S3.GetObjectAsync(
                    new GetObjectRequest { BucketName = bucket, Key = version.Key, VersionId = version.VersionId == "null" ? null : version.VersionId }, Cancel);
                string hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(stored.ResponseStream, Cancel));
                string metadata = string.Join(' ', stored.Metadata.Keys.Order(StringComparer.Ordinal).Select(name => $"{name}={stored.Metadata[name]}"));
                string tags = string.Join(' ', (await TagsAsync(bucket, version.Key)).Keys.Order(StringComparer.Ordinal));
                text.Append(bucket[(_name.Length + 1)..]).AppendJoin(' ', "", $"{version.Key}:", hash[..8], metadata, tags).Append('\n');
            }
        }

        return text.ToString();
    }

    private static async Task<JsonObject> InvokeAsync(Func<Stream, Task<Stream>> handler, JsonObject input)
    {
        await using Stream output = await handler(new MemoryStream(Encoding.UTF8.GetBytes(input.ToJsonString())));
        return (await JsonNode.ParseAsync(output, cancellationToken: Cancel))!.AsObject();
    }
}
