using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud.DynamoDb;
using Archiver.Infra.LocalCloud.DynamoDb.Values;
using Archiver.Infra.LocalCloud.Wire;
using Microsoft.Extensions.DependencyInjection;

namespace Archiver.Infra.Tests.LocalCloud.DynamoDb;

/// <summary>Random writes, in process as a state machine makes them, against a dictionary: table, indexes and statistics stay in step.</summary>
public sealed class ModelTests
{
    private sealed record Row(string Pk, string Sk, string? Group, int? Number, string Payload)
    {
        public JsonObject ToJson()
        {
            JsonObject item = new() { ["pk"] = Text(Pk), ["sk"] = Text(Sk), ["payload"] = Text(Payload) };
            if (Group is not null) item["g"] = Text(Group);
            if (Number is int number) item["n"] = new JsonObject { ["N"] = $"{number}" };
            return item;
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task RandomWrites_ComparedWithAModel_LeaveTableAndIndexesInStep(int seed)
    {
        await using TestCloud cloud = await TestCloud.StartAsync();
        DynamoDbApi api = cloud.Server.Services.GetRequiredService<DynamoDbApi>();
        await Call(api, "CreateTable", """
            {"TableName":"model","BillingMode":"PAY_PER_REQUEST",
             "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},{"AttributeName":"sk","AttributeType":"S"},{"AttributeName":"g","AttributeType":"S"},{"AttributeName":"n","AttributeType":"N"}],
             "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"sk","KeyType":"RANGE"}],
             "GlobalSecondaryIndexes":[{"IndexName":"by-group","KeySchema":[{"AttributeName":"g","KeyType":"HASH"},{"AttributeName":"n","KeyType":"RANGE"}],"Projection":{"ProjectionType":"INCLUDE","NonKeyAttributes":["payload"]}}]}
            """);
        Dictionary<(string, string), Row> model = [];
        Random random = new(seed);
        for (int step = 0; step < 600; step++)
        {
            Row row = new($"p{random.Next(4)}", $"s{random.Next(12)}", random.Next(4) == 0 ? null : $"g{random.Next(3)}", random.Next(4) == 0 ? null : random.Next(-5, 5), new string('x', random.Next(50)));
            (string, string) key = (row.Pk, row.Sk);
            JsonObject jsonKey = new() { ["pk"] = Text(row.Pk), ["sk"] = Text(row.Sk) };
            switch (random.Next(5))
            {
                case 0:
                    await api.InvokeAsync("DeleteItem", new JsonObject { ["TableName"] = "model", ["Key"] = jsonKey }, TestContext.Current.CancellationToken);
                    model.Remove(key);
                    break;
                case 1:
                    await api.InvokeAsync("UpdateItem", Update(jsonKey, row), TestContext.Current.CancellationToken);
                    Row before = model.GetValueOrDefault(key) ?? row with { Group = null, Number = null };
                    model[key] = before with { Group = row.Group, Payload = row.Payload };
                    break;
                case 2:
                    // Refused once the item is there: then nothing may change, in any index either.
                    JsonObject guarded = new() { ["TableName"] = "model", ["Item"] = row.ToJson(), ["ConditionExpression"] = "attribute_not_exists(pk)" };
                    try
                    {
                        await api.InvokeAsync("PutItem", guarded, TestContext.Current.CancellationToken);
                        model.Add(key, row);
                    }
                    catch (AwsError error) when (error.Code == "ConditionalCheckFailedException")
                    {
                        Assert.Contains(key, model);
                    }
                    break;
                default:
                    await api.InvokeAsync("PutItem", new JsonObject { ["TableName"] = "model", ["Item"] = row.ToJson() }, TestContext.Current.CancellationToken);
                    model[key] = row;
                    break;
            }
            if (step % 50 == 49) await Compare(api, model);
        }
    }

    private static JsonObject Update(JsonObject key, Row row) => row.Group is null
        ? new JsonObject
        {
            ["TableName"] = "model", ["Key"] = key, ["UpdateExpression"] = "SET payload = :p REMOVE g", ["ExpressionAttributeValues"] = new JsonObject { [":p"] = Text(row.Payload) },
        }
        : new JsonObject
        {
            ["TableName"] = "model", ["Key"] = key, ["UpdateExpression"] = "SET payload = :p, g = :g",
            ["ExpressionAttributeValues"] = new JsonObject { [":p"] = Text(row.Payload), [":g"] = Text(row.Group) },
        };

    private static async Task Compare(DynamoDbApi api, Dictionary<(string, string), Row> model)
    {
        foreach (string partition in model.Values.Select(row => row.Pk).Distinct())
        {
            Row[] expected = [.. model.Values.Where(row => row.Pk == partition).OrderBy(row => row.Sk, StringComparer.Ordinal)];
            Assert.Equal(Show(expected), await Query(api, null, "pk = :v", partition, true));
        }
        Row[] indexed = [.. model.Values.Where(row => row is { Group: not null, Number: not null })];
        foreach (string group in indexed.Select(row => row.Group!).Distinct())
        {
            Row[] expected = [.. indexed.Where(row => row.Group == group).OrderBy(row => row.Number).ThenBy(row => row.Pk, StringComparer.Ordinal).ThenBy(row => row.Sk, StringComparer.Ordinal)];
            Assert.Equal(Show(expected), await Query(api, "by-group", "g = :v", group, true));
            Assert.Equal(Show([.. expected.Reverse()]), await Query(api, "by-group", "g = :v", group, false));
        }
        JsonNode table = (await Call(api, "DescribeTable", """{"TableName":"model"}"""))["Table"]!;
        Assert.Equal((model.Count, model.Values.Sum(Size)), (table["ItemCount"]!.GetValue<long>(), table["TableSizeBytes"]!.GetValue<long>()));
        JsonNode index = table["GlobalSecondaryIndexes"]![0]!;
        Assert.Equal((indexed.Length, indexed.Sum(Size)), (index["ItemCount"]!.GetValue<long>(), index["IndexSizeBytes"]!.GetValue<long>()));
    }

    private static int Size(Row row) => ItemSize.Of(AttributeReader.ReadMap(row.ToJson()));

    private static string[] Show(Row[] rows) => [.. rows.Select(row => Show(row.ToJson()))];

    private static string Show(JsonObject item) => string.Join(", ", item.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value!.ToJsonString()}"));

    private static async Task<string[]> Query(DynamoDbApi api, string? index, string condition, string value, bool forward)
    {
        JsonObject response = await api.InvokeAsync(
            "Query",
            new JsonObject
            {
                ["TableName"] = "model", ["IndexName"] = index, ["KeyConditionExpression"] = condition, ["ScanIndexForward"] = forward,
                ["ExpressionAttributeValues"] = new JsonObject { [":v"] = Text(value) },
            },
            TestContext.Current.CancellationToken);
        return [.. response["Items"]!.AsArray().Select(item => Show(item!.AsObject()))];
    }

    private static Task<JsonObject> Call(DynamoDbApi api, string operation, string request) =>
        api.InvokeAsync(operation, JsonNode.Parse(request)!.AsObject(), TestContext.Current.CancellationToken);

    private static JsonObject Text(string text) => new() { ["S"] = text };
}
