using Amazon.DynamoDBv2.Model;
using Amazon.S3.Model;
using Archiver.Lambdas.Contracts;
using Archiver.Web.Approvals;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Cloud;
using Archiver.Web.Preview.Files;
using Archiver.Web.Tests.Approvals;
using Microsoft.Extensions.DependencyInjection;

namespace Archiver.Web.Tests.Preview;

/// <summary>Files in the shared cloud's buckets, and approvals and results that are about them.</summary>
internal static class PreviewFiles
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Stores a file in the inbox bucket, and names exactly that version.</summary>
    public static async Task<FileRef> StoreAsync(this CloudFixture cloud, string name, byte[] content, string? contentType = null, string? key = null)
    {
        key ??= $"uploads/{Guid.NewGuid():N}/{name}"; // where no rule starts a run that would move it
        PutObjectResponse stored = await cloud.S3.PutObjectAsync(
            new PutObjectRequest { BucketName = cloud.Resources.InboxBucket, Key = key, InputStream = new MemoryStream(content), ContentType = contentType ?? "application/octet-stream" }, Cancel);
        return new FileRef(name, cloud.Resources.InboxBucket, key, stored.VersionId, stored.ETag);
    }

    /// <summary>An approval that is about a file.</summary>
    public static Approval Asking(FileRef file, string? run = null, ApprovalStatus status = ApprovalStatus.Pending) => Samples.Pending(Guid.NewGuid().ToString("N")) with
    {
        Status = status,
        ExecutionArn = run,
        File = Samples.File(file.Name) with { Bucket = file.Bucket, Key = file.Key, VersionId = file.VersionId, ETag = file.ETag },
    };

    /// <summary>Puts an approval into the table.</summary>
    public static async Task<Approval> AskAsync(IServiceProvider services, FileRef file, string? run = null, ApprovalStatus status = ApprovalStatus.Pending)
    {
        Approval approval = Asking(file, run, status);
        await services.GetRequiredService<ApprovalsStore>().AddAsync(approval, $"token {approval.Id}", Cancel);
        return approval;
    }

    /// <summary>The ARN of a run of the shared cloud's state machine.</summary>
    public static string Run(this CloudFixture cloud, string name) => $"{cloud.Resources.StateMachineArn.Replace(":stateMachine:", ":execution:", StringComparison.Ordinal)}:{name}";

    /// <summary>Puts a result of a run into the table; its key is the run's name.</summary>
    public static async Task<string> RecordAsync(this CloudFixture cloud, FileRef? file, bool asked = false, string action = ResultAction.Archived)
    {
        string id = Guid.NewGuid().ToString("N");
        DateTimeOffset time = new(2026, 3, 1, 14, 2, 0, TimeSpan.Zero);
        Dictionary<string, AttributeValue> item = new()
        {
            ["Id"] = new() { S = id },
            ["Timestamp"] = new() { S = UtcTimestamp.Format(time) },
            ["Day"] = new() { S = UtcTimestamp.Day(time) },
            ["Action"] = new() { S = action },
            ["Archive"] = new() { BOOL = true },
            ["Quality"] = new() { N = "80" },
            ["Approval"] = new() { BOOL = asked },
            ["FileName"] = new() { S = file?.Name ?? "simulated" },
            ["ExecutionArn"] = new() { S = cloud.Run(id) },
        };
        if (file is not null) (item["Bucket"], item["Key"]) = (new() { S = file.Bucket }, new() { S = file.Key });
        if (file?.VersionId is { } version) item["VersionId"] = new() { S = version };
        await cloud.DynamoDb.PutItemAsync(new PutItemRequest { TableName = cloud.Resources.ArchiveTable, Item = item }, Cancel);
        return id;
    }
}
