using System.Xml.Linq;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Archiver.Web.Cloud;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Archiver.Web.Identity.Sessions;

/// <summary>
/// Keeps the keys of data protection in the dashboards' table, all of them in one row: there is a new one every ninety days, and
/// they are read together. Whoever may read the table can open what they protect, the provider's tokens in it among that.
/// </summary>
internal sealed class KeyRepository(IAmazonDynamoDB dynamoDb, CloudResources cloud) : IXmlRepository
{
    private const string Keys = "Keys";

    private static readonly Dictionary<string, AttributeValue> Row = new() { ["Id"] = new AttributeValue("keys#data-protection") };

    /// <inheritdoc/>
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        GetItemResponse response = Wait(() => dynamoDb.GetItemAsync(new GetItemRequest { TableName = cloud.DashboardTable, Key = Row, ConsistentRead = true }));
        return response.IsItemSet ? [.. response.Item[Keys].L.Select(element => XElement.Parse(element.S))] : [];
    }

    /// <inheritdoc/>
    public void StoreElement(XElement element, string friendlyName) => Wait(() => dynamoDb.UpdateItemAsync(new UpdateItemRequest
    {
        TableName = cloud.DashboardTable,
        Key = Row,
        UpdateExpression = "SET #keys = list_append(if_not_exists(#keys, :none), :key)",
        ExpressionAttributeNames = new() { ["#keys"] = Keys },
        ExpressionAttributeValues = new()
        {
            [":none"] = new AttributeValue { L = [], IsLSet = true },
            [":key"] = new AttributeValue { L = [new AttributeValue(element.ToString(SaveOptions.DisableFormatting))] },
        },
    }));

    // Data protection asks on a thread that waits. The call runs on another, so that it waits for nothing that waits for it.
    private static T Wait<T>(Func<Task<T>> call) => Task.Run(call).GetAwaiter().GetResult();
}
