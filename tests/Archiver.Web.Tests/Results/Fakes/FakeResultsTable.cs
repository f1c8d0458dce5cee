using System.Globalization;
using System.Text.RegularExpressions;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;

namespace Archiver.Web.Tests.Results.Fakes;

/// <summary>
/// The results table in memory: it answers the queries, scans and batch deletions that the dashboard makes, in DynamoDB's ways
/// (a limit counts what is looked at, a filter is applied after it, a page ends with the key to go on from).
/// </summary>
internal sealed partial class FakeResultsTable() : AmazonDynamoDBClient(
    new AnonymousAWSCredentials(), new AmazonDynamoDBConfig { ServiceURL = "http://127.0.0.1:1", AuthenticationRegion = "us-east-1" })
{
    public const string Name = "archiver-ArchiveTable";

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Dictionary<string, AttributeValue>> _items = [];

    /// <summary>Every query that was made.</summary>
    public List<QueryRequest> Queries { get; } = [];

    /// <summary>Every batch of deletions that was asked for.</summary>
    public List<List<WriteRequest>> Batches { get; } = [];

    /// <summary>How many items a query or a scan looks at in one go, as DynamoDB's 1 MB.</summary>
    public int PageSize { get; set; } = 1000;

    /// <summary>How many deletions of a batch are left undone, by the batch's number from 0.</summary>
    public Func<int, int> Unprocessed { get; set; } = _ => 0;

    /// <summary>What calls fail with.</summary>
    public Exception? Failure { get; set; }

    /// <summary>What the call after so many fails with.</summary>
    public (int Calls, Exception Exception)? FailureAfter { get; set; }

    /// <summary>Answers wait for it.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>The queries that were made so far, while others may be made.</summary>
    public QueryRequest[] QueriesSoFar()
    {
        lock (_lock) return [.. Queries];
    }

    public int Count
    {
        get { lock (_lock) return _items.Count; }
    }

    public void Add(Dictionary<string, AttributeValue> item)
    {
        lock (_lock) _items[item["Id"].S] = item;
    }

    public void Clear()
    {
        lock (_lock) _items.Clear();
    }

    public override async Task<QueryResponse> QueryAsync(QueryRequest request, CancellationToken cancellationToken = default)
    {
        Dictionary<string, AttributeValue>? start = request.ExclusiveStartKey;
        int look = Math.Min(request.Limit ?? int.MaxValue, PageSize);
        lock (_lock) Queries.Add(request);
        await AnswerAsync(cancellationToken);
        Assert.Equal(Name, request.TableName);
        Assert.Equal("Day-Timestamp", request.IndexName);
        lock (_lock)
        {
            bool newestFirst = request.ScanIndexForward == false;
            List<Dictionary<string, AttributeValue>> partition =
            [
                .. _items.Values
                    .Where(item => item.GetValueOrDefault("Day")?.S == request.ExpressionAttributeValues[":day"].S && item.ContainsKey("Timestamp") && IsInRange(request, item))
                    .OrderBy(Place, StringComparer.Ordinal),
            ];
            if (newestFirst) partition.Reverse();
            if (start is { Count: > 0 })
            {
                Assert.True(IsInRange(request, start), "DynamoDB refuses a start key outside of the range.");
                partition.RemoveAll(item => string.CompareOrdinal(Place(item), Place(start)) * (newestFirst ? -1 : 1) <= 0);
            }
            Dictionary<string, AttributeValue>[] seen = [.. partition.Take(look)];
            return new QueryResponse
            {
                // As the SDK: nothing for an empty list.
                Items = seen.Where(item => Matches(request, item)).ToList() is { Count: > 0 } items ? items : null,
                LastEvaluatedKey = seen.Length < look ? null : new() { ["Day"] = seen[^1]["Day"], ["Timestamp"] = seen[^1]["Timestamp"], ["Id"] = seen[^1]["Id"] },
            };
        }
    }

    public override async Task<ScanResponse> ScanAsync(ScanRequest request, CancellationToken cancellationToken = default)
    {
        await AnswerAsync(cancellationToken);
        Assert.Equal(Name, request.TableName);
        lock (_lock)
        {
            int look = Math.Min(request.Limit ?? int.MaxValue, PageSize);
            string after = request.ExclusiveStartKey?["Id"].S ?? "";
            Dictionary<string, AttributeValue>[] seen =
                [.. _items.Values.OrderBy(item => item["Id"].S, StringComparer.Ordinal).Where(item => string.CompareOrdinal(item["Id"].S, after) > 0).Take(look)];
            return new ScanResponse
            {
                Count = seen.Length,
                Items = request.Select == Select.COUNT ? null : [.. seen.Select(item => new Dictionary<string, AttributeValue> { ["Id"] = item["Id"] })],
                LastEvaluatedKey = seen.Length < look ? null : new() { ["Id"] = seen[^1]["Id"] },
            };
        }
    }

    public override async Task<BatchWriteItemResponse> BatchWriteItemAsync(BatchWriteItemRequest request, CancellationToken cancellationToken = default)
    {
        await AnswerAsync(cancellationToken);
        List<WriteRequest> writes = request.RequestItems[Name];
        lock (_lock)
        {
            int undone = Math.Min(Unprocessed(Batches.Count), writes.Count);
            Batches.Add(writes);
            foreach (WriteRequest write in writes.SkipLast(undone)) _items.Remove(write.DeleteRequest.Key["Id"].S);
            return new BatchWriteItemResponse { UnprocessedItems = undone == 0 ? null : new() { [Name] = [.. writes.TakeLast(undone)] } };
        }
    }

    private async Task AnswerAsync(CancellationToken cancellationToken)
    {
        await Gate.WaitAsync(cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        if (Failure is { } failure) throw failure;
        if (FailureAfter is not { } after) return;
        FailureAfter = (after.Calls - 1, after.Exception);
        if (after.Calls == 0) throw after.Exception;
    }

    private static string Place(Dictionary<string, AttributeValue> item) => $"{item["Timestamp"].S}\0{item["Id"].S}";

    private static bool IsInRange(QueryRequest request, Dictionary<string, AttributeValue> item)
    {
        string timestamp = item["Timestamp"].S;
        string from = request.ExpressionAttributeValues.GetValueOrDefault(":from")?.S ?? "", to = request.ExpressionAttributeValues.GetValueOrDefault(":to")?.S ?? "\uffff";
        return string.CompareOrdinal(timestamp, from) >= 0 && string.CompareOrdinal(timestamp, to) <= 0;
    }

    // The few forms of condition that the dashboard's filter has; another one is a failure of the test.
    private static bool Matches(QueryRequest request, Dictionary<string, AttributeValue> item) =>
        request.FilterExpression is null || request.FilterExpression.Split(" AND ").All(condition => Holds(request, item, condition));

    private static bool Holds(QueryRequest request, Dictionary<string, AttributeValue> item, string condition)
    {
        Dictionary<string, AttributeValue> values = request.ExpressionAttributeValues;
        AttributeValue? Item(string name) => item.GetValueOrDefault(request.ExpressionAttributeNames[name]);
        if (condition == "(attribute_not_exists(#approval) OR #approval <> :asked)") return Item("#approval")?.BOOL != true;
        if (condition == "#approval = :asked") return Item("#approval")?.BOOL == true;
        if (condition == "#action = :denied") return Item("#action")?.S == values[":denied"].S;
        if (condition == "#comment = :reason") return Item("#comment")?.S == values[":reason"].S;
        if (condition == "(attribute_not_exists(#comment) OR #comment = :reason)") return (Item("#comment")?.S ?? "") == values[":reason"].S;
        if (In().Match(condition) is { Success: true } choice)
            return choice.Groups["names"].Value.Split(", ").Any(name => values[name].S == Item(choice.Groups["attribute"].Value)?.S);
        Match bound = Bound().Match(condition);
        Assert.True(bound.Success, $"The fake does not know the condition {condition}.");
        if (Item(bound.Groups["attribute"].Value)?.N is not { } number) return false;
        int order = decimal.Parse(number, CultureInfo.InvariantCulture).CompareTo(decimal.Parse(values[bound.Groups["name"].Value].N, CultureInfo.InvariantCulture));
        return bound.Groups["comparison"].Value switch { ">=" => order >= 0, "<" => order < 0, _ => order <= 0 };
    }

    [GeneratedRegex(@"^(?<attribute>#\w+) IN \((?<names>[^)]+)\)$")]
    private static partial Regex In();

    [GeneratedRegex(@"^(?<attribute>#\w+) (?<comparison>>=|<=|<) (?<name>:\w+)$")]
    private static partial Regex Bound();
}
