using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud.DynamoDb.Expressions;
using Archiver.Infra.LocalCloud.DynamoDb.Items;
using Archiver.Infra.LocalCloud.DynamoDb.Rows;
using Archiver.Infra.LocalCloud.DynamoDb.Values;

namespace Archiver.Infra.LocalCloud.DynamoDb.Requests;

/// <summary>The operations on items, as they stand on the wire: each parses, asks the service, and encodes.</summary>
internal sealed class ItemOperations(DynamoDbService service, DynamoDbQueries queries)
{
    /// <summary><c>PutItem</c>. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html</summary>
    public JsonObject Put(RequestReader request)
    {
        PutAction action = ItemRequests.ReadPut(request);
        return Write(request, action, ReadReturn(request, onlyOld: true));
    }

    /// <summary><c>UpdateItem</c>. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html</summary>
    public JsonObject Update(RequestReader request)
    {
        UpdateItemAction action = ItemRequests.ReadUpdate(request);
        return Write(request, action, ReadReturn(request, onlyOld: false));
    }

    /// <summary><c>DeleteItem</c>. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteItem.html</summary>
    public JsonObject Delete(RequestReader request)
    {
        DeleteItemAction action = ItemRequests.ReadDelete(request);
        return Write(request, action, ReadReturn(request, onlyOld: true));
    }

    /// <summary><c>GetItem</c>. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetItem.html</summary>
    public JsonObject Get(RequestReader request)
    {
        ReadRequest read = ItemRequests.ReadGet(request);
        CapacityReport capacity = new(request);
        ReadResult result = service.Get(read);
        capacity.AddRead(result.Table, null, result.Item?.Size ?? 0, request.Boolean("ConsistentRead") ?? false);
        JsonObject response = [];
        if (result.Item is not null)
            response["Item"] = Encode(result.Item, read.Projection);
        return capacity.AddTo(response);
    }

    /// <summary><c>BatchWriteItem</c>. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html</summary>
    public JsonObject BatchWrite(RequestReader request)
    {
        ItemRequests.RefuseMetrics(request);
        IReadOnlyList<WriteAction> actions = ItemRequests.ReadBatchWrite(request);
        CapacityReport capacity = new(request);
        foreach (WriteResult result in service.BatchWrite(actions))
            capacity.AddWrite(result);
        return capacity.AddListTo(new JsonObject { ["UnprocessedItems"] = new JsonObject() });
    }

    /// <summary><c>BatchGetItem</c>. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html</summary>
    public JsonObject BatchGet(RequestReader request)
    {
        IReadOnlyList<BatchReadRequest> reads = ItemRequests.ReadBatchGet(request);
        RequestReader tables = request.RequiredStructure("RequestItems");
        CapacityReport capacity = new(request);
        JsonObject responses = [], unprocessed = [];
        foreach (((string name, JsonNode? asked), BatchReadRequest read, BatchReadResult result) in tables.Json.Zip(reads, service.BatchGet(reads)))
        {
            bool consistent = tables.RequiredStructure(name).Boolean("ConsistentRead") ?? false;
            foreach (StoredItem? item in result.Items)
                capacity.AddRead(result.Table, null, item?.Size ?? 0, consistent);
            responses[name] = new JsonArray([.. result.Items.OfType<StoredItem>().Select(item => Encode(item, read.Projection))]);
            if (result.Rest.Count > 0)
            {
                JsonObject rest = asked!.DeepClone().AsObject();
                rest["Keys"] = new JsonArray([.. result.Rest.Select(AttributeCodec.ToJson)]);
                unprocessed[name] = rest;
            }
        }
        return capacity.AddListTo(new JsonObject { ["Responses"] = responses, ["UnprocessedKeys"] = unprocessed });
    }

