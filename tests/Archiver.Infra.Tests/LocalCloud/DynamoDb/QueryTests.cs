using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using static Archiver.Infra.Tests.LocalCloud.DynamoDb.Attributes;

namespace Archiver.Infra.Tests.LocalCloud.DynamoDb;

public sealed class QueryTests(DynamoDbFixture fixture) : IClassFixture<DynamoDbFixture>
{
    private static readonly int NoItems = Array.Empty<int>().Length; // the SDK's analyzer refuses the constant

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private AmazonDynamoDBClient Client => fixture.Client;

    [Theory]
    [InlineData("pk = :p", "a,ab,abc,b,c")]
    [InlineData("pk = :p AND sk = :b", "b")]
    [InlineData("pk = :p AND sk < :b", "a,ab,abc")]
    [InlineData("pk = :p AND sk <= :b", "a,ab,abc,b")]
    [InlineData("pk = :p AND sk > :ab", "abc,b,c")]
    [InlineData("pk = :p AND sk >= :ab", "ab,abc,b,c")]
    [InlineData("pk = :p AND :ab <= sk", "ab,abc,b,c")]
    [InlineData("pk = :p AND sk BETWEEN :ab AND :b", "ab,abc,b")]
    [InlineData("pk = :p AND begins_with(sk, :ab)", "ab,abc")]
    [InlineData("begins_with(sk, :ab) AND :p = pk", "ab,abc")]
    public async Task Query_ByAKeyCondition_GivesThoseItemsInOrderAndReverse(string condition, string expected)
    {
        string table = await fixture.CreateTableAsync(range: true);
        foreach (string sk in new[] { "c", "a", "abc", "b", "ab" })
        {
            await Client.PutItemAsync(table, Item(("pk", S("p")), ("sk", S(sk))), Cancel);
            await Client.PutItemAsync(table, Item(("pk", S("other")), ("sk", S(sk))), Cancel);
        }
        // A value that no expression uses would be refused.
        Dictionary<string, AttributeValue> values = condition.Split(' ', '(', ')', ',').Where(word => word.StartsWith(':')).ToDictionary(word => word, word => S(word[1..]));
        QueryRequest request = new() { TableName = table, KeyConditionExpression = condition, ExpressionAttributeValues = values };
        QueryResponse forward = await Client.QueryAsync(request, Cancel);
        Assert.Equal(expected, string.Join(',', forward.Items.Select(item => item["sk"].S)));
        Assert.True(forward.LastEvaluatedKey is null or { Count: 0 });
        request.ScanIndexForward = false;
        Assert.Equal(expected.Split(',').Reverse(), (await Client.QueryAsync(request, Cancel)).Items.Select(item => item["sk"].S));
    }

    [Fact]
    public async Task Query_OverNumbersAndBytes_OrdersByValue()
    {
        string[] numbers = ["-1e20", "-10", "-9.5", "-1", "0", "0.001", "1", "9", "10", "11.5", "1e20"];
        string table = await fixture.CreateTableAsync(range: true, request => request.AttributeDefinitions[1].AttributeType = ScalarAttributeType.N);
        foreach (string number in numbers.Order(StringComparer.Ordinal))
            await Client.PutItemAsync(table, Item(("pk", S("p")), ("sk", new AttributeValue { N = number }), ("text", S(number))), Cancel);
        QueryResponse all = await Client.QueryAsync(Request(table, "pk = :p", (":p", S("p"))), Cancel);
        Assert.Equal(numbers, all.Items.Select(item => item["text"].S));
        QueryResponse some = await Client.QueryAsync(Request(table, "pk = :p AND sk BETWEEN :a AND :b", (":p", S("p")), (":a", new AttributeValue { N = "-9.5" }), (":b", N(10))), Cancel);
        Assert.Equal(numbers[2..9], some.Items.Select(item => item["text"].S));

        string bytes = await fixture.CreateTableAsync(range: true, request => request.AttributeDefinitions[1].AttributeType = ScalarAttributeType.B);
        byte[][] keys = [[0], [1, 255], [2], [127], [128], [255], [255, 255], [255, 255, 1]];
        foreach (byte[] key in keys.Reverse())
            await Client.PutItemAsync(bytes, Item(("pk", S("p")), ("sk", new AttributeValue { B = new MemoryStream(key) })), Cancel);
        QueryResponse begins = await Client.QueryAsync(
            Request(bytes, "pk = :p AND begins_with(sk, :b)", (":p", S("p")), (":b", new AttributeValue { B = new MemoryStream([255]) })), Cancel);
        Assert.Equal(keys[5..].Select(Convert.ToBase64String), begins.Items.Select(item => Convert.ToBase64String(item["sk"].B.ToArray())));
    }

