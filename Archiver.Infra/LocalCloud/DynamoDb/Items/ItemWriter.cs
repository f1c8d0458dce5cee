using Archiver.Infra.LocalCloud.DynamoDb.Expressions;
using Archiver.Infra.LocalCloud.DynamoDb.Rows;
using Archiver.Infra.LocalCloud.DynamoDb.Tables;
using Archiver.Infra.LocalCloud.DynamoDb.Values;
using Archiver.Infra.LocalCloud.Wire;

namespace Archiver.Infra.LocalCloud.DynamoDb.Items;

/// <summary>
/// Carries out one action within a write transaction. The condition is judged on the very item that is written, with no other writer in
/// between, which is what makes a conditional write the one atomic step that races are settled by.
/// </summary>
internal static class ItemWriter
{
    /// <summary>Carries out an action.</summary>
    /// <exception cref="AwsError">The item's keys, size or condition forbid it; then nothing has changed.</exception>
    public static WriteResult Apply(StoreSession session, WriteAction action)
    {
        TableDefinition table = session.Tables.Find(action.TableName) ?? throw DynamoDbErrors.TableMissing();
        ItemKey key = CheckedKey(table, action);
        StoredItem? old = session.Items.Find(table, key);
        if (action.Condition is not null && !ConditionEvaluator.Matches(action.Condition, old?.Item ?? MapValue.Empty))
            throw DynamoDbErrors.ConditionFailed(action.ShowsItemOnFailure && old is not null ? AttributeCodec.ToJson(old.Body) : null);
        return action switch
        {
            PutAction put => Put(session, table, key, old, put.Item),
            UpdateItemAction update => Update(session, table, key, old, update),
            DeleteItemAction => new WriteResult(table, key, old, null, 0, old is null ? [] : session.Items.Delete(table, key, old)),
            _ => new WriteResult(table, key, old, old?.Item, old?.Size ?? 0, []),
        };
    }

    private static ItemKey CheckedKey(TableDefinition table, WriteAction action)
    {
        switch (action)
        {
            case PutAction put:
                ItemKey key = KeyRules.OfItem(table, put.Item);
                KeyRules.CheckIndexKeys(table, put.Item);
                return key;
            case UpdateItemAction update:
                if (update.Updates.FirstOrDefault(each => table.Key.Contains(each.Path.Root)) is UpdateAction forbidden)
                    throw DynamoDbErrors.InvalidParameter($"Cannot update attribute {forbidden.Path.Root}. This attribute is part of the key");
                return KeyRules.OfKey(table, update.Key);
            case DeleteItemAction delete:
                return KeyRules.OfKey(table, delete.Key);
            default:
                return KeyRules.OfKey(table, ((CheckAction)action).Key);
        }
    }

    private static WriteResult Put(StoreSession session, TableDefinition table, ItemKey key, StoredItem? old, MapValue item)
    {
        int size = ItemSize.Of(item);
        if (size > ItemSize.MaxItemBytes)
            throw DynamoDbErrors.Validation("Item size has exceeded the maximum allowed size");
        return new WriteResult(table, key, old, item, size, session.Items.Put(table, key, old, item, size));
    }

    private static WriteResult Update(StoreSession session, TableDefinition table, ItemKey key, StoredItem? old, UpdateItemAction update)
    {
        MapValue item = UpdateApplier.Apply(update.Updates, old?.Item ?? update.Key);
        // An update that only takes away makes no item where there is none; an empty one does.
        if (old is null && update.Updates.Count > 0 && update.Updates.All(each => each is RemoveAction or DeleteAction))
            return new WriteResult(table, key, null, null, 0, []);
        KeyRules.CheckIndexKeys(table, item, update.Updates.Select(each => each.Path.Root).ToHashSet());
        int size = ItemSize.Of(item);
        if (size > ItemSize.MaxItemBytes)
            throw DynamoDbErrors.Validation("Item size to update has exceeded the maximum allowed size");
        return new WriteResult(table, key, old, item, size, session.Items.Put(table, key, old, item, size));
    }
}
