using Archiver.Infra.LocalCloud.DynamoDb.Items;
using Archiver.Infra.LocalCloud.DynamoDb.Values;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Archiver.Infra.LocalCloud.DynamoDb;

/// <summary>
/// Deletes items that expired, and clears away what dropped tables and indexes left: every minute, by an index, some hundred rows a
/// transaction, so that nobody waits for it. AWS promises an expiry within days; until then the item is there, as here.
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/howitworks-ttl.html
/// </summary>
internal sealed partial class DynamoDbMaintenance(DynamoDbStore store, TimeProvider time, ILoggerFactory loggers) : BackgroundService
{
    /// <summary>How long it rests between two rounds.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private const int RowsAtOnce = 500;

    /// <summary>An expiry that lies further back is taken for a mistake, as AWS takes it.</summary>
    private const int OldestExpiryYears = 5;

    private readonly ILogger<DynamoDbMaintenance> _logger = loggers.CreateLogger<DynamoDbMaintenance>();

    /// <summary>Does one round, to its end.</summary>
    /// <returns>How many items had expired.</returns>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        int expired = 0;
        for (int deleted = RowsAtOnce; deleted == RowsAtOnce; expired += deleted)
        {
            cancellationToken.ThrowIfCancellationRequested();
            deleted = DeleteExpired();
            await Task.Yield();
        }
        while (store.Write(session => session.Upkeep.ClearLeftovers(RowsAtOnce)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
        return expired;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // the host waits for what comes before the first wait
        using PeriodicTimer timer = new(Interval, time);
        try
        {
            do
                await RunAndLogAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping: the next start goes on where this left off.
        }
    }

    private async Task RunAndLogAsync(CancellationToken stoppingToken)
    {
        try
        {
            int expired = await RunOnceAsync(stoppingToken);
            if (expired > 0)
                LogExpired(expired);
        }
        catch (SqliteException exception)
        {
            LogFailed(exception); // a full disk, say: what could not be cleared away now can be in a minute
        }
    }

    private int DeleteExpired()
    {
        DateTimeOffset now = time.GetUtcNow();
        return store.Write(session =>
        {
            IReadOnlyList<(string Table, MapValue Item)> expired = session.Upkeep.Expired(
                now.AddYears(-OldestExpiryYears).ToUnixTimeSeconds(), now.ToUnixTimeSeconds(), RowsAtOnce);
            foreach ((string tableName, MapValue item) in expired)
            {
                var table = session.Tables.Find(tableName)!;
                ItemKey key = ItemKey.Of(table.Key, item)!;
                session.Items.Delete(table, key, session.Items.Find(table, key)!);
            }
            return expired.Count;
        });
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Deleted {Count} items that had expired")]
    private partial void LogExpired(int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "Expired items and what dropped tables left could not be cleared away")]
    private partial void LogFailed(Exception exception);
}
