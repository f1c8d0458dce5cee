using Microsoft.Data.Sqlite;

namespace Archiver.Infra.LocalCloud.DynamoDb.Rows;

/// <summary>Transactions that were carried out, by their client's token, so that a repeated request changes nothing.</summary>
internal sealed class TransactionRows(SqliteConnection connection)
{
    /// <summary>Finds a transaction that is still remembered: what was asked, and what was answered.</summary>
    /// <param name="token">The client's token.</param>
    /// <param name="now">The time, in seconds since 1970.</param>
    public (byte[] Request, string Response)? Find(string token, long now)
    {
        connection.Execute("DELETE FROM transactions WHERE expires_at <= ?1", now);
        using SqliteCommand command = connection.Statement("SELECT request, response FROM transactions WHERE token = ?1", token);
        using SqliteDataReader reader = command.ExecuteReader();
        return reader.Read() ? (reader.GetFieldValue<byte[]>(0), reader.GetString(1)) : null;
    }

    /// <summary>Remembers a transaction.</summary>
    public void Add(string token, byte[] request, string response, long expiresAt) => connection.Execute(
        "INSERT INTO transactions (token, request, response, expires_at) VALUES (?1, ?2, ?3, ?4)", token, request, response, expiresAt);
}
