using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Archiver.Infra.LocalCloud.Storage;

/// <summary>
/// One service's SQLite file: a single writer, any number of readers. The write-ahead log makes a committed transaction
/// survive the death of the process; <c>synchronous=NORMAL</c> trades the last moments before a loss of *power* for speed,
/// which suits a developer's machine.
/// </summary>
internal sealed class Database : IDisposable
{
    private readonly string _connectionString;
    private readonly SqliteConnection _writer;
    private readonly Lock _writing = new();
    private readonly ConcurrentBag<SqliteConnection> _readers = [];
    private volatile bool _disposed;

    /// <summary>Opens the file, makes it when it is missing, and brings its schema up to date.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="migrations">The schema's history, oldest first, each a script. Never change one that was released: append.</param>
    public Database(string path, params IReadOnlyList<string> migrations)
    {
        // Pooling is the reader bag below: SQLite's own would keep the file open past Dispose.
        _connectionString = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString;
        _writer = Connect();
        Migrate(migrations);
    }

    /// <summary>Runs <paramref name="work"/> in a transaction of its own, alone among writers. It commits when the work returns
    /// and rolls back when it throws. The work must not wait for anything but the database.</summary>
    public T Write<T>(Func<SqliteConnection, T> work)
    {
        lock (_writing)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            using SqliteTransaction transaction = _writer.BeginTransaction(deferred: false);
            T result = work(_writer);
            transaction.Commit();
            return result;
        }
    }

    /// <inheritdoc cref="Write{T}"/>
    public void Write(Action<SqliteConnection> work) => Write(connection =>
    {
        work(connection);
        return true;
    });

    /// <summary>Runs <paramref name="work"/> over one consistent snapshot, beside the writer and other readers.</summary>
    public T Read<T>(Func<SqliteConnection, T> work)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!_readers.TryTake(out SqliteConnection? reader))
            reader = Connect();
        try
        {
            using SqliteTransaction snapshot = reader.BeginTransaction(deferred: true);
            return work(reader);
        }
        finally
        {
            if (_disposed) reader.Dispose();
            else _readers.Add(reader);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_writing)
        {
            if (_disposed) return;
            _disposed = true;
            while (_readers.TryTake(out SqliteConnection? reader)) reader.Dispose();
            _writer.Dispose();
        }
    }

    private SqliteConnection Connect()
    {
        SqliteConnection connection = new(_connectionString);
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=5000;";
        command.ExecuteNonQuery();
        return connection;
    }

    private void Migrate(IReadOnlyList<string> migrations)
    {
        using SqliteCommand version = _writer.CreateCommand();
        version.CommandText = "PRAGMA user_version";
        for (int done = Convert.ToInt32(version.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture); done < migrations.Count; done++)
        {
            using SqliteTransaction transaction = _writer.BeginTransaction(deferred: false);
            using SqliteCommand migration = _writer.CreateCommand();
            migration.Transaction = transaction;
            migration.CommandText = $"{migrations[done]};\nPRAGMA user_version = {done + 1}";
            migration.ExecuteNonQuery();
            transaction.Commit();
        }
    }
}
