using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud.DynamoDb.Tables;

namespace Archiver.Infra.LocalCloud.DynamoDb.Requests;

/// <summary>The operations on tables, as they stand on the wire: each parses, asks the service, and encodes.</summary>
internal sealed class TableOperations(DynamoDbTables tables, CloudIdentity identity)
{
    private const int MaxListed = 100;

    private readonly TableEncoder _encoder = new(identity);

    /// <summary><c>CreateTable</c>. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html</summary>
    public JsonObject Create(RequestReader request) => new() { ["TableDescription"] = _encoder.Encode(tables.Create(request)) };

    /// <summary><c>DeleteTable</c>. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteTable.html</summary>
    public JsonObject Delete(RequestReader request) =>
        new() { ["TableDescription"] = _encoder.Encode(tables.Delete(request.Allow("TableName").TableName()), "DELETING") };

    /// <summary><c>DescribeTable</c>. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTable.html</summary>
    public JsonObject Describe(RequestReader request) =>
        new() { ["Table"] = _encoder.Encode(tables.Describe(request.Allow("TableName").TableName())) };

    /// <summary><c>UpdateTable</c>. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html</summary>
    public JsonObject Update(RequestReader request) => new() { ["TableDescription"] = _encoder.Encode(tables.Update(request)) };

    /// <summary><c>ListTables</c>. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTables.html</summary>
    public JsonObject List(RequestReader request)
    {
        request.Allow("ExclusiveStartTableName", "Limit");
        int limit = (int)(request.Number("Limit", 1, MaxListed) ?? MaxListed);
        string? after = request.Has("ExclusiveStartTableName") ? request.TableName("ExclusiveStartTableName") : null;
        (IReadOnlyList<string> names, bool more) = tables.List(after, limit);
        JsonObject response = new() { ["TableNames"] = new JsonArray([.. names.Select(name => (JsonNode)name)]) };
        if (more)
            response["LastEvaluatedTableName"] = names[^1];
        return response;
    }

    /// <summary><c>UpdateTimeToLive</c>. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTimeToLive.html</summary>
    public JsonObject UpdateTimeToLive(RequestReader request)
    {
        RequestReader specification = request.Allow("TableName", "TimeToLiveSpecification").RequiredStructure("TimeToLiveSpecification");
        string attribute = specification.RequiredText("AttributeName");
        if (attribute.Length is < 1 or > 255)
            throw DynamoDbErrors.Constraint(specification.Path("AttributeName"), attribute, "Member must have length between 1 and 255");
        bool enabled = specification.Boolean("Enabled") ?? throw specification.Missing("Enabled");
        tables.SetTimeToLive(request.TableName(), enabled, attribute);
        return new JsonObject { ["TimeToLiveSpecification"] = specification.Json.DeepClone() };
    }

    /// <summary><c>DescribeTimeToLive</c>. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTimeToLive.html</summary>
    public JsonObject DescribeTimeToLive(RequestReader request)
    {
        string? attribute = tables.Describe(request.Allow("TableName").TableName()).Table.TimeToLiveAttribute;
        JsonObject description = new() { ["TimeToLiveStatus"] = attribute is null ? "DISABLED" : "ENABLED" };
        if (attribute is not null)
            description["AttributeName"] = attribute;
        return new JsonObject { ["TimeToLiveDescription"] = description };
    }

    /// <summary><c>ListTagsOfResource</c>. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTagsOfResource.html</summary>
    public JsonObject ListTags(RequestReader request)
    {
        request.Allow("ResourceArn", "NextToken");
        IReadOnlyDictionary<string, string> tags = tables.Describe(request.TableName("ResourceArn")).Table.Tags;
        return new JsonObject
        {
            ["Tags"] = new JsonArray([.. tags.Select(tag => new JsonObject { ["Key"] = tag.Key, ["Value"] = tag.Value })]),
        };
    }

    /// <summary><c>TagResource</c>. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TagResource.html</summary>
    public JsonObject Tag(RequestReader request)
    {
        IReadOnlyDictionary<string, string> added = TableRequests.ReadTags(request.Allow("ResourceArn", "Tags"));
        tables.SetTags(request.TableName("ResourceArn"), tags => tags.Where(tag => !added.ContainsKey(tag.Key)).Concat(added).ToDictionary());
        return [];
    }

    /// <summary><c>UntagResource</c>. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UntagResource.html</summary>
    public JsonObject Untag(RequestReader request)
    {
        IReadOnlyList<string> removed = request.Allow("ResourceArn", "TagKeys").Texts("TagKeys") ?? throw request.Missing("TagKeys");
        tables.SetTags(request.TableName("ResourceArn"), tags => tags.Where(tag => !removed.Contains(tag.Key)).ToDictionary());
        return [];
    }
}
