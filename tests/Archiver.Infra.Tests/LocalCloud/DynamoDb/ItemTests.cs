using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using static Archiver.Infra.Tests.LocalCloud.DynamoDb.Attributes;

namespace Archiver.Infra.Tests.LocalCloud.DynamoDb;

public sealed class ItemTests(DynamoDbFixture fixture) : IClassFixture<DynamoDbFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private AmazonDynamoDBClient Client => fixture.Client;

    [Fact]
    public async Task GetItem_AfterPut_GivesEveryTypeBack()
    {
        string table = await fixture.CreateTableAsync();
        Dictionary<string, AttributeValue> item = Item(
            ("pk", S("ключ \"quoted\" <b>")), ("n", new AttributeValue { N = "-12.50" }), ("b", new AttributeValue { B = new MemoryStream([0, 255]) }),
            ("yes", new AttributeValue { BOOL = true }), ("no", new AttributeValue { BOOL = false }), ("nil", new AttributeValue { NULL = true }),
            ("ss", new AttributeValue { SS = ["a", "b"] }), ("ns", new AttributeValue { NS = ["1", "2e1"] }), ("bs", new AttributeValue { BS = [new MemoryStream([1])] }),
            ("l", new AttributeValue { L = [S("x"), new AttributeValue { L = [], IsLSet = true }], IsLSet = true }),
            ("m", new AttributeValue { M = Item(("k", N(1))), IsMSet = true }), ("empty", S("")));
        await Client.PutItemAsync(table, item, Cancel);
        GetItemResponse got = await Client.GetItemAsync(table, Item(("pk", item["pk"])), Cancel);
        Assert.Equal(
            "{b=B:AP8=, bs=BS:AQ==, empty=S:, l=L[S:x,L[]], m=M{k=N:1}, n=N:-12.5, nil=NULL, no=BOOL:False, ns=NS:1|20, pk=S:ключ \"quoted\" <b>, ss=SS:a|b, yes=BOOL:True}",
            Show(got.Item));
    }

    [Fact]
    public async Task GetItem_OfNoItem_GivesNone()
    {
        string table = await fixture.CreateTableAsync();
        Assert.Equal("(none)", Show((await Client.GetItemAsync(table, Item(("pk", S("nobody"))), Cancel)).Item));
    }

    [Fact]
    public async Task GetItem_ByTableArn_FindsTheTable()
    {
        string table = await fixture.CreateTableAsync();
        await Client.PutItemAsync(table, Item(("pk", S("x"))), Cancel);
        string arn = (await Client.DescribeTableAsync(table, Cancel)).Table.TableArn;
        Assert.Equal("{pk=S:x}", Show((await Client.GetItemAsync(arn, Item(("pk", S("x"))), Cancel)).Item));
    }

    [Fact]
    public async Task GetItem_WithProjection_GivesThoseParts()
    {
        string table = await fixture.CreateTableAsync();
        await Client.PutItemAsync(table, Item(("pk", S("x")), ("a", N(1)), ("m", new AttributeValue { M = Item(("k", N(1)), ("j", N(2))) }), ("name", S("n"))), Cancel);
        GetItemResponse got = await Client.GetItemAsync(
            new GetItemRequest
            {
                TableName = table, Key = Item(("pk", S("x"))), ProjectionExpression = "m.k, #n", ExpressionAttributeNames = new() { ["#n"] = "name" }, ConsistentRead = true,
            },
            Cancel);
        Assert.Equal("{m=M{k=N:1}, name=S:n}", Show(got.Item));
    }

    [Fact]
    public async Task PutItem_InPlaceOfAnother_ReplacesItWholeAndGivesTheOldOne()
    {
        string table = await fixture.CreateTableAsync();
        Assert.Equal("(none)", Show((await Put(Item(("pk", S("x")), ("a", N(1))))).Attributes));
        Assert.Equal("{a=N:1, pk=S:x}", Show((await Put(Item(("pk", S("x")), ("b", N(2))))).Attributes));
        Assert.Equal("{b=N:2, pk=S:x}", Show((await Client.GetItemAsync(table, Item(("pk", S("x"))), Cancel)).Item));

        Task<PutItemResponse> Put(Dictionary<string, AttributeValue> item) =>
            Client.PutItemAsync(new PutItemRequest { TableName = table, Item = item, ReturnValues = ReturnValue.ALL_OLD }, Cancel);
    }

    [Fact]
    public async Task PutItem_WhoseConditionFails_ChangesNothingAndShowsTheItem()
    {
        string table = await fixture.CreateTableAsync();
        await Client.PutItemAsync(table, Item(("pk", S("x")), ("who", S("first"))), Cancel);
        PutItemRequest second = new()
        {
            TableName = table,
            Item = Item(("pk", S("x")), ("who", S("second"))),
            ConditionExpression = "attribute_not_exists(pk)",
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
        };
        ConditionalCheckFailedException shown = await Assert.ThrowsAsync<ConditionalCheckFailedException>(() => Client.PutItemAsync(second, Cancel));
        Assert.Equal("The conditional request failed", shown.Message);
        Assert.Equal("{pk=S:x, who=S:first}", Show(shown.Item));
        second.ReturnValuesOnConditionCheckFailure = null;
        ConditionalCheckFailedException hidden = await Assert.ThrowsAsync<ConditionalCheckFailedException>(() => Client.PutItemAsync(second, Cancel));
        Assert.Equal("(none)", Show(hidden.Item));
        Assert.Equal("{pk=S:x, who=S:first}", Show((await Client.GetItemAsync(table, Item(("pk", S("x"))), Cancel)).Item));
    }

    [Theory]
    [InlineData("NONE", "(none)")]
    [InlineData("ALL_OLD", "{a=N:1, l=L[S:x,S:y], m=M{j=N:2,k=N:1}, pk=S:x}")]
    [InlineData("ALL_NEW", "{a=N:2, c=N:9, l=L[S:x,S:z], m=M{j=N:2,k=N:5}, pk=S:x}")]
    [InlineData("UPDATED_OLD", "{a=N:1, l=L[S:y], m=M{k=N:1}}")]
    [InlineData("UPDATED_NEW", "{a=N:2, c=N:9, l=L[S:z], m=M{k=N:5}}")]
    public async Task UpdateItem_ReturnValues_GiveWhatWasAskedFor(string returns, string expected)
    {
        string table = await fixture.CreateTableAsync();
        await Client.PutItemAsync(
            table, Item(("pk", S("x")), ("a", N(1)), ("m", new AttributeValue { M = Item(("k", N(1)), ("j", N(2))) }), ("l", new AttributeValue { L = [S("x"), S("y")] })), Cancel);
        UpdateItemResponse updated = await Client.UpdateItemAsync(
            new UpdateItemRequest
            {
                TableName = table,
                Key = Item(("pk", S("x"))),
                UpdateExpression = "SET a = a + :one, m.k = :five, l[1] = :z ADD c :nine",
                ExpressionAttributeValues = new() { [":one"] = N(1), [":five"] = N(5), [":z"] = S("z"), [":nine"] = N(9) },
                ReturnValues = returns,
            },
            Cancel);
        Assert.Equal(expected, Show(updated.Attributes).Replace(", k=", ",k=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task UpdateItem_OfNoItem_MakesOneUnlessItOnlyTakesAway()
    {
        string table = await fixture.CreateTableAsync();
        await Update("set", "SET a = :v", new() { [":v"] = N(1) });
        await Update("empty", null, null);
        await Update("remove", "REMOVE a", null);
        await Update("delete", "DELETE a :v", new() { [":v"] = new AttributeValue { SS = ["x"] } });
        Assert.Equal("{a=N:1, pk=S:set}", await Get("set"));
        Assert.Equal("{pk=S:empty}", await Get("empty"));
        Assert.Equal("(none)", await Get("remove"));
        Assert.Equal("(none)", await Get("delete"));

        Task Update(string key, string? expression, Dictionary<string, AttributeValue>? values) => Client.UpdateItemAsync(
            new UpdateItemRequest { TableName = table, Key = Item(("pk", S(key))), UpdateExpression = expression, ExpressionAttributeValues = values }, Cancel);
        async Task<string> Get(string key) => Show((await Client.GetItemAsync(table, Item(("pk", S(key))), Cancel)).Item);
    }

    [Fact]
    public async Task DeleteItem_WithACondition_DeletesOnlyWhatMeetsIt()
    {
        string table = await fixture.CreateTableAsync();
        await Client.PutItemAsync(table, Item(("pk", S("x")), ("a", N(1))), Cancel);
        DeleteItemRequest delete = new()
        {
            TableName = table, Key = Item(("pk", S("x"))), ConditionExpression = "a = :v", ExpressionAttributeValues = new() { [":v"] = N(2) }, ReturnValues = ReturnValue.ALL_OLD,
        };
        await Assert.ThrowsAsync<ConditionalCheckFailedException>(() => Client.DeleteItemAsync(delete, Cancel));
        delete.ExpressionAttributeValues[":v"] = N(1);
        Assert.Equal("{a=N:1, pk=S:x}", Show((await Client.DeleteItemAsync(delete, Cancel)).Attributes));
        DeleteItemResponse again = await Client.DeleteItemAsync(table, Item(("pk", S("x"))), Cancel);
        Assert.Equal("(none)", Show(again.Attributes));
    }

    public static TheoryData<string, Dictionary<string, AttributeValue>, string> FaultyItems => new()
    {
        { "no key", Item(("a", N(1))), "One or more parameter values were invalid: Missing the key pk in the item" },
        { "no sort key", Item(("pk", S("x"))), "One or more parameter values were invalid: Missing the key sk in the item" },
        { "key type", Item(("pk", N(1)), ("sk", S("y"))), "One or more parameter values were invalid: Type mismatch for key pk expected: S actual: N" },
        { "empty key", Item(("pk", S("")), ("sk", S("y"))), "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: pk" },
        { "long key", Item(("pk", S(new string('x', 2049))), ("sk", S("y"))), "One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of2048 bytes" },
        { "long sort key", Item(("pk", S("x")), ("sk", S(new string('y', 1025)))), "One or more parameter values were invalid: Aggregated size of all range keys has exceeded the size limit of 1024 bytes" },
        { "index key type", Item(("pk", S("x")), ("sk", S("y")), ("g", S("z"))), "One or more parameter values were invalid: Type mismatch for Index Key g Expected: N Actual: S IndexName: idx" },
        { "too large", Item(("pk", S("x")), ("sk", S("y")), ("a", S(new string('a', 409_600)))), "Item size has exceeded the maximum allowed size" },
        { "no number", Item(("pk", S("x")), ("sk", S("y")), ("a", new AttributeValue { N = "abc" })), "The parameter cannot be converted to a numeric value: abc" },
        { "duplicates", Item(("pk", S("x")), ("sk", S("y")), ("a", new AttributeValue { SS = ["a", "a"] })), "One or more parameter values were invalid: Input collection [a, a] contains duplicates." },
    };

    [Theory]
    [MemberData(nameof(FaultyItems), DisableDiscoveryEnumeration = true)]
    public async Task PutItem_ThatBreaksARule_IsAValidationExceptionAndChangesNothing(string fault, Dictionary<string, AttributeValue> item, string message)
    {
        string table = await fixture.CreateTableAsync(range: true, request => DynamoDbFixture.AddGlobalIndex(request, "idx", ("g", ScalarAttributeType.N)));
        AmazonDynamoDBException error = await Assert.ThrowsAsync<AmazonDynamoDBException>(() => Client.PutItemAsync(table, item, Cancel));
        Assert.True(("ValidationException", message) == (error.ErrorCode, error.Message), $"{fault}: {error.ErrorCode}: {error.Message}");
        Assert.Equal(0, (await Client.DescribeTableAsync(table, Cancel)).Table.ItemCount);
    }

    [Fact]
    public async Task PutItem_OfExactlyTheLargestSize_IsTaken()
    {
        string table = await fixture.CreateTableAsync();
        await Client.PutItemAsync(table, Item(("pk", S("x")), ("a", S(new string('a', 409_600 - 4)))), Cancel);
        Assert.Equal(409_600, (await Client.DescribeTableAsync(table, Cancel)).Table.TableSizeBytes);
    }

    [Fact]
    public async Task Items_WithKeysOfEveryKind_AreFoundAgain()
    {
        foreach ((ScalarAttributeType type, AttributeValue[] keys) in new (ScalarAttributeType, AttributeValue[])[]
        {
            (ScalarAttributeType.N, [N(0), N(-1), new AttributeValue { N = "1.5" }, new AttributeValue { N = "1e100" }]),
            (ScalarAttributeType.B, [new AttributeValue { B = new MemoryStream([0]) }, new AttributeValue { B = new MemoryStream([255, 0, 39]) }]),
            (ScalarAttributeType.S, [S("'; DROP TABLE items; --"), S("\0"), S("😀"), S("../x")]),
        })
        {
            string table = await fixture.CreateTableAsync(configure: request => request.AttributeDefinitions[0].AttributeType = type);
            foreach (AttributeValue key in keys)
                await Client.PutItemAsync(table, Item(("pk", key), ("shown", S(Show(key)))), Cancel);
            foreach (AttributeValue key in keys)
                Assert.Equal(Show(key), (await Client.GetItemAsync(table, Item(("pk", key)), Cancel)).Item["shown"].S);
            Assert.Equal(keys.Length, (await Client.ScanAsync(new ScanRequest(table), Cancel)).Count);
        }
    }

    public static TheoryData<string, Action<UpdateItemRequest>, string> FaultyUpdates => new()
    {
        { "key attribute", r => { r.UpdateExpression = "SET pk = :v"; r.ExpressionAttributeValues = new() { [":v"] = S("y") }; }, "One or more parameter values were invalid: Cannot update attribute pk. This attribute is part of the key" },
        { "key mismatch", r => r.Key = Item(("pk", S("x")), ("sk", S("y"))), "The provided key element does not match the schema" },
        { "key missing", r => r.Key = Item(("a", S("x"))), "The provided key element does not match the schema" },
        { "names alone", r => r.ExpressionAttributeNames = new() { ["#a"] = "a" }, "ExpressionAttributeNames can only be specified when using expressions" },
        { "values alone", r => r.ExpressionAttributeValues = new() { [":a"] = N(1) }, "ExpressionAttributeValues can only be specified when using expressions: UpdateExpression and ConditionExpression are null" },
        { "unused value", r => { r.UpdateExpression = "REMOVE a"; r.ExpressionAttributeValues = new() { [":a"] = N(1) }; }, "Value provided in ExpressionAttributeValues unused in expressions: keys: {:a}" },
        { "unused name", r => { r.UpdateExpression = "REMOVE a"; r.ExpressionAttributeNames = new() { ["#a"] = "a" }; }, "Value provided in ExpressionAttributeNames unused in expressions: keys: {#a}" },
        { "index key type", r => { r.UpdateExpression = "SET g = :v"; r.ExpressionAttributeValues = new() { [":v"] = S("y") }; }, "One or more parameter values were invalid: The update expression attempted to update the secondary index key to unsupported type" },
        { "too large", r => { r.UpdateExpression = "SET a = :v"; r.ExpressionAttributeValues = new() { [":v"] = S(new string('a', 409_600)) }; }, "Item size to update has exceeded the maximum allowed size" },
        { "syntax", r => r.UpdateExpression = "SET a", "Invalid UpdateExpression: Syntax error; token: \"<EOF>\", near: \"a\"" },
        { "reserved word", r => { r.UpdateExpression = "SET #s = :v"; r.ConditionExpression = "attribute_exists(status)"; r.ExpressionAttributeNames = new() { ["#s"] = "s" }; r.ExpressionAttributeValues = new() { [":v"] = N(1) }; }, "Invalid ConditionExpression: Attribute name is a reserved keyword; reserved keyword: status" },
    };

    [Theory]
    [MemberData(nameof(FaultyUpdates), DisableDiscoveryEnumeration = true)]
    public async Task UpdateItem_ThatBreaksARule_IsAValidationException(string fault, Action<UpdateItemRequest> configure, string message)
    {
        string table = await fixture.CreateTableAsync(configure: request => DynamoDbFixture.AddGlobalIndex(request, "idx", ("g", ScalarAttributeType.N)));
        UpdateItemRequest request = new() { TableName = table, Key = Item(("pk", S("x"))) };
        configure(request);
        AmazonDynamoDBException error = await Assert.ThrowsAsync<AmazonDynamoDBException>(() => Client.UpdateItemAsync(request, Cancel));
        Assert.True(("ValidationException", message) == (error.ErrorCode, error.Message), $"{fault}: {error.ErrorCode}: {error.Message}");
    }

    [Fact]
    public async Task Requests_WithWhatTheLocalCloudLacks_AreRefusedAndNotHalfDone()
    {
        string table = await fixture.CreateTableAsync();
        await Refused("expected", () => Client.PutItemAsync(
            new PutItemRequest { TableName = table, Item = Item(("pk", S("x"))), Expected = new() { ["a"] = new ExpectedAttributeValue(false) } }, Cancel));
        await Refused("attributeUpdates", () => Client.UpdateItemAsync(
            new UpdateItemRequest { TableName = table, Key = Item(("pk", S("x"))), AttributeUpdates = new() { ["a"] = new AttributeValueUpdate(N(1), AttributeAction.PUT) } }, Cancel));
        await Refused("attributesToGet", () => Client.GetItemAsync(new GetItemRequest { TableName = table, Key = Item(("pk", S("x"))), AttributesToGet = ["a"] }, Cancel));
        await Refused("keyConditions", () => Client.QueryAsync(
            new QueryRequest { TableName = table, KeyConditions = new() { ["pk"] = new Condition { ComparisonOperator = ComparisonOperator.EQ, AttributeValueList = [S("x")] } } }, Cancel));
        await Refused("ReturnItemCollectionMetrics", () => Client.DeleteItemAsync(
            new DeleteItemRequest { TableName = table, Key = Item(("pk", S("x"))), ReturnItemCollectionMetrics = ReturnItemCollectionMetrics.SIZE }, Cancel));
        await Refused("Return values", () => Client.PutItemAsync(new PutItemRequest { TableName = table, Item = Item(("pk", S("x"))), ReturnValues = ReturnValue.ALL_NEW }, Cancel));
        Assert.Equal(0, (await Client.DescribeTableAsync(table, Cancel)).Table.ItemCount);

        async Task Refused(string what, Func<Task> call)
        {
            AmazonDynamoDBException error = await Assert.ThrowsAsync<AmazonDynamoDBException>(call);
            Assert.Equal("ValidationException", error.ErrorCode);
            Assert.Contains(what, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task ConsumedCapacity_OfReadsAndWrites_FollowsTheSizes()
    {
        string table = await fixture.CreateTableAsync(configure: request => DynamoDbFixture.AddGlobalIndex(request, "idx", ("g", ScalarAttributeType.S)));
        PutItemResponse put = await Client.PutItemAsync(
            new PutItemRequest
            {
                TableName = table, Item = Item(("pk", S("x")), ("g", S("y")), ("a", S(new string('a', 1500)))), ReturnConsumedCapacity = ReturnConsumedCapacity.INDEXES,
            },
            Cancel);
        Assert.Equal((4, 2, 2), (put.ConsumedCapacity.CapacityUnits, put.ConsumedCapacity.Table.CapacityUnits, put.ConsumedCapacity.GlobalSecondaryIndexes["idx"].CapacityUnits));
        // The index's key changes: its entry is taken out and put in anew.
        UpdateItemResponse moved = await Client.UpdateItemAsync(
            new UpdateItemRequest
            {
                TableName = table, Key = Item(("pk", S("x"))), UpdateExpression = "SET g = :g", ExpressionAttributeValues = new() { [":g"] = S("z") }, ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
            },
            Cancel);
        Assert.Equal((6, table), (moved.ConsumedCapacity.CapacityUnits, moved.ConsumedCapacity.TableName));
        GetItemRequest get = new() { TableName = table, Key = Item(("pk", S("x"))), ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL };
        Assert.Equal(0.5, (await Client.GetItemAsync(get, Cancel)).ConsumedCapacity.CapacityUnits);
        get.ConsistentRead = true;
        Assert.Equal(1, (await Client.GetItemAsync(get, Cancel)).ConsumedCapacity.CapacityUnits);
        get.ReturnConsumedCapacity = ReturnConsumedCapacity.NONE;
        Assert.Null((await Client.GetItemAsync(get, Cancel)).ConsumedCapacity);
    }

    [Fact]
    public async Task DeeplyNestedItem_OfTheDeepestKind_ComesBackThroughEveryRead()
    {
        string table = await fixture.CreateTableAsync();
        AttributeValue value = S("core");
        for (int i = 0; i < 32; i++)
            value = new AttributeValue { M = new() { ["d"] = value } };
        await Client.PutItemAsync(table, Item(("pk", S("x")), ("deep", value)), Cancel);
        string expected = Show(value);
        Assert.Equal(expected, Show((await Client.GetItemAsync(table, Item(("pk", S("x"))), Cancel)).Item["deep"]));
        Assert.Equal(expected, Show((await Client.ScanAsync(new ScanRequest(table), Cancel)).Items[0]["deep"]));
        BatchGetItemResponse batch = await Client.BatchGetItemAsync(
            new BatchGetItemRequest { RequestItems = new() { [table] = new KeysAndAttributes { Keys = [Item(("pk", S("x")))] } } }, Cancel);
        Assert.Equal(expected, Show(batch.Responses[table][0]["deep"]));
        AmazonDynamoDBException error = await Assert.ThrowsAsync<AmazonDynamoDBException>(
            () => Client.PutItemAsync(table, Item(("pk", S("x")), ("deep", new AttributeValue { M = new() { ["d"] = value } })), Cancel));
        Assert.Equal("Nesting Levels have exceeded supported limits", error.Message);
    }
}