    [Fact]
    public async Task Query_WithFilterProjectionAndCount_CountsWhatItLookedAt()
    {
        string table = await fixture.CreateTableAsync(range: true);
        for (int i = 0; i < 10; i++)
            await Client.PutItemAsync(table, Item(("pk", S("p")), ("sk", S($"{i}")), ("even", N(i % 2)), ("name", S($"n{i}"))), Cancel);
        QueryRequest request = Request(table, "pk = :p", (":p", S("p")), (":zero", N(0)));
        request.FilterExpression = "even = :zero";
        request.ProjectionExpression = "#n";
        request.ExpressionAttributeNames = new() { ["#n"] = "name" };
        request.Limit = 5;
        QueryResponse page = await Client.QueryAsync(request, Cancel);
        Assert.Equal((3, 5), (page.Count, page.ScannedCount));
        Assert.Equal(["{name=S:n0}", "{name=S:n2}", "{name=S:n4}"], page.Items.Select(Show));
        Assert.Equal("{pk=S:p, sk=S:4}", Show(page.LastEvaluatedKey));
        request.ProjectionExpression = null;
        request.ExpressionAttributeNames = null;
        request.Select = Select.COUNT;
        request.Limit = null;
        QueryResponse count = await Client.QueryAsync(request, Cancel);
        Assert.Equal((5, 10), (count.Count, count.ScannedCount));
        Assert.True(count.Items is null or { Count: 0 });
    }

    [Fact]
    public async Task Query_OnIndexesOfEveryProjection_GivesWhatTheyProject()
    {
        string table = await fixture.CreateTableAsync(range: true, request =>
        {
            DynamoDbFixture.AddGlobalIndex(request, "keys", ("g", ScalarAttributeType.S), projection: new Projection { ProjectionType = ProjectionType.KEYS_ONLY });
            DynamoDbFixture.AddGlobalIndex(request, "some", ("g", ScalarAttributeType.S), ("n", ScalarAttributeType.N), new Projection { ProjectionType = ProjectionType.INCLUDE, NonKeyAttributes = ["x"] });
            DynamoDbFixture.AddGlobalIndex(request, "full", ("g", ScalarAttributeType.S));
            request.LocalSecondaryIndexes =
            [
                new LocalSecondaryIndex
                {
                    IndexName = "local", KeySchema = [new KeySchemaElement("pk", KeyType.HASH), new KeySchemaElement("n", KeyType.RANGE)],
                    Projection = new Projection { ProjectionType = ProjectionType.KEYS_ONLY },
                },
            ];
        });
        await Client.PutItemAsync(table, Item(("pk", S("p")), ("sk", S("1")), ("g", S("G")), ("n", N(2)), ("x", S("X")), ("y", S("Y"))), Cancel);
        await Client.PutItemAsync(table, Item(("pk", S("p")), ("sk", S("2")), ("g", S("G"))), Cancel);
        await Client.PutItemAsync(table, Item(("pk", S("p")), ("sk", S("3")), ("n", N(1))), Cancel);

        Assert.Equal(["{g=S:G, pk=S:p, sk=S:1}", "{g=S:G, pk=S:p, sk=S:2}"], await Index("keys", "g = :v", "G"));
        Assert.Equal(["{g=S:G, n=N:2, pk=S:p, sk=S:1, x=S:X}"], await Index("some", "g = :v", "G"));
        Assert.Equal(["{g=S:G, n=N:2, pk=S:p, sk=S:1, x=S:X, y=S:Y}", "{g=S:G, pk=S:p, sk=S:2}"], await Index("full", "g = :v", "G"));
        Assert.Equal(["{n=N:1, pk=S:p, sk=S:3}", "{n=N:2, pk=S:p, sk=S:1}"], await Index("local", "pk = :v", "p"));
        // A local index reaches into its table for what it lacks.
        QueryRequest reach = Request(table, "pk = :v AND n = :n", (":v", S("p")), (":n", N(2)));
        (reach.IndexName, reach.Select) = ("local", Select.ALL_ATTRIBUTES);
        Assert.Equal("{g=S:G, n=N:2, pk=S:p, sk=S:1, x=S:X, y=S:Y}", Show(Assert.Single((await Client.QueryAsync(reach, Cancel)).Items)));
        (reach.Select, reach.ProjectionExpression) = (null, "y");
        Assert.Equal("{y=S:Y}", Show(Assert.Single((await Client.QueryAsync(reach, Cancel)).Items)));

        TableDescription described = (await Client.DescribeTableAsync(table, Cancel)).Table;
        Assert.Equal((2, 1, 2), (described.GlobalSecondaryIndexes[0].ItemCount, described.GlobalSecondaryIndexes[1].ItemCount, described.GlobalSecondaryIndexes[2].ItemCount));
        Assert.Equal(2, described.LocalSecondaryIndexes[0].ItemCount);

        async Task<IEnumerable<string>> Index(string index, string condition, string value)
        {
            QueryRequest request = Request(table, condition, (":v", S(value)));
            request.IndexName = index;
            return (await Client.QueryAsync(request, Cancel)).Items.Select(Show);
        }
    }

