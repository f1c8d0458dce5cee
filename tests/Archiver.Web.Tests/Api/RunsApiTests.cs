using System.Net;
using Amazon.S3.Model;
using Archiver.Web.Audit;
using Archiver.Web.Identity.Access;
using Archiver.Web.Results;
using Archiver.Web.Results.Store;

namespace Archiver.Web.Tests.Api;

public sealed class RunsApiTests(CloudFixture cloud) : IAsyncLifetime
{
    private const string Asking = """{"input":{"approval_needed":true,"simulate":{"archive":true,"quality":35}}}""";

    private ApiHost _api = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _api = await ApiHost.StartAsync(cloud);

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task Start_Several_AreThereAndOnRecord()
    {
        Said answer = await _api.SendAsync("POST", "/api/v1/runs", """{"count":3,"approvalNeeded":true}""");

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        string[] names = [.. answer.Json["started"]!.AsArray().Select(name => name!.GetValue<string>())];
        Assert.Equal(3, names.Distinct().Count());
        foreach (string name in names)
        {
            Said run = await _api.SendAsync("GET", $"/api/v1/runs/{name}");
            Assert.Equal(name, run.Json["run"]!["name"]!.GetValue<string>());
            Assert.True(run.Json["input"]!["approval_needed"]!.GetValue<bool>());
        }
        Assert.Equal([AuditPhase.Attempted, AuditPhase.Done], _api.Trail.Entries.Where(entry => entry.Operation == Operation.StartRun).Select(entry => entry.Phase));
    }

