using Microsoft.Data.Sqlite;

namespace Archiver.Infra.LocalCloud.DynamoDb.Rows;

/// <summary>The store's tables within one transaction.</summary>
internal sealed class StoreSession
{
    /// <summary>Opens the tables over a connection that is in a transaction.</summary>
    public StoreSession(SqliteConnection connection, DefinitionCache definitions)
    {
        Tables = new TableRows(connection, definitions);
        Items = new ItemRows(connection);
        Pages = new PageRows(connection);
        Upkeep = new UpkeepRows(connection);
        Transactions = new TransactionRows(connection);
    }

    /// <summary>The tables.</summary>
    public TableRows Tables { get; }

    /// <summary>The items, one at a time, and the indexes' entries.</summary>
    public ItemRows Items { get; }

    /// <summary>The items by ranges.</summary>
    public PageRows Pages { get; }

    /// <summary>What is to be cleared away.</summary>
    public UpkeepRows Upkeep { get; }

    /// <summary>The transactions that were carried out lately.</summary>
    public TransactionRows Transactions { get; }
}
