using Archiver.Infra.LocalCloud.DynamoDb.Items;
using Archiver.Infra.LocalCloud.DynamoDb.Tables;
using Microsoft.Data.Sqlite;

namespace Archiver.Infra.LocalCloud.DynamoDb.Rows;

/// <summary>One end of a range of sort keys.</summary>
/// <param name="Bytes">The encoded sort key.</param>
/// <param name="Inclusive">Whether the key itself is in the range.</param>
internal sealed record SortBound(byte[] Bytes, bool Inclusive);

/// <summary>Where a row stands: its item's key, and in an index the index's key before it.</summary>
internal sealed record RowPosition(ItemKey Item, ItemKey? Index);

/// <summary>Which rows to read, in the order of their keys.</summary>
internal sealed record RowRange
{
    /// <summary>The one partition to read; nothing to read through all of <see cref="FirstHash"/> to <see cref="LastHash"/>.</summary>
    public byte[]? Partition { get; init; }

    /// <summary>The lower end of the partition's sort keys.</summary>
    public SortBound? Low { get; init; }

    /// <summary>The upper end of the partition's sort keys.</summary>
    public SortBound? High { get; init; }

    /// <summary>The lowest hash of a partition key.</summary>
    public long FirstHash { get; init; }

    /// <summary>The highest hash of a partition key.</summary>
    public long LastHash { get; init; } = ItemKey.HashCount - 1;

    /// <summary>The row to go on after, which lies in the range.</summary>
    public RowPosition? After { get; init; }

    /// <summary>Ascending, or descending within a partition.</summary>
    public bool Forward { get; init; } = true;
}

/// <summary>A row of a range.</summary>
/// <param name="Position">Where it stands.</param>
/// <param name="Size">The size that counts: the item's, or in an index the projected item's.</param>
/// <param name="ItemSize">The whole item's size; that of <paramref name="Size"/> where bodies are not read.</param>
/// <param name="Body">The whole item, encoded; empty where bodies are not read.</param>
internal readonly record struct PageRow(RowPosition Position, int Size, int ItemSize, byte[] Body);

/// <summary>Reads the items by ranges of their keys, or of an index's. Each range is one seek in a B-tree and a walk from there.</summary>
internal sealed class PageRows(SqliteConnection connection)
{
    /// <summary>Reads rows one by one; who stops early reads no further.</summary>
    /// <param name="table">The table.</param>
    /// <param name="index">The index, or nothing for the table itself.</param>
    /// <param name="range">Which rows.</param>
    /// <param name="withBodies">Whether the items themselves are wanted.</param>
    public IEnumerable<PageRow> Read(TableDefinition table, SecondaryIndex? index, RowRange range, bool withBodies)
    {
        using SqliteCommand command = Command(table, index, range, withBodies);
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            ItemKey key = new(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1), reader.GetFieldValue<byte[]>(2));
            int size = reader.GetInt32(3);
            byte[] body = withBodies ? reader.GetFieldValue<byte[]>(5) : [];
            RowPosition position = new(key, null);
            if (index is not null)
            {
                byte[] partition = reader.GetFieldValue<byte[]>(6);
                position = new RowPosition(new ItemKey(ItemKey.HashOf(partition), partition, reader.GetFieldValue<byte[]>(7)), key);
            }
            yield return new PageRow(position, size, reader.GetInt32(4), body);
        }
    }

    /// <summary>The statement of a range, for tests to ask SQLite how it would go about it.</summary>
    internal SqliteCommand Command(TableDefinition table, SecondaryIndex? index, RowRange range, bool withBodies, string prefix = "")
    {
        // CROSS JOIN holds SQLite to the order that is written: through the index's entries to their items.
        string from = index is null
            ? $"SELECT hash, pk, sk, size, size{(withBodies ? ", body" : "")} FROM items WHERE table_id = ?1"
            : withBodies
                ? "SELECT e.hash, e.pk, e.sk, e.size, i.size, i.body, e.item_pk, e.item_sk FROM entries e CROSS JOIN items i ON i.id = e.item_id WHERE index_id = ?1"
                : "SELECT e.hash, e.pk, e.sk, e.size, e.size, NULL, e.item_pk, e.item_sk FROM entries e WHERE index_id = ?1";
        string alias = index is null ? "" : "e.";
        List<object> parameters = [index?.Id ?? table.Id];
        List<string> conditions = [];
        string Next(object value)
        {
            parameters.Add(value);
            return $"?{parameters.Count}";
        }

        // What tells two rows apart beyond the partition: the position to go on after is compared on all of it at once.
        List<string> order = index is null ? [$"{alias}sk"] : ["e.sk", "e.item_pk", "e.item_sk"];
        List<object> after = range.After is null ? [] : index is null
            ? [range.After.Item.Sort]
            : [range.After.Index!.Sort, range.After.Item.Partition, range.After.Item.Sort];
        if (range.Partition is not null)
        {
            conditions.Add($"{alias}hash = {Next(ItemKey.HashOf(range.Partition))} AND {alias}pk = {Next(range.Partition)}");
            // The position lies within the bounds, so it takes the place of the one that it is nearer than.
            if (range.Low is not null && (range.After is null || !range.Forward))
                conditions.Add($"{alias}sk >{(range.Low.Inclusive ? "=" : "")} {Next(range.Low.Bytes)}");
            if (range.High is not null && (range.After is null || range.Forward))
                conditions.Add($"{alias}sk <{(range.High.Inclusive ? "=" : "")} {Next(range.High.Bytes)}");
        }
        else
        {
            order.InsertRange(0, [$"{alias}hash", $"{alias}pk"]);
            if (range.After is RowPosition position)
            {
                ItemKey start = position.Index ?? position.Item;
                after.InsertRange(0, [start.Hash, start.Partition]);
            }
            else
            {
                conditions.Add($"{alias}hash >= {Next(range.FirstHash)}");
            }
            conditions.Add($"{alias}hash <= {Next(range.LastHash)}");
        }
        if (after.Count > 0)
            conditions.Add($"({string.Join(", ", order)}) {(range.Forward ? ">" : "<")} ({string.Join(", ", after.Select(Next))})");
        string direction = range.Forward ? "" : " DESC";
        return connection.Statement(
            $"{prefix}{from} AND {string.Join(" AND ", conditions)} ORDER BY {string.Join(", ", order.Select(column => column + direction))}",
            [.. parameters]);
    }
}
