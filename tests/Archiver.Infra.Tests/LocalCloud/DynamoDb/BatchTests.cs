using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using static Archiver.Infra.Tests.LocalCloud.DynamoDb.Attributes;

namespace Archiver.Infra.Tests.LocalCloud.DynamoDb;

public sealed class BatchTests(DynamoDbFixture fixture) : IClassFixture<DynamoDbFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private AmazonDynamoDBClient Client => fixture.Client;

    [Fact]
    public async Task BatchWriteItem_OverTwoTables_PutsAndDeletes()
    {
        string one = await fixture.CreateTableAsync(), two = await fixture.CreateTableAsync();
        await Client.PutItemAsync(two, Item(("pk", S("old"))), Cancel);
        BatchWriteItemResponse written = await Client.BatchWriteItemAsync(
            new BatchWriteItemRequest
            {
                RequestItems = new()
                {
                    [one] = [.. Enumerable.Range(0, 23).Select(i => Put($"{i}"))],
                    [two] = [Put("new"), new WriteRequest(new DeleteRequest(Item(("pk", S("old")))))],
                },
                ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
            },
            Cancel);
        Assert.Empty(written.UnprocessedItems ?? []);
        Assert.Equal(23, written.ConsumedCapacity.Single(capacity => capacity.TableName == one).CapacityUnits);
        Assert.Equal(23, (await Client.DescribeTableAsync(one, Cancel)).Table.ItemCount);
        Assert.Equal("{pk=S:new}", Show(Assert.Single((await Client.ScanAsync(new ScanRequest(two), Cancel)).Items)));
    }

    [Fact]
    public async Task BatchWriteItem_ThatBreaksARule_WritesNothing()
    {
        string table = await fixture.CreateTableAsync();
        await Refused("Too many items requested for the BatchWriteItem call", [.. Enumerable.Range(0, 26).Select(i => Put($"{i}"))]);
        await Refused("Provided list of item keys contains duplicates", [Put("a"), Put("b"), Put("a")]);
        await Refused("Provided list of item keys contains duplicates", [Put("a"), new WriteRequest(new DeleteRequest(Item(("pk", S("a")))))]);
        await Refused("One or more parameter values were invalid: Missing the key pk in the item", [Put("a"), new WriteRequest(new PutRequest(Item(("b", S("c")))))]);
        Assert.Equal(0, (await Client.DescribeTableAsync(table, Cancel)).Table.ItemCount);

        async Task Refused(string message, List<WriteRequest> requests)
        {
            AmazonDynamoDBException error = await Assert.ThrowsAsync<AmazonDynamoDBException>(
                () => Client.BatchWriteItemAsync(new BatchWriteItemRequest { RequestItems = new() { [table] = requests } }, Cancel));
            Assert.Equal(("ValidationException", message), (error.ErrorCode, error.Message));
        }
    }

    [Fact]
    public async Task BatchGetItem_OfItemsThereAndNot_GivesThoseThatAreThere()
    {
        string table = await fixture.CreateTableAsync();
        foreach (string key in new[] { "a", "b" })
            await Client.PutItemAsync(table, Item(("pk", S(key)), ("v", S(key)), ("w", N(1))), Cancel);
        BatchGetItemResponse got = await Client.BatchGetItemAsync(
            new BatchGetItemRequest
            {
                RequestItems = new()
                {
                    [table] = new KeysAndAttributes { Keys = [Item(("pk", S("a"))), Item(("pk", S("x"))), Item(("pk", S("b")))], ProjectionExpression = "v" },
                },
            },
            Cancel);
        Assert.Equal(["{v=S:a}", "{v=S:b}"], got.Responses[table].Select(Show));
        Assert.Empty(got.UnprocessedKeys ?? []);
    }

    [Fact]
    public async Task BatchGetItem_OfMoreThanSixteenMegabytes_GivesTheRestWhenAskedAgain()
    {
        string table = await fixture.CreateTableAsync();
        for (int i = 0; i < 50; i++)
            await Client.PutItemAsync(table, Item(("pk", S($"{i:D2}")), ("a", S(new string('a', 400_000)))), Cancel);
        Dictionary<string, KeysAndAttributes>? left = new()
        {
            [table] = new KeysAndAttributes { Keys = [.. Enumerable.Range(0, 50).Select(i => Item(("pk", S($"{i:D2}"))))], ProjectionExpression = "pk" },
        };
        List<string> found = [];
        int calls = 0;
        for (; left is { Count: > 0 }; calls++)
        {
            BatchGetItemResponse got = await Client.BatchGetItemAsync(new BatchGetItemRequest { RequestItems = left }, Cancel);
            found.AddRange(got.Responses[table].Select(item => item["pk"].S));
            left = got.UnprocessedKeys;
        }
        Assert.Equal(2, calls);
        Assert.Equal(Enumerable.Range(0, 50).Select(i => $"{i:D2}"), found);
    }

    [Fact]
    public async Task BatchGetItem_ThatBreaksARule_IsRefused()
    {
        string table = await fixture.CreateTableAsync();
        await Refused("Too many items requested for the BatchGetItem call", [.. Enumerable.Range(0, 101).Select(i => Item(("pk", S($"{i}"))))]);
        await Refused("Provided list of item keys contains duplicates", [Item(("pk", S("a"))), Item(("pk", S("a")))]);
        await Refused("The provided key element does not match the schema", [Item(("other", S("a")))]);

        async Task Refused(string message, List<Dictionary<string, AttributeValue>> keys)
        {
            AmazonDynamoDBException error = await Assert.ThrowsAsync<AmazonDynamoDBException>(
                () => Client.BatchGetItemAsync(new BatchGetItemRequest { RequestItems = new() { [table] = new KeysAndAttributes { Keys = keys } } }, Cancel));
            Assert.Equal(("ValidationException", message), (error.ErrorCode, error.Message));
        }
    }

    private static WriteRequest Put(string key) => new(new PutRequest(Item(("pk", S(key)))));
}
