using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.Model;
using Amazon.S3.Model;
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;

namespace Archiver.Infra.Tests.Stack;

/// <summary>The deployed express machine in the local cloud, on real files.</summary>
public sealed class ExpressRunTests : IAsyncLifetime
{

    private DeployedStack _stack = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _stack = await DeployedStack.StartAsync();

    public ValueTask DisposeAsync() => _stack.DisposeAsync();

    [Fact]
    public async Task StartSync_OnAFile_ArchivesItAndAnswersWithItsResult()
    {
        string input = await UploadAsync("uploads/x/ledger.txt", "some words");

        StartSyncExecutionResponse run = await RunAsync("bulk-1", input);

        Assert.Equal((SyncExecutionStatus.SUCCEEDED, null), (run.Status, run.Error));
        JsonNode result = JsonNode.Parse(run.Output)!;
        Assert.Equal(("bulk-1", "Archived", run.ExecutionArn), ((string?)result["Id"], (string?)result["Action"], (string?)result["ExecutionArn"]));
        Assert.Contains(":express:archiver-express:bulk-1:", run.ExecutionArn, StringComparison.Ordinal);
        GetObjectMetadataResponse copy = await _stack.S3.GetObjectMetadataAsync(new GetObjectMetadataRequest
        {
            BucketName = (string)result["Bucket"]!,
            Key = (string)result["Key"]!,
            VersionId = (string)result["VersionId"]!,
        }, Cancel);
        Assert.Equal(("bulk-1", run.ExecutionArn), (copy.Metadata["archiver-run"], copy.Metadata["archiver-execution"]));
        await Assert.ThrowsAsync<StateMachineTypeNotSupportedException>(() => _stack.StepFunctions.ListExecutionsAsync(new ListExecutionsRequest { StateMachineArn = DeployedStack.ExpressMachine }, Cancel));
    }

    [Fact]
    public async Task StartSync_TheSameRunASecondTime_DoesNotReplaceItsResultWithAnError()
    {
        string input = await UploadAsync("uploads/x/twice.txt", "some words");
        await RunAsync("bulk-2", input);
        Dictionary<string, AttributeValue> first = await _stack.RecordAsync("bulk-2");

        StartSyncExecutionResponse again = await RunAsync("bulk-2", input);

        Assert.Equal((SyncExecutionStatus.FAILED, "ObjectNotFoundException"), (again.Status, again.Error));
        Dictionary<string, AttributeValue> second = await _stack.RecordAsync("bulk-2");
        Assert.Equal("Archived", second["Action"].S);
        Assert.Equal(first.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key}={pair.Value.S}{pair.Value.N}"), second.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key}={pair.Value.S}{pair.Value.N}"));
    }

    [Fact]
    public async Task StartSync_AnErrorAndThenTheFile_ReplacesTheErrorWithTheResult()
    {
        string input = new JsonObject { ["bucket"] = DeployedStack.Inbox, ["key"] = "uploads/x/late.txt" }.ToJsonString();
        Assert.Equal(SyncExecutionStatus.FAILED, (await RunAsync("bulk-3", input)).Status);
        Assert.Equal(SyncExecutionStatus.FAILED, (await RunAsync("bulk-3", input)).Status);
        Assert.Equal("Error", (await _stack.RecordAsync("bulk-3"))["Action"].S);

        await UploadAsync("uploads/x/late.txt", "some words");
        Assert.Equal(SyncExecutionStatus.SUCCEEDED, (await RunAsync("bulk-3", input)).Status);

        Assert.Equal("Archived", (await _stack.RecordAsync("bulk-3"))["Action"].S);
    }

    [Fact]
    public async Task StartSync_ThatAsksForAPerson_LeavesTheFile()
    {
        JsonObject input = JsonNode.Parse(await UploadAsync("uploads/x/asks.txt", "some words"))!.AsObject();
        input["approval_needed"] = true;

        StartSyncExecutionResponse run = await RunAsync("bulk-4", input.ToJsonString());

        Assert.Equal((SyncExecutionStatus.FAILED, "ApprovalNotPossibleException"), (run.Status, run.Error));
        Assert.NotNull(await _stack.S3.GetObjectMetadataAsync(DeployedStack.Inbox, "uploads/x/asks.txt", Cancel));
        Assert.Equal(("Error", DeployedStack.Inbox), ((await _stack.RecordAsync("bulk-4"))["Action"].S, (await _stack.RecordAsync("bulk-4"))["Bucket"].S));
    }

    private async Task<string> UploadAsync(string key, string content)
    {
        await _stack.S3.PutObjectAsync(new PutObjectRequest { BucketName = DeployedStack.Inbox, Key = key, ContentBody = content }, Cancel);
        return new JsonObject { ["bucket"] = DeployedStack.Inbox, ["key"] = key }.ToJsonString();
    }

    private Task<StartSyncExecutionResponse> RunAsync(string name, string input) =>
        _stack.StepFunctions.StartSyncExecutionAsync(new StartSyncExecutionRequest { StateMachineArn = DeployedStack.ExpressMachine, Name = name, Input = input }, Cancel);
}
