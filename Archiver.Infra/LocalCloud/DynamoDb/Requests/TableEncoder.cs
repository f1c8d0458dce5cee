using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud.DynamoDb.Tables;

namespace Archiver.Infra.LocalCloud.DynamoDb.Requests;

/// <summary>
/// Encodes a table's description.
/// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TableDescription.html
/// </summary>
/// <param name="identity">Whose names the ARNs have.</param>
internal sealed class TableEncoder(CloudIdentity identity)
{
    /// <summary>A table's ARN.</summary>
    public string Arn(string tableName) => identity.Arn("dynamodb", $"table/{tableName}");

    /// <summary>A table's description.</summary>
    /// <param name="view">The table.</param>
    /// <param name="status"><c>ACTIVE</c>, or <c>DELETING</c> for one that was just dropped.</param>
    public JsonObject Encode(TableView view, string status = "ACTIVE")
    {
        TableDefinition table = view.Table;
        JsonObject json = new()
        {
            ["AttributeDefinitions"] = new JsonArray([.. table.KeyAttributes.Select(attribute =>
                new JsonObject { ["AttributeName"] = attribute.Name, ["AttributeType"] = attribute.Type.ToString() })]),
            ["TableName"] = table.Name,
            ["KeySchema"] = Encode(table.Key),
            ["TableStatus"] = status,
            ["CreationDateTime"] = Seconds(table.CreatedAt),
            ["ProvisionedThroughput"] = Encode(table.Throughput),
            ["TableSizeBytes"] = view.Statistics.SizeBytes,
            ["ItemCount"] = view.Statistics.ItemCount,
            ["TableArn"] = Arn(table.Name),
            ["TableId"] = table.TableId.ToString(),
            ["DeletionProtectionEnabled"] = table.DeletionProtection,
        };
        if (table.BillingMode == BillingMode.PayPerRequest || table.PayPerRequestSince is not null)
        {
            JsonObject billing = new() { ["BillingMode"] = table.BillingMode == BillingMode.PayPerRequest ? "PAY_PER_REQUEST" : "PROVISIONED" };
            if (table.PayPerRequestSince is DateTimeOffset since)
                billing["LastUpdateToPayPerRequestDateTime"] = Seconds(since);
            json["BillingModeSummary"] = billing;
        }
        if (table.TableClass is not null)
            json["TableClassSummary"] = new JsonObject { ["TableClass"] = table.TableClass };
        if (table.Encryption is Encryption encryption)
        {
            json["SSEDescription"] = new JsonObject
            {
                ["Status"] = "ENABLED",
                ["SSEType"] = "KMS",
                ["KMSMasterKeyArn"] = encryption.KeyId ?? identity.Arn("kms", "alias/aws/dynamodb"),
            };
        }
        foreach (var kind in table.Indexes.Zip(view.IndexStatistics).GroupBy(index => index.First.IsGlobal))
        {
            json[kind.Key ? "GlobalSecondaryIndexes" : "LocalSecondaryIndexes"] =
                new JsonArray([.. kind.Select(index => Encode(table, index.First, index.Second))]);
        }
        return json;
    }

    /// <summary>A time as the protocol has it: seconds since 1970.</summary>
    public static double Seconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000.0;

    private JsonObject Encode(TableDefinition table, SecondaryIndex index, Statistics statistics)
    {
        JsonObject projection = new()
        {
            ["ProjectionType"] = index.Projection switch
            {
                ProjectionType.All => "ALL",
                ProjectionType.KeysOnly => "KEYS_ONLY",
                _ => "INCLUDE",
            },
        };
        if (index.Projection == ProjectionType.Include)
            projection["NonKeyAttributes"] = new JsonArray([.. index.NonKeyAttributes.Select(name => (JsonNode)name)]);
        JsonObject json = new()
        {
            ["IndexName"] = index.Name,
            ["KeySchema"] = Encode(index.Key),
            ["Projection"] = projection,
            ["IndexSizeBytes"] = statistics.SizeBytes,
            ["ItemCount"] = statistics.ItemCount,
            ["IndexArn"] = $"{Arn(table.Name)}/index/{index.Name}",
        };
        if (index.IsGlobal)
        {
            json["IndexStatus"] = "ACTIVE";
            json["ProvisionedThroughput"] = Encode(index.Throughput);
        }
        return json;
    }

    private static JsonArray Encode(KeySchema key)
    {
        JsonArray elements = [new JsonObject { ["AttributeName"] = key.Hash.Name, ["KeyType"] = "HASH" }];
        if (key.Range is not null)
            elements.Add(new JsonObject { ["AttributeName"] = key.Range.Name, ["KeyType"] = "RANGE" });
        return elements;
    }

    private static JsonObject Encode(Throughput? throughput) => new()
    {
        ["NumberOfDecreasesToday"] = 0,
        ["ReadCapacityUnits"] = throughput?.ReadUnits ?? 0,
        ["WriteCapacityUnits"] = throughput?.WriteUnits ?? 0,
    };
}
