using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Amazon.DynamoDBv2;
using Archiver.Lambdas.Contracts;
using Archiver.Web.Audit;
using Archiver.Web.Identity;
using Archiver.Web.Identity.Access;
using Archiver.Web.Results;
using Archiver.Web.Tests.Audit;
using Archiver.Web.Tests.Results.Fakes;
using Archiver.Web.Tests.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Archiver.Web.Tests.Results;

/// <summary>The download over HTTP, from a server that has this feature alone.</summary>
public sealed class ResultsExportTests : IAsyncLifetime
{
    private const string Header = "Timestamp,FileName,Action,Archive,Quality,Approval,Approved,Reviewer,Comment,Size,ContentType,Bucket,Key,Sha256,ExecutionArn,Id,Day,VersionId,QualityThreshold,RequestedAt,DecidedAt,DecisionSeconds";

    private readonly FakeResultsTable _table = new();
    private readonly FakeTrail _trail = new();
    private readonly HttpClient _client = new();
    private WebApplication _app = null!;

    public async ValueTask InitializeAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        // Who may have it is not what is tested here.
        builder.Services.Configure<RouteOptions>(options => options.SuppressCheckForUnhandledSecurityMetadata = true);
        builder.Services.AddSingleton<IAmazonDynamoDB>(_table);
        builder.Services.AddSingleton(Records.Cloud);
        builder.Services.AddSingleton<TimeProvider>(new FakeTimeProvider(Records.Now));
        builder.Services.AddIdentity().AddResults();
        builder.Services.AddSingleton<IAuditTrail>(_trail);
        _app = builder.Build();
        _app.UseCaller(Permits.Someone("Ann"));
        _app.MapResults();
        await _app.StartAsync();
        _client.BaseAddress = new Uri(_app.Urls.Single());
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
        _table.Dispose();
    }

    [Fact]
    public async Task Get_Results_IsAFileOfAllTheirAttributesNewestFirst()
    {
        _table.Add(Records.Item("one", Records.Now.AddDays(-2), ResultAction.Denied, 35, asked: true, name: "ledger, 2026.pdf", size: 1_400_000)
            .With("Approved", new() { BOOL = false })
            .With("Reviewer", Records.Text("Ada"))
            .With("Comment", Records.Text("Not \"final\",\nsee mail"))
            .With("Bucket", Records.Text("rejected"))
            .With("Key", Records.Text("x/ledger.pdf"))
            .With("Sha256", Records.Text("ab12"))
            .With("QualityThreshold", Records.Number(50))
            .With("RequestedAt", Records.Text("2026-03-24T19:00:00.000Z"))
            .With("DecidedAt", Records.Text("2026-03-24T20:00:00.000Z"))
            .With("DecisionSeconds", Records.Number(3600)));
        _table.Add(Records.Item("two", Records.Now, name: "übersicht ✓.pdf"));

        using HttpResponseMessage response = await _client.GetAsync("/results/export.csv", TestContext.Current.CancellationToken);

        byte[] body = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal("text/csv; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal("archiver-results-2026-02-25-to-2026-03-26.csv", response.Content.Headers.ContentDisposition?.FileName?.Trim('"'));
        Assert.True(response.Headers.CacheControl?.NoStore);
        Assert.Equal(Encoding.UTF8.GetPreamble(), body[..3]);
        string arn = "arn:aws:states:us-east-1:000000000000:execution:archiver-ArchiverStateMachine:";
        Assert.Equal(
            $"{Header}\r\n"
            + $"2026-03-26T20:14:13.192Z,übersicht ✓.pdf,Archived,true,80,false,,,,1024,application/pdf,,,,{arn}two,two,2026-03-26,,,,,\r\n"
            + $"2026-03-24T20:14:13.192Z,\"ledger, 2026.pdf\",Denied,true,35,true,false,Ada,\"Not \"\"final\"\",\nsee mail\",1400000,application/pdf,rejected,x/ledger.pdf,ab12,{arn}one,one,2026-03-24,,50,2026-03-24T19:00:00.000Z,2026-03-24T20:00:00.000Z,3600\r\n",
            Encoding.UTF8.GetString(body[3..]));
    }

    [Fact]
    public async Task GetJson_Results_AreObjectsOfWhatTheyHave()
    {
        _table.Add(Records.Item("one", Records.Now, ResultAction.Denied, 35, asked: true, name: "=ledger \"ü\" <b>.pdf")
            .With("Approved", new() { BOOL = false })
            .With("Quality", Records.Text("good"))
            .With("DecisionSeconds", Records.Number(3600)));
        _table.Add(Records.Item("two", Records.Now.AddDays(-1)));

        using HttpResponseMessage response = await _client.GetAsync("/results/export.json?zone=UTC", TestContext.Current.CancellationToken);

        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Assert.Equal("archiver-results-2026-02-25-to-2026-03-26.json", response.Content.Headers.ContentDisposition?.FileName?.Trim('"'));
        JsonElement[] rows = (await response.Content.ReadFromJsonAsync<JsonElement[]>(TestContext.Current.CancellationToken))!;
        Assert.Equal(["one", "two"], rows.Select(row => row.GetProperty("Id").GetString()));
        Assert.Equal("=ledger \"ü\" <b>.pdf", rows[0].GetProperty("FileName").GetString());
        Assert.Equal("good", rows[0].GetProperty("Quality").GetString());
        Assert.Equal(80, rows[1].GetProperty("Quality").GetInt32());
        Assert.False(rows[0].GetProperty("Approved").GetBoolean());
        Assert.Equal(3600, rows[0].GetProperty("DecisionSeconds").GetInt64());
        Assert.False(rows[1].TryGetProperty("Comment", out _));
        Assert.Equal("2 results exported.", _trail.Entries[^1].Detail);
    }

    [Fact]
    public async Task GetJson_AFilter_IsJustWhatItLetsThrough()
    {
        _table.Add(Records.Item("one", Records.Now, ResultAction.Denied, asked: true).With("Comment", Records.Text("Blurred")).With("DecisionSeconds", Records.Number(90)));
        _table.Add(Records.Item("two", Records.Now, ResultAction.Denied, asked: true).With("Comment", Records.Text("Blurred")).With("DecisionSeconds", Records.Number(900)));
        _table.Add(Records.Item("three", Records.Now, ResultAction.Denied, asked: true));
        _table.Add(Records.Item("four", Records.Now.AddHours(-3), ResultAction.Error).With("Comment", Records.Text("Blurred")));

        Assert.Equal(["one"], JsonIds(await GetAsync("/results/export.json?reason=Blurred&decided-in=1m-5m")));
        Assert.Equal(["three"], JsonIds(await GetAsync("/results/export.json?no-reason=yes")));
        Assert.Equal(["four"], JsonIds(await GetAsync("/results/export.json?day=2026-03-26&hours=17-18")));
        Assert.Equal("[\n\n]\n", await GetAsync("/results/export.json?action=Expired"));
    }

    [Fact]
    public async Task GetJson_TableDoesNotAnswer_IsAnErrorAndNoFile()
    {
        _table.Failure = new AmazonDynamoDBException("The table is away.");

        using HttpResponseMessage response = await _client.GetAsync("/results/export.json", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("@SUM(A1)")]
    [InlineData("\t=1")]
    [InlineData("\r=1")]
    public async Task Get_TextThatASpreadsheetWouldRun_IsMadeHarmless(string text)
    {
        _table.Add(Records.Item("a", Records.Now, name: text));

        Assert.Contains($",\"'{text}\",", await GetAsync("/results/export.csv"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_WithAFilter_HasWhatThePageShowsInItsOrder()
    {
        _table.Add(Records.Item("a", Records.Now.AddHours(-2), ResultAction.Denied));
        _table.Add(Records.Item("b", Records.Now.AddHours(-1)));
        _table.Add(Records.Item("c", Records.Now, ResultAction.Denied));
        ResultsView view = ResultsView.Default with { Filter = ResultsFilter.Default with { Actions = [ResultAction.Denied] } };

        Assert.Equal(["c", "a"], Ids(await GetAsync(ResultsUrl.ToExport(view, TimeZoneInfo.Utc))));
        Assert.Equal(["a", "c"], Ids(await GetAsync(ResultsUrl.ToExport(view with { Descending = false }, TimeZoneInfo.Utc))));
        Assert.Equal(["c", "a"], Ids(await GetAsync(ResultsUrl.ToExport(view.SortedBy(ResultsSort.File), TimeZoneInfo.Utc))));
    }

    [Fact]
    public async Task Get_ADayOfTheViewersZone_IsThatDay()
    {
        _table.Add(Records.Item("utc only", new DateTimeOffset(2026, 3, 25, 22, 59, 0, TimeSpan.Zero)));
        _table.Add(Records.Item("vienna", new DateTimeOffset(2026, 3, 25, 23, 0, 0, TimeSpan.Zero)));

        Assert.Equal(["vienna"], Ids(await GetAsync("/results/export.csv?day=2026-03-26&zone=Europe%2FVienna")));
    }

    [Fact]
    public async Task Get_MoreThanOneQueryReads_HasAllOfThem()
    {
        _table.PageSize = 100;
        for (int i = 0; i < 5000; i++) _table.Add(Records.Item($"r{i:D4}", Records.Now.AddMinutes(-i)));

        Assert.Equal(Enumerable.Range(0, 5000).Select(index => $"r{index:D4}"), Ids(await GetAsync("/results/export.csv")));
    }

    [Fact]
    public async Task Get_NoResults_IsTheHeader() => Assert.Equal($"{Header}\r\n", (await GetAsync("/results/export.csv")).TrimStart('\uFEFF'));

    [Fact]
    public async Task Get_FilterThatCannotBeRead_IsRefusedInWords()
    {
        using HttpResponseMessage response = await _client.GetAsync("/results/export.csv?human=maybe&zone=Mars", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        string? detail = (await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("detail").GetString();
        Assert.Contains("human is 'maybe'", detail, StringComparison.Ordinal);
        Assert.Contains("zone is 'Mars'", detail, StringComparison.Ordinal);
        Assert.Empty(_table.Queries);
    }

    [Fact]
    public async Task Get_TableDoesNotAnswer_IsAnErrorAndNoFile()
    {
        _table.Failure = new AmazonDynamoDBException("The table is away.");

        using HttpResponseMessage response = await _client.GetAsync("/results/export.csv", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Get_TableFailsHalfway_BreaksTheDownloadOff()
    {
        _table.PageSize = 1000;
        for (int i = 0; i < 5000; i++) _table.Add(Records.Item($"r{i:D4}", Records.Now.AddSeconds(-i)));
        _table.FailureAfter = (3, new AmazonDynamoDBException("The table is away."));

        // A file that is cut short must not look like a whole one.
        await Assert.ThrowsAnyAsync<Exception>(() => GetAsync("/results/export.csv"));
    }

    [Fact]
    public async Task Get_Results_IsOnRecordBeforeAndAfter()
    {
        _table.Add(Records.Item("a", Records.Now));

        await GetAsync("/results/export.csv?human=not-asked");

        Assert.Equal([AuditPhase.Attempted, AuditPhase.Done], _trail.Entries.Select(entry => entry.Phase));
        Assert.All(_trail.Entries, entry => Assert.Equal(
            (Operation.ExportResults, new AuditSubject("results", "/results/export.csv?human=not-asked&zone=UTC")), (entry.Operation, entry.On)));
        Assert.Equal("1 result exported.", _trail.Entries[1].Detail);
    }

    [Fact]
    public async Task Get_WhatCanNotBePutOnRecord_IsNotGivenOut()
    {
        _table.Add(Records.Item("a", Records.Now));
        _trail.Failure = new AmazonDynamoDBException("The table is away.");

        using HttpResponseMessage response = await _client.GetAsync("/results/export.csv", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Null(response.Content.Headers.ContentDisposition);
        Assert.Empty(_table.Queries);
    }

    [Fact]
    public async Task Get_TableFails_IsOnRecordAsFailed()
    {
        _table.Failure = new AmazonDynamoDBException("The table is away.");

        using HttpResponseMessage response = await _client.GetAsync("/results/export.csv", TestContext.Current.CancellationToken);

        Assert.Equal((AuditPhase.Failed, "The table is away."), (_trail.Entries[^1].Phase, _trail.Entries[^1].Detail));
    }

    private async Task<string> GetAsync(string address)
    {
        using HttpResponseMessage response = await _client.GetAsync(address, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private static IEnumerable<string?> JsonIds(string json) => JsonSerializer.Deserialize<JsonElement[]>(json)!.Select(row => row.GetProperty("Id").GetString());

    private static IEnumerable<string> Ids(string csv) =>
        csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(',')[^7]);
}
