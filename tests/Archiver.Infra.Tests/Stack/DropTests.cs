using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.Model;
using Amazon.S3.Model;
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;
using Archiver.Infra.LocalCloud.Events;
using Archiver.Infra.LocalCloud.S3;
using Archiver.Infra.LocalCloud.S3.State;
using Archiver.Infra.LocalCloud.Storage;
using Archiver.Infra.Tests.LocalCloud.Events;
using Microsoft.Extensions.Logging.Abstractions;

namespace Archiver.Infra.Tests.Stack;

/// <summary>The deployed stack in the local cloud: a file that is dropped in the inbox bucket starts one run.</summary>
public sealed class DropTests : IAsyncLifetime
{
    private const string Inbox = "archiver-inbox-000000000000";
    private const string Machine = "arn:aws:states:us-east-1:000000000000:stateMachine:archiver-ArchiverStateMachine";
    private const string DropMachine = "arn:aws:states:us-east-1:000000000000:stateMachine:archiver-drops";
    private const string DeadLetters = "archiver-drop-dead-letters";

    private readonly string _directory = Directory.CreateTempSubdirectory("archiver-drops-").FullName;
    private EventsCloud _cloud = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _cloud = await EventsCloud.StartAsync(dataDirectory: _directory);

    public async ValueTask DisposeAsync()
    {
        await _cloud.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Theory]
    [InlineData("ledger.txt")]
    [InlineData("2026/a b+c/Übersicht \"1\" \\ 😀.txt")]
    public async Task Drop_BySdk_StartsOneRunNamedAfterTheVersion(string key)
    {
        PutObjectResponse put = await _cloud.PutAsync(Inbox, key);
        await _cloud.SettleAsync();

        ExecutionListItem run = Assert.Single(await RunsAsync());
        Assert.Equal(NameOf(key, put.VersionId), run.Name);
        Assert.Equal((Inbox, key, put.VersionId, false), await InputAsync(run));
        Assert.Equal(ExecutionStatus.SUCCEEDED, run.Status);
        Assert.Equal([run.Name], await RecordsAsync());
    }

