using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.SQS;
using Amazon.SQS.Model;
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;
using Archiver.Infra.Tests.LocalCloud;
using Archiver.Infra.Tests.LocalCloud.DynamoDb;

namespace Archiver.Infra.Tests.Stack;

/// <summary>The deployed stack in the local cloud: a reviewer's word is about the file that they saw, and no other.</summary>
public sealed class ReviewedFileTests : IAsyncLifetime
{
    private const string Inbox = "archiver-inbox-000000000000";
    private const string Key = "uploads/run/ledger.txt";
    private const string Machine = "arn:aws:states:us-east-1:000000000000:stateMachine:archiver-ArchiverStateMachine";

    private TestCloud _cloud = null!;
    private AmazonS3Client _s3 = null!;
    private AmazonSQSClient _sqs = null!;
    private AmazonStepFunctionsClient _stepFunctions = null!;
    private AmazonDynamoDBClient _dynamoDb = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _cloud = await TestCloud.StartAsync(templatePath: Path.Combine(AppContext.BaseDirectory, "template.yaml"));
        _s3 = _cloud.Client(new AmazonS3Config { ForcePathStyle = true }, (credentials, config) => new AmazonS3Client(credentials, config));
        _sqs = _cloud.Client(new AmazonSQSConfig(), (credentials, config) => new AmazonSQSClient(credentials, config));
        _stepFunctions = _cloud.Client(new AmazonStepFunctionsConfig(), (credentials, config) => new AmazonStepFunctionsClient(credentials, config));
        _dynamoDb = DynamoDbFixture.Connect(_cloud);
    }

    public async ValueTask DisposeAsync()
    {
        _s3.Dispose();
        _sqs.Dispose();
        _stepFunctions.Dispose();
        _dynamoDb.Dispose();
        await _cloud.DisposeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Decision_OnAFileThatChangedSince_EndsAsErrorWithBothVersionsInTheInbox(bool approved)
    {
        await UploadAsync("what was reviewed");
        (string arn, string token) = await AskAsync();
        await UploadAsync("what came after");

        await _stepFunctions.SendTaskSuccessAsync(
            new SendTaskSuccessRequest { TaskToken = token, Output = $$"""{"approved":{{(approved ? "true" : "false")}},"reviewer":"Ann"}""" }, Cancel);

        DescribeExecutionResponse run = await EndAsync(arn);
        Assert.Equal((ExecutionStatus.FAILED, "ObjectChangedException"), (run.Status, run.Error));
        Assert.StartsWith($"The file “{Key}” in the bucket “{Inbox}” is no longer the one whose metadata was read", run.Cause, StringComparison.Ordinal);
        Dictionary<string, AttributeValue> record = (await _dynamoDb.GetItemAsync("archiver-ArchiveTable", new() { ["Id"] = new AttributeValue(run.Name) }, Cancel)).Item;
        Assert.Equal(("Error", run.Cause, Inbox, Key), (record["Action"].S, record["Comment"].S, record["Bucket"].S, record["Key"].S));
        Assert.Equal((approved, "Ann"), (record["Approved"].BOOL, record["Reviewer"].S));
        Assert.Equal(["what came after", "what was reviewed"], await InboxAsync());
        Assert.Empty(await KeysAsync("archiver-archive-000000000000"));
        Assert.Empty(await KeysAsync("archiver-rejected-000000000000"));
    }

    [Fact]
    public async Task Approval_OfTheFileAsItIs_MovesIt()
    {
        await UploadAsync("an earlier one");
        await UploadAsync("what was reviewed");
        (string arn, string token) = await AskAsync();

        await _stepFunctions.SendTaskSuccessAsync(new SendTaskSuccessRequest { TaskToken = token, Output = """{"approved":true}""" }, Cancel);

        DescribeExecutionResponse run = await EndAsync(arn);
        Assert.Equal(ExecutionStatus.SUCCEEDED, run.Status);
        Assert.Equal(["an earlier one"], await InboxAsync());
        string key = (string)JsonNode.Parse(run.Output)!["Key"]!;
        Assert.Matches($@"\A\d{{4}}/\d{{2}}/\d{{2}}/ledger\.txt\z", key);
        Assert.Equal([key], await KeysAsync("archiver-archive-000000000000"));
    }

    private Task<PutObjectResponse> UploadAsync(string content) => _s3.PutObjectAsync(new PutObjectRequest { BucketName = Inbox, Key = Key, ContentBody = content }, Cancel);

    private async Task<(string ExecutionArn, string TaskToken)> AskAsync()
    {
        string input = new JsonObject { ["bucket"] = Inbox, ["key"] = Key, ["approval_needed"] = true }.ToJsonString();
        string arn = (await _stepFunctions.StartExecutionAsync(new StartExecutionRequest { StateMachineArn = Machine, Input = input }, Cancel)).ExecutionArn;
        string queue = (await _sqs.GetQueueUrlAsync("archiver-HumanSQS", Cancel)).QueueUrl;
        ReceiveMessageResponse received = await _sqs.ReceiveMessageAsync(new ReceiveMessageRequest { QueueUrl = queue, WaitTimeSeconds = 20 }, Cancel);
        return (arn, (string)JsonNode.Parse(Assert.Single(received.Messages).Body)!["TaskToken"]!);
    }

    private async Task<DescribeExecutionResponse> EndAsync(string arn)
    {
        while (true)
        {
            DescribeExecutionResponse run = await _stepFunctions.DescribeExecutionAsync(new DescribeExecutionRequest { ExecutionArn = arn }, Cancel);
            if (run.Status != ExecutionStatus.RUNNING) return run;
        }
    }

    /// <summary>The contents of all versions in the inbox, the newest first.</summary>
    private async Task<List<string>> InboxAsync()
    {
        List<string> contents = [];
        ListVersionsResponse versions = await _s3.ListVersionsAsync(new ListVersionsRequest { BucketName = Inbox }, Cancel);
        foreach (S3ObjectVersion version in versions.Versions ?? [])
        {
            Assert.NotEqual(true, version.IsDeleteMarker);
            using GetObjectResponse content = await _s3.GetObjectAsync(new GetObjectRequest { BucketName = Inbox, Key = version.Key, VersionId = version.VersionId }, Cancel);
            using StreamReader reader = new(content.ResponseStream);
            contents.Add(await reader.ReadToEndAsync(Cancel));
        }

        return contents;
    }

    private async Task<IEnumerable<string>> KeysAsync(string bucket) =>
        ((await _s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket }, Cancel)).S3Objects ?? []).Select(one => one.Key);
}
