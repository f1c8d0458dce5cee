using Archiver.Infra.LocalCloud.DynamoDb.Items;
using Archiver.Infra.LocalCloud.DynamoDb.Rows;
using Archiver.Infra.LocalCloud.DynamoDb.Tables;
using Archiver.Infra.LocalCloud.Wire;

namespace Archiver.Infra.LocalCloud.DynamoDb;

/// <summary>Reads and writes items by their keys, one or many at once.</summary>
internal sealed class DynamoDbService(DynamoDbStore store, TimeProvider time)
{
    /// <summary>The most bytes of items that a batch or a transaction reads.</summary>
    public const long MaxReadBytes = 16 * 1024 * 1024;

    /// <summary>For how long the token of a transaction that was carried out is remembered.</summary>
    public static readonly TimeSpan TokenLifetime = TimeSpan.FromMinutes(10);

    /// <summary>Reads an item.</summary>
    /// <exception cref="AwsError"><c>ResourceNotFoundException</c>, <c>ValidationException</c>.</exception>
    public ReadResult Get(ReadRequest request) => store.Read(session => Get(session, request));

    /// <summary>Reads items of many tables, until they have too many bytes for one answer.</summary>
    /// <exception cref="AwsError"><c>ResourceNotFoundException</c>, <c>ValidationException</c>.</exception>
    public IReadOnlyList<BatchReadResult> BatchGet(IReadOnlyList<BatchReadRequest> requests) => store.Read(session =>
    {
        long bytes = 0;
        List<BatchReadResult> results = [];
        foreach (BatchReadRequest request in requests)
        {
            TableDefinition table = session.Tables.Find(request.TableName) ?? throw DynamoDbErrors.TableMissing();
            ItemKey[] keys = [.. request.Keys.Select(key => KeyRules.OfKey(table, key))];
            if (keys.Distinct().Count() < keys.Length)
                throw DynamoDbErrors.Validation("Provided list of item keys contains duplicates");
            List<StoredItem?> items = [];
            foreach (ItemKey key in keys)
            {
                StoredItem? item = session.Items.Find(table, key);
                if (bytes + (item?.Size ?? 0) > MaxReadBytes)
                    break;
                bytes += item?.Size ?? 0;
                items.Add(item);
            }
            results.Add(new BatchReadResult(table, items, [.. request.Keys.Skip(items.Count)]));
        }
        return results;
    });

    /// <summary>Reads items of one moment.</summary>
    /// <exception cref="AwsError"><c>ResourceNotFoundException</c>, <c>ValidationException</c>, or <c>TransactionCanceledException</c>
    /// for a key that does not fit its table.</exception>
    public IReadOnlyList<ReadResult> TransactGet(IReadOnlyList<ReadRequest> requests) => store.Read(session =>
    {
        List<ReadResult> results = Try(requests, request => Get(session, request));
        return results.Sum(result => (long)(result.Item?.Size ?? 0)) <= MaxReadBytes / 4
            ? results
            : throw DynamoDbErrors.Validation("Collection size has exceeded the maximum allowed size: the items of a transaction have 4 MB at most");
    });

    /// <summary>Carries out one action.</summary>
    /// <exception cref="AwsError"><c>ConditionalCheckFailedException</c>, <c>ResourceNotFoundException</c>, <c>ValidationException</c>.</exception>
    public WriteResult Write(WriteAction action) => store.Write(session => ItemWriter.Apply(session, action));

    /// <summary>Carries out a batch's actions, none of which has a condition. All are done, or on an error none.</summary>
    /// <exception cref="AwsError"><c>ResourceNotFoundException</c>, <c>ValidationException</c>.</exception>
    public IReadOnlyList<WriteResult> BatchWrite(IReadOnlyList<WriteAction> actions) => store.Write(session =>
    {
        List<WriteResult> results = [];
        HashSet<(long, ItemKey)> seen = [];
        foreach (WriteAction action in actions)
        {
            WriteResult result = ItemWriter.Apply(session, action);
            if (!seen.Add((result.Table.Id, result.Key)))
                throw DynamoDbErrors.Validation("Provided list of item keys contains duplicates");
            results.Add(result);
        }
        return results;
    });

    /// <summary>Carries out all of a transaction's actions or none.</summary>
    /// <param name="actions">The actions, each on another item.</param>
    /// <param name="token">The client's token, under which the transaction is carried out once; or nothing.</param>
    /// <param name="fingerprint">What tells the request apart from others under that token.</param>
    /// <param name="respond">Makes the answer, which a repeated request gets again.</param>
    /// <exception cref="AwsError"><c>TransactionCanceledException</c>, <c>IdempotentParameterMismatchException</c>,
    /// <c>ResourceNotFoundException</c>, <c>ValidationException</c>.</exception>
    public string TransactWrite(
        IReadOnlyList<WriteAction> actions, string? token, byte[] fingerprint, Func<IReadOnlyList<WriteResult>, string> respond) => store.Write(session =>
    {
        DateTimeOffset now = time.GetUtcNow();
        if (token is not null && session.Transactions.Find(token, now.ToUnixTimeSeconds()) is var (request, earlier))
        {
            return request.AsSpan().SequenceEqual(fingerprint)
                ? earlier
                : throw new AwsError("IdempotentParameterMismatchException", "The request uses the same client token as a previous, but non-identical request.");
        }
        List<WriteResult> results = Try(actions, action => ItemWriter.Apply(session, action));
        if (results.DistinctBy(result => (result.Table.Id, result.Key)).Count() < results.Count)
            throw DynamoDbErrors.Validation("Transaction request cannot include multiple operations on one item");
        string response = respond(results);
        if (token is not null)
            session.Transactions.Add(token, fingerprint, response, (now + TokenLifetime).ToUnixTimeSeconds());
        return response;
    });

    private static ReadResult Get(StoreSession session, ReadRequest request)
    {
        TableDefinition table = session.Tables.Find(request.TableName) ?? throw DynamoDbErrors.TableMissing();
        return new ReadResult(table, session.Items.Find(table, KeyRules.OfKey(table, request.Key)));
    }

    /// <summary>Tries every part of a transaction, and cancels it with a reason a part when one fails.</summary>
    private static List<TResult> Try<T, TResult>(IReadOnlyList<T> parts, Func<T, TResult> attempt)
    {
        List<TResult> results = [];
        List<AwsError?> errors = [];
        foreach (T part in parts)
        {
            try
            {
                results.Add(attempt(part));
                errors.Add(null);
            }
            catch (AwsError error) when (error.Code is DynamoDbErrors.ValidationCode or DynamoDbErrors.ConditionCode)
            {
                errors.Add(error);
            }
        }
        return errors.TrueForAll(error => error is null) ? results : throw DynamoDbErrors.Canceled(errors);
    }
}
