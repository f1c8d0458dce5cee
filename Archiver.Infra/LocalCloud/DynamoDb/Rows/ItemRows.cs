using Archiver.Infra.LocalCloud.DynamoDb.Items;
using Archiver.Infra.LocalCloud.DynamoDb.Tables;
using Archiver.Infra.LocalCloud.DynamoDb.Values;
using Microsoft.Data.Sqlite;

namespace Archiver.Infra.LocalCloud.DynamoDb.Rows;

/// <summary>An item as it is kept.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Size">Its size, as DynamoDB counts it.</param>
/// <param name="Body">Its attributes, encoded.</param>
internal sealed record StoredItem(long Id, int Size, byte[] Body)
{
    private MapValue? _item;

    /// <summary>Its attributes.</summary>
    public MapValue Item => _item ??= AttributeCodec.Decode(Body);
}

/// <summary>What a write did to one index, in bytes, for the capacity that it takes.</summary>
/// <param name="Index">The index.</param>
/// <param name="Removed">The size of the entry that was taken out; 0 where none was.</param>
/// <param name="Added">The size of the entry that was put in; 0 where none was.</param>
/// <param name="InPlace">The entry kept its key.</param>
internal sealed record IndexChange(SecondaryIndex Index, int Removed, int Added, bool InPlace);

/// <summary>The items and the indexes' entries, kept in step with each other and with the statistics.</summary>
internal sealed class ItemRows(SqliteConnection connection)
{
    private sealed record Entry(ItemKey Key, int Size);

    /// <summary>Finds an item.</summary>
    public StoredItem? Find(TableDefinition table, ItemKey key)
    {
        using SqliteCommand command = connection.Statement(
            "SELECT id, size, body FROM items WHERE table_id = ?1 AND hash = ?2 AND pk = ?3 AND sk = ?4", table.Id, key.Hash, key.Partition, key.Sort);
        using SqliteDataReader reader = command.ExecuteReader();
        return reader.Read() ? new StoredItem(reader.GetInt64(0), reader.GetInt32(1), reader.GetFieldValue<byte[]>(2)) : null;
    }

    /// <summary>Puts an item in the place of what was there.</summary>
    /// <param name="table">The table.</param>
    /// <param name="key">The item's key.</param>
    /// <param name="old">What was there, from <see cref="Find"/> in this transaction.</param>
    /// <param name="item">The item.</param>
    /// <param name="size">Its size, as DynamoDB counts it.</param>
    /// <returns>What became of the indexes.</returns>
    public IReadOnlyList<IndexChange> Put(TableDefinition table, ItemKey key, StoredItem? old, MapValue item, int size)
    {
        byte[] body = AttributeCodec.Encode(item);
        long? expiry = Expiry(table, item);
        long id;
        if (old is null)
        {
            id = connection.Number(
                "INSERT INTO items (table_id, hash, pk, sk, size, expires_at, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) RETURNING id",
                table.Id, key.Hash, key.Partition, key.Sort, size, expiry, body);
        }
        else
        {
            id = old.Id;
            connection.Execute("UPDATE items SET size = ?2, expires_at = ?3, body = ?4 WHERE id = ?1", id, size, expiry, body);
        }
        CountItems(table, old is null ? 1 : 0, size - (old?.Size ?? 0));
        return UpdateEntries(table, key, id, old, item);
    }

    /// <summary>Deletes an item.</summary>
    /// <returns>What became of the indexes.</returns>
    public IReadOnlyList<IndexChange> Delete(TableDefinition table, ItemKey key, StoredItem old)
    {
        connection.Execute("DELETE FROM items WHERE id = ?1", old.Id);
        CountItems(table, -1, -old.Size);
        return UpdateEntries(table, key, old.Id, old, null);
    }