    /// <summary><c>TransactWriteItems</c>. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html</summary>
    public JsonObject TransactWrite(RequestReader request)
    {
        ItemRequests.RefuseMetrics(request);
        IReadOnlyList<WriteAction> actions = ItemRequests.ReadTransactWrite(request);
        string? token = request.Text("ClientRequestToken");
        if (token?.Length is < 1 or > 36)
            throw DynamoDbErrors.Constraint("clientRequestToken", token, "Member must have length less than or equal to 36");
        byte[] fingerprint = SHA256.HashData(Encoding.UTF8.GetBytes(request.Json["TransactItems"]!.ToJsonString()));
        string response = service.TransactWrite(actions, token, fingerprint, results =>
        {
            CapacityReport capacity = new(request, "Write");
            foreach (WriteResult result in results)
                capacity.AddWrite(result);
            return capacity.AddListTo([]).ToJsonString();
        });
        return JsonNode.Parse(response)!.AsObject();
    }

    /// <summary><c>TransactGetItems</c>. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactGetItems.html</summary>
    public JsonObject TransactGet(RequestReader request)
    {
        IReadOnlyList<ReadRequest> reads = ItemRequests.ReadTransactGet(request);
        CapacityReport capacity = new(request, "Read");
        JsonArray responses = [];
        foreach ((ReadRequest read, ReadResult result) in reads.Zip(service.TransactGet(reads)))
        {
            capacity.AddRead(result.Table, null, result.Item?.Size ?? 0, consistent: true);
            responses.Add((JsonNode)(result.Item is null ? [] : new JsonObject { ["Item"] = Encode(result.Item, read.Projection) }));
        }
        return capacity.AddListTo(new JsonObject { ["Responses"] = responses });
    }

    /// <summary><c>Query</c>. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html</summary>
    public JsonObject Query(RequestReader request) => Page(request, PageRequests.ReadQuery(request));

    /// <summary><c>Scan</c>. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Scan.html</summary>
    public JsonObject Scan(RequestReader request) => Page(request, PageRequests.ReadScan(request));

    private JsonObject Page(RequestReader request, PageRequest read)
    {
        CapacityReport capacity = new(request);
        Page page = queries.Read(read);
        capacity.AddRead(page.Table, page.Index, page.Bytes, read.Consistent);
        JsonObject response = new() { ["Count"] = page.Count, ["ScannedCount"] = page.ScannedCount };
        if (page.Items is not null)
            response["Items"] = new JsonArray([.. page.Items]);
        if (page.Last is not null)
            response["LastEvaluatedKey"] = AttributeCodec.ToJson(page.Last);
        return capacity.AddTo(response);
    }

    private JsonObject Write(RequestReader request, WriteAction action, string returns)
    {
        ItemRequests.RefuseMetrics(request);
        CapacityReport capacity = new(request);
        WriteResult result = service.Write(action);
        capacity.AddWrite(result);
        JsonObject response = [];
        if (Returned(action, result, returns) is JsonObject attributes)
            response["Attributes"] = attributes;
        return capacity.AddTo(response);
    }

    private static JsonObject? Returned(WriteAction action, WriteResult result, string returns)
    {
        Projection? touched = action is UpdateItemAction update && returns.StartsWith("UPDATED", StringComparison.Ordinal)
            ? new Projection([.. update.Updates.Select(each => each.Path)])
            : null;
        MapValue? item = returns switch
        {
            "ALL_OLD" or "UPDATED_OLD" => result.Old?.Item,
            "ALL_NEW" or "UPDATED_NEW" => result.New,
            _ => null,
        };
        if (item is not null && touched is not null)
            item = touched.Apply(item);
        return item is { Attributes.Count: > 0 } ? AttributeCodec.ToJson(item) : null;
    }

    private static string ReadReturn(RequestReader request, bool onlyOld)
    {
        string returns = request.Choice("ReturnValues", "ALL_NEW", "UPDATED_OLD", "ALL_OLD", "NONE", "UPDATED_NEW") ?? "NONE";
        return !onlyOld || returns is "NONE" or "ALL_OLD" ? returns : throw DynamoDbErrors.Validation("Return values set to invalid value");
    }

    private static JsonObject Encode(StoredItem item, Projection? projection) =>
        projection is null ? AttributeCodec.ToJson(item.Body) : AttributeCodec.ToJson(projection.Apply(item.Item));
}
