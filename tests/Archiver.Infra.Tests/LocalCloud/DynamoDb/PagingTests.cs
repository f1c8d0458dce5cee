using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using static Archiver.Infra.Tests.LocalCloud.DynamoDb.Attributes;

namespace Archiver.Infra.Tests.LocalCloud.DynamoDb;

/// <summary>Whatever the limit, the direction and the index: the pages one after the other are the whole, each item once.</summary>
public sealed class PagingTests(DynamoDbFixture fixture) : IClassFixture<DynamoDbFixture>
{
    private const int Items = 60;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private AmazonDynamoDBClient Client => fixture.Client;

    [Fact]
    public async Task Query_ByPagesOfAnyLimit_IsTheWhole()
    {
        string table = await FilledTableAsync();
        (string? Index, string Condition, string Value)[] queries =
            [(null, "pk = :v", "p1"), ("g-only", "g = :v", "g1"), ("g-n", "g = :v", "g1"), ("local", "pk = :v", "p1"), ("g-n", "g = :v AND n BETWEEN :low AND :high", "g0")];
        foreach ((string? index, string condition, string value) in queries)
        {
            foreach (bool forward in new[] { true, false })
            {
                QueryRequest request = new()
                {
                    TableName = table, IndexName = index, KeyConditionExpression = condition, ScanIndexForward = forward, ExpressionAttributeValues = new() { [":v"] = S(value) },
                };
                if (condition.Contains(":low", StringComparison.Ordinal))
                    (request.ExpressionAttributeValues[":low"], request.ExpressionAttributeValues[":high"]) = (N(-2), N(1));
                string[] whole = await PagesAsync(request, limit: null);
                Assert.NotEmpty(whole);
                for (int limit = 1; limit <= whole.Length + 1; limit++)
                    Assert.True(Enumerable.SequenceEqual(whole, await PagesAsync(request, limit)), $"{index} {condition} forward: {forward} limit: {limit}");
            }
        }
    }

    [Fact]
    public async Task Scan_ByPagesOfAnyLimit_IsTheWhole()
    {
        string table = await FilledTableAsync();
        foreach (string? index in new[] { null, "g-only", "g-n", "local" })
        {
            string[] whole = await ScanAsync(table, index, null);
            Assert.Equal(whole.Length, whole.Distinct().Count());
            Assert.Equal(index is null ? Items : await CountAsync(table, index), whole.Length);
            for (int limit = 1; limit <= whole.Length + 1; limit++)
                Assert.True(Enumerable.SequenceEqual(whole, await ScanAsync(table, index, limit)), $"{index} limit: {limit}");
        }
    }

    [Fact]
    public async Task Query_WhoseStartWasDeleted_GoesOnAfterIt()
    {
        string table = await FilledTableAsync();
        QueryRequest request = new()
        {
            TableName = table, IndexName = "g-n", KeyConditionExpression = "g = :v", ExpressionAttributeValues = new() { [":v"] = S("g1") },
        };
        string[] whole = await PagesAsync(request, null);
        request.Limit = 5;
        QueryResponse first = await Client.QueryAsync(request, Cancel);
        await Client.DeleteItemAsync(table, Item(("pk", first.LastEvaluatedKey["pk"]), ("sk", first.LastEvaluatedKey["sk"])), Cancel);
        request.Limit = null;
        request.ExclusiveStartKey = first.LastEvaluatedKey;
        Assert.Equal(whole[5..], (await Client.QueryAsync(request, Cancel)).Items.Select(Show));
    }

    [Fact]
    public async Task Query_AtExactlyTheLimit_GivesAKeyThatLeadsToAnEmptyPage()
    {
        string table = await fixture.CreateTableAsync(range: true);
        await Client.PutItemAsync(table, Item(("pk", S("p")), ("sk", S("only"))), Cancel);
        QueryRequest request = new() { TableName = table, KeyConditionExpression = "pk = :v", ExpressionAttributeValues = new() { [":v"] = S("p") }, Limit = 1 };
        request.ExclusiveStartKey = (await Client.QueryAsync(request, Cancel)).LastEvaluatedKey;
        Assert.Equal("{pk=S:p, sk=S:only}", Show(request.ExclusiveStartKey));
        QueryResponse empty = await Client.QueryAsync(request, Cancel);
        Assert.Equal(0, empty.Count);
        Assert.True(empty.LastEvaluatedKey is null or { Count: 0 });
    }

    private async Task<string> FilledTableAsync()
    {
        string table = await fixture.CreateTableAsync(range: true, request =>
        {
            DynamoDbFixture.AddGlobalIndex(request, "g-only", ("g", ScalarAttributeType.S), projection: new Projection { ProjectionType = ProjectionType.KEYS_ONLY });
            DynamoDbFixture.AddGlobalIndex(request, "g-n", ("g", ScalarAttributeType.S), ("n", ScalarAttributeType.N));
            request.LocalSecondaryIndexes =
            [
                new LocalSecondaryIndex
                {
                    IndexName = "local", KeySchema = [new KeySchemaElement("pk", KeyType.HASH), new KeySchemaElement("n", KeyType.RANGE)],
                    Projection = new Projection { ProjectionType = ProjectionType.ALL },
                },
            ];
        });
        // Few index keys, so that many items share one and only their own keys tell them apart; every seventh is in no index.
        for (int i = 0; i < Items; i++)
        {
            Dictionary<string, AttributeValue> item = Item(("pk", S($"p{i % 3}")), ("sk", S($"s{i}")), ("g", S($"g{i % 2}")));
            if (i % 7 != 0)
                item["n"] = N((i % 5) - 2);
            await Client.PutItemAsync(table, item, Cancel);
        }
        return table;
    }

    private async Task<string[]> PagesAsync(QueryRequest request, int? limit)
    {
        List<string> items = [];
        request.Limit = limit;
        request.ExclusiveStartKey = null;
        do
        {
            QueryResponse page = await Client.QueryAsync(request, Cancel);
            Assert.True(limit is null || page.Count <= limit);
            items.AddRange((page.Items ?? []).Select(Show));
            request.ExclusiveStartKey = page.LastEvaluatedKey is { Count: > 0 } ? page.LastEvaluatedKey : null;
        }
        while (request.ExclusiveStartKey is not null);
        return [.. items];
    }

    private async Task<string[]> ScanAsync(string table, string? index, int? limit)
    {
        List<string> items = [];
        ScanRequest request = new(table) { IndexName = index, Limit = limit };
        do
        {
            ScanResponse page = await Client.ScanAsync(request, Cancel);
            items.AddRange((page.Items ?? []).Select(Show));
            request.ExclusiveStartKey = page.LastEvaluatedKey is { Count: > 0 } ? page.LastEvaluatedKey : null;
        }
        while (request.ExclusiveStartKey is not null);
        return [.. items];
    }

    private async Task<long> CountAsync(string table, string index)
    {
        TableDescription described = (await Client.DescribeTableAsync(table, Cancel)).Table;
        return described.GlobalSecondaryIndexes.Where(each => each.IndexName == index).Select(each => each.ItemCount)
            .Concat(described.LocalSecondaryIndexes.Where(each => each.IndexName == index).Select(each => each.ItemCount)).Single()!.Value;
    }
}
