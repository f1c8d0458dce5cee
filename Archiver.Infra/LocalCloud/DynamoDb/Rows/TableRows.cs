using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;
using Archiver.Infra.LocalCloud.DynamoDb.Tables;
using Microsoft.Data.Sqlite;

namespace Archiver.Infra.LocalCloud.DynamoDb.Rows;

/// <summary>
/// Definitions that were read before, by the stamp that every change of a definition renews. A transaction finds its table's stamp in its own
/// snapshot, so it can't see a definition of another moment.
/// </summary>
internal sealed class DefinitionCache : ConcurrentDictionary<string, TableDefinition>;

/// <summary>The tables' definitions and statistics.</summary>
internal sealed class TableRows(SqliteConnection connection, DefinitionCache cache)
{
    private static readonly JsonSerializerOptions Json = new() { Converters = { new JsonStringEnumConverter() } };

    /// <summary>Finds a table by name.</summary>
    public TableDefinition? Find(string name)
    {
        using SqliteCommand command = connection.Statement("SELECT stamp FROM tables WHERE name = ?1", name);
        if (command.ExecuteScalar() is not string stamp)
            return null;
        return cache.GetOrAdd(stamp, _ => Load(name));
    }

    /// <summary>Table names in their order, after one.</summary>
    /// <param name="after">The name to start after; nothing to start at the first.</param>
    /// <param name="limit">The most names to give.</param>
    public IReadOnlyList<string> Names(string? after, int limit)
    {
        using SqliteCommand command = connection.Statement("SELECT name FROM tables WHERE name > ?1 ORDER BY name LIMIT ?2", after ?? "", limit);
        using SqliteDataReader reader = command.ExecuteReader();
        List<string> names = [];
        while (reader.Read())
            names.Add(reader.GetString(0));
        return names;
    }

    /// <summary>Adds a table and gives it back with its numbers.</summary>
    public TableDefinition Add(TableDefinition table)
    {
        long id = connection.Number("INSERT INTO tables (name, stamp, definition) VALUES (?1, '', '') RETURNING id", table.Name);
        return Update(table with { Id = id });
    }

    /// <summary>Changes a table. Indexes without a number get one; they are empty until their entries are made.</summary>
    public TableDefinition Update(TableDefinition table)
    {
        table = table with { Indexes = [.. table.Indexes.Select(index => index.Id != 0 ? index : index with { Id = NewIndex(table.Id) })] };
        connection.Execute(
            "UPDATE tables SET stamp = ?2, definition = ?3 WHERE id = ?1", table.Id, Guid.NewGuid().ToString("N"), JsonSerializer.Serialize(table, Json));
        return table;
    }

    /// <summary>Drops a table. What it held is cleared away later.</summary>
    public void Drop(TableDefinition table)
    {
        connection.Execute("DELETE FROM tables WHERE id = ?1", table.Id);
        connection.Execute("INSERT INTO leftovers (kind, id) VALUES ('items', ?1)", table.Id);
        foreach (SecondaryIndex index in table.Indexes)
            DropIndex(index.Id);
    }

    /// <summary>Drops an index. Its entries are cleared away later.</summary>
    public void DropIndex(long indexId)
    {
        connection.Execute("DELETE FROM indexes WHERE id = ?1", indexId);
        connection.Execute("INSERT INTO leftovers (kind, id) VALUES ('entries', ?1)", indexId);
    }

    /// <summary>How much a table holds.</summary>
    public Statistics TableStatistics(long tableId) => ReadStatistics("SELECT item_count, size_bytes FROM tables WHERE id = ?1", tableId);

    /// <summary>How much an index holds.</summary>
    public Statistics IndexStatistics(long indexId) => ReadStatistics("SELECT item_count, size_bytes FROM indexes WHERE id = ?1", indexId);

    private Statistics ReadStatistics(string statement, long id)
    {
        using SqliteCommand command = connection.Statement(statement, id);
        using SqliteDataReader reader = command.ExecuteReader();
        return reader.Read() ? new Statistics(reader.GetInt64(0), reader.GetInt64(1)) : default;
    }

    private TableDefinition Load(string name)
    {
        using SqliteCommand command = connection.Statement("SELECT definition FROM tables WHERE name = ?1", name);
        return JsonSerializer.Deserialize<TableDefinition>((string)command.ExecuteScalar()!, Json)!;
    }

    private long NewIndex(long tableId) => connection.Number("INSERT INTO indexes (table_id) VALUES (?1) RETURNING id", tableId);
}
