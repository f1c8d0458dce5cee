using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Archiver.Web.Cloud;
using Archiver.Web.Results.Store;

namespace Archiver.Web.Results.Summary;

/// <summary>A day as it was read.</summary>
/// <param name="Cube">Its results.</param>
/// <param name="Newest">The keys of its newest results, by which one that came meanwhile is told from one that is counted.</param>
/// <param name="Since">The time from which on <paramref name="Newest"/> has all; empty where it has all of the day.</param>
internal sealed record DayReading(DayCube Cube, IReadOnlyCollection<string> Newest, string Since);

/// <summary>
/// Reads a UTC day of the results' index into a cube: page after page, only the attributes that are counted, and with a rest after each
/// page as long as the page took, so that whoever waits for a page of the grid is not kept waiting.
/// </summary>
internal sealed class SummaryReader(IAmazonDynamoDB dynamoDb, CloudResources cloud, TimeProvider time)
{
    /// <summary>How many of the newest results are known by their keys.</summary>
    public const int MostNewest = 1000;

    private static readonly TimeSpan LongestRest = TimeSpan.FromMilliseconds(250);

    // Each under a name of its own: some are words of the expression language.
    private static readonly string[] Attributes =
    [
        nameof(ResultRow.Id), nameof(ResultRow.Timestamp), nameof(ResultRow.Action), nameof(ResultRow.Approval), nameof(ResultRow.Approved),
        nameof(ResultRow.Quality), nameof(ResultRow.QualityThreshold), nameof(ResultRow.DecisionSeconds), nameof(ResultRow.Comment),
    ];

    /// <summary>Reads a day.</summary>
    public async Task<DayReading> ReadAsync(DateOnly day, CancellationToken cancellationToken)
    {
        QueryRequest request = ResultsQuery.Of(cloud.ArchiveTable, new DaySlice(ResultsUrl.Text(day), null, null, null), ResultsFilter.Default, newestFirst: true, null);
        for (int i = 0; i < Attributes.Length; i++) request.ExpressionAttributeNames[$"#a{i}"] = Attributes[i];
        request.ProjectionExpression = string.Join(", ", Attributes.Select((_, i) => $"#a{i}"));

        DayCube.Builder cube = new(day);
        HashSet<string> newest = new(StringComparer.Ordinal);
        string since = "";
        while (true)
        {
            long start = time.GetTimestamp();
            QueryResponse page = await dynamoDb.QueryAsync(request, cancellationToken);
            foreach (Dictionary<string, AttributeValue> item in page.Items ?? [])
            {
                ResultRow row = ResultRowReader.Read(item);
                cube.Add(row);
                if (newest.Count < MostNewest) newest.Add(row.Id);
                else if (since.Length == 0) since = row.Timestamp;
            }
            if (page.LastEvaluatedKey is not { Count: > 0 } more) return new DayReading(cube.Build(), newest, since);
            request.ExclusiveStartKey = more;
            TimeSpan took = time.GetElapsedTime(start);
            if (took > TimeSpan.Zero) await Task.Delay(took < LongestRest ? took : LongestRest, time, cancellationToken);
        }
    }
}