    public static TheoryData<string, Action<QueryRequest>, string> FaultyQueries => new()
    {
        { "no condition", r => { r.KeyConditionExpression = null; r.ExpressionAttributeValues = null; }, "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request." },
        { "no hash", r => r.KeyConditionExpression = "sk = :v", "Query condition missed key schema element: pk" },
        { "no range", r => { r.KeyConditionExpression = "pk = :v AND x = :w"; r.ExpressionAttributeValues[":w"] = S("w"); }, "Query condition missed key schema element: sk" },
        { "hash not equal", r => r.KeyConditionExpression = "pk > :v", "Query key condition not supported" },
        { "type", r => r.ExpressionAttributeValues[":v"] = N(1), "One or more parameter values were invalid: Condition parameter type does not match schema type" },
        { "filter on key", r => r.FilterExpression = "attribute_exists(sk)", "Filter Expression can only contain non-primary key attributes: Primary key attribute: sk" },
        { "unknown index", r => r.IndexName = "nope", "The table does not have the specified index: nope" },
        { "consistent index", r => { r.IndexName = "idx"; r.KeyConditionExpression = "g = :v"; r.ConsistentRead = true; }, "Consistent reads are not supported on global secondary indexes" },
        { "all attributes", r => { r.IndexName = "idx"; r.KeyConditionExpression = "g = :v"; r.Select = Select.ALL_ATTRIBUTES; }, "One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global secondary index idx because its projection type is not ALL" },
        { "not projected", r => { r.IndexName = "idx"; r.KeyConditionExpression = "g = :v"; r.ProjectionExpression = "zzz"; }, "One or more parameter values were invalid: Global secondary index idx does not project [zzz]" },
        { "projected on table", r => r.Select = Select.ALL_PROJECTED_ATTRIBUTES, "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName" },
        { "specific without", r => r.Select = Select.SPECIFIC_ATTRIBUTES, "Must specify the ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES" },
        { "count with projection", r => { r.Select = Select.COUNT; r.ProjectionExpression = "a"; }, "Cannot specify the ProjectionExpression when choosing to get only the Count" },
        { "limit", r => r.Limit = NoItems, "1 validation error detected: Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1" },
        { "start key", r => r.ExclusiveStartKey = Item(("pk", S("v"))), "The provided starting key is invalid: The provided key element does not match the schema" },
        { "start of another partition", r => r.ExclusiveStartKey = Item(("pk", S("w")), ("sk", S("x"))), "The provided starting key is outside query boundaries based on provided conditions" },
        { "start outside the range", r => { r.KeyConditionExpression = "pk = :v AND sk > :w"; r.ExpressionAttributeValues[":w"] = S("w"); r.ExclusiveStartKey = Item(("pk", S("v")), ("sk", S("a"))); }, "The provided starting key does not match the range key predicate" },
        { "unused value", r => r.ExpressionAttributeValues[":unused"] = S("x"), "Value provided in ExpressionAttributeValues unused in expressions: keys: {:unused}" },
        { "begins_with a number", r => { r.IndexName = "num"; r.KeyConditionExpression = "g = :v AND begins_with(n, :w)"; r.ExpressionAttributeValues[":w"] = S("w"); }, "One or more parameter values were invalid: Condition parameter type does not match schema type" },
    };

    [Theory]
    [MemberData(nameof(FaultyQueries), DisableDiscoveryEnumeration = true)]
    public async Task Query_ThatBreaksARule_IsAValidationException(string fault, Action<QueryRequest> configure, string message)
    {
        string table = await fixture.CreateTableAsync(range: true, request =>
        {
            DynamoDbFixture.AddGlobalIndex(request, "idx", ("g", ScalarAttributeType.S), projection: new Projection { ProjectionType = ProjectionType.KEYS_ONLY });
            DynamoDbFixture.AddGlobalIndex(request, "num", ("g", ScalarAttributeType.S), ("n", ScalarAttributeType.N));
        });
        QueryRequest request = Request(table, "pk = :v", (":v", S("v")));
        configure(request);
        AmazonDynamoDBException error = await Assert.ThrowsAsync<AmazonDynamoDBException>(() => Client.QueryAsync(request, Cancel));
        Assert.True(("ValidationException", message) == (error.ErrorCode, error.Message), $"{fault}: {error.ErrorCode}: {error.Message}");
    }

