using Microsoft.Data.Sqlite;

namespace Archiver.Infra.LocalCloud.DynamoDb.Rows;

/// <summary>Short forms for parametrised statements. Parameters are positional: <c>?1</c>, <c>?2</c>, …</summary>
internal static class Sql
{
    /// <summary>Prepares a statement.</summary>
    public static SqliteCommand Statement(this SqliteConnection connection, string text, params ReadOnlySpan<object?> parameters)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = text;
        for (int i = 0; i < parameters.Length; i++)
            command.Parameters.AddWithValue(ParameterNames[i], parameters[i] ?? DBNull.Value);
        return command;
    }

    /// <summary>Runs a statement and gives the number of rows that it changed.</summary>
    public static int Execute(this SqliteConnection connection, string text, params ReadOnlySpan<object?> parameters)
    {
        using SqliteCommand command = connection.Statement(text, parameters);
        return command.ExecuteNonQuery();
    }

    /// <summary>Runs a statement that gives one whole number.</summary>
    public static long Number(this SqliteConnection connection, string text, params ReadOnlySpan<object?> parameters)
    {
        using SqliteCommand command = connection.Statement(text, parameters);
        return (long)command.ExecuteScalar()!;
    }

    private static readonly string[] ParameterNames = [.. Enumerable.Range(1, 20).Select(number => $"?{number}")];
}
