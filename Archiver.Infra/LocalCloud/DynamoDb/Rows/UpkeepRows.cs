using Archiver.Infra.LocalCloud.DynamoDb.Values;
using Microsoft.Data.Sqlite;

namespace Archiver.Infra.LocalCloud.DynamoDb.Rows;

/// <summary>What is to be cleared away: items that expired, and what dropped tables and indexes left.</summary>
internal sealed class UpkeepRows(SqliteConnection connection)
{
    /// <summary>Items that are past their expiry, oldest first: their tables' names and their bodies.</summary>
    /// <param name="from">The earliest expiry that counts, in seconds since 1970.</param>
    /// <param name="until">The latest.</param>
    /// <param name="limit">The most items to give.</param>
    public IReadOnlyList<(string Table, MapValue Item)> Expired(long from, long until, int limit)
    {
        using SqliteCommand command = connection.Statement(
            """
            SELECT tables.name, items.body FROM items JOIN tables ON tables.id = items.table_id
            WHERE items.expires_at BETWEEN ?1 AND ?2 ORDER BY items.expires_at LIMIT ?3
            """,
            from, until, limit);
        using SqliteDataReader reader = command.ExecuteReader();
        List<(string, MapValue)> expired = [];
        while (reader.Read())
            expired.Add((reader.GetString(0), AttributeCodec.Decode(reader.GetFieldValue<byte[]>(1))));
        return expired;
    }

    /// <summary>Clears away some of what a dropped table or index left.</summary>
    /// <param name="limit">The most rows to delete.</param>
    /// <returns>Whether there was anything.</returns>
    public bool ClearLeftovers(int limit)
    {
        string kind;
        long id;
        using (SqliteCommand command = connection.Statement("SELECT kind, id FROM leftovers LIMIT 1"))
        using (SqliteDataReader reader = command.ExecuteReader())
        {
            if (!reader.Read())
                return false;
            (kind, id) = (reader.GetString(0), reader.GetInt64(1));
        }
        int deleted = kind == "items"
            ? connection.Execute("DELETE FROM items WHERE id IN (SELECT id FROM items WHERE table_id = ?1 LIMIT ?2)", id, limit)
            : connection.Execute(
                """
                DELETE FROM entries WHERE index_id = ?1 AND (hash, pk, sk, item_pk, item_sk) IN
                    (SELECT hash, pk, sk, item_pk, item_sk FROM entries WHERE index_id = ?1 LIMIT ?2)
                """,
                id, limit);
        if (deleted < limit)
            connection.Execute("DELETE FROM leftovers WHERE kind = ?1 AND id = ?2", kind, id);
        return true;
    }
}
