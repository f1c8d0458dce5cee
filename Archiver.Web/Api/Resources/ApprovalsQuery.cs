using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Archiver.Lambdas.Contracts;
using Archiver.Web.Api.Requests;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Cloud;

namespace Archiver.Web.Api.Resources;

/// <summary>Which approvals a program wants to see.</summary>
/// <param name="Status">Where they stand.</param>
/// <param name="Machine">The state machine whose runs wait, by its name; nothing for any.</param>
/// <param name="Text">What their name has in it; nothing for any.</param>
/// <param name="NewestFirst">The order of asking.</param>
internal sealed record ApprovalsFilter(ApprovalStatus Status, string? Machine, string? Text, bool NewestFirst)
{
    /// <summary>Whether an approval is one of them.</summary>
    public bool Matches(Approval approval) =>
        (Text is null || approval.Name.Contains(Text, StringComparison.OrdinalIgnoreCase))
        && (Machine is null || approval.ExecutionArn?.Split(':') is [_, _, _, _, _, _, var machine, ..] && machine == Machine);
}

/// <summary>Reads approvals a page at a time, by the table's index and never by a scan.</summary>
internal sealed class ApprovalsQuery(IAmazonDynamoDB dynamoDb, CloudResources cloud)
{
    private const string Index = "Status-RequestedAt";

    // A filter that lets little through gives a shorter page, and the place to go on from, rather than an answer that takes long.
    private const int MostLookedAt = 2000;

    private const string RequestedAt = nameof(RequestedAt);

    /// <summary>Reads a page.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cursor">The place to go on from; nothing for the beginning.</param>
    /// <returns>The approvals, and the place after them; nothing for a cursor that is none of this list's.</returns>
    public async Task<(IReadOnlyList<Approval> Items, string? Next)?> ReadAsync(ApprovalsFilter filter, int limit, string? cursor, CancellationToken cancellationToken)
    {
        Dictionary<string, AttributeValue>? start = null;
        if (cursor is not null && (start = Place(cursor, filter)) is null) return null;
        List<Approval> items = [];
        int looked = 0;
        do
        {
            QueryResponse page = await dynamoDb.QueryAsync(Request(filter, filter is { Text: null, Machine: null } ? limit - items.Count : 200, start), cancellationToken);
            start = page.LastEvaluatedKey is { Count: > 0 } more ? more : null;
            foreach (Dictionary<string, AttributeValue> row in page.Items ?? [])
            {
                Approval approval = ApprovalRow.Read(row);
                looked++;
                if (!filter.Matches(approval)) continue;
                items.Add(approval);
                if (items.Count < limit) continue;
                bool isLast = start is null && ReferenceEquals(row, page.Items![^1]);
                return (items, isLast ? null : Cursor(row[ApprovalRow.Id].S, row[RequestedAt].S, filter));
            }
        }
        while (start is not null && looked < MostLookedAt);
        return (items, start is null ? null : Cursor(start[ApprovalRow.Id].S, start[RequestedAt].S, filter));
    }

    private QueryRequest Request(ApprovalsFilter filter, int limit, Dictionary<string, AttributeValue>? start)
    {
        QueryRequest request = new()
        {
            TableName = cloud.ApprovalsTable,
            IndexName = Index,
            KeyConditionExpression = "#status = :status",
            ExpressionAttributeNames = new() { ["#status"] = ApprovalRow.Status },
            ExpressionAttributeValues = new() { [":status"] = ApprovalRow.Text(filter.Status.ToString()) },
            ScanIndexForward = !filter.NewestFirst,
            Limit = limit,
            ExclusiveStartKey = start,
        };
        foreach ((int index, string attribute) in ApprovalRow.Shown.Index()) request.ExpressionAttributeNames[$"#a{index.ToString(CultureInfo.InvariantCulture)}"] = attribute;
        request.ProjectionExpression = string.Join(", ", request.ExpressionAttributeNames.Keys);
        return request;
    }

    private static string Cursor(string id, string requestedAt, ApprovalsFilter filter) => ApiCursor.Write(filter.Status.ToString(), requestedAt, id);

    private static Dictionary<string, AttributeValue>? Place(string cursor, ApprovalsFilter filter) =>
        ApiCursor.Read(cursor, 3) is [var status, var requestedAt, { Length: > 0 and <= 100 } id] && status == filter.Status.ToString()
        && UtcTimestamp.TryParse(requestedAt, out DateTimeOffset moment) && UtcTimestamp.Format(moment) == requestedAt
            ? new()
            {
                [ApprovalRow.Id] = ApprovalRow.Text(id),
                [ApprovalRow.Status] = ApprovalRow.Text(status),
                [RequestedAt] = ApprovalRow.Text(requestedAt),
            }
            : null;
}
