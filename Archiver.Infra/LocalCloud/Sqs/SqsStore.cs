using Archiver.Infra.LocalCloud.Storage;

namespace Archiver.Infra.LocalCloud.Sqs;

/// <summary>The queues and their messages on disk, in <c>sqs.db</c>.</summary>
internal sealed class SqsStore : IDisposable
{
    private const string Schema = """
        CREATE TABLE queues (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL UNIQUE,
            settings TEXT NOT NULL,
            tags TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            modified_at INTEGER NOT NULL
        );
        CREATE TABLE messages (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            queue_id INTEGER NOT NULL REFERENCES queues(id) ON DELETE CASCADE,
            message_id TEXT NOT NULL,
            sent_at INTEGER NOT NULL,
            visible_at INTEGER NOT NULL,
            received_at INTEGER,
            receipt BLOB,
            first_received_at INTEGER,
            receive_count INTEGER NOT NULL DEFAULT 0,
            received_here INTEGER NOT NULL DEFAULT 0,
            dead_letter_source_arn TEXT,
            group_id TEXT,
            trace_header TEXT,
            attributes TEXT,
            body TEXT NOT NULL
        );
        -- Serves the receive in its order, and the counts without a look at the rows.
        CREATE INDEX messages_by_visibility ON messages(queue_id, visible_at, id, received_at, sent_at);
        -- Finds what has expired.
        CREATE INDEX messages_by_age ON messages(queue_id, sent_at);
        CREATE TABLE move_tasks (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            handle TEXT NOT NULL UNIQUE,
            source_arn TEXT NOT NULL,
            destination_arn TEXT,
            rate INTEGER,
            status TEXT NOT NULL,
            started_at INTEGER NOT NULL,
            to_move INTEGER NOT NULL,
            moved INTEGER NOT NULL DEFAULT 0,
            failure TEXT
        );
        CREATE INDEX move_tasks_by_source ON move_tasks(source_arn, id);
        -- One task a queue at a time, whoever comes first.
        CREATE UNIQUE INDEX move_tasks_running ON move_tasks(source_arn) WHERE status = 'RUNNING';
        """;

    private readonly Database _database;

    public SqsStore(DataDirectory directory, CloudIdentity identity)
    {
        _database = new Database(directory.FilePath("sqs.db"), Schema);
        Queues = new QueueStore(_database, identity);
        Messages = new MessageStore(_database);
        MoveTasks = new MoveTaskStore(_database);
    }

    public QueueStore Queues { get; }

    public MessageStore Messages { get; }

    public MoveTaskStore MoveTasks { get; }

    /// <inheritdoc/>
    public void Dispose() => _database.Dispose();
}
