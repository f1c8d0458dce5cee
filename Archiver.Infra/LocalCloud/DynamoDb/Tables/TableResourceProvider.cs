using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud.DynamoDb.Requests;
using Archiver.Infra.LocalCloud.Stack;
using Archiver.Infra.LocalCloud.Wire;

namespace Archiver.Infra.LocalCloud.DynamoDb.Tables;

/// <summary>
/// Creates the template's tables, and brings those that are there to what the template says; their items stay.
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html
/// </summary>
internal sealed class TableResourceProvider(DynamoDbTables tables, LocalCloudOptions options, CloudIdentity identity, TimeProvider time) : IResourceProvider
{
    private const string TableType = "AWS::DynamoDB::Table";

    // The properties that CreateTable has under the same names.
    private static readonly string[] SameInRequest =
        ["AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes", "LocalSecondaryIndexes", "BillingMode", "ProvisionedThroughput", "DeletionProtectionEnabled", "TableClass", "Tags"];

    private static readonly string[] Others = ["TableName", "TimeToLiveSpecification", "PointInTimeRecoverySpecification", "SSESpecification", "StreamSpecification"];

    /// <inheritdoc/>
    public IReadOnlyCollection<string> ResourceTypes { get; } = [TableType];

    /// <inheritdoc/>
    public Task<ProvisionedResource> ProvisionAsync(TemplateResource resource, CancellationToken cancellationToken)
    {
        try
        {
            TableDefinition table = Read(resource);
            tables.Provision(table);
            TableEncoder encoder = new(identity);
            return Task.FromResult(new ProvisionedResource(table.Name, new Dictionary<string, string> { ["Arn"] = encoder.Arn(table.Name) }));
        }
        catch (AwsError error)
        {
            throw Refusal(resource, error.Message, error);
        }
    }

    private TableDefinition Read(TemplateResource resource)
    {
        JsonObject properties = resource.Properties;
        foreach ((string name, _) in properties)
        {
            if (!SameInRequest.Contains(name) && !Others.Contains(name))
                throw Refusal(resource, $"the local cloud does not have the property {name}.");
        }
        if (properties["StreamSpecification"] is not null)
            throw Refusal(resource, "the local cloud has no DynamoDB streams, so StreamSpecification can't be honoured.");
        JsonObject request = new() { ["TableName"] = properties["TableName"]?.DeepClone() ?? $"{options.StackName}-{resource.LogicalId}" };
        foreach (string name in SameInRequest)
        {
            if (properties[name] is JsonNode value)
                request[name] = Typed(value, name);
        }
        RequestReader reader = new(Typed(properties).AsObject());
        if (reader.Structure("SSESpecification") is RequestReader encryption)
        {
            // The template calls it SSEEnabled, the request Enabled.
            request["SSESpecification"] = new JsonObject
            {
                ["Enabled"] = encryption.Allow("SSEEnabled", "SSEType", "KMSMasterKeyId").Boolean("SSEEnabled") ?? throw encryption.Missing("SSEEnabled"),
                ["SSEType"] = encryption.Text("SSEType"),
                ["KMSMasterKeyId"] = encryption.Text("KMSMasterKeyId"),
            };
        }
        // Recovery to a point in time is a safeguard of AWS's; here the data directory is what one backs up.
        _ = reader.Structure("PointInTimeRecoverySpecification")?.Allow("PointInTimeRecoveryEnabled", "RecoveryPeriodInDays").Boolean("PointInTimeRecoveryEnabled");
        RequestReader? expiry = reader.Structure("TimeToLiveSpecification")?.Allow("AttributeName", "Enabled");
        bool expires = expiry?.Boolean("Enabled") ?? false;
        return TableRequests.ReadCreate(new RequestReader(request), time.GetUtcNow()) with
        {
            TimeToLiveAttribute = expires ? expiry!.RequiredText("AttributeName") : null,
        };
    }

    /// <summary>A template's value as a request has it: what came through a parameter is text, even where it is a number or a boolean.</summary>
    private static JsonNode Typed(JsonNode value, string? name = null) => value switch
    {
        JsonObject map => new JsonObject(map.Where(pair => pair.Value is not null).Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)Typed(pair.Value!, pair.Key)))),
        JsonArray list => new JsonArray([.. list.OfType<JsonNode>().Select(element => Typed(element))]),
        _ when value.GetValueKind() == JsonValueKind.String && name is "ReadCapacityUnits" or "WriteCapacityUnits"
            && long.TryParse(value.GetValue<string>(), NumberStyles.None, CultureInfo.InvariantCulture, out long number) => number,
        _ when value.GetValueKind() == JsonValueKind.String && name is not null && name.EndsWith("Enabled", StringComparison.Ordinal)
            && bool.TryParse(value.GetValue<string>(), out bool boolean) => boolean,
        _ when value.GetValueKind() != JsonValueKind.String && name is "Value" => value.ToString(), // a tag's
        _ => value.DeepClone(),
    };

    private static LocalCloudException Refusal(TemplateResource resource, string message, Exception? cause = null) =>
        new($"{resource.Location}: {resource.LogicalId} ({resource.Type}): {message}", cause);
}
