using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud.DynamoDb.Requests;
using Archiver.Infra.LocalCloud.Wire;

namespace Archiver.Infra.LocalCloud.DynamoDb;

/// <summary>
/// DynamoDB on the wire. The parameters of the time before expressions (<c>Expected</c>, <c>AttributeUpdates</c>, <c>KeyConditions</c> and
/// their kin), streams, backups, global tables and PartiQL are refused.
/// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/Welcome.html
/// </summary>
internal sealed class DynamoDbApi : JsonApi
{
    /// <summary>Registers the operations.</summary>
    public DynamoDbApi(TableOperations tables, ItemOperations items)
        : base("DynamoDB", "DynamoDB_20120810", "1.0", "com.amazonaws.dynamodb.v20120810")
    {
        Add("CreateTable", tables.Create);
        Add("DeleteTable", tables.Delete);
        Add("DescribeTable", tables.Describe);
        Add("ListTables", tables.List);
        Add("UpdateTable", tables.Update);
        Add("UpdateTimeToLive", tables.UpdateTimeToLive);
        Add("DescribeTimeToLive", tables.DescribeTimeToLive);
        Add("ListTagsOfResource", tables.ListTags);
        Add("TagResource", tables.Tag);
        Add("UntagResource", tables.Untag);
        Add("PutItem", items.Put);
        Add("GetItem", items.Get);
        Add("UpdateItem", items.Update);
        Add("DeleteItem", items.Delete);
        Add("Query", items.Query);
        Add("Scan", items.Scan);
        Add("BatchWriteItem", items.BatchWrite);
        Add("BatchGetItem", items.BatchGet);
        Add("TransactWriteItems", items.TransactWrite);
        Add("TransactGetItems", items.TransactGet);
    }

    /// <inheritdoc/>
    /// <remarks>As BatchWriteItem has it: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html.</remarks>
    public override long? MaxRequestBytes => 16 * 1024 * 1024;

    private void Add(string name, Func<RequestReader, JsonObject> operation) =>
        Operation(name, (request, _) => Task.FromResult(operation(new RequestReader(request))));
}
