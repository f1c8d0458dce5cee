using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;
using Archiver.Infra.Tests.LocalCloud;
using Archiver.Infra.Tests.LocalCloud.DynamoDb;

namespace Archiver.Infra.Tests.Stack;

/// <summary>The deployed express machine in the local cloud, on real files.</summary>
public sealed class ExpressRunTests : IAsyncLifetime
{
    private const string Inbox = "archiver-inbox-000000000000";
    private const string Machine = "arn:aws:states:us-east-1:000000000000:stateMachine:archiver-express";

    private TestCloud _cloud = null!;
    private AmazonS3Client _s3 = null!;
    private AmazonStepFunctionsClient _stepFunctions = null!;
    private AmazonDynamoDBClient _dynamoDb = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _cloud = await TestCloud.StartAsync(templatePath: Path.Combine(AppContext.BaseDirectory, "template.yaml"));
        _s3 = _cloud.Client(new AmazonS3Config { ForcePathStyle = true }, (credentials, config) => new AmazonS3Client(credentials, config));
        _stepFunctions = _cloud.Client(
            new AmazonStepFunctionsConfig { DisableHostPrefixInjection = true }, (credentials, config) => new AmazonStepFunctionsClient(credentials, config));
        _dynamoDb = DynamoDbFixture.Connect(_cloud);
    }

    public async ValueTask DisposeAsync()
    {
        _s3.Dispose();
        _stepFunctions.Dispose();
        _dynamoDb.Dispose();
        await _cloud.DisposeAsync();
    }

    [Fact]
    public async Task StartSync_OnAFile_ArchivesItAndAnswersWithItsResult()
    {
        string input = await UploadAsync("uploads/x/ledger.txt", "some words");

        StartSyncExecutionResponse run = await RunAsync("bulk-1", input);

        Assert.Equal((SyncExecutionStatus.SUCCEEDED, null), (run.Status, run.Error));
        JsonNode result = JsonNode.Parse(run.Output)!;
        Assert.Equal(("bulk-1", "Archived", run.ExecutionArn), ((string?)result["Id"], (string?)result["Action"], (string?)result["ExecutionArn"]));
        Assert.Contains(":express:archiver-express:bulk-1:", run.ExecutionArn, StringComparison.Ordinal);
        GetObjectMetadataResponse copy = await _s3.GetObjectMetadataAsync(new GetObjectMetadataRequest
        {
            BucketName = (string)result["Bucket"]!,
            Key = (string)result["Key"]!,
            VersionId = (string)result["VersionId"]!,
        }, Cancel);
        Assert.Equal(("bulk-1", run.ExecutionArn), (copy.Metadata["archiver-run"], copy.Metadata["archiver-execution"]));
        await Assert.ThrowsAsync<StateMachineTypeNotSupportedException>(() => _stepFunctions.ListExecutionsAsync(new ListExecutionsRequest { StateMachineArn = Machine }, Cancel));
    }

    [Fact]
    public async Task StartSync_TheSameRunASecondTime_DoesNotReplaceItsResultWithAnError()
    {
        string input = await UploadAsync("uploads/x/twice.txt", "some words");
        await RunAsync("bulk-2", input);
        Dictionary<string, AttributeValue> first = await RecordAsync("bulk-2");

        StartSyncExecutionResponse again = await RunAsync("bulk-2", input);

        Assert.Equal((SyncExecutionStatus.FAILED, "ObjectNotFoundException"), (again.Status, again.Error));
        Dictionary<string, AttributeValue> second = await RecordAsync("bulk-2");
        Assert.Equal("Archived", second["Action"].S);
        Assert.Equal(first.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key}={pair.Value.S}{pair.Value.N}"), second.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key}={pair.Value.S}{pair.Value.N}"));
    }

    [Fact]
    public async Task StartSync_AnErrorAndThenTheFile_ReplacesTheErrorWithTheResult()
    {
        string input = new JsonObject { ["bucket"] = Inbox, ["key"] = "uploads/x/late.txt" }.ToJsonString();
        Assert.Equal(SyncExecutionStatus.FAILED, (await RunAsync("bulk-3", input)).Status);
        Assert.Equal(SyncExecutionStatus.FAILED, (await RunAsync("bulk-3", input)).Status);
        Assert.Equal("Error", (await RecordAsync("bulk-3"))["Action"].S);

        await UploadAsync("uploads/x/late.txt", "some words");
        Assert.Equal(SyncExecutionStatus.SUCCEEDED, (await RunAsync("bulk-3", input)).Status);

        Assert.Equal("Archived", (await RecordAsync("bulk-3"))["Action"].S);
    }

    [Fact]
    public async Task StartSync_ThatAsksForAPerson_LeavesTheFile()
    {
        JsonObject input = JsonNode.Parse(await UploadAsync("uploads/x/asks.txt", "some words"))!.AsObject();
        input["approval_needed"] = true;

        StartSyncExecutionResponse run = await RunAsync("bulk-4", input.ToJsonString());

        Assert.Equal((SyncExecutionStatus.FAILED, "ApprovalNotPossibleException"), (run.Status, run.Error));
        Assert.NotNull(await _s3.GetObjectMetadataAsync(Inbox, "uploads/x/asks.txt", Cancel));
        Assert.Equal(("Error", Inbox), ((await RecordAsync("bulk-4"))["Action"].S, (await RecordAsync("bulk-4"))["Bucket"].S));
    }

    private async Task<string> UploadAsync(string key, string content)
    {
        await _s3.PutObjectAsync(new PutObjectRequest { BucketName = Inbox, Key = key, ContentBody = content }, Cancel);
        return new JsonObject { ["bucket"] = Inbox, ["key"] = key }.ToJsonString();
    }

    private Task<StartSyncExecutionResponse> RunAsync(string name, string input) =>
        _stepFunctions.StartSyncExecutionAsync(new StartSyncExecutionRequest { StateMachineArn = Machine, Name = name, Input = input }, Cancel);

    private async Task<Dictionary<string, AttributeValue>> RecordAsync(string name) =>
        (await _dynamoDb.GetItemAsync("archiver-ArchiveTable", new() { ["Id"] = new AttributeValue(name) }, Cancel)).Item;
}
