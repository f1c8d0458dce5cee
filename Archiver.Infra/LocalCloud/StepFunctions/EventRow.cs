using Archiver.Infra.StatesLanguage;
using Archiver.Infra.StatesLanguage.Data;
using Microsoft.Data.Sqlite;

namespace Archiver.Infra.LocalCloud.StepFunctions;

/// <summary>A history event as SQLite gives it.</summary>
internal sealed record EventRow
{
    public long Id { get; init; }

    public long Previous { get; init; }

    public long At { get; init; }

    public string Type { get; init; } = "";

    public string? DetailsName { get; init; }

    public string? Details { get; init; }
}

/// <summary>Writes history events: the most frequent statement of all, so its command is prepared once a transaction.</summary>
internal static class EventWriter
{
    /// <summary>Appends events to an execution's history.</summary>
    public static void Write(SqliteConnection connection, long execution, IReadOnlyList<HistoryEvent> events)
    {
        if (events.Count == 0)
            return;
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText =
            "INSERT INTO event (execution, id, previous, at, type, details_name, details) VALUES ($execution, $id, $previous, $at, $type, $name, $details)";
        command.Parameters.AddWithValue("$execution", execution);
        SqliteParameter id = command.Parameters.Add("$id", SqliteType.Integer);
        SqliteParameter previous = command.Parameters.Add("$previous", SqliteType.Integer);
        SqliteParameter at = command.Parameters.Add("$at", SqliteType.Integer);
        SqliteParameter type = command.Parameters.Add("$type", SqliteType.Text);
        SqliteParameter name = command.Parameters.Add("$name", SqliteType.Text);
        SqliteParameter details = command.Parameters.Add("$details", SqliteType.Text);
        foreach (HistoryEvent entry in events)
        {
            id.Value = entry.Id;
            previous.Value = entry.PreviousEventId;
            at.Value = entry.Timestamp.UtcTicks;
            type.Value = entry.Type;
            name.Value = (object?)entry.DetailsName ?? DBNull.Value;
            details.Value = entry.Details is null ? DBNull.Value : JsonText.Write(entry.Details);
            command.ExecuteNonQuery();
        }
    }
}
