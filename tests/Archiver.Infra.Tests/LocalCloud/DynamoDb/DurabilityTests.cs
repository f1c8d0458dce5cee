using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Archiver.Infra.LocalCloud.DynamoDb;
using Archiver.Infra.LocalCloud.DynamoDb.Rows;
using Archiver.Infra.LocalCloud.DynamoDb.Tables;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using static Archiver.Infra.Tests.LocalCloud.DynamoDb.Attributes;

namespace Archiver.Infra.Tests.LocalCloud.DynamoDb;

/// <summary>What stays over a restart, what goes when its time has come, and that reading never walks a table.</summary>
public sealed class DurabilityTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Restart_KeepsTablesItemsIndexesAndTokens()
    {
        string directory = Directory.CreateTempSubdirectory("archiver-ddb-").FullName;
        try
        {
            TransactWriteItemsRequest transaction = new()
            {
                ClientRequestToken = "token",
                TransactItems = [new TransactWriteItem { Update = new Update { TableName = "kept", Key = Item(("pk", S("counter"))), UpdateExpression = "ADD v :one", ExpressionAttributeValues = new() { [":one"] = N(1) } } }],
            };
            TableDescription before;
            await using (TestCloud cloud = await TestCloud.StartAsync(dataDirectory: directory))
            {
                using AmazonDynamoDBClient client = DynamoDbFixture.Connect(cloud);
                CreateTableRequest request = DynamoDbFixture.TableRequest("kept");
                DynamoDbFixture.AddGlobalIndex(request, "idx", ("g", ScalarAttributeType.S));
                await client.CreateTableAsync(request, Cancel);
                for (int i = 0; i < 50; i++)
                    await client.PutItemAsync("kept", Item(("pk", S($"{i}")), ("g", S($"g{i % 2}"))), Cancel);
                await client.TransactWriteItemsAsync(transaction, Cancel);
                before = (await client.DescribeTableAsync("kept", Cancel)).Table;
            }
            await using (TestCloud cloud = await TestCloud.StartAsync(dataDirectory: directory))
            {
                using AmazonDynamoDBClient client = DynamoDbFixture.Connect(cloud);
                TableDescription after = (await client.DescribeTableAsync("kept", Cancel)).Table;
                Assert.Equal((before.TableId, before.ItemCount, before.TableSizeBytes, before.CreationDateTime), (after.TableId, after.ItemCount, after.TableSizeBytes, after.CreationDateTime));
                QueryResponse found = await client.QueryAsync(
                    new QueryRequest { TableName = "kept", IndexName = "idx", KeyConditionExpression = "g = :g", ExpressionAttributeValues = new() { [":g"] = S("g1") } }, Cancel);
                Assert.Equal(25, found.Count);
                await client.TransactWriteItemsAsync(transaction, Cancel);
                Assert.Equal("{pk=S:counter, v=N:1}", Show((await client.GetItemAsync("kept", Item(("pk", S("counter"))), Cancel)).Item));
            }
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public async Task TimeToLive_OnceItIsOver_DeletesTheItemFromTableAndIndexes()
    {
        FakeTimeProvider time = new(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));
        long now = time.GetUtcNow().ToUnixTimeSeconds();
        await using TestCloud cloud = await TestCloud.StartAsync(time);
        using AmazonDynamoDBClient client = DynamoDbFixture.Connect(cloud);
        CreateTableRequest request = DynamoDbFixture.TableRequest("expiring");
        DynamoDbFixture.AddGlobalIndex(request, "idx", ("g", ScalarAttributeType.S));
        await client.CreateTableAsync(request, Cancel);
        // Some before the expiry is turned on, some after.
        await client.PutItemAsync("expiring", Expiring("past", N(now - 10)), Cancel);
        await client.PutItemAsync("expiring", Expiring("ancient", N(now - (6L * 365 * 86_400))), Cancel);
        await client.UpdateTimeToLiveAsync(
            new UpdateTimeToLiveRequest { TableName = "expiring", TimeToLiveSpecification = new TimeToLiveSpecification { Enabled = true, AttributeName = "ttl" } }, Cancel);
        await client.PutItemAsync("expiring", Expiring("soon", N(now + 30)), Cancel);
        await client.PutItemAsync("expiring", Expiring("put off", N(now + 30)), Cancel);
        await client.PutItemAsync("expiring", Expiring("text", S($"{now - 10}")), Cancel);
        await client.PutItemAsync("expiring", Item(("pk", S("never")), ("g", S("g"))), Cancel);
        await client.UpdateItemAsync(
            new UpdateItemRequest { TableName = "expiring", Key = Item(("pk", S("put off"))), UpdateExpression = "SET #t = :t", ExpressionAttributeNames = new() { ["#t"] = "ttl" }, ExpressionAttributeValues = new() { [":t"] = N(now + 3600) } },
            Cancel);

        DynamoDbMaintenance maintenance = cloud.Server.Services.GetRequiredService<DynamoDbMaintenance>();
        await maintenance.RunOnceAsync(Cancel);
        Assert.Equal(["ancient", "never", "put off", "soon", "text"], await KeysAsync());
        time.Advance(TimeSpan.FromSeconds(31));
        await maintenance.RunOnceAsync(Cancel);
        Assert.Equal(["ancient", "never", "put off", "text"], await KeysAsync());
        TableDescription described = (await client.DescribeTableAsync("expiring", Cancel)).Table;
        Assert.Equal((4, 4), (described.ItemCount, described.GlobalSecondaryIndexes[0].ItemCount));

        static Dictionary<string, AttributeValue> Expiring(string key, AttributeValue expiry) => Item(("pk", S(key)), ("ttl", expiry), ("g", S("g")));
        async Task<IEnumerable<string>> KeysAsync() => (await client.QueryAsync(
            new QueryRequest { TableName = "expiring", IndexName = "idx", KeyConditionExpression = "g = :g", ExpressionAttributeValues = new() { [":g"] = S("g") } }, Cancel))
            .Items.Select(item => item["pk"].S).Order(StringComparer.Ordinal);
    }

    [Fact]
    public async Task Maintenance_AsTimeGoesOn_RunsByItself()
    {
        FakeTimeProvider time = new(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));
        await using TestCloud cloud = await TestCloud.StartAsync(time);
        using AmazonDynamoDBClient client = DynamoDbFixture.Connect(cloud);
        await client.CreateTableAsync(DynamoDbFixture.TableRequest("expiring"), Cancel);
        await client.UpdateTimeToLiveAsync(
            new UpdateTimeToLiveRequest { TableName = "expiring", TimeToLiveSpecification = new TimeToLiveSpecification { Enabled = true, AttributeName = "ttl" } }, Cancel);
        await client.PutItemAsync("expiring", Item(("pk", S("x")), ("ttl", N(time.GetUtcNow().ToUnixTimeSeconds() + 1))), Cancel);
        // The loop may not have reached its timer when the clock first moves, so the clock goes on until the item is gone.
        while ((await client.DescribeTableAsync("expiring", Cancel)).Table.ItemCount > 0)
            time.Advance(DynamoDbMaintenance.Interval);
        Assert.Equal("(none)", Show((await client.GetItemAsync("expiring", Item(("pk", S("x"))), Cancel)).Item));
    }

    [Fact]
    public async Task Maintenance_AfterATableWasDropped_ClearsWhatItHeld()
    {
        await using TestCloud cloud = await TestCloud.StartAsync();
        using AmazonDynamoDBClient client = DynamoDbFixture.Connect(cloud);
        CreateTableRequest request = DynamoDbFixture.TableRequest("dropped");
        DynamoDbFixture.AddGlobalIndex(request, "idx", ("g", ScalarAttributeType.S));
        await client.CreateTableAsync(request, Cancel);
        for (int i = 0; i < 20; i++)
            await client.PutItemAsync("dropped", Item(("pk", S($"{i}")), ("g", S("g"))), Cancel);
        await client.DeleteTableAsync("dropped", Cancel);
        await cloud.Server.Services.GetRequiredService<DynamoDbMaintenance>().RunOnceAsync(Cancel);
        using SqliteConnection connection = new($"Data Source={Path.Combine(cloud.DataDirectory, "dynamodb.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        foreach (string left in new[] { "items", "entries", "indexes", "leftovers" })
        {
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = $"SELECT COUNT(*) FROM {left}";
            Assert.Equal(0L, command.ExecuteScalar());
        }
    }

    [Fact]
    public async Task EveryPage_IsASeekInAnIndexWithoutASort()
    {
        await using TestCloud cloud = await TestCloud.StartAsync();
        using AmazonDynamoDBClient client = DynamoDbFixture.Connect(cloud);
        CreateTableRequest request = DynamoDbFixture.TableRequest("planned", range: true);
        DynamoDbFixture.AddGlobalIndex(request, "idx", ("g", ScalarAttributeType.S), ("n", ScalarAttributeType.N));
        await client.CreateTableAsync(request, Cancel);
        TableDefinition table = cloud.Server.Services.GetRequiredService<DynamoDbTables>().Describe("planned").Table;
        using SqliteConnection connection = new($"Data Source={Path.Combine(cloud.DataDirectory, "dynamodb.db")};Pooling=False");
        connection.Open();
        PageRows pages = new(connection);
        RowPosition position = new(new(5, [1], [2]), new(5, [3], [4]));
        RowRange[] ranges =
        [
            new() { Partition = [1] }, new() { Partition = [1], Forward = false },
            new() { Partition = [1], Low = new([1], true), High = new([9], false) }, new() { Partition = [3], After = position, High = new([9], true) },
            new() { Partition = [3], After = position, Low = new([0], true), Forward = false }, new(), new() { After = position }, new() { FirstHash = 3, LastHash = 9, After = position },
        ];
        foreach (RowRange range in ranges)
        {
            foreach (SecondaryIndex? index in new[] { null, table.Indexes[0] })
            {
                foreach (bool withBodies in new[] { true, false })
                {
                    using SqliteCommand command = pages.Command(table, index, range, withBodies, "EXPLAIN QUERY PLAN ");
                    using SqliteDataReader reader = command.ExecuteReader();
                    List<string> plan = [];
                    while (reader.Read())
                        plan.Add(reader.GetString(3));
                    string shown = $"{command.CommandText}\n{string.Join('\n', plan)}";
                    Assert.DoesNotContain(plan, step => step.Contains("TEMP B-TREE", StringComparison.Ordinal) || step.StartsWith("SCAN", StringComparison.Ordinal));
                    Assert.True(plan[0].Contains(range.Partition is null ? "hash" : "pk=?", StringComparison.Ordinal), shown);
                    if (range.After is not null)
                        Assert.True(plan[0].Contains(range.Forward ? ">" : "<", StringComparison.Ordinal) && plan[0].Contains(range.Partition is not null && index is null ? "sk" : "(", StringComparison.Ordinal), shown);
                }
            }
        }
    }
}
