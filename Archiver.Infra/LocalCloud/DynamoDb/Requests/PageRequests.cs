using Archiver.Infra.LocalCloud.DynamoDb.Expressions;
using Archiver.Infra.LocalCloud.DynamoDb.Items;
using Archiver.Infra.LocalCloud.DynamoDb.Values;
using Archiver.Infra.LocalCloud.Wire;

namespace Archiver.Infra.LocalCloud.DynamoDb.Requests;

/// <summary>Reads <c>Query</c> and <c>Scan</c>.</summary>
internal static class PageRequests
{
    private const long MaxSegments = 1_000_000;

    /// <summary>Reads <c>Query</c>.</summary>
    public static PageRequest ReadQuery(RequestReader request)
    {
        request.Allow("TableName", "IndexName", "KeyConditionExpression", "FilterExpression", "ProjectionExpression", "ExpressionAttributeNames",
            "ExpressionAttributeValues", "Select", "Limit", "ConsistentRead", "ScanIndexForward", "ExclusiveStartKey", "ReturnConsumedCapacity");
        PageRequest page = ReadCommon(request);
        Placeholders placeholders = ItemRequests.ReadPlaceholders(request, "FilterExpression", "KeyConditionExpression", "ProjectionExpression");
        if (request.Text("KeyConditionExpression") is not string keyCondition)
            throw DynamoDbErrors.Validation("Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.");
        page = page with { KeyTerms = KeyCondition.Parse(keyCondition, placeholders), Forward = request.Boolean("ScanIndexForward") ?? true };
        return ReadExpressions(page, request, placeholders);
    }

    /// <summary>Reads <c>Scan</c>.</summary>
    public static PageRequest ReadScan(RequestReader request)
    {
        request.Allow("TableName", "IndexName", "FilterExpression", "ProjectionExpression", "ExpressionAttributeNames", "ExpressionAttributeValues",
            "Select", "Limit", "ConsistentRead", "ExclusiveStartKey", "ReturnConsumedCapacity", "Segment", "TotalSegments");
        PageRequest page = ReadCommon(request);
        long? segment = request.Number("Segment", 0, MaxSegments - 1), total = request.Number("TotalSegments", 1, MaxSegments);
        if (segment is not null && total is null)
            throw DynamoDbErrors.Validation("The TotalSegments parameter is required but was not present in the request when Segment parameter is present");
        if (segment is null && total is not null)
            throw DynamoDbErrors.Validation("The Segment parameter is required but was not present in the request when parameter TotalSegments is present");
        if (segment >= total)
            throw DynamoDbErrors.Validation($"The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: {segment} is not less than TotalSegments: {total}");
        Placeholders placeholders = ItemRequests.ReadPlaceholders(request, "FilterExpression", "ProjectionExpression");
        return ReadExpressions(page with { Segment = segment ?? 0, TotalSegments = total ?? 1 }, request, placeholders);
    }

    private static PageRequest ReadCommon(RequestReader request) => new()
    {
        TableName = request.TableName(),
        IndexName = request.Text("IndexName"),
        Select = request.Choice("Select", "SPECIFIC_ATTRIBUTES", "COUNT", "ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES") switch
        {
            null => null,
            "COUNT" => Selection.Count,
            "ALL_ATTRIBUTES" => Selection.AllAttributes,
            "ALL_PROJECTED_ATTRIBUTES" => Selection.AllProjectedAttributes,
            _ => Selection.SpecificAttributes,
        },
        Limit = (int?)request.Number("Limit", 1, int.MaxValue),
        Consistent = request.Boolean("ConsistentRead") ?? false,
        Start = ReadStart(request),
    };

    private static MapValue? ReadStart(RequestReader request)
    {
        try
        {
            return request.Attributes("ExclusiveStartKey");
        }
        catch (AwsError error) when (error.Code == DynamoDbErrors.ValidationCode)
        {
            throw DynamoDbErrors.Validation($"The provided starting key is invalid: {error.Message}");
        }
    }

    private static PageRequest ReadExpressions(PageRequest page, RequestReader request, Placeholders placeholders)
    {
        page = page with
        {
            Filter = request.Text("FilterExpression") is string filter ? ConditionParser.Parse("FilterExpression", filter, placeholders) : null,
            Projection = request.Text("ProjectionExpression") is string projection ? ProjectionParser.Parse(projection, placeholders) : null,
        };
        placeholders.RefuseUnused();
        return page;
    }
}