    [Fact]
    public async Task Drop_ByAwsClient_StartsOneRunAlsoInParts()
    {
        string file = Path.Combine(_directory, "large.txt");
        await File.WriteAllTextAsync(file, new string('x', 9 * 1024 * 1024), Cancel); // large enough for parts
        ProcessStartInfo start = new("aws", ["--endpoint-url", _cloud.Cloud.Endpoint.ToString(), "s3", "cp", file, $"s3://{Inbox}/by-shell/"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["AWS_DEFAULT_REGION"] = "us-east-1";
        start.Environment["AWS_ACCESS_KEY_ID"] = start.Environment["AWS_SECRET_ACCESS_KEY"] = "local";
        using Process client = Process.Start(start)!;
        string[] said = await Task.WhenAll(client.StandardOutput.ReadToEndAsync(Cancel), client.StandardError.ReadToEndAsync(Cancel));
        await client.WaitForExitAsync(Cancel);
        Assert.True(client.ExitCode == 0, string.Concat(said));
        await _cloud.SettleAsync();

        (string _, string key, string _, bool approval) = await InputAsync(Assert.Single(await RunsAsync()));
        Assert.Equal(("by-shell/large.txt", false), (key, approval));
    }

    [Theory]
    [InlineData("uploads/abc-0001/a.txt")]
    [InlineData("folder/")]
    [InlineData("a.txt.sha256")]
    [InlineData("x/a.txt.md5")]
    [InlineData("review/a.txt.sha256")]
    [InlineData("review/")]
    public async Task Drop_WhatIsNoDrop_StartsNothing(string key)
    {
        await _cloud.PutAsync(Inbox, key);
        await _cloud.PutAsync("archiver-archive-000000000000", "a.txt");
        await _cloud.SettleAsync();

        Assert.Empty(await RunsAsync());
        Assert.Empty(await _cloud.MessagesAsync(DeadLetters));
    }

    [Fact]
    public async Task Drop_BelowReview_WaitsForAReviewer()
    {
        await _cloud.PutAsync(Inbox, "review/a.txt");
        await _cloud.SettleAsync();

        ExecutionListItem run = Assert.Single(await RunsAsync());
        Assert.Equal(ExecutionStatus.RUNNING, run.Status);
        Assert.True((await InputAsync(run)).Approval);
        Assert.Equal("review/a.txt", (string)JsonNode.Parse(Assert.Single(await _cloud.MessagesAsync("archiver-HumanSQS")).Body)!["File"]!["Key"]!);
    }

    [Fact]
    public async Task Drop_WhereDropsNeedApproval_WaitsForAReviewer()
    {
        await using EventsCloud cloud = await EventsCloud.StartAsync(configure: options => options.Parameters["DropsNeedApproval"] = "true");
        await cloud.PutAsync(Inbox, "a.txt");
        await cloud.SettleAsync();

        Assert.Single(await cloud.MessagesAsync("archiver-HumanSQS"));
    }

    [Fact]
    public async Task Drop_WhereDropsAreExpress_IsRecordedOnceWithoutAReviewer()
    {
        await using EventsCloud cloud = await EventsCloud.StartAsync(configure: options => options.Parameters["DropWorkflow"] = "Express");
        PutObjectResponse put = await cloud.PutAsync(Inbox, "a.txt");
        await cloud.PutAsync(Inbox, "review/b.txt");
        await cloud.SettleAsync();

        GetItemResponse record = await cloud.DynamoDb.GetItemAsync("archiver-ArchiveTable", new() { ["Id"] = new AttributeValue(NameOf("a.txt", put.VersionId)) }, Cancel);
        Assert.Contains(":express:archiver-express:", record.Item["ExecutionArn"].S, StringComparison.Ordinal);
        Assert.Single(await cloud.MessagesAsync("archiver-HumanSQS"));
    }

    [Fact]
    public async Task Event_DeliveredTwice_StartsOneRun()
    {
        PutObjectResponse put = await _cloud.PutAsync(Inbox, "a.txt");
        await _cloud.SettleAsync();
        ObjectNote note = new(9, Guid.NewGuid().ToString(), "PutObject", true, false, Inbox, "a.txt", put.VersionId, 5, "tag", DateTimeOffset.UnixEpoch);
        JsonObject @event = _cloud.Get<ObjectEventSource>().ToEvent(note);

        _cloud.Get<EventsService>().Put([@event]);
        _cloud.Get<EventsService>().Put([@event]);
        await _cloud.SettleAsync();

        Assert.Single(await RunsAsync());
        Assert.Equal([NameOf("a.txt", put.VersionId)], await RecordsAsync());
        Assert.Empty(await _cloud.MessagesAsync(DeadLetters));
    }

    [Fact]
    public async Task Drop_WrittenBeforeAKillAndNotTold_StartsItsRunAtTheNextStart()
    {
        await _cloud.DisposeAsync();
        string version = PutAsAKillLeavesIt("a.txt");

        _cloud = await EventsCloud.StartAsync(dataDirectory: _directory);
        await _cloud.SettleAsync();

        Assert.Equal(NameOf("a.txt", version), Assert.Single(await RunsAsync()).Name);
    }

    [Fact]
    public async Task Drop_OwedBeforeAKillAndNotDelivered_StartsItsRunOnceAtTheNextStart()
    {
        await _cloud.DisposeAsync();
        PutAsAKillLeavesIt("a.txt");
        // Owed to the target, and still noted: the kill came between the two.
        using (DataDirectory data = new(_directory))
        using (S3Store s3 = new(data, NullLogger<S3Store>.Instance))
        using (EventsStore events = new(data))
        {
            ObjectNote note = Assert.Single(s3.Notes.Oldest(10));
            await using ObjectEventSource source = new(
                s3, new ObjectEvents(), new EventsService(events, TimeProvider.System), new Archiver.Infra.LocalCloud.CloudIdentity(), TimeProvider.System, NullLogger<ObjectEventSource>.Instance);
            events.Add([(note.EventId, source.ToEvent(note), "archiver-drops", "DropStateMachine")], DateTimeOffset.UtcNow);
        }

        _cloud = await EventsCloud.StartAsync(dataDirectory: _directory);
        await _cloud.SettleAsync();

        Assert.Single(await RunsAsync());
        Assert.Single(await RecordsAsync());
        Assert.Empty(_cloud.Get<S3Store>().Notes.Oldest(1));
        Assert.Null(_cloud.Get<EventsStore>().NextDue());
    }

    [Fact]
    public async Task Drop_WhoseRunCannotBeStarted_IsKeptInTheDeadLetters()
    {
        JsonObject input = new()
        {
            ["bucket"] = Inbox, ["key"] = "a.txt", ["version_id"] = "v", ["approval_needed"] = false, ["machine"] = $"{Machine}-that-is-not-there",
        };
        await _cloud.StepFunctions.StartExecutionAsync(new StartExecutionRequest { StateMachineArn = DropMachine, Input = input.ToJsonString() }, Cancel);
        await _cloud.SettleAsync();

        JsonObject kept = JsonNode.Parse(Assert.Single(await _cloud.MessagesAsync(DeadLetters)).Body)!.AsObject();
        Assert.Equal("StepFunctions.StateMachineDoesNotExistException", (string)kept["failure"]!["Error"]!);
        kept.Remove("failure");
        Assert.True(JsonNode.DeepEquals(input, kept));
    }

    [Fact]
    public async Task Drop_AThousandAtOnce_RecordsEachOnce()
    {
        const int count = 1_000;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Cancel },
            async (i, _) => await _cloud.PutAsync(Inbox, $"many/{i:D4}.txt", $"file {i}"));
        await _cloud.SettleAsync();

        List<string> records = await RecordsAsync();
        Assert.Equal(count, records.Count);
        Assert.Equal(count, records.Distinct().Count());
        Assert.Equal(count, (await RunsAsync()).Count);
        Assert.Empty(await _cloud.MessagesAsync(DeadLetters));
    }

