using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Archiver.Infra.LocalCloud;
using Archiver.Infra.LocalCloud.DynamoDb.Tables;
using Archiver.Infra.LocalCloud.Stack;
using Microsoft.Extensions.DependencyInjection;
using static Archiver.Infra.Tests.LocalCloud.DynamoDb.Attributes;

namespace Archiver.Infra.Tests.LocalCloud.DynamoDb;

public sealed class TableResourceProviderTests(DynamoDbFixture fixture) : IClassFixture<DynamoDbFixture>
{
    private const string Base = """
        "AttributeDefinitions":[{"AttributeName":"Id","AttributeType":"S"}],"KeySchema":[{"AttributeName":"Id","KeyType":"HASH"}],"BillingMode":"PAY_PER_REQUEST"
        """;

    private const string WithDay = """
        "AttributeDefinitions":[{"AttributeName":"Id","AttributeType":"S"},{"AttributeName":"Day","AttributeType":"S"},{"AttributeName":"Timestamp","AttributeType":"S"}],
        "KeySchema":[{"AttributeName":"Id","KeyType":"HASH"}],"BillingMode":"PAY_PER_REQUEST",
        "GlobalSecondaryIndexes":[{"IndexName":"Day","KeySchema":[{"AttributeName":"Day","KeyType":"HASH"},{"AttributeName":"Timestamp","KeyType":"RANGE"}],"Projection":{"ProjectionType":"ALL"}}]
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private AmazonDynamoDBClient Client => fixture.Client;

    [Fact]
    public async Task Provision_WithoutAName_NamesTheTableAfterStackAndResource()
    {
        ProvisionedResource made = await ProvisionAsync("ArchiveTable", $"{{{Base}}}");
        Assert.Equal("archiver-ArchiveTable", made.Ref);
        Assert.Equal("arn:aws:dynamodb:us-east-1:000000000000:table/archiver-ArchiveTable", made.Attributes["Arn"]);
        Assert.Equal(Amazon.DynamoDBv2.BillingMode.PAY_PER_REQUEST, (await Client.DescribeTableAsync(made.Ref, Cancel)).Table.BillingModeSummary.BillingMode);
    }

    [Fact]
    public async Task Provision_WithEveryProperty_IsHonoured()
    {
        await ProvisionAsync("Full", $$"""
            {"TableName":"full-table",{{WithDay}},"TimeToLiveSpecification":{"AttributeName":"ExpiresAt","Enabled":"true"},"PointInTimeRecoverySpecification":{"PointInTimeRecoveryEnabled":true},
             "SSESpecification":{"SSEEnabled":true,"SSEType":"KMS"},"DeletionProtectionEnabled":"true","TableClass":"STANDARD","Tags":[{"Key":"a","Value":1}]}
            """);
        TableDescription table = (await Client.DescribeTableAsync("full-table", Cancel)).Table;
        Assert.True(table.DeletionProtectionEnabled);
        Assert.Equal(SSEStatus.ENABLED, table.SSEDescription.Status);
        Assert.Equal("Day", Assert.Single(table.GlobalSecondaryIndexes).IndexName);
        Assert.Equal("ExpiresAt", (await Client.DescribeTimeToLiveAsync("full-table", Cancel)).TimeToLiveDescription.AttributeName);
    }

    [Fact]
    public async Task Provision_Again_KeepsTheItemsAndBringsTheIndexesUpToDate()
    {
        await ProvisionAsync("Grown", $$"""{"TableName":"grown",{{Base}}}""");
        string id = (await Client.DescribeTableAsync("grown", Cancel)).Table.TableId;
        for (int i = 0; i < 10; i++)
            await Client.PutItemAsync("grown", Item(("Id", S($"{i}")), ("Day", S("2026-05-01")), ("Timestamp", S($"T{i}"))), Cancel);
        await ProvisionAsync("Grown", $$"""{"TableName":"grown",{{WithDay}}}""");
        TableDescription table = (await Client.DescribeTableAsync("grown", Cancel)).Table;
        Assert.Equal((id, 10, 10), (table.TableId, table.ItemCount, table.GlobalSecondaryIndexes[0].ItemCount));
        QueryRequest query = new() { TableName = "grown", IndexName = "Day", KeyConditionExpression = "#d = :d", ExpressionAttributeNames = new() { ["#d"] = "Day" }, ExpressionAttributeValues = new() { [":d"] = S("2026-05-01") }, Limit = 3, ScanIndexForward = false };
        Assert.Equal(["9", "8", "7"], (await Client.QueryAsync(query, Cancel)).Items.Select(item => item["Id"].S));
        // The same again changes nothing; another projection makes the index anew; none drops it.
        await ProvisionAsync("Grown", $$"""{"TableName":"grown",{{WithDay}}}""");
        Assert.Equal(10, (await Client.DescribeTableAsync("grown", Cancel)).Table.GlobalSecondaryIndexes[0].ItemCount);
        await ProvisionAsync("Grown", $$"""{"TableName":"grown",{{WithDay.Replace("\"ALL\"", "\"KEYS_ONLY\"", StringComparison.Ordinal)}}}""");
        Assert.Equal("{Day=S:2026-05-01, Id=S:9, Timestamp=S:T9}", Show((await Client.QueryAsync(query, Cancel)).Items[0]));
        await ProvisionAsync("Grown", $$"""{"TableName":"grown",{{Base}}}""");
        Assert.True((await Client.DescribeTableAsync("grown", Cancel)).Table.GlobalSecondaryIndexes is null or { Count: 0 });
        Assert.Equal(10, (await Client.DescribeTableAsync("grown", Cancel)).Table.ItemCount);
    }

    [Theory]
    [InlineData("\"Unheard\":1", "the local cloud does not have the property Unheard.")]
    [InlineData("\"StreamSpecification\":{\"StreamViewType\":\"NEW_IMAGE\"}", "the local cloud has no DynamoDB streams, so StreamSpecification can't be honoured.")]
    [InlineData("\"TimeToLiveSpecification\":{\"Enabled\":true}", "1 validation error detected: Value null at 'timeToLiveSpecification.attributeName' failed to satisfy constraint: Member must not be null")]
    [InlineData("\"ProvisionedThroughput\":{\"ReadCapacityUnits\":\"1\",\"WriteCapacityUnits\":1}", "One or more parameter values were invalid: Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST")]
    public async Task Provision_OfWhatCantBe_NamesThePlaceAndTheReason(string property, string reason)
    {
        LocalCloudException error = await Assert.ThrowsAsync<LocalCloudException>(() => ProvisionAsync("Faulty", $$"""{"TableName":"faulty",{{Base}},{{property}}}"""));
        Assert.Equal($"template.yaml(7,3): Faulty (AWS::DynamoDB::Table): {reason}", error.Message);
    }

    [Fact]
    public async Task Provision_WithAnotherKey_IsRefusedAndKeepsTheTable()
    {
        await ProvisionAsync("Rekeyed", $$"""{"TableName":"rekeyed",{{Base}}}""");
        await Client.PutItemAsync("rekeyed", Item(("Id", S("x"))), Cancel);
        LocalCloudException error = await Assert.ThrowsAsync<LocalCloudException>(
            () => ProvisionAsync("Rekeyed", $$"""{"TableName":"rekeyed",{{Base.Replace("Id", "Other", StringComparison.Ordinal)}}}"""));
        Assert.Contains("A table's key can't change", error.Message, StringComparison.Ordinal);
        Assert.Equal("{Id=S:x}", Show((await Client.GetItemAsync("rekeyed", Item(("Id", S("x"))), Cancel)).Item));
    }

    private Task<ProvisionedResource> ProvisionAsync(string logicalId, string properties)
    {
        IResourceProvider provider = fixture.Cloud.Server.Services.GetServices<IResourceProvider>().Single(each => each.ResourceTypes.Contains("AWS::DynamoDB::Table"));
        Assert.IsType<TableResourceProvider>(provider);
        return provider.ProvisionAsync(new TemplateResource(logicalId, "AWS::DynamoDB::Table", JsonNode.Parse(properties)!.AsObject(), "template.yaml(7,3)"), Cancel);
    }
}
