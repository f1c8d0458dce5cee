using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Archiver.Infra.LocalCloud.DynamoDb;
using Archiver.Infra.Tests.LocalCloud;
using Archiver.Infra.Tests.LocalCloud.DynamoDb;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using static Archiver.Infra.Tests.LocalCloud.DynamoDb.Attributes;

namespace Archiver.Infra.Tests.Stack;

/// <summary>The approvals table as the deployed template declares it.</summary>
public sealed class ApprovalsTableTests : IDisposable
{
    private const string Table = "archiver-ApprovalsTable";
    private static readonly string Template = Path.Combine(AppContext.BaseDirectory, "template.yaml");

    private readonly string _directory = Directory.CreateTempSubdirectory("archiver-approvals-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Start_OverATableFromBeforeTheIndex_IndexesTheRowsThatHaveItsAttributes()
    {
        await using (TestCloud cloud = await TestCloud.StartAsync(dataDirectory: _directory))
        {
            using AmazonDynamoDBClient client = DynamoDbFixture.Connect(cloud);
            await client.CreateTableAsync(Earlier(), Cancel);
            await client.PutItemAsync(Table, Row("older"), Cancel);
            await client.PutItemAsync(Table, Row("second", ("ChangedBy", S("one")), ("ChangedAt", S("2026-05-01T10:00:02.000Z"))), Cancel);
            await client.PutItemAsync(Table, Row("first", ("ChangedBy", S("one")), ("ChangedAt", S("2026-05-01T10:00:01.000Z"))), Cancel);
            await client.PutItemAsync(Table, Row("other", ("ChangedBy", S("two")), ("ChangedAt", S("2026-05-01T10:00:03.000Z"))), Cancel);
        }
        await using (TestCloud cloud = await TestCloud.StartAsync(templatePath: Template, dataDirectory: _directory))
        {
            using AmazonDynamoDBClient client = DynamoDbFixture.Connect(cloud);
            Assert.Equal(["first", "second"], await ChangedByAsync(client, "one"));

            await client.PutItemAsync(Table, Row("older", ("ChangedBy", S("one")), ("ChangedAt", S("2026-05-01T10:00:04.000Z"))), Cancel);

            Assert.Equal(["first", "second", "older"], await ChangedByAsync(client, "one"));
            TableDescription table = (await client.DescribeTableAsync(Table, Cancel)).Table;
            Assert.Equal(["ChangedBy-ChangedAt", "ExecutionArn-RequestedAt", "Status-RequestedAt"], table.GlobalSecondaryIndexes.Select(index => index.IndexName).Order(StringComparer.Ordinal));
            Assert.All(table.GlobalSecondaryIndexes, index => Assert.Equal(
                index.IndexName == "ExecutionArn-RequestedAt" ? ProjectionType.KEYS_ONLY : ProjectionType.ALL, index.Projection.ProjectionType));
            Assert.Equal(4, table.ItemCount);
        }
    }

    [Fact]
    public async Task ExpireAfter_OnceItHasPassed_TakesTheRowFromTableAndIndexes()
    {
        FakeTimeProvider time = new(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));
        await using TestCloud cloud = await TestCloud.StartAsync(time, Template, _directory);
        using AmazonDynamoDBClient client = DynamoDbFixture.Connect(cloud);
        TimeToLiveDescription expiry = (await client.DescribeTimeToLiveAsync(Table, Cancel)).TimeToLiveDescription;
        Assert.Equal((TimeToLiveStatus.ENABLED, "ExpireAfter"), (expiry.TimeToLiveStatus, expiry.AttributeName));
        await client.PutItemAsync(Table, Settled("gone", 59), Cancel);
        await client.PutItemAsync(Table, Settled("stays", 61), Cancel);
        DynamoDbMaintenance maintenance = cloud.Server.Services.GetRequiredService<DynamoDbMaintenance>();
        time.Advance(TimeSpan.FromSeconds(60));

        await maintenance.RunOnceAsync(Cancel);

        Assert.Equal(["stays"], await ChangedByAsync(client, "one"));
        Assert.Equal("(none)", Show((await client.GetItemAsync(Table, Item(("Id", S("gone"))), Cancel)).Item));

        Dictionary<string, AttributeValue> Settled(string id, int seconds) => Row(
            id, ("ChangedBy", S("one")), ("ChangedAt", S("2026-05-01T10:00:01.000Z")), ("ExpireAfter", N(time.GetUtcNow().ToUnixTimeSeconds() + seconds)));
    }

    private static Dictionary<string, AttributeValue> Row(string id, params (string, AttributeValue)[] more) =>
        Item([("Id", S(id)), ("Status", S("Decided")), ("RequestedAt", S("2026-05-01T09:00:00.000Z")), .. more]);

    private static async Task<IEnumerable<string>> ChangedByAsync(AmazonDynamoDBClient client, string who) => (await client.QueryAsync(
        new QueryRequest
        {
            TableName = Table,
            IndexName = "ChangedBy-ChangedAt",
            KeyConditionExpression = "ChangedBy = :who",
            ExpressionAttributeValues = new() { [":who"] = S(who) },
        },
        Cancel)).Items.Select(item => item["Id"].S);

    private static CreateTableRequest Earlier()
    {
        CreateTableRequest request = new()
        {
            TableName = Table,
            BillingMode = BillingMode.PAY_PER_REQUEST,
            AttributeDefinitions = [new AttributeDefinition("Id", ScalarAttributeType.S)],
            KeySchema = [new KeySchemaElement("Id", KeyType.HASH)],
        };
        DynamoDbFixture.AddGlobalIndex(request, "Status-RequestedAt", ("Status", ScalarAttributeType.S), ("RequestedAt", ScalarAttributeType.S));
        return request;
    }
}
