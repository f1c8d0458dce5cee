using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using static Archiver.Infra.Tests.LocalCloud.DynamoDb.Attributes;

namespace Archiver.Infra.Tests.LocalCloud.DynamoDb;

public sealed class TransactionTests(DynamoDbFixture fixture) : IClassFixture<DynamoDbFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private AmazonDynamoDBClient Client => fixture.Client;

    [Fact]
    public async Task TransactWriteItems_WhoseConditionsHold_DoesAll()
    {
        string table = await fixture.CreateTableAsync();
        foreach (string key in new[] { "guard", "counter", "doomed" })
            await Client.PutItemAsync(table, Item(("pk", S(key)), ("v", N(1))), Cancel);
        TransactWriteItemsResponse done = await Client.TransactWriteItemsAsync(
            new TransactWriteItemsRequest
            {
                TransactItems =
                [
                    new TransactWriteItem { ConditionCheck = new ConditionCheck { TableName = table, Key = Item(("pk", S("guard"))), ConditionExpression = "v = :v", ExpressionAttributeValues = new() { [":v"] = N(1) } } },
                    new TransactWriteItem { Update = new Update { TableName = table, Key = Item(("pk", S("counter"))), UpdateExpression = "ADD v :one", ExpressionAttributeValues = new() { [":one"] = N(1) } } },
                    new TransactWriteItem { Delete = new Delete { TableName = table, Key = Item(("pk", S("doomed"))) } },
                    new TransactWriteItem { Put = new Put { TableName = table, Item = Item(("pk", S("fresh"))), ConditionExpression = "attribute_not_exists(pk)" } },
                ],
                ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
            },
            Cancel);
        Assert.Equal(8, Assert.Single(done.ConsumedCapacity).WriteCapacityUnits);
        Assert.Equal(["{pk=S:counter, v=N:2}", "{pk=S:fresh}", "{pk=S:guard, v=N:1}"], await AllAsync(table));
    }

    [Fact]
    public async Task TransactWriteItems_OfWhichOneFails_DoesNoneAndGivesAReasonEach()
    {
        string table = await fixture.CreateTableAsync();
        await Client.PutItemAsync(table, Item(("pk", S("taken")), ("v", S("x"))), Cancel);
        TransactionCanceledException error = await Assert.ThrowsAsync<TransactionCanceledException>(() => Client.TransactWriteItemsAsync(
            new TransactWriteItemsRequest
            {
                TransactItems =
                [
                    new TransactWriteItem { Put = new Put { TableName = table, Item = Item(("pk", S("other"))) } },
                    new TransactWriteItem
                    {
                        Put = new Put
                        {
                            TableName = table, Item = Item(("pk", S("taken"))), ConditionExpression = "attribute_not_exists(pk)",
                            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
                        },
                    },
                    new TransactWriteItem { Update = new Update { TableName = table, Key = Item(("pk", S("third"))), UpdateExpression = "SET a = absent" } },
                ],
            },
            Cancel));
        Assert.Equal("Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed, ValidationError]", error.Message);
        Assert.Equal(["None", "ConditionalCheckFailed", "ValidationError"], error.CancellationReasons.Select(reason => reason.Code));
        Assert.Equal("{pk=S:taken, v=S:x}", Show(error.CancellationReasons[1].Item));
        Assert.Equal("The provided expression refers to an attribute that does not exist in the item", error.CancellationReasons[2].Message);
        Assert.Equal(["{pk=S:taken, v=S:x}"], await AllAsync(table));
    }

    [Fact]
    public async Task TransactWriteItems_WithTheSameToken_IsCarriedOutOnce()
    {
        string table = await fixture.CreateTableAsync();
        TransactWriteItemsRequest request = new()
        {
            ClientRequestToken = "once",
            TransactItems = [new TransactWriteItem { Update = new Update { TableName = table, Key = Item(("pk", S("counter"))), UpdateExpression = "ADD v :one", ExpressionAttributeValues = new() { [":one"] = N(1) } } }],
        };
        await Client.TransactWriteItemsAsync(request, Cancel);
        await Client.TransactWriteItemsAsync(request, Cancel);
        Assert.Equal(["{pk=S:counter, v=N:1}"], await AllAsync(table));
        request.TransactItems[0].Update.ExpressionAttributeValues[":one"] = N(2);
        await Assert.ThrowsAsync<IdempotentParameterMismatchException>(() => Client.TransactWriteItemsAsync(request, Cancel));
    }

    [Fact]
    public async Task TransactWriteItems_TwiceOnOneItem_IsRefused()
    {
        string table = await fixture.CreateTableAsync();
        AmazonDynamoDBException error = await Assert.ThrowsAsync<AmazonDynamoDBException>(() => Client.TransactWriteItemsAsync(
            new TransactWriteItemsRequest
            {
                TransactItems =
                [
                    new TransactWriteItem { Put = new Put { TableName = table, Item = Item(("pk", S("x"))) } },
                    new TransactWriteItem { Delete = new Delete { TableName = table, Key = Item(("pk", S("x"))) } },
                ],
            },
            Cancel));
        Assert.Equal(("ValidationException", "Transaction request cannot include multiple operations on one item"), (error.ErrorCode, error.Message));
        Assert.Empty(await AllAsync(table));
    }

    [Fact]
    public async Task TransactGetItems_OfItemsThereAndNot_AnswersInOrder()
    {
        string table = await fixture.CreateTableAsync();
        await Client.PutItemAsync(table, Item(("pk", S("a")), ("v", N(1)), ("w", N(2))), Cancel);
        TransactGetItemsResponse got = await Client.TransactGetItemsAsync(
            new TransactGetItemsRequest
            {
                TransactItems =
                [
                    new TransactGetItem { Get = new Get { TableName = table, Key = Item(("pk", S("nobody"))) } },
                    new TransactGetItem { Get = new Get { TableName = table, Key = Item(("pk", S("a"))), ProjectionExpression = "w" } },
                ],
                ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
            },
            Cancel);
        Assert.Equal(["(none)", "{w=N:2}"], got.Responses.Select(response => Show(response.Item)));
        Assert.Equal(4, Assert.Single(got.ConsumedCapacity).ReadCapacityUnits);
    }

    private async Task<string[]> AllAsync(string table) =>
        [.. ((await Client.ScanAsync(new ScanRequest(table), Cancel)).Items ?? []).Select(Show).Order(StringComparer.Ordinal)];
}
