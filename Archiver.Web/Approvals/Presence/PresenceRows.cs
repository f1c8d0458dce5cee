using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Cloud;
using Replica = Archiver.Web.Approvals.Replicas.Replica; // DynamoDB has one, too

namespace Archiver.Web.Approvals.Presence;

/// <summary>
/// Where replicas tell each other who looks at what: the approvals table, in a row a replica beside the one that it announces itself with.
/// The row of a replica that ended without taking it back goes by its time to live.
/// </summary>
internal sealed class PresenceRows(IAmazonDynamoDB dynamoDb, CloudResources cloud, Replica replica, TimeProvider time)
{
    private const string StatusIndex = "Status-RequestedAt";
    private const string PresenceStatus = "Presence";
    private const string Looking = "Looking";

    // A row stays small whatever happens, and nobody reads more names than that.
    private const int MostLookers = 500;
    private const int MostReplicas = 100;

    /// <summary>After how long a row is written anew, so that it does not lapse while somebody still looks.</summary>
    public static readonly TimeSpan Renewed = TimeSpan.FromHours(12);

    private static readonly TimeSpan Kept = 2 * Renewed;

    private string RowId => $"presence:{replica.Id}";

    /// <summary>Tells who looks at what here, in place of what was told before.</summary>
    /// <param name="lookers">Who; nobody takes the row back.</param>
    public Task WriteAsync(IReadOnlyList<Looker> lookers, CancellationToken cancellationToken)
    {
        if (lookers.Count == 0) return dynamoDb.DeleteItemAsync(cloud.ApprovalsTable, new() { [ApprovalRow.Id] = ApprovalRow.Text(RowId) }, cancellationToken);
        DateTimeOffset now = time.GetUtcNow();
        return dynamoDb.PutItemAsync(
            new PutItemRequest
            {
                TableName = cloud.ApprovalsTable,
                Item = new()
                {
                    [ApprovalRow.Id] = ApprovalRow.Text(RowId),
                    [ApprovalRow.Status] = ApprovalRow.Text(PresenceStatus),
                    ["RequestedAt"] = ApprovalRow.Stamp(now),
                    [Looking] = ApprovalRow.Text(JsonSerializer.Serialize(lookers.Take(MostLookers))),
                    [ApprovalRow.ExpireAfter] = ApprovalRow.Number((now + Kept).ToUnixTimeSeconds()),
                },
            },
            cancellationToken);
    }

    /// <summary>Reads who looks at what elsewhere, by replica, of whatever age.</summary>
    public async Task<IReadOnlyList<(string Replica, string Looking)>> ReadOthersAsync(CancellationToken cancellationToken)
    {
        QueryResponse response = await dynamoDb.QueryAsync(
            new QueryRequest
            {
                TableName = cloud.ApprovalsTable,
                IndexName = StatusIndex,
                KeyConditionExpression = "#status = :presence",
                ExpressionAttributeNames = new() { ["#status"] = ApprovalRow.Status },
                ExpressionAttributeValues = new() { [":presence"] = ApprovalRow.Text(PresenceStatus) },
                ScanIndexForward = false,
                Limit = MostReplicas,
            },
            cancellationToken);
        return
        [
            .. (response.Items ?? [])
                .Select(row => (Replica: row[ApprovalRow.Id].S["presence:".Length..], row[Looking].S))
                .Where(row => row.Replica != replica.Id),
        ];
    }

    /// <summary>The lookers of a row.</summary>
    public static IReadOnlyList<Looker> Parse(string looking) => JsonSerializer.Deserialize<Looker[]>(looking) ?? [];
}
