using System.Collections.Concurrent;
using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Archiver.Lambdas.Contracts;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Cloud;

namespace Archiver.Web.Approvals.Replicas;

/// <summary>A replica as it announced itself.</summary>
/// <param name="Id">The replica.</param>
/// <param name="Announcement">Another number with every announcement: something changed, or it is simply still there.</param>
internal sealed record ReplicaNews(string Id, long Announcement);

/// <summary>A change that a replica made, as its row stands now.</summary>
/// <param name="Approval">The row.</param>
/// <param name="Stamp">The change's stamp, of that replica's own count.</param>
internal sealed record ReplicaChange(Approval Approval, string Stamp);

/// <summary>
/// Where replicas hear of each other: the approvals table itself. Each has a row that it rewrites when it has changed something, so
/// that one small query tells whom to ask; what changed is read from the index over who changed a row last, and when.
/// </summary>
internal sealed class ReplicaRegistry(IAmazonDynamoDB dynamoDb, CloudResources cloud, Replica replica, TimeProvider time)
{
    private const string StatusIndex = "Status-RequestedAt";
    private const string ChangesIndex = "ChangedBy-ChangedAt";
    private const string ReplicaStatus = "Replica";
    private const string Announcement = "Announcement";

    // More dashboards than that over one table nobody runs; rows of those that ended go by their time to live.
    private const int Most = 100;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    // Each announces itself once a minute at least.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(150);

    // One for each that there was since the start: a few words each.
    private readonly ConcurrentDictionary<string, (long Announcement, DateTimeOffset At)> _heard = new(StringComparer.Ordinal);

    /// <summary>Says that this replica is there, and has made changes.</summary>
    /// <param name="announcement">Another number than any before.</param>
    public Task AnnounceAsync(long announcement, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        return dynamoDb.PutItemAsync(
            new PutItemRequest
            {
                TableName = cloud.ApprovalsTable,
                Item = new()
                {
                    [ApprovalRow.Id] = ApprovalRow.Text($"replica:{replica.Id}"),
                    [ApprovalRow.Status] = ApprovalRow.Text(ReplicaStatus),
                    ["RequestedAt"] = ApprovalRow.Stamp(now),
                    [Announcement] = ApprovalRow.Number(announcement),
                    [ApprovalRow.ExpireAfter] = ApprovalRow.Number((now + Kept).ToUnixTimeSeconds()),
                },
            },
            cancellationToken);
    }

    /// <summary>Reads what the other replicas announced last.</summary>
    public async Task<IReadOnlyList<ReplicaNews>> ListOthersAsync(CancellationToken cancellationToken)
    {
        QueryResponse response = await dynamoDb.QueryAsync(
            new QueryRequest
            {
                TableName = cloud.ApprovalsTable,
                IndexName = StatusIndex,
                KeyConditionExpression = "#status = :replica",
                ExpressionAttributeNames = new() { ["#status"] = ApprovalRow.Status },
                ExpressionAttributeValues = new() { [":replica"] = ApprovalRow.Text(ReplicaStatus) },
                ScanIndexForward = false,
                Limit = Most,
            },
            cancellationToken);
        List<ReplicaNews> others = [];
        foreach (Dictionary<string, AttributeValue> row in response.Items ?? [])
        {
            ReplicaNews news = new(row[ApprovalRow.Id].S["replica:".Length..], long.Parse(row[Announcement].N, CultureInfo.InvariantCulture));
            if (news.Id == replica.Id) continue;
            others.Add(news);
            Hear(news, row);
        }
        return others;
    }

    /// <summary>
    /// Whether a replica has announced itself lately, by this process's own clock. Only of one that was never heard of before, its own time is
    /// believed: it may have ended long ago.
    /// </summary>
    /// <param name="replicaId">The replica.</param>
    public bool IsThere(string replicaId) => _heard.TryGetValue(replicaId, out (long Announcement, DateTimeOffset At) heard) && time.GetUtcNow() - heard.At < Silence;

    private void Hear(ReplicaNews news, Dictionary<string, AttributeValue> row)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (!_heard.TryGetValue(news.Id, out (long Announcement, DateTimeOffset At) heard))
        {
            DateTimeOffset at = UtcTimestamp.TryParse(row["RequestedAt"].S, out DateTimeOffset told) && told < now ? told : now;
            _heard[news.Id] = (news.Announcement, at);
        }
        else if (heard.Announcement != news.Announcement)
        {
            _heard[news.Id] = (news.Announcement, now);
        }
    }

    /// <summary>Reads the stamp of the latest change that a replica made; empty when it made none.</summary>
    public async Task<string> LatestStampAsync(string replicaId, CancellationToken cancellationToken)
    {
        QueryRequest request = Changes(replicaId, "");
        request.ScanIndexForward = false;
        request.Limit = 1;
        request.ProjectionExpression = ApprovalRow.ChangedAt;
        QueryResponse response = await dynamoDb.QueryAsync(request, cancellationToken);
        return response.Items is [{ } latest, ..] ? latest[ApprovalRow.ChangedAt].S : "";
    }

    /// <summary>Reads what a replica changed, in the order of its changes; a row that somebody changed after it is not among them.</summary>
    /// <param name="replicaId">The replica.</param>
    /// <param name="after">The stamp after which; empty for all.</param>
    public async Task<IReadOnlyList<ReplicaChange>> ChangesAsync(string replicaId, string after, CancellationToken cancellationToken)
    {
        List<ReplicaChange> changes = [];
        QueryRequest request = Changes(replicaId, after);
        do
        {
            QueryResponse page = await dynamoDb.QueryAsync(request, cancellationToken);
            changes.AddRange((page.Items ?? []).Select(row => new ReplicaChange(ApprovalRow.Read(row), row[ApprovalRow.ChangedAt].S)));
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
        return changes;
    }

    private QueryRequest Changes(string replicaId, string after)
    {
        QueryRequest request = new()
        {
            TableName = cloud.ApprovalsTable,
            IndexName = ChangesIndex,
            KeyConditionExpression = "ChangedBy = :replica",
            ExpressionAttributeValues = new() { [":replica"] = ApprovalRow.Text(replicaId) },
        };
        if (after.Length == 0) return request;
        request.KeyConditionExpression += " AND ChangedAt > :after";
        request.ExpressionAttributeValues[":after"] = ApprovalRow.Text(after);
        return request;
    }
}
