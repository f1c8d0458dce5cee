using Archiver.Infra.LocalCloud.Storage;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Archiver.Infra.LocalCloud.Sqs;

/// <summary>A task that sends dead letters back.</summary>
/// <param name="Id">Its number in the store.</param>
/// <param name="Handle">By which a client cancels it.</param>
/// <param name="SourceArn">The dead-letter queue.</param>
/// <param name="DestinationArn">Whither; nothing for the queue that each message came from.</param>
/// <param name="Rate">Messages a second at most; nothing for as many as go.</param>
/// <param name="Status"><c>RUNNING</c>, <c>COMPLETED</c>, <c>CANCELLED</c> or <c>FAILED</c>.</param>
/// <param name="StartedAt">In milliseconds since 1970.</param>
/// <param name="ToMove">How many there were to move when it started.</param>
/// <param name="Moved">How many it has moved.</param>
/// <param name="Failure">Why it failed.</param>
internal sealed record MoveTask(
    long Id, string Handle, string SourceArn, string? DestinationArn, long? Rate, string Status, long StartedAt, long ToMove, long Moved, string? Failure)
{
    public const string Running = "RUNNING";
    public const string Completed = "COMPLETED";
    public const string Cancelled = "CANCELLED";
    public const string Failed = "FAILED";
}

/// <summary>The move tasks on disk: one that is under way goes on after a restart.</summary>
internal sealed class MoveTaskStore(Database database)
{
    private const int UniqueViolation = 2067;

    private const string Columns =
        """
        id AS Id, handle AS Handle, source_arn AS SourceArn, destination_arn AS DestinationArn, rate AS Rate, status AS Status,
        started_at AS StartedAt, to_move AS ToMove, moved AS Moved, failure AS Failure
        """;

    /// <summary>Keeps a new task.</summary>
    /// <returns>The task, or nothing when one is under way for that queue.</returns>
    public MoveTask? Add(string handle, string sourceArn, string? destinationArn, int? rate, long toMove, DateTimeOffset now)
    {
        try
        {
            return database.Write(connection => connection.QuerySingle<MoveTask>(
                $"""
                INSERT INTO move_tasks (handle, source_arn, destination_arn, rate, status, started_at, to_move)
                VALUES (@handle, @sourceArn, @destinationArn, @rate, 'RUNNING', @now, @toMove)
                RETURNING {Columns}
                """,
                new { handle, sourceArn, destinationArn, rate, toMove, now = now.ToUnixTimeMilliseconds() }));
        }
        catch (SqliteException exception) when (exception.SqliteExtendedErrorCode == UniqueViolation)
        {
            return null;
        }
    }

    /// <summary>The tasks that are under way.</summary>
    public IReadOnlyList<MoveTask> Running() => database.Read(connection =>
        connection.Query<MoveTask>($"SELECT {Columns} FROM move_tasks WHERE status = 'RUNNING'").ToList());

    /// <summary>The task of a handle.</summary>
    public MoveTask? Find(string handle) => database.Read(connection =>
        connection.QuerySingleOrDefault<MoveTask>($"SELECT {Columns} FROM move_tasks WHERE handle = @handle", new { handle }));

    /// <summary>The newest tasks of a queue.</summary>
    public IReadOnlyList<MoveTask> List(string sourceArn, int count) => database.Read(connection =>
        connection.Query<MoveTask>($"SELECT {Columns} FROM move_tasks WHERE source_arn = @sourceArn ORDER BY id DESC LIMIT @count", new { sourceArn, count }).ToList());

    /// <summary>Counts messages that a task has moved.</summary>
    /// <returns>False when the task is not under way any more.</returns>
    public bool AddMoved(long id, int moved) => database.Write(connection => connection.Execute(
        "UPDATE move_tasks SET moved = moved + @moved WHERE id = @id AND status = 'RUNNING'", new { id, moved })) == 1;

    /// <summary>Ends a task that is under way.</summary>
    /// <returns>False when it had ended already.</returns>
    public bool End(long id, string status, string? failure) => database.Write(connection => connection.Execute(
        "UPDATE move_tasks SET status = @status, failure = @failure WHERE id = @id AND status = 'RUNNING'", new { id, status, failure })) == 1;
}