    private static string NameOf(string key, string version) =>
        "drop-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Inbox}/{key}/{version}")));

    // An object and its note, as a kill leaves them right after the write.
    private string PutAsAKillLeavesIt(string key)
    {
        using DataDirectory data = new(_directory);
        using S3Store store = new(data, NullLogger<S3Store>.Instance);
        S3Service service = new(store, new ObjectEvents(), TimeProvider.System);
        using MemoryStream content = new("words"u8.ToArray());
        Assert.True(service.PutOnceAsync(Inbox, key, "once", content, _ => true, Cancel).GetAwaiter().GetResult());
        return store.Objects.Find(Inbox, key, null)!.VersionId;
    }

    private async Task<List<ExecutionListItem>> RunsAsync() => await _cloud.StepFunctions.Paginators.ListExecutions(
        new ListExecutionsRequest { StateMachineArn = Machine, MaxResults = 1000 }).Executions.ToListAsync(Cancel);

    private async Task<(string Bucket, string Key, string Version, bool Approval)> InputAsync(ExecutionListItem run)
    {
        string text = (await _cloud.StepFunctions.DescribeExecutionAsync(new DescribeExecutionRequest { ExecutionArn = run.ExecutionArn }, Cancel)).Input;
        JsonObject input = JsonNode.Parse(text)!.AsObject();
        Assert.Equal(4, input.Count);
        return ((string)input["bucket"]!, (string)input["key"]!, (string)input["version_id"]!, (bool)input["approval_needed"]!);
    }

    private async Task<List<string>> RecordsAsync()
    {
        List<string> ids = [];
        Dictionary<string, AttributeValue>? after = null;
        do
        {
            ScanResponse page = await _cloud.DynamoDb.ScanAsync(new ScanRequest { TableName = "archiver-ArchiveTable", ExclusiveStartKey = after }, Cancel);
            ids.AddRange(page.Items.Select(item => item["Id"].S));
            after = page.LastEvaluatedKey is { Count: > 0 } more ? more : null;
        }
        while (after is not null);
        return ids;
    }
}
