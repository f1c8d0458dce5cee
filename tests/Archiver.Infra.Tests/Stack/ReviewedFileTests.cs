using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.Model;
using Amazon.S3.Model;
using Amazon.SQS.Model;
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;

namespace Archiver.Infra.Tests.Stack;

/// <summary>The deployed stack in the local cloud: a reviewer's word is about the file that they saw, and no other.</summary>
public sealed class ReviewedFileTests : IAsyncLifetime
{
    private const string Key = "uploads/run/ledger.txt";

    private DeployedStack _stack = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _stack = await DeployedStack.StartAsync();

    public ValueTask DisposeAsync() => _stack.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Decision_OnAFileThatChangedSince_EndsAsErrorWithBothVersionsInTheInbox(bool approved)
    {
        await UploadAsync("what was reviewed");
        (string arn, string token) = await AskAsync();
        await UploadAsync("what came after");

        await _stack.StepFunctions.SendTaskSuccessAsync(
            new SendTaskSuccessRequest { TaskToken = token, Output = $$"""{"approved":{{(approved ? "true" : "false")}},"reviewer":"Ann"}""" }, Cancel);

        DescribeExecutionResponse run = await _stack.EndAsync(arn);
        Assert.Equal((ExecutionStatus.FAILED, "ObjectChangedException"), (run.Status, run.Error));
        Assert.StartsWith($"The file “{Key}” in the bucket “{DeployedStack.Inbox}” is no longer the one whose metadata was read", run.Cause, StringComparison.Ordinal);
        Dictionary<string, AttributeValue> record = await _stack.RecordAsync(run.Name);
        Assert.Equal(("Error", run.Cause, DeployedStack.Inbox, Key), (record["Action"].S, record["Comment"].S, record["Bucket"].S, record["Key"].S));
        Assert.Equal((approved, "Ann"), (record["Approved"].BOOL, record["Reviewer"].S));
        Assert.Equal(["what came after", "what was reviewed"], await InboxAsync());
        Assert.Empty(await KeysAsync(DeployedStack.Archive));
        Assert.Empty(await KeysAsync(DeployedStack.Rejected));
    }

    [Fact]
    public async Task Approval_OfTheFileAsItIs_MovesIt()
    {
        await UploadAsync("an earlier one");
        await UploadAsync("what was reviewed");
        (string arn, string token) = await AskAsync();

        await _stack.StepFunctions.SendTaskSuccessAsync(new SendTaskSuccessRequest { TaskToken = token, Output = """{"approved":true}""" }, Cancel);

        DescribeExecutionResponse run = await _stack.EndAsync(arn);
        Assert.Equal(ExecutionStatus.SUCCEEDED, run.Status);
        Assert.Equal(["an earlier one"], await InboxAsync());
        string key = (string)JsonNode.Parse(run.Output)!["Key"]!;
        Assert.Matches($@"\A\d{{4}}/\d{{2}}/\d{{2}}/ledger\.txt\z", key);
        Assert.Equal([key], await KeysAsync(DeployedStack.Archive));
    }

    private Task<PutObjectResponse> UploadAsync(string content) => _stack.S3.PutObjectAsync(new PutObjectRequest { BucketName = DeployedStack.Inbox, Key = Key, ContentBody = content }, Cancel);

    private async Task<(string ExecutionArn, string TaskToken)> AskAsync()
    {
        string input = new JsonObject { ["bucket"] = DeployedStack.Inbox, ["key"] = Key, ["approval_needed"] = true }.ToJsonString();
        string arn = (await _stack.StepFunctions.StartExecutionAsync(new StartExecutionRequest { StateMachineArn = DeployedStack.Machine, Input = input }, Cancel)).ExecutionArn;
        string queue = (await _stack.Sqs.GetQueueUrlAsync("archiver-HumanSQS", Cancel)).QueueUrl;
        ReceiveMessageResponse received = await _stack.Sqs.ReceiveMessageAsync(new ReceiveMessageRequest { QueueUrl = queue, WaitTimeSeconds = 20 }, Cancel);
        return (arn, (string)JsonNode.Parse(Assert.Single(received.Messages).Body)!["TaskToken"]!);
    }

    /// <summary>The contents of all versions in the inbox, the newest first.</summary>
    private async Task<List<string>> InboxAsync()
    {
        List<string> contents = [];
        ListVersionsResponse versions = await _stack.S3.ListVersionsAsync(new ListVersionsRequest { BucketName = DeployedStack.Inbox }, Cancel);
        foreach (S3ObjectVersion version in versions.Versions ?? [])
        {
            Assert.NotEqual(true, version.IsDeleteMarker);
            using GetObjectResponse content = await _stack.S3.GetObjectAsync(new GetObjectRequest { BucketName = DeployedStack.Inbox, Key = version.Key, VersionId = version.VersionId }, Cancel);
            using StreamReader reader = new(content.ResponseStream);
            contents.Add(await reader.ReadToEndAsync(Cancel));
        }

        return contents;
    }

    private async Task<IEnumerable<string>> KeysAsync(string bucket) =>
        ((await _stack.S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket }, Cancel)).S3Objects ?? []).Select(one => one.Key);
}
