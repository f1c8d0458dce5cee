using Archiver.Infra.LocalCloud.DynamoDb.Rows;
using Archiver.Infra.LocalCloud.Storage;

namespace Archiver.Infra.LocalCloud.DynamoDb;

/// <summary>Where the tables and their items are kept: <c>dynamodb.db</c>.</summary>
internal sealed class DynamoDbStore : IDisposable
{
    // An item's place is (table, hash of the partition key, partition key, sort key); an index's entry has its own key first and then its
    // item's, so that a page of either is one seek and a run of neighbours. Sizes stand before the body: counting reads no body.
    private const string Schema = """
        CREATE TABLE tables (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL UNIQUE,
            stamp TEXT NOT NULL,
            definition TEXT NOT NULL,
            item_count INTEGER NOT NULL DEFAULT 0,
            size_bytes INTEGER NOT NULL DEFAULT 0);
        CREATE TABLE indexes (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            table_id INTEGER NOT NULL,
            item_count INTEGER NOT NULL DEFAULT 0,
            size_bytes INTEGER NOT NULL DEFAULT 0);
        CREATE TABLE items (
            id INTEGER PRIMARY KEY,
            table_id INTEGER NOT NULL,
            hash INTEGER NOT NULL,
            pk BLOB NOT NULL,
            sk BLOB NOT NULL,
            size INTEGER NOT NULL,
            expires_at INTEGER,
            body BLOB NOT NULL);
        CREATE UNIQUE INDEX items_by_key ON items (table_id, hash, pk, sk);
        CREATE INDEX items_by_expiry ON items (expires_at) WHERE expires_at IS NOT NULL;
        CREATE TABLE entries (
            index_id INTEGER NOT NULL,
            hash INTEGER NOT NULL,
            pk BLOB NOT NULL,
            sk BLOB NOT NULL,
            item_pk BLOB NOT NULL,
            item_sk BLOB NOT NULL,
            item_id INTEGER NOT NULL,
            size INTEGER NOT NULL,
            PRIMARY KEY (index_id, hash, pk, sk, item_pk, item_sk)) WITHOUT ROWID;
        CREATE TABLE leftovers (kind TEXT NOT NULL, id INTEGER NOT NULL, PRIMARY KEY (kind, id)) WITHOUT ROWID;
        CREATE TABLE transactions (token TEXT PRIMARY KEY, request BLOB NOT NULL, response TEXT NOT NULL, expires_at INTEGER NOT NULL) WITHOUT ROWID;
        CREATE INDEX transactions_by_expiry ON transactions (expires_at)
        """;

    private readonly Database _database;
    private readonly DefinitionCache _definitions = new();

    /// <summary>Opens the store in the data directory.</summary>
    public DynamoDbStore(DataDirectory directory) => _database = new Database(directory.FilePath("dynamodb.db"), Schema);

    /// <summary>Runs <paramref name="work"/> alone among writers, in a transaction that commits when it returns and is undone when it throws.</summary>
    public T Write<T>(Func<StoreSession, T> work) => _database.Write(connection => work(new StoreSession(connection, _definitions)));

    /// <summary>Runs <paramref name="work"/> over one consistent snapshot.</summary>
    public T Read<T>(Func<StoreSession, T> work) => _database.Read(connection => work(new StoreSession(connection, _definitions)));

    /// <inheritdoc/>
    public void Dispose() => _database.Dispose();
}
