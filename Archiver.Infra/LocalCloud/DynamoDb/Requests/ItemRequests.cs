using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud.DynamoDb.Expressions;
using Archiver.Infra.LocalCloud.DynamoDb.Items;
using Archiver.Infra.LocalCloud.DynamoDb.Values;

namespace Archiver.Infra.LocalCloud.DynamoDb.Requests;

/// <summary>Reads the requests that read and write items by their keys.</summary>
internal static class ItemRequests
{
    private const string Names = "ExpressionAttributeNames";
    private const string Values = "ExpressionAttributeValues";
    private const string OnFailure = "ReturnValuesOnConditionCheckFailure";
    private const string Capacity = "ReturnConsumedCapacity";
    private const string Metrics = "ReturnItemCollectionMetrics";

    /// <summary>Reads <c>PutItem</c>.</summary>
    public static PutAction ReadPut(RequestReader request)
    {
        request.Allow("TableName", "Item", "ConditionExpression", Names, Values, "ReturnValues", OnFailure, Capacity, Metrics);
        return ReadPutPart(request);
    }

    /// <summary>Reads <c>UpdateItem</c>.</summary>
    public static UpdateItemAction ReadUpdate(RequestReader request)
    {
        request.Allow("TableName", "Key", "UpdateExpression", "ConditionExpression", Names, Values, "ReturnValues", OnFailure, Capacity, Metrics);
        return ReadUpdatePart(request, isTransaction: false);
    }

    /// <summary>Reads <c>DeleteItem</c>.</summary>
    public static DeleteItemAction ReadDelete(RequestReader request)
    {
        request.Allow("TableName", "Key", "ConditionExpression", Names, Values, "ReturnValues", OnFailure, Capacity, Metrics);
        return ReadDeletePart(request);
    }

    /// <summary>Reads <c>GetItem</c>.</summary>
    public static ReadRequest ReadGet(RequestReader request)
    {
        request.Allow("TableName", "Key", "ProjectionExpression", Names, "ConsistentRead", Capacity);
        return new ReadRequest(request.TableName(), request.RequiredAttributes("Key"), ReadProjection(request));
    }

    /// <summary>Reads <c>BatchWriteItem</c>.</summary>
    public static IReadOnlyList<WriteAction> ReadBatchWrite(RequestReader request)
    {
        request.Allow("RequestItems", Capacity, Metrics);
        List<WriteAction> actions = [];
        RequestReader tables = request.RequiredStructure("RequestItems");
        foreach ((string name, _) in tables.Json)
        {
            string table = RequestReader.TableName("requestItems", name);
            foreach (RequestReader each in tables.Structures(name) ?? [])
            {
                each.Allow("PutRequest", "DeleteRequest");
                if (each.Has("PutRequest") == each.Has("DeleteRequest"))
                    throw DynamoDbErrors.Validation("Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes");
                actions.Add(each.Structure("PutRequest") is RequestReader put
                    ? new PutAction(table, null, false, put.RequiredAttributes("Item"))
                    : new DeleteItemAction(table, null, false, each.RequiredStructure("DeleteRequest").RequiredAttributes("Key")));
            }
        }
        return actions.Count switch
        {
            0 => throw DynamoDbErrors.Constraint("requestItems", "{}", "Member must have length greater than or equal to 1"),
            > 25 => throw DynamoDbErrors.Validation("Too many items requested for the BatchWriteItem call"),
            _ => actions,
        };
    }

    /// <summary>Reads <c>BatchGetItem</c>.</summary>
    public static IReadOnlyList<BatchReadRequest> ReadBatchGet(RequestReader request)
    {
        request.Allow("RequestItems", Capacity);
        RequestReader tables = request.RequiredStructure("RequestItems");
        List<BatchReadRequest> requests = [.. tables.Json.Select(pair =>
        {
            RequestReader table = tables.RequiredStructure(pair.Key).Allow("Keys", "ProjectionExpression", Names, "ConsistentRead");
            IReadOnlyList<RequestReader> keys = table.Structures("Keys") ?? throw table.Missing("Keys");
            return new BatchReadRequest(
                RequestReader.TableName("requestItems", pair.Key), [.. keys.Select(key => AttributeReader.ReadMap(key.Json))], ReadProjection(table));
        })];
        return requests.Sum(each => each.Keys.Count) switch
        {
            0 => throw DynamoDbErrors.Constraint("requestItems", "{}", "Member must have length greater than or equal to 1"),
            > 100 => throw DynamoDbErrors.Validation("Too many items requested for the BatchGetItem call"),
            _ => requests,
        };
    }

    /// <summary>Reads <c>TransactWriteItems</c>.</summary>
    public static IReadOnlyList<WriteAction> ReadTransactWrite(RequestReader request)
    {
        request.Allow("TransactItems", "ClientRequestToken", Capacity, Metrics);
        return [.. Parts(request).Select(part =>
        {
            part.Allow("Put", "Update", "Delete", "ConditionCheck");
            if (part.Json.Count(member => member.Value is not null) != 1)
                throw DynamoDbErrors.Validation("TransactItems can only contain one of Check, Put, Update or Delete");
            return part.Structure("Put") is RequestReader put
                    ? ReadPutPart(put.Allow("TableName", "Item", "ConditionExpression", Names, Values, OnFailure))
                : part.Structure("Update") is RequestReader update
                    ? ReadUpdatePart(update.Allow("TableName", "Key", "UpdateExpression", "ConditionExpression", Names, Values, OnFailure), isTransaction: true)
                : part.Structure("Delete") is RequestReader delete
                    ? ReadDeletePart(delete.Allow("TableName", "Key", "ConditionExpression", Names, Values, OnFailure))
                : (WriteAction)ReadCheckPart(part.RequiredStructure("ConditionCheck").Allow("TableName", "Key", "ConditionExpression", Names, Values, OnFailure));
        })];
    }

