using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Archiver.Web.Cloud;
using Archiver.Web.Identity.Access;

namespace Archiver.Web.Results.Store;

/// <summary>How clearing went.</summary>
/// <param name="Deleted">How many results were deleted.</param>
/// <param name="IsCancelled">Whether it was stopped before the end.</param>
/// <param name="IsRefused">Whether DynamoDB went on leaving deletions undone.</param>
internal sealed record ClearOutcome(int Deleted, bool IsCancelled, bool IsRefused);

/// <summary>
/// Empties the results table, whatever is in it. This is the one thing that scans it: a record that is in no index goes, too.
/// The table stays as it is; files are not touched.
/// </summary>
internal sealed class ResultsClearer(IAmazonDynamoDB dynamoDb, CloudResources cloud, TimeProvider time)
{
    // BatchWriteItem takes no more.
    private const int BatchSize = 25;

    private const int BatchesAtOnce = 4;

    // A step of the scan, and of the progress.
    private const int KeysAtOnce = 500;

    // With the backoff's ceiling, some two minutes in which not one deletion is done.
    private const int MostAttempts = 12;

    /// <summary>Told when results were deleted, on any thread: what was counted before does not hold any more.</summary>
    public event Action? Cleared;

    /// <summary>Counts the records, all of them.</summary>
    public async Task<long> CountAsync(CancellationToken cancellationToken)
    {
        ScanRequest request = new() { TableName = cloud.ArchiveTable, Select = Select.COUNT, ConsistentRead = true };
        long count = 0;
        do
        {
            ScanResponse page = await dynamoDb.ScanAsync(request, cancellationToken);
            count += page.Count ?? 0;
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
        return count;
    }

    /// <summary>Deletes the records, all of them.</summary>
    /// <param name="permit">Who clears them.</param>
    /// <param name="deleted">Told the number of those that were deleted so far.</param>
    /// <param name="cancellationToken">Stops it; what was deleted until then stays deleted.</param>
    public async Task<ClearOutcome> ClearAsync(Permit permit, IProgress<int> deleted, CancellationToken cancellationToken)
    {
        permit.Demand(Operation.ClearResults);
        int count = 0;
        bool isRefused = false;
        try
        {
            ScanRequest request = new()
            {
                TableName = cloud.ArchiveTable,
                ProjectionExpression = nameof(ResultRow.Id),
                ConsistentRead = true,
                Limit = KeysAtOnce,
            };
            do
            {
                ScanResponse page = await dynamoDb.ScanAsync(request, cancellationToken);
                await Parallel.ForEachAsync(
                    (page.Items ?? []).Chunk(BatchSize),
                    new ParallelOptions { MaxDegreeOfParallelism = BatchesAtOnce, CancellationToken = cancellationToken },
                    async (keys, token) =>
                    {
                        int left = await DeleteAsync(keys, done => Interlocked.Add(ref count, done), token);
                        if (left > 0) Volatile.Write(ref isRefused, true);
                    });
                deleted.Report(Volatile.Read(ref count));
                request.ExclusiveStartKey = page.LastEvaluatedKey;
            }
            while (request.ExclusiveStartKey is { Count: > 0 } && !isRefused);
            return new ClearOutcome(count, false, isRefused);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new ClearOutcome(count, true, isRefused);
        }
        finally
        {
            // Also where it failed halfway.
            Cleared?.Invoke();
        }
    }

    // What the table had no capacity for comes back, and is asked for again.
    private async Task<int> DeleteAsync(Dictionary<string, AttributeValue>[] keys, Action<int> done, CancellationToken cancellationToken)
    {
        List<WriteRequest> left = [.. keys.Select(key => new WriteRequest(new DeleteRequest(key)))];
        for (int attempt = 1; ; attempt++)
        {
            BatchWriteItemResponse response = await dynamoDb.BatchWriteItemAsync(
                new BatchWriteItemRequest { RequestItems = new() { [cloud.ArchiveTable] = left } }, cancellationToken);
            List<WriteRequest> undone = response.UnprocessedItems?.GetValueOrDefault(cloud.ArchiveTable) ?? [];
            done(left.Count - undone.Count);
            if (undone.Count == 0 || attempt == MostAttempts) return undone.Count;
            if (undone.Count < left.Count) attempt = 1;
            left = undone;
            await Task.Delay(Backoff.Delay(attempt, Random.Shared.NextDouble()), time, cancellationToken);
        }
    }
}
