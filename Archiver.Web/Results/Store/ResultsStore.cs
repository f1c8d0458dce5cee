using System.Runtime.CompilerServices;
using System.Text;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Archiver.Web.Cloud;

namespace Archiver.Web.Results.Store;

/// <summary>The results table, read by its index and never scanned.</summary>
internal sealed class ResultsStore(IAmazonDynamoDB dynamoDb, CloudResources cloud)
{
    /// <summary>As many records as there are.</summary>
    public const int All = int.MaxValue;

    // In bytes of UTF-8.
    private const int LongestKey = 2048;

    // So many days are asked for at once where day after day has nothing: a month of nothing is then six round trips, not thirty.
    private const int MostDaysAtOnce = 16;

    // What a filtered query looks at to fill a page; a filter that lets little through asks again.
    private const int FilteredLimit = 1000;

    /// <summary>Reads one result, as of now; nothing where there is none of that key.</summary>
    public async Task<ResultRow?> GetAsync(string id, CancellationToken cancellationToken)
    {
        // DynamoDB refuses a key that is empty or longer than this, and so there is no such record.
        if (id.Length == 0 || Encoding.UTF8.GetByteCount(id) > LongestKey) return null;
        GetItemResponse response = await dynamoDb.GetItemAsync(
            new GetItemRequest { TableName = cloud.ArchiveTable, Key = new() { [nameof(ResultRow.Id)] = new AttributeValue { S = id } }, ConsistentRead = true }, cancellationToken);
        return response.IsItemSet ? ResultRowReader.Read(response.Item) : null;
    }

    /// <summary>Reads the result of a run; nothing where it has none yet, or a script's record lies under its name.</summary>
    /// <param name="executionArn">The run. Its result's key is its name, the last part of this.</param>
    public async Task<ResultRow?> GetOfRunAsync(string executionArn, CancellationToken cancellationToken) =>
        await GetAsync(executionArn[(executionArn.LastIndexOf(':') + 1)..], cancellationToken) is { } row && row.ExecutionArn == executionArn ? row : null;

    /// <summary>
    /// Reads results in order of time. Days are read one after another, and several at once as long as they turn out empty.
    /// Whoever has enough stops reading.
    /// </summary>
    /// <param name="selection">Which results.</param>
    /// <param name="newestFirst">The direction.</param>
    /// <param name="after">The record to go on from; nothing for the beginning of the range.</param>
    /// <param name="wanted">How many the caller is going to read at most: a hint that keeps queries small.</param>
    public async IAsyncEnumerable<ResultRow> ReadAsync(
        ResultsSelection selection, bool newestFirst, ResultsCursor? after, int wanted, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using CancellationTokenSource enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using IEnumerator<DaySlice> days = DayWalk.Slices(selection.From, selection.Until, newestFirst, after).GetEnumerator();
        Queue<(QueryRequest Request, Task<QueryResponse> Page)> ahead = new();
        int width = 1;
        int left = wanted;
        try
        {
            while (true)
            {
                while (ahead.Count < width && days.MoveNext())
                {
                    QueryRequest request = ResultsQuery.Of(cloud.ArchiveTable, days.Current, selection.Filter, newestFirst, Limit(selection.Filter, left));
                    ahead.Enqueue((request, dynamoDb.QueryAsync(request, enough.Token)));
                }
                if (!ahead.TryDequeue(out (QueryRequest Request, Task<QueryResponse> Page) day)) yield break;

                QueryResponse page = await day.Page;
                width = page.Items is { Count: > 0 } || page.LastEvaluatedKey is { Count: > 0 } ? 1 : Math.Min(width * 2, MostDaysAtOnce);
                while (true)
                {
                    foreach (Dictionary<string, AttributeValue> item in page.Items ?? [])
                    {
                        left--;
                        yield return ResultRowReader.Read(item);
                    }
                    if (page.LastEvaluatedKey is not { Count: > 0 } more) break;
                    day.Request.ExclusiveStartKey = more;
                    day.Request.Limit = Limit(selection.Filter, left);
                    page = await dynamoDb.QueryAsync(day.Request, enough.Token);
                }
            }
        }
        finally
        {
            // The reader has enough, or one day failed: nothing is left running, and no failure unobserved.
            await enough.CancelAsync();
            foreach ((_, Task page) in ahead) await page.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static int? Limit(ResultsFilter filter, int left) => left switch
    {
        > FilteredLimit => null,
        _ => filter.Narrows ? FilteredLimit : Math.Max(left, 1),
    };
}
