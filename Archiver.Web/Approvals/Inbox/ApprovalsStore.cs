using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Archiver.Lambdas.Contracts;
using Archiver.Web.Cloud;

namespace Archiver.Web.Approvals.Inbox;

/// <summary>How an attempt to change a row ended.</summary>
/// <param name="Won">Whether this attempt made the change.</param>
/// <param name="Approval">The row as it stands now, changed by this attempt or by somebody before it; nothing when there is no such row.</param>
internal sealed record ChangeOutcome(bool Won, Approval? Approval);

/// <summary>
/// The approvals table: the inbox, shared by every replica. Every change is one conditional write on the row's version, so
/// that the first writer wins and the next is given the row that won.
/// </summary>
internal sealed class ApprovalsStore(IAmazonDynamoDB dynamoDb, CloudResources cloud)
{
    /// <summary>The index over status and time of asking.</summary>
    private const string StatusIndex = "Status-RequestedAt";

    /// <summary>Takes a new approval in. A second delivery of the same token changes nothing.</summary>
    /// <returns>Whether it was new.</returns>
    public async Task<bool> AddAsync(Approval approval, string taskToken, CancellationToken cancellationToken)
    {
        Dictionary<string, AttributeValue> row = ApprovalRow.Write(approval);
        row[ApprovalRow.TaskToken] = new AttributeValue { S = taskToken };
        try
        {
            await dynamoDb.PutItemAsync(
                new PutItemRequest { TableName = cloud.ApprovalsTable, Item = row, ConditionExpression = "attribute_not_exists(Id)" },
                cancellationToken);
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
        }
    }

    /// <summary>Reads one approval, as of now.</summary>
    public async Task<Approval?> GetAsync(string id, CancellationToken cancellationToken)
    {
        GetItemResponse response = await dynamoDb.GetItemAsync(
            new GetItemRequest { TableName = cloud.ApprovalsTable, Key = Key(id), ConsistentRead = true }, cancellationToken);
        return response.IsItemSet ? ApprovalRow.Read(response.Item) : null;
    }

    /// <summary>Reads the token that the run waits with. It goes to Step Functions and nowhere else.</summary>
    public async Task<string?> GetTaskTokenAsync(string id, CancellationToken cancellationToken)
    {
        GetItemResponse response = await dynamoDb.GetItemAsync(
            new GetItemRequest
            {
                TableName = cloud.ApprovalsTable,
                Key = Key(id),
                ConsistentRead = true,
                ProjectionExpression = ApprovalRow.TaskToken,
            },
            cancellationToken);
        return response.IsItemSet && response.Item.TryGetValue(ApprovalRow.TaskToken, out AttributeValue? token) ? token.S : null;
    }

    /// <summary>Reads the approvals of one status, oldest first, a page at a time.</summary>
    public async IAsyncEnumerable<Approval> ListAsync(
        ApprovalStatus status, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        QueryRequest request = new()
        {
            TableName = cloud.ApprovalsTable,
            IndexName = StatusIndex,
            KeyConditionExpression = "#status = :status",
            ExpressionAttributeNames = new() { ["#status"] = ApprovalRow.Status },
            ExpressionAttributeValues = new() { [":status"] = new AttributeValue { S = status.ToString() } },
        };
        do
        {
            QueryResponse page = await dynamoDb.QueryAsync(request, cancellationToken);
            foreach (Dictionary<string, AttributeValue> row in page.Items ?? []) yield return ApprovalRow.Read(row);
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
    }

    /// <summary>Settles a pending approval: the first decision wins.</summary>
    /// <param name="id">The approval.</param>
    /// <param name="version">The version that the reviewer had in front of them.</param>
    /// <param name="decision">What they decided.</param>
    public Task<ChangeOutcome> DecideAsync(string id, long version, Decision decision, CancellationToken cancellationToken) =>
        ChangeAsync(
            id, ApprovalStatus.Pending, version, ApprovalStatus.Decided, "Decision = :change",
            new AttributeValue { M = ApprovalRow.WriteDecision(decision) }, cancellationToken);

    /// <summary>Records that the run has the decision.</summary>
    /// <param name="id">The approval.</param>
    /// <param name="version">The version that was decided.</param>
    /// <param name="deliveredAt">When.</param>
    public Task<ChangeOutcome> MarkDeliveredAsync(string id, long version, DateTimeOffset deliveredAt, CancellationToken cancellationToken) =>
        ChangeAsync(
            id, ApprovalStatus.Decided, version, ApprovalStatus.Delivered, "DeliveredAt = :change",
            new AttributeValue { S = UtcTimestamp.Format(deliveredAt) }, cancellationToken);

    /// <summary>Records that the run no longer waits, and why.</summary>
    /// <param name="approval">The approval as it was seen.</param>
    /// <param name="because">The reason, a sentence for a person.</param>
    public Task<ChangeOutcome> CloseAsync(Approval approval, string because, CancellationToken cancellationToken) =>
        ChangeAsync(
            approval.Id, approval.Status, approval.Version, ApprovalStatus.Closed, "ClosedBecause = :change",
            new AttributeValue { S = because }, cancellationToken);

    private static Dictionary<string, AttributeValue> Key(string id) => new() { [ApprovalRow.Id] = new AttributeValue { S = id } };

    private async Task<ChangeOutcome> ChangeAsync(
        string id, ApprovalStatus from, long version, ApprovalStatus to, string assignment, AttributeValue change, CancellationToken cancellationToken)
    {
        UpdateItemRequest request = new()
        {
            TableName = cloud.ApprovalsTable,
            Key = Key(id),
            UpdateExpression = $"SET #status = :to, Version = :next, {assignment}",
            ConditionExpression = "#status = :from AND Version = :version",
            ExpressionAttributeNames = new() { ["#status"] = ApprovalRow.Status },
            ExpressionAttributeValues = new()
            {
                [":from"] = new AttributeValue { S = from.ToString() },
                [":to"] = new AttributeValue { S = to.ToString() },
                [":version"] = new AttributeValue { N = version.ToString(CultureInfo.InvariantCulture) },
                [":next"] = new AttributeValue { N = (version + 1).ToString(CultureInfo.InvariantCulture) },
                [":change"] = change,
            },
            ReturnValues = ReturnValue.ALL_NEW,
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
        };
        try
        {
            UpdateItemResponse response = await dynamoDb.UpdateItemAsync(request, cancellationToken);
            return new ChangeOutcome(true, ApprovalRow.Read(response.Attributes));
        }
        catch (ConditionalCheckFailedException exception)
        {
            // The row that won comes back with the refusal: telling the loser costs no second read.
            return new ChangeOutcome(false, exception.Item is { Count: > 0 } row ? ApprovalRow.Read(row) : null);
        }
    }
}
