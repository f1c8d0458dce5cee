using Archiver.Infra.LocalCloud.DynamoDb.Tables;
using Archiver.Infra.LocalCloud.DynamoDb.Values;
using Archiver.Infra.LocalCloud.Wire;

namespace Archiver.Infra.LocalCloud.DynamoDb.Items;

/// <summary>What DynamoDB asks of an item's keys.</summary>
internal static class KeyRules
{
    /// <summary>The longest partition key, in bytes.</summary>
    public const int MaxHashBytes = 2048;

    /// <summary>The longest sort key, in bytes.</summary>
    public const int MaxRangeBytes = 1024;

    /// <summary>The key that a request names an item by: the attributes of the table's key and no others.</summary>
    /// <exception cref="AwsError"><c>ValidationException</c>.</exception>
    public static ItemKey OfKey(TableDefinition table, MapValue key)
    {
        if (ItemKey.Of(table.Key, key) is not ItemKey itemKey || key.Attributes.Count != table.Key.Attributes.Count())
            throw DynamoDbErrors.KeyMismatch();
        CheckSizes(table.Key, itemKey);
        return itemKey;
    }

    /// <summary>The key of a whole item, which may have any other attributes.</summary>
    /// <exception cref="AwsError"><c>ValidationException</c>.</exception>
    public static ItemKey OfItem(TableDefinition table, MapValue item)
    {
        foreach (KeyAttribute attribute in table.Key.Attributes)
        {
            AttributeType? actual = item.Find(attribute.Name)?.Type;
            if (actual is null)
                throw DynamoDbErrors.InvalidParameter($"Missing the key {attribute.Name} in the item");
            if (actual != attribute.Type)
                throw DynamoDbErrors.InvalidParameter($"Type mismatch for key {attribute.Name} expected: {attribute.Type} actual: {actual}");
        }
        ItemKey key = ItemKey.Of(table.Key, item)!;
        CheckSizes(table.Key, key);
        return key;
    }

    /// <summary>Refuses an item whose attributes do not fit the keys of the table's indexes. An index leaves out an item that lacks one.</summary>
    /// <param name="table">The table.</param>
    /// <param name="item">The item as it is to be.</param>
    /// <param name="updated">The attributes that an update touches, which alone are looked at then; nothing when the item is put whole.</param>
    /// <exception cref="AwsError"><c>ValidationException</c>.</exception>
    public static void CheckIndexKeys(TableDefinition table, MapValue item, IReadOnlySet<string>? updated = null)
    {
        foreach (SecondaryIndex index in table.Indexes)
        {
            foreach (KeyAttribute attribute in index.Key.Attributes)
            {
                if (item.Find(attribute.Name) is not AttributeValue value || updated?.Contains(attribute.Name) == false)
                    continue;
                if (value.Type != attribute.Type)
                {
                    throw updated is null
                        ? DynamoDbErrors.InvalidParameter($"Type mismatch for Index Key {attribute.Name} Expected: {attribute.Type} Actual: {value.Type} IndexName: {index.Name}")
                        : DynamoDbErrors.InvalidParameter("The update expression attempted to update the secondary index key to unsupported type");
                }
                int length = ItemKey.Encode(value).Length;
                if (length == 0)
                {
                    string empty = $"The AttributeValue for a key attribute cannot contain an empty {Kind(attribute.Type)} value.";
                    throw DynamoDbErrors.Validation(updated is null
                        ? $"One or more parameter values are not valid. A value specified for a secondary index key is not supported. {empty} IndexName: {index.Name}, IndexKey: {attribute.Name}"
                        : $"One or more parameter values are not valid. The update expression attempted to update a secondary index key to a value that is not supported. {empty}");
                }
                CheckSize(attribute == index.Key.Hash, attribute.Type, length);
            }
        }
    }

    private static void CheckSizes(KeySchema schema, ItemKey key)
    {
        foreach (KeyAttribute attribute in schema.Attributes)
        {
            bool isHash = attribute == schema.Hash;
            int length = (isHash ? key.Partition : key.Sort).Length;
            if (length == 0)
            {
                throw DynamoDbErrors.Validation(
                    $"One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty {Kind(attribute.Type)} value. Key: {attribute.Name}");
            }
            CheckSize(isHash, attribute.Type, length);
        }
    }

    private static void CheckSize(bool isHash, AttributeType type, int length)
    {
        if (type == AttributeType.N)
            return;
        if (isHash && length > MaxHashBytes)
            throw DynamoDbErrors.InvalidParameter($"Size of hashkey has exceeded the maximum size limit of{MaxHashBytes} bytes"); // without the space, as AWS has it
        if (!isHash && length > MaxRangeBytes)
            throw DynamoDbErrors.InvalidParameter($"Aggregated size of all range keys has exceeded the size limit of {MaxRangeBytes} bytes");
    }

    private static string Kind(AttributeType type) => type == AttributeType.S ? "string" : "binary";
}