    [Fact]
    public async Task Scan_InSegments_GivesEachItemOnceAndNoneTwice()
    {
        string table = await fixture.CreateTableAsync(range: true, request => DynamoDbFixture.AddGlobalIndex(request, "idx", ("g", ScalarAttributeType.S)));
        string[] expected = [.. Enumerable.Range(0, 200).Select(i => $"{i}")];
        foreach (string key in expected)
            await Client.PutItemAsync(table, Item(("pk", S(key)), ("sk", S("s")), ("g", S($"g{key}"))), Cancel);
        foreach (string? index in new[] { null, "idx" })
        {
            List<string> found = [];
            for (int segment = 0; segment < 7; segment++)
            {
                Dictionary<string, AttributeValue>? start = null;
                do
                {
                    ScanResponse page = await Client.ScanAsync(
                        new ScanRequest(table) { IndexName = index, Segment = segment, TotalSegments = 7, Limit = 9, ExclusiveStartKey = start }, Cancel);
                    found.AddRange((page.Items ?? []).Select(item => item["pk"].S));
                    start = page.LastEvaluatedKey is { Count: > 0 } ? page.LastEvaluatedKey : null;
                }
                while (start is not null);
            }
            Assert.Equal(expected.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Scan_OfFaultySegments_IsRefused()
    {
        string table = await fixture.CreateTableAsync();
        await Refused(new ScanRequest(table) { Segment = 0 }, "The TotalSegments parameter is required but was not present in the request when Segment parameter is present");
        await Refused(new ScanRequest(table) { TotalSegments = 1 }, "The Segment parameter is required but was not present in the request when parameter TotalSegments is present");
        await Refused(
            new ScanRequest(table) { Segment = 2, TotalSegments = 2 },
            "The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: 2 is not less than TotalSegments: 2");
        // "a" hashes into one of the two segments: the other does not take it for a start.
        string[] messages = [.. await Task.WhenAll(Enumerable.Range(0, 2).Select(async segment =>
        {
            try
            {
                await Client.ScanAsync(new ScanRequest(table) { Segment = segment, TotalSegments = 2, ExclusiveStartKey = Item(("pk", S("a"))) }, Cancel);
                return "taken";
            }
            catch (AmazonDynamoDBException error)
            {
                return error.Message;
            }
        }))];
        Assert.Equal(["taken", "The provided Exclusive start key does not map to the provided Segment and TotalSegments values."], messages.OrderDescending(StringComparer.Ordinal));

        async Task Refused(ScanRequest request, string message) =>
            Assert.Equal(message, (await Assert.ThrowsAsync<AmazonDynamoDBException>(() => Client.ScanAsync(request, Cancel))).Message);
    }

    [Fact]
    public async Task Scan_OfMoreThanAMegabyte_EndsItsPagesBeforeIt()
    {
        string table = await fixture.CreateTableAsync();
        for (int i = 0; i < 12; i++)
            await Client.PutItemAsync(table, Item(("pk", S($"{i:D2}")), ("a", S(new string('a', 300_000)))), Cancel);
        List<int> pages = [], counted = [];
        foreach (Select? select in new[] { null, Select.COUNT })
        {
            Dictionary<string, AttributeValue>? start = null;
            do
            {
                ScanResponse page = await Client.ScanAsync(new ScanRequest(table) { Select = select, ExclusiveStartKey = start }, Cancel);
                (select is null ? pages : counted).Add(page.Count!.Value);
                start = page.LastEvaluatedKey is { Count: > 0 } ? page.LastEvaluatedKey : null;
            }
            while (start is not null);
        }
        Assert.Equal([3, 3, 3, 3], pages);
        Assert.Equal(pages, counted);
    }

    [Fact]
    public async Task Scan_WithAFilter_MayFilterOnKeys()
    {
        string table = await fixture.CreateTableAsync();
        foreach (string key in new[] { "a", "b", "c" })
            await Client.PutItemAsync(table, Item(("pk", S(key))), Cancel);
        ScanResponse found = await Client.ScanAsync(
            new ScanRequest(table)
            {
                FilterExpression = "pk IN (:a, :c)", ExpressionAttributeValues = new() { [":a"] = S("a"), [":c"] = S("c") }, ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
            },
            Cancel);
        Assert.Equal((2, 3, 0.5), (found.Count, found.ScannedCount, found.ConsumedCapacity.CapacityUnits));
        Assert.Equal(["a", "c"], found.Items.Select(item => item["pk"].S).Order(StringComparer.Ordinal));
    }

    private static QueryRequest Request(string table, string condition, params (string Name, AttributeValue Value)[] values) => new()
    {
        TableName = table, KeyConditionExpression = condition, ExpressionAttributeValues = values.ToDictionary(value => value.Name, value => value.Value),
    };
}