    /// <summary>Makes the entries of new indexes from the items that are there. One that does not fit an index's key is left out of it.</summary>
    public void Backfill(TableDefinition table, IReadOnlyCollection<SecondaryIndex> indexes)
    {
        using SqliteCommand command = connection.Statement("SELECT id, hash, pk, sk, body FROM items WHERE table_id = ?1", table.Id);
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            MapValue item = AttributeCodec.Decode(reader.GetFieldValue<byte[]>(4));
            ItemKey key = new(reader.GetInt64(1), reader.GetFieldValue<byte[]>(2), reader.GetFieldValue<byte[]>(3));
            foreach (SecondaryIndex index in indexes)
                UpdateEntry(table, index, key, reader.GetInt64(0), null, item);
        }
    }

    /// <summary>Sets every item's expiry anew, after the table's attribute for it changed.</summary>
    public void SetExpiries(TableDefinition table)
    {
        connection.Execute("UPDATE items SET expires_at = NULL WHERE table_id = ?1 AND expires_at IS NOT NULL", table.Id);
        if (table.TimeToLiveAttribute is null)
            return;
        List<(long Id, long Expiry)> expiries = [];
        using (SqliteCommand command = connection.Statement("SELECT id, body FROM items WHERE table_id = ?1", table.Id))
        using (SqliteDataReader reader = command.ExecuteReader())
        {
            while (reader.Read())
            {
                if (Expiry(table, AttributeCodec.Decode(reader.GetFieldValue<byte[]>(1))) is long expiry)
                    expiries.Add((reader.GetInt64(0), expiry));
            }
        }
        foreach ((long id, long expiry) in expiries)
            connection.Execute("UPDATE items SET expires_at = ?2 WHERE id = ?1", id, expiry);
    }

    private static long? Expiry(TableDefinition table, MapValue item) =>
        table.TimeToLiveAttribute is string attribute && item.Find(attribute) is NumberValue seconds ? seconds.Number.Floor() : null;

    // A table without indexes never decodes what was there.
    private List<IndexChange> UpdateEntries(TableDefinition table, ItemKey key, long itemId, StoredItem? old, MapValue? item) =>
        [.. table.Indexes.Select(index => UpdateEntry(table, index, key, itemId, old?.Item, item)).OfType<IndexChange>()];

    private IndexChange? UpdateEntry(TableDefinition table, SecondaryIndex index, ItemKey key, long itemId, MapValue? old, MapValue? item)
    {
        Entry? before = EntryOf(table, index, old);
        Entry? after = EntryOf(table, index, item);
        bool inPlace = before is not null && after is not null && before.Key == after.Key;
        if (inPlace)
        {
            if (before!.Size != after!.Size)
            {
                connection.Execute(
                    "UPDATE entries SET size = ?7 WHERE index_id = ?1 AND hash = ?2 AND pk = ?3 AND sk = ?4 AND item_pk = ?5 AND item_sk = ?6",
                    index.Id, after.Key.Hash, after.Key.Partition, after.Key.Sort, key.Partition, key.Sort, after.Size);
            }
            else if (SameProjection(table, index, old!, item!))
            {
                return null; // nothing that the index shows has changed
            }
        }
        else
        {
            if (before is not null)
            {
                connection.Execute(
                    "DELETE FROM entries WHERE index_id = ?1 AND hash = ?2 AND pk = ?3 AND sk = ?4 AND item_pk = ?5 AND item_sk = ?6",
                    index.Id, before.Key.Hash, before.Key.Partition, before.Key.Sort, key.Partition, key.Sort);
            }
            if (after is not null)
            {
                connection.Execute(
                    "INSERT INTO entries (index_id, hash, pk, sk, item_pk, item_sk, item_id, size) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                    index.Id, after.Key.Hash, after.Key.Partition, after.Key.Sort, key.Partition, key.Sort, itemId, after.Size);
            }
        }
        if (before is null && after is null)
            return null;
        int count = (after is null ? 0 : 1) - (before is null ? 0 : 1);
        int bytes = (after?.Size ?? 0) - (before?.Size ?? 0);
        if (count != 0 || bytes != 0)
            connection.Execute("UPDATE indexes SET item_count = item_count + ?2, size_bytes = size_bytes + ?3 WHERE id = ?1", index.Id, count, bytes);
        return new IndexChange(index, before?.Size ?? 0, after?.Size ?? 0, inPlace);
    }

    private static Entry? EntryOf(TableDefinition table, SecondaryIndex index, MapValue? item) =>
        item is not null && ItemKey.Of(index.Key, item) is ItemKey key && IsWithinLimits(index, key)
            ? new Entry(key, ItemSize.Of(item, attribute => index.Projects(table.Key, attribute)))
            : null;

    /// <summary>A write is refused before it gets here; this leaves out what was there before its index was.</summary>
    private static bool IsWithinLimits(SecondaryIndex index, ItemKey key) =>
        key.Partition.Length is > 0 and <= KeyRules.MaxHashBytes
        && (index.Key.Range is null || key.Sort.Length is > 0 and <= KeyRules.MaxRangeBytes);

    private static bool SameProjection(TableDefinition table, SecondaryIndex index, MapValue old, MapValue item) =>
        Projected(table, index, old).Equals(Projected(table, index, item));

    private static MapValue Projected(TableDefinition table, SecondaryIndex index, MapValue item) =>
        new(item.Attributes.Where(attribute => index.Projects(table.Key, attribute.Key)).ToDictionary());

    private void CountItems(TableDefinition table, int count, int bytes)
    {
        if (count != 0 || bytes != 0)
            connection.Execute("UPDATE tables SET item_count = item_count + ?2, size_bytes = size_bytes + ?3 WHERE id = ?1", table.Id, count, bytes);
    }
}
