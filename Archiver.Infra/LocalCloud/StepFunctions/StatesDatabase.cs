using System.Security.Cryptography;
using Archiver.Infra.LocalCloud.Storage;
using Dapper;

namespace Archiver.Infra.LocalCloud.StepFunctions;

/// <summary>
/// The file <c>states.db</c>: machines, executions and their histories. Times are UTC ticks, because a timer must not come due a
/// fraction before its time.
/// </summary>
internal sealed class StatesDatabase : IDisposable
{
    private const string Schema = """
        CREATE TABLE secret (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;

        -- A machine's every definition is kept: an execution goes on with the one that it was started with.
        CREATE TABLE revision (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            machine_arn TEXT NOT NULL,
            revision_id TEXT,
            express INTEGER NOT NULL,
            definition TEXT NOT NULL,
            role_arn TEXT NOT NULL,
            logging TEXT,
            tracing TEXT,
            created_at INTEGER NOT NULL);

        CREATE TABLE machine (
            arn TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            deleting INTEGER NOT NULL DEFAULT 0,
            revision INTEGER NOT NULL REFERENCES revision (id)) WITHOUT ROWID;

        -- kind: 0 standard, 1 express, 2 express and somebody waits for its end
        CREATE TABLE execution (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            arn TEXT NOT NULL UNIQUE,
            machine_arn TEXT NOT NULL,
            name TEXT NOT NULL,
            kind INTEGER NOT NULL,
            revision INTEGER NOT NULL REFERENCES revision (id),
            status INTEGER NOT NULL,
            started_at INTEGER NOT NULL,
            stopped_at INTEGER,
            redrive_count INTEGER NOT NULL DEFAULT 0,
            redriven_at INTEGER,
            input TEXT NOT NULL,
            output TEXT,
            error TEXT,
            cause TEXT,
            trace_header TEXT);
        CREATE INDEX execution_by_start ON execution (machine_arn, started_at, id);
        CREATE INDEX execution_by_status ON execution (machine_arn, status, started_at, id);
        CREATE INDEX execution_redriven ON execution (machine_arn, started_at, id) WHERE redrive_count > 0;
        CREATE INDEX execution_synchronous ON execution (id) WHERE kind = 2;

        -- owes: a call is due that is not known to have been made
        CREATE TABLE snapshot (
            execution INTEGER PRIMARY KEY REFERENCES execution (id) ON DELETE CASCADE,
            owes INTEGER NOT NULL,
            body TEXT NOT NULL);
        CREATE INDEX snapshot_owing ON snapshot (execution) WHERE owes = 1;

        CREATE TABLE timer (
            execution INTEGER NOT NULL REFERENCES execution (id) ON DELETE CASCADE,
            id TEXT NOT NULL,
            due_at INTEGER NOT NULL,
            PRIMARY KEY (execution, id)) WITHOUT ROWID;
        CREATE INDEX timer_due ON timer (due_at);

        CREATE TABLE event (
            execution INTEGER NOT NULL REFERENCES execution (id) ON DELETE CASCADE,
            id INTEGER NOT NULL,
            previous INTEGER NOT NULL,
            at INTEGER NOT NULL,
            type TEXT NOT NULL,
            details_name TEXT,
            details TEXT,
            PRIMARY KEY (execution, id)) WITHOUT ROWID;

        CREATE TABLE redrive (
            execution INTEGER NOT NULL REFERENCES execution (id) ON DELETE CASCADE,
            client_token TEXT NOT NULL,
            at INTEGER NOT NULL,
            PRIMARY KEY (execution, client_token)) WITHOUT ROWID;
        """;

    private readonly Database _database;

    /// <summary>Opens the file in the data directory, and makes it when it is missing.</summary>
    public StatesDatabase(DataDirectory directory) => _database = new Database(directory.FilePath("states.db"), Schema);

    /// <inheritdoc cref="Database.Write{T}"/>
    public T Write<T>(Func<Microsoft.Data.Sqlite.SqliteConnection, T> work) => _database.Write(work);

    /// <inheritdoc cref="Database.Write(Action{Microsoft.Data.Sqlite.SqliteConnection})"/>
    public void Write(Action<Microsoft.Data.Sqlite.SqliteConnection> work) => _database.Write(work);

    /// <inheritdoc cref="Database.Read{T}"/>
    public T Read<T>(Func<Microsoft.Data.Sqlite.SqliteConnection, T> work) => _database.Read(work);

    /// <summary>The secret of that name: 32 random bytes that are made once and kept.</summary>
    public byte[] Secret(string name) => _database.Write(connection =>
    {
        connection.Execute(
            "INSERT INTO secret (name, value) VALUES (@name, @value) ON CONFLICT DO NOTHING",
            new { name, value = RandomNumberGenerator.GetBytes(32) });
        return connection.QuerySingle<byte[]>("SELECT value FROM secret WHERE name = @name", new { name });
    });

    /// <inheritdoc/>
    public void Dispose() => _database.Dispose();
}
