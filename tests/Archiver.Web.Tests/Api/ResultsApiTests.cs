using System.Globalization;
using System.Net;
using Amazon.DynamoDBv2.Model;
using Archiver.Lambdas.Contracts;
using Archiver.Web.Cloud;

namespace Archiver.Web.Tests.Api;

public sealed class ResultsApiTests(CloudFixture cloud) : IAsyncLifetime
{
    private ApiHost _api = null!;
    private CloudResources _resources = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        string name = $"api-results-{Guid.NewGuid():N}";
        DescribeTableResponse table = await cloud.DynamoDb.DescribeTableAsync(cloud.Resources.ArchiveTable, Cancel);
        await cloud.DynamoDb.CreateTableAsync(
            new CreateTableRequest
            {
                TableName = name,
                AttributeDefinitions = table.Table.AttributeDefinitions,
                KeySchema = table.Table.KeySchema,
                BillingMode = Amazon.DynamoDBv2.BillingMode.PAY_PER_REQUEST,
                GlobalSecondaryIndexes = [.. table.Table.GlobalSecondaryIndexes.Select(index => new GlobalSecondaryIndex { IndexName = index.IndexName, KeySchema = index.KeySchema, Projection = index.Projection })],
            },
            Cancel);
        _resources = cloud.Resources with { ArchiveTable = name };
        _api = await ApiHost.StartAsync(cloud, _resources);
        for (int i = 0; i < 5; i++)
        {
            string at = $"2026-03-26T20:14:1{i.ToString(CultureInfo.InvariantCulture)}.000Z";
            await cloud.DynamoDb.PutItemAsync(
                name,
                new()
                {
                    ["Id"] = new($"r{i.ToString(CultureInfo.InvariantCulture)}"), ["Timestamp"] = new(at), ["Day"] = new("2026-03-26"), ["Action"] = new(i % 2 == 0 ? ResultAction.Archived : ResultAction.Denied),
                    ["Quality"] = new() { N = (i * 10).ToString(CultureInfo.InvariantCulture) }, ["Archive"] = new() { BOOL = true }, ["FileName"] = new("=cmd()"),
                },
                Cancel);
        }
    }

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task List_MoreThanAPage_EachOnceInOrder()
    {
        List<string> seen = [];
        string? cursor = null;
        do
        {
            Said page = await _api.SendAsync("GET", $"/api/v1/results?day=2026-03-26&order=oldest&limit=2{(cursor is null ? "" : $"&cursor={cursor}")}");
            Assert.Equal(HttpStatusCode.OK, page.Status);
            seen.AddRange(page.Json["items"]!.AsArray().Select(item => item!["id"]!.GetValue<string>()));
            cursor = page.Json["next"]?.GetValue<string>();
        }
        while (cursor is not null);

        Assert.Equal(["r0", "r1", "r2", "r3", "r4"], seen);
    }

    [Fact]
    public async Task List_AFilter_IsThatOfTheGrid()
    {
        Said answer = await _api.SendAsync("GET", "/api/v1/results?from=2026-03-01&to=2026-03-31&action=Archived&min-quality=10");

        Assert.Equal(["r4", "r2"], answer.Json["items"]!.AsArray().Select(item => item!["id"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("day=tomorrow", "day")]
    [InlineData("from=2026-03-02&to=2026-03-01", "from")]
    [InlineData("action=Archived,Lost", "action")]
    [InlineData("zone=Mars/Phobos", "zone")]
    [InlineData("zone=../../etc/passwd", "zone")]
    [InlineData("cursor=x", "cursor")]
    [InlineData("sort=time", "sort")]
    [InlineData("min-quality=90&max-quality=10", "min-quality")]
    public async Task List_WhatCanNotBe_IsNamed(string query, string field)
    {
        Said answer = await _api.SendAsync("GET", $"/api/v1/results?{query}");

        Assert.Equal((HttpStatusCode.BadRequest, "invalid-request"), (answer.Status, answer.Problem));
        Assert.Equal([field], answer.Json["errors"]!.AsObject().Select(error => error.Key));
    }

    [Fact]
    public async Task Clear_WithoutTheWord_DeletesNothing()
    {
        Said without = await _api.SendAsync("DELETE", "/api/v1/results");
        Said other = await _api.SendAsync("DELETE", "/api/v1/results?confirm=yes");

        Assert.Equal(["confirm"], without.Json["errors"]!.AsObject().Select(error => error.Key));
        Assert.Equal("invalid-request", other.Problem);
        Assert.Equal(5, (await cloud.DynamoDb.ScanAsync(new ScanRequest(_resources.ArchiveTable), Cancel)).Count);
    }

    [Fact]
    public async Task Clear_WithTheWord_DeletesAll()
    {
        Said answer = await _api.SendAsync("DELETE", "/api/v1/results?confirm=all");

        Assert.Equal((HttpStatusCode.OK, 5, true), (answer.Status, answer.Json["deleted"]!.GetValue<int>(), answer.Json["complete"]!.GetValue<bool>()));
        Assert.Equal(0, (await cloud.DynamoDb.ScanAsync(new ScanRequest(_resources.ArchiveTable), Cancel)).Count);
    }
}