    /// <summary>Reads <c>TransactGetItems</c>.</summary>
    public static IReadOnlyList<ReadRequest> ReadTransactGet(RequestReader request)
    {
        request.Allow("TransactItems", Capacity);
        return [.. Parts(request).Select(part =>
        {
            RequestReader get = part.Allow("Get").RequiredStructure("Get").Allow("TableName", "Key", "ProjectionExpression", Names);
            return new ReadRequest(get.TableName(), get.RequiredAttributes("Key"), ReadProjection(get));
        })];
    }

    /// <summary>Reads the placeholders of a request, and refuses those that no expression could use.</summary>
    public static Placeholders ReadPlaceholders(RequestReader request, params ReadOnlySpan<string> expressions)
    {
        JsonObject? names = request.Map(Names), values = request.Map(Values);
        bool any = false, anyWithValues = false;
        foreach (string expression in expressions)
        {
            any |= request.Has(expression);
            anyWithValues |= request.Has(expression) && expression != "ProjectionExpression";
        }
        if (names is not null && !any)
            throw DynamoDbErrors.Validation("ExpressionAttributeNames can only be specified when using expressions");
        if (values is not null && !anyWithValues)
        {
            string[] candidates = [.. expressions.ToArray().Where(expression => expression != "ProjectionExpression")];
            throw DynamoDbErrors.Validation(
                $"ExpressionAttributeValues can only be specified when using expressions: {string.Join(" and ", candidates)} {(candidates.Length > 1 ? "are" : "is")} null");
        }
        return new Placeholders(names, values);
    }

    private static IReadOnlyList<RequestReader> Parts(RequestReader request)
    {
        IReadOnlyList<RequestReader> parts = request.Structures("TransactItems") ?? throw request.Missing("TransactItems");
        return parts.Count switch
        {
            0 => throw DynamoDbErrors.Constraint("transactItems", "[]", "Member must have length greater than or equal to 1"),
            > 100 => throw DynamoDbErrors.Constraint("transactItems", $"{parts.Count} elements", "Member must have length less than or equal to 100"),
            _ => parts,
        };
    }

    private static PutAction ReadPutPart(RequestReader request)
    {
        string table = request.TableName();
        MapValue item = request.RequiredAttributes("Item");
        return new PutAction(table, ReadCondition(request), ShowsItem(request), item);
    }

    private static DeleteItemAction ReadDeletePart(RequestReader request)
    {
        string table = request.TableName();
        MapValue key = request.RequiredAttributes("Key");
        return new DeleteItemAction(table, ReadCondition(request), ShowsItem(request), key);
    }

    private static CheckAction ReadCheckPart(RequestReader request)
    {
        string table = request.TableName();
        MapValue key = request.RequiredAttributes("Key");
        return new CheckAction(table, ReadCondition(request) ?? throw request.Missing("ConditionExpression"), ShowsItem(request), key);
    }

    private static UpdateItemAction ReadUpdatePart(RequestReader request, bool isTransaction)
    {
        string table = request.TableName();
        MapValue key = request.RequiredAttributes("Key");
        Placeholders placeholders = ReadPlaceholders(request, "UpdateExpression", "ConditionExpression");
        string? update = isTransaction ? request.RequiredText("UpdateExpression") : request.Text("UpdateExpression");
        IReadOnlyList<UpdateAction> updates = update is null ? [] : UpdateParser.Parse(update, placeholders);
        Condition? condition = request.Text("ConditionExpression") is string text ? ConditionParser.Parse("ConditionExpression", text, placeholders) : null;
        placeholders.RefuseUnused();
        return new UpdateItemAction(table, condition, ShowsItem(request), key, updates);
    }

    private static Condition? ReadCondition(RequestReader request)
    {
        Placeholders placeholders = ReadPlaceholders(request, "ConditionExpression");
        Condition? condition = request.Text("ConditionExpression") is string text ? ConditionParser.Parse("ConditionExpression", text, placeholders) : null;
        placeholders.RefuseUnused();
        return condition;
    }

    private static Projection? ReadProjection(RequestReader request)
    {
        Placeholders placeholders = ReadPlaceholders(request, "ProjectionExpression");
        Projection? projection = request.Text("ProjectionExpression") is string text ? ProjectionParser.Parse(text, placeholders) : null;
        placeholders.RefuseUnused();
        return projection;
    }

    /// <summary>Refuses the sizes of item collections, which the local cloud does not reckon.</summary>
    public static void RefuseMetrics(RequestReader request)
    {
        if (request.Choice(Metrics, "SIZE", "NONE") == "SIZE")
            throw DynamoDbErrors.Validation("The local cloud does not have ReturnItemCollectionMetrics=SIZE.");
    }

    private static bool ShowsItem(RequestReader request) => request.Choice(OnFailure, "ALL_OLD", "NONE") == "ALL_OLD";
}