    [Fact]
    public async Task Start_OnAFile_TakesThatFile()
    {
        await cloud.S3.PutObjectAsync(new PutObjectRequest { BucketName = cloud.Resources.InboxBucket, Key = "uploads/api/a.txt", ContentBody = "words" }, Cancel);

        Said answer = await _api.SendAsync("POST", "/api/v1/runs", $$"""{"bucket":"{{cloud.Resources.InboxBucket}}","key":"uploads/api/a.txt"}""");

        Said run = await _api.SendAsync("GET", $"/api/v1/runs/{answer.Json["started"]![0]}");
        Assert.Equal("uploads/api/a.txt", run.Json["input"]!["key"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("""{"express":true}""")]
    [InlineData("""{"express":true,"input":{"simulate":{"archive":true,"quality":90}}}""")]
    public async Task Start_Express_LeavesAResultAndNoRun(string body)
    {
        Said answer = await _api.SendAsync("POST", "/api/v1/runs", body);

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        string name = answer.Json["started"]![0]!.GetValue<string>();
        ResultsStore results = new(cloud.DynamoDb, cloud.Resources);
        ResultRow? result;
        while ((result = await results.GetAsync(name, Cancel)) is null) await Task.Yield();
        Assert.True(result.IsOfExpressRun);
        Assert.Equal(HttpStatusCode.NotFound, (await _api.SendAsync("GET", $"/api/v1/runs/{name}")).Status);
    }

    [Fact]
    public async Task Start_SameKeyTwice_StartsOnce()
    {
        string key = Guid.NewGuid().ToString("N");

        Said first = await _api.SendAsync("POST", "/api/v1/runs", Asking, key: key);
        Said second = await _api.SendAsync("POST", "/api/v1/runs", Asking, key: key);

        Assert.Equal(first.Text, second.Text);
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.Status, second.Status));
        Assert.False(first.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal(["true"], second.Headers.GetValues("Idempotency-Replayed"));
    }

    [Theory]
    [InlineData("""{"count":0}""", "count")]
    [InlineData("""{"count":1001}""", "count")]
    [InlineData("""{"bucket":"somebody-elses","key":"a"}""", "bucket")]
    [InlineData("""{"bucket":"archiver-inbox-000000000000"}""", "key")]
    [InlineData("""{"key":"a","count":2}""", "count")]
    [InlineData("""{"input":{},"count":2}""", "input")]
    [InlineData("""{"input":{"startedBy":{"id":"local|eve"}}}""", "input")]
    [InlineData("""{"input":"{}"}""", "input")]
    [InlineData("""{"express":true,"approvalNeeded":true}""", "express")]
    [InlineData("""{"express":true,"input":{"approval_needed":true}}""", "input")]
    [InlineData("""{"express":"yes"}""", "express")]
    public async Task Start_WhatCanNotBe_NamesTheField(string body, string field)
    {
        Said answer = await _api.SendAsync("POST", "/api/v1/runs", body);

        Assert.Equal((HttpStatusCode.BadRequest, "invalid-request"), (answer.Status, answer.Problem));
        Assert.Equal([field], answer.Json["errors"]!.AsObject().Select(error => error.Key));
    }

    [Fact]
    public async Task Stop_ARunThatWaits_StopsItOnce()
    {
        string name = (await _api.SendAsync("POST", "/api/v1/runs", Asking)).Json["started"]![0]!.GetValue<string>();

        Said first = await _api.SendAsync("POST", $"/api/v1/runs/{name}/stop");
        Said second = await _api.SendAsync("POST", $"/api/v1/runs/{name}/stop");

        Assert.Equal((HttpStatusCode.OK, "ABORTED"), (first.Status, first.Json["status"]!.GetValue<string>()));
        Assert.Equal((HttpStatusCode.Conflict, "run-state", "ABORTED"), (second.Status, second.Problem, second.Json["runStatus"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Redrive_AStoppedRun_GoesOnAndOneThatRunsDoesNot()
    {
        string name = (await _api.SendAsync("POST", "/api/v1/runs", Asking)).Json["started"]![0]!.GetValue<string>();
        Said running = await _api.SendAsync("POST", $"/api/v1/runs/{name}/redrive");
        await _api.SendAsync("POST", $"/api/v1/runs/{name}/stop", "{}");

        Said stopped = await _api.SendAsync("POST", $"/api/v1/runs/{name}/redrive");

        Assert.Equal("run-state", running.Problem);
        Assert.Equal((HttpStatusCode.OK, "RUNNING"), (stopped.Status, stopped.Json["status"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("GET", "/api/v1/runs/no-such-run")]
    [InlineData("GET", "/api/v1/runs/..%2f..%2fetc")]
    [InlineData("GET", "/api/v1/runs/a:b")]
    [InlineData("POST", "/api/v1/runs/no-such-run/stop")]
    [InlineData("POST", "/api/v1/runs/no-such-run/redrive")]
    public async Task ARun_ThatIsNotThere_Is404(string method, string path)
    {
        Said answer = await _api.SendAsync(method, path);

        Assert.Equal((HttpStatusCode.NotFound, "not-found"), (answer.Status, answer.Problem));
    }

    [Fact]
    public async Task List_MoreThanAPage_EachOnce()
    {
        await _api.SendAsync("POST", "/api/v1/runs", """{"count":5,"approvalNeeded":true}""");
        List<string> seen = [];
        string? cursor = null;
        for (int page = 0; page < 3; page++)
        {
            Said answer = await _api.SendAsync("GET", $"/api/v1/runs?status=running&limit=2{(cursor is null ? "" : $"&cursor={cursor}")}");
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            seen.AddRange(answer.Json["items"]!.AsArray().Select(item => item!["name"]!.GetValue<string>()));
            Assert.All(answer.Json["items"]!.AsArray(), item => Assert.Equal("RUNNING", item!["status"]!.GetValue<string>()));
            cursor = answer.Json["next"]?.GetValue<string>();
        }

        Assert.True(seen.Count >= 5);
        Assert.Equal(seen.Count, seen.Distinct().Count());
    }

    [Theory]
    [InlineData("bm90IGpzb24")]
    [InlineData("WyJub3QgYSB0b2tlbiJd")]
    public async Task List_AForeignCursor_IsRefused(string cursor)
    {
        Said answer = await _api.SendAsync("GET", $"/api/v1/runs?cursor={cursor}");

        Assert.Equal((HttpStatusCode.BadRequest, "invalid-request"), (answer.Status, answer.Problem));
    }

    [Fact]
    public async Task Get_ARunThatAsks_ShowsNoTaskToken()
    {
        string name = (await _api.SendAsync("POST", "/api/v1/runs", Asking)).Json["started"]![0]!.GetValue<string>();
        string arn = (await _api.SendAsync("GET", $"/api/v1/runs/{name}")).Json["run"]!["arn"]!.GetValue<string>();
        string token = await Fate.TokenAsync(cloud, arn);

        Said answer = await _api.SendAsync("GET", $"/api/v1/runs/{name}");

        Assert.NotEmpty(answer.Json["events"]!.AsArray());
        Assert.DoesNotContain(token, answer.Text, StringComparison.Ordinal);
        Assert.Contains("hidden", answer.Text, StringComparison.Ordinal);
    }

    /// <summary>Finds the token that a run waits with, as somebody with rights to its history does.</summary>
    private static class Fate
    {
        public static async Task<string> TokenAsync(CloudFixture cloud, string arn)
        {
            while (true)
            {
                var history = await cloud.StepFunctions.GetExecutionHistoryAsync(new() { ExecutionArn = arn, IncludeExecutionData = true }, Cancel);
                string? parameters = history.Events.FirstOrDefault(one => one.TaskScheduledEventDetails?.Resource.Contains("waitForTaskToken", StringComparison.Ordinal) == true)?.TaskScheduledEventDetails.Parameters;
                if (parameters is not null) return System.Text.Json.Nodes.JsonNode.Parse(parameters)!["MessageBody"]!["TaskToken"]!.GetValue<string>();
            }
        }
    }
}
