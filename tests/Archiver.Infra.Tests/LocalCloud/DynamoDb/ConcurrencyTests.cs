using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using static Archiver.Infra.Tests.LocalCloud.DynamoDb.Attributes;

namespace Archiver.Infra.Tests.LocalCloud.DynamoDb;

public sealed class ConcurrencyTests(DynamoDbFixture fixture) : IClassFixture<DynamoDbFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private AmazonDynamoDBClient Client => fixture.Client;

    [Fact]
    public async Task UpdateItem_OfAHundredRacers_LetsExactlyOneWinAndTellsTheOthersWho()
    {
        string table = await fixture.CreateTableAsync();
        await Client.PutItemAsync(table, Item(("pk", S("x")), ("state", S("Pending"))), Cancel);
        string?[] winners = await Task.WhenAll(Enumerable.Range(0, 100).Select(async racer =>
        {
            try
            {
                await Client.UpdateItemAsync(
                    new UpdateItemRequest
                    {
                        TableName = table,
                        Key = Item(("pk", S("x"))),
                        UpdateExpression = "SET #s = :decided, who = :me",
                        ConditionExpression = "#s = :pending",
                        ExpressionAttributeNames = new() { ["#s"] = "state" },
                        ExpressionAttributeValues = new() { [":decided"] = S("Decided"), [":pending"] = S("Pending"), [":me"] = S($"{racer}") },
                        ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
                    },
                    Cancel);
                return $"I, {racer}";
            }
            catch (ConditionalCheckFailedException lost)
            {
                return lost.Item["who"].S;
            }
        }));
        string winner = Assert.Single(winners, name => name!.StartsWith("I, ", StringComparison.Ordinal))![3..];
        Assert.All(winners.Where(name => !name!.StartsWith("I, ", StringComparison.Ordinal)), name => Assert.Equal(winner, name));
        Assert.Equal(winner, (await Client.GetItemAsync(table, Item(("pk", S("x"))), Cancel)).Item["who"].S);
    }

    [Fact]
    public async Task UpdateItem_AddingFromManySides_CountsEveryOne()
    {
        string table = await fixture.CreateTableAsync();
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Client.UpdateItemAsync(
            new UpdateItemRequest
            {
                TableName = table, Key = Item(("pk", S($"counter{i % 2}"))), UpdateExpression = "ADD hits :one", ExpressionAttributeValues = new() { [":one"] = N(1) },
            },
            Cancel)));
        Assert.Equal(["100", "100"], (await Client.ScanAsync(new ScanRequest(table), Cancel)).Items.Select(item => item["hits"].N));
    }

    [Fact]
    public async Task TransactWriteItems_MovingBetweenItemsFromManySides_LosesNothing()
    {
        string table = await fixture.CreateTableAsync();
        foreach (string account in new[] { "a", "b" })
            await Client.PutItemAsync(table, Item(("pk", S(account)), ("sum", N(10))), Cancel);
        int[] moved = await Task.WhenAll(Enumerable.Range(0, 40).Select(async _ =>
        {
            try
            {
                await Client.TransactWriteItemsAsync(
                    new TransactWriteItemsRequest
                    {
                        TransactItems =
                        [
                            new TransactWriteItem { Update = Add(table, "a", -1, "#s >= :least", 1) },
                            new TransactWriteItem { Update = Add(table, "b", 1, "#s >= :least", 0) },
                        ],
                    },
                    Cancel);
                return 1;
            }
            catch (TransactionCanceledException)
            {
                return 0;
            }
        }));
        Assert.Equal(10, moved.Sum());
        Assert.Equal(["a=0", "b=20"], (await Client.ScanAsync(new ScanRequest(table), Cancel)).Items.Select(item => $"{item["pk"].S}={item["sum"].N}").Order(StringComparer.Ordinal));
    }

    private static Update Add(string table, string key, int amount, string condition, int least) => new()
    {
        TableName = table,
        Key = Item(("pk", S(key))),
        UpdateExpression = "SET #s = #s + :amount",
        ConditionExpression = condition,
        ExpressionAttributeNames = new() { ["#s"] = "sum" },
        ExpressionAttributeValues = new() { [":amount"] = N(amount), [":least"] = N(least) },
    };
}
