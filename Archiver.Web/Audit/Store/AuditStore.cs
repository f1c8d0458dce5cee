using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Archiver.Lambdas.Contracts;
using Archiver.Web.Audit.Chain;
using Archiver.Web.Cloud;

namespace Archiver.Web.Audit.Store;

/// <summary>
/// The audit table. A block stands under the number of its first entry, and only where nothing stands: of two dashboards that
/// would go on from the same head, one is too late. Reading is by that key alone, in either direction; nothing is scanned.
/// </summary>
internal sealed class AuditStore(IAmazonDynamoDB dynamoDb, CloudResources cloud)
{
    private static readonly string[] HeadAttributes = [AuditBlockRow.First, AuditBlockRow.Last, AuditBlockRow.Hash, AuditBlockRow.At];

    /// <summary>Reads where the chain stands, as of now.</summary>
    public async Task<AuditHead> ReadHeadAsync(CancellationToken cancellationToken) =>
        await ReadLastAsync(long.MaxValue, cancellationToken) is { } item ? AuditBlockRow.ReadHead(item) : AuditHead.Start;

    /// <summary>Adds a block at the end of the chain.</summary>
    /// <param name="block">The block.</param>
    /// <param name="stamp">The writer's mark for it, by which it is known again when the answer to the write was lost.</param>
    /// <returns>Nothing when it is there; where another block stands in its place, where the chain stands after that one.</returns>
    public async Task<AuditHead?> AppendAsync(AuditBlock block, string stamp, CancellationToken cancellationToken)
    {
        try
        {
            await dynamoDb.PutItemAsync(
                new PutItemRequest
                {
                    TableName = cloud.AuditTable,
                    Item = AuditBlockRow.Write(block, stamp),
                    ConditionExpression = "attribute_not_exists(#chain)",
                    ExpressionAttributeNames = new() { ["#chain"] = AuditBlockRow.Chain },
                    ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
                },
                cancellationToken);
            return null;
        }
        catch (ConditionalCheckFailedException exception)
        {
            if (AuditBlockRow.ReadText(exception.Item, AuditBlockRow.Stamp) == stamp) return null; // this very write, heard of late
            return exception.Item is { Count: > 0 } other ? AuditBlockRow.ReadHead(other) : await ReadHeadAsync(cancellationToken);
        }
    }

    /// <summary>Reads blocks in the order of the chain, beginning with the one that has an entry.</summary>
    /// <param name="from">The entry's number, from 1.</param>
    public async IAsyncEnumerable<AuditBlock> ReadForwardAsync(long from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // A block before it may reach up to it, and beyond.
        long first = from <= 1 ? long.MinValue : await ReadLastAsync(from, cancellationToken) is { } item ? AuditBlockRow.Read(item).First : long.MinValue;
        QueryRequest request = Query(first == long.MinValue ? null : (">=", first), newestFirst: false, limit: null);
        await foreach (AuditBlock block in ReadAsync(request, cancellationToken)) yield return block;
    }

    /// <summary>Reads blocks from the newest back.</summary>
    /// <param name="upTo">The number of the last entry that is asked for; its block comes first.</param>
    /// <param name="atOnce">How many blocks are asked for at once; nothing for as many as DynamoDB reads in one go, 1 MB.</param>
    public IAsyncEnumerable<AuditBlock> ReadBackwardAsync(long upTo, int? atOnce, CancellationToken cancellationToken) =>
        ReadAsync(Query(upTo == long.MaxValue ? null : ("<=", upTo), newestFirst: true, atOnce), cancellationToken);

    /// <summary>
    /// Finds a time in the chain, whose entries are in order of time but for what clocks differ and writes were late: half of the
    /// chain, then half of that, some twenty small queries for a million blocks.
    /// </summary>
    /// <returns>The number of the last entry of the first block that ends at this time or later; the greatest of all where there is none.</returns>
    public async Task<long> FindAsync(DateTimeOffset time, CancellationToken cancellationToken)
    {
        string wanted = UtcTimestamp.Format(time);
        if (await ReadLastAsync(long.MaxValue, cancellationToken) is not { } newest || IsBefore(newest, wanted)) return long.MaxValue;
        // The block of `late` ends at the time or later, and that of `early`, where there is one, before it.
        AuditBlock late = AuditBlockRow.Read(newest);
        long early = 0;
        while (early + 1 < late.First)
        {
            long middle = early + ((late.First - early) / 2);
            if (middle >= late.First || await ReadLastAsync(middle, cancellationToken) is not { } item) break;
            AuditBlock block = AuditBlockRow.Read(item);
            if (!IsBefore(item, wanted)) late = block;
            else early = Math.Max(block.Last, middle);
        }
        return late.Last;
    }

    private static bool IsBefore(Dictionary<string, AttributeValue> item, string wanted) =>
        string.CompareOrdinal(AuditBlockRow.ReadText(item, AuditBlockRow.At), wanted) < 0;

    // The last block that begins at this entry or before it, without its entries.
    private async Task<Dictionary<string, AttributeValue>?> ReadLastAsync(long upTo, CancellationToken cancellationToken)
    {
        QueryRequest request = Query(upTo == long.MaxValue ? null : ("<=", upTo), newestFirst: true, limit: 1);
        foreach (string attribute in HeadAttributes) request.ExpressionAttributeNames[$"#{attribute}"] = attribute;
        request.ProjectionExpression = string.Join(", ", HeadAttributes.Select(attribute => $"#{attribute}"));
        return (await dynamoDb.QueryAsync(request, cancellationToken)).Items is [{ } item, ..] ? item : null;
    }

    private async IAsyncEnumerable<AuditBlock> ReadAsync(QueryRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        do
        {
            QueryResponse page = await dynamoDb.QueryAsync(request, cancellationToken);
            foreach (Dictionary<string, AttributeValue> item in page.Items ?? []) yield return AuditBlockRow.Read(item);
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
    }

    private QueryRequest Query((string Comparison, long Number)? bound, bool newestFirst, int? limit)
    {
        QueryRequest request = new()
        {
            TableName = cloud.AuditTable,
            // Whoever asks right after an append sees it, on whichever replica.
            ConsistentRead = true,
            ScanIndexForward = !newestFirst,
            Limit = limit,
            KeyConditionExpression = "#chain = :chain",
            ExpressionAttributeNames = new() { ["#chain"] = AuditBlockRow.Chain },
            ExpressionAttributeValues = new() { [":chain"] = AuditBlockRow.Text(AuditBlockRow.Main) },
        };
        if (bound is not { } known) return request;
        request.KeyConditionExpression += $" AND #First {known.Comparison} :bound";
        request.ExpressionAttributeNames["#First"] = AuditBlockRow.First;
        request.ExpressionAttributeValues[":bound"] = AuditBlockRow.Number(known.Number);
        return request;
    }
}
