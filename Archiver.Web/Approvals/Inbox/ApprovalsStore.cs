using System.Globalization;
using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Archiver.Lambdas.Contracts;
using Archiver.Web.Approvals.FourEyes;
using Archiver.Web.Approvals.Record;
using Archiver.Web.Cloud;
using Archiver.Web.Identity;
using Microsoft.Extensions.Options;
using Replica = Archiver.Web.Approvals.Replicas.Replica; // DynamoDB has one, too

namespace Archiver.Web.Approvals.Inbox;

/// <summary>How an attempt to change a row ended.</summary>
/// <param name="Won">Whether this attempt made the change.</param>
/// <param name="Approval">The row as it stands now, changed by this attempt or by somebody before it; nothing when there is no such row.</param>
/// <param name="TaskToken">The token that the run waits with, for who is to send the decision; it goes to Step Functions and nowhere else.</param>
internal sealed record ChangeOutcome(bool Won, Approval? Approval, string? TaskToken)
{
    /// <summary>Keeps the token out of whatever prints this.</summary>
    public override string ToString() => $"{(Won ? "won" : "lost")} {Approval?.Id} {Approval?.Status}";
}

/// <summary>A decision as it settles a row.</summary>
/// <param name="Decision">What the run is told.</param>
/// <param name="Last">Whose word settled it: who denied, or who gave the last approval that it took.</param>
/// <param name="Detail">What the record says beside that.</param>
internal sealed record Settlement(Decision Decision, Vote Last, string? Detail);

/// <summary>
/// The approvals table: the inbox, shared by every replica. Every change is one conditional write on the row's version, so
/// that the first writer wins and the next is given the row that won; the line of the record that tells of it is part of the
/// same write. A write whose answer was lost, repeated by the SDK, is known by its stamp: it won.
/// </summary>
internal sealed class ApprovalsStore(IAmazonDynamoDB dynamoDb, CloudResources cloud, Replica replica, IOptions<ApprovalsOptions> options, TimeProvider time)
{
    /// <summary>The index over status and time of asking.</summary>
    private const string StatusIndex = "Status-RequestedAt";

    /// <summary>The index over the run that waits and the time of asking. It has no more than the keys: a run asks seldom more than once.</summary>
    private const string RunIndex = "ExecutionArn-RequestedAt";

    // A run's page shows what it asked; one that asked more often than this shows the latest.
    private const int MostOfRun = 20;

    /// <summary>Takes a new approval in. A second delivery of the same token changes nothing, and is given the row that is there.</summary>
    public async Task<ChangeOutcome> AddAsync(Approval approval, string taskToken, CancellationToken cancellationToken)
    {
        string stamp = replica.NextStamp();
        Dictionary<string, AttributeValue> row = ApprovalRow.Write(approval);
        row[ApprovalRow.TaskToken] = ApprovalRow.Text(taskToken);
        row[ApprovalRow.Events] = ApprovalRow.Write(new ApprovalEvent(approval.RequestedAt, ApprovalEventKind.Asked));
        row[ApprovalRow.ChangedBy] = ApprovalRow.Text(replica.Id);
        row[ApprovalRow.ChangedAt] = ApprovalRow.Text(stamp);
        try
        {
            await dynamoDb.PutItemAsync(
                new PutItemRequest
                {
                    TableName = cloud.ApprovalsTable,
                    Item = row,
                    ConditionExpression = "attribute_not_exists(Id)",
                    ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
                },
                cancellationToken);
            replica.NoteChanged();
            return new ChangeOutcome(true, approval, taskToken);
        }
        catch (ConditionalCheckFailedException exception)
        {
            return Lost(exception, stamp);
        }
    }

    /// <summary>Reads one approval, as of now.</summary>
    public async Task<Approval?> GetAsync(string id, CancellationToken cancellationToken) => (await GetRecordAsync(id, cancellationToken))?.Approval;

    /// <summary>Reads one approval with its record, as of now.</summary>
    public async Task<ApprovalRecord?> GetRecordAsync(string id, CancellationToken cancellationToken) =>
        await GetRowAsync(id, null, cancellationToken) is { } row && IsApproval(row) ? new ApprovalRecord(ApprovalRow.Read(row), ApprovalRow.ReadEvents(row)) : null;

    /// <summary>Reads what a run asked, with the records, oldest first. The index may be a moment behind the table.</summary>
    /// <param name="executionArn">The run.</param>
    public async Task<IReadOnlyList<ApprovalRecord>> GetOfRunAsync(string executionArn, CancellationToken cancellationToken)
    {
        QueryResponse page = await dynamoDb.QueryAsync(
            new QueryRequest
            {
                TableName = cloud.ApprovalsTable,
                IndexName = RunIndex,
                KeyConditionExpression = "#run = :run",
                ExpressionAttributeNames = new() { ["#run"] = ApprovalRow.ExecutionArn },
                ExpressionAttributeValues = new() { [":run"] = ApprovalRow.Text(executionArn) },
                ScanIndexForward = false,
                Limit = MostOfRun,
            },
            cancellationToken);
        ApprovalRecord?[] records = await Task.WhenAll((page.Items ?? []).Select(key => GetRecordAsync(key[ApprovalRow.Id].S, cancellationToken)));
        return [.. records.OfType<ApprovalRecord>().Reverse()];
    }

    /// <summary>Reads the token that the run waits with. It goes to Step Functions and nowhere else.</summary>
    public async Task<string?> GetTaskTokenAsync(string id, CancellationToken cancellationToken) =>
        (await GetRowAsync(id, ApprovalRow.TaskToken, cancellationToken))?.GetValueOrDefault(ApprovalRow.TaskToken)?.S;

    /// <summary>Reads the approvals of one status, newest first, a page of the service's at a time.</summary>
    public async IAsyncEnumerable<IReadOnlyList<Approval>> ListAsync(ApprovalStatus status, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        QueryRequest request = new()
        {
            TableName = cloud.ApprovalsTable,
            IndexName = StatusIndex,
            KeyConditionExpression = "#status = :status",
            ExpressionAttributeNames = new() { ["#status"] = ApprovalRow.Status },
            ExpressionAttributeValues = new() { [":status"] = ApprovalRow.Text(status.ToString()) },
            ScanIndexForward = false,
        };
        // Neither the token nor the record, which are most of a row.
        foreach ((int index, string attribute) in ApprovalRow.Shown.Index()) request.ExpressionAttributeNames[$"#a{index.ToString(CultureInfo.InvariantCulture)}"] = attribute;
        request.ProjectionExpression = string.Join(", ", request.ExpressionAttributeNames.Keys);
        do
        {
            QueryResponse page = await dynamoDb.QueryAsync(request, cancellationToken);
            yield return [.. (page.Items ?? []).Select(ApprovalRow.Read)];
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
    }

    /// <summary>Settles a pending approval: the first decision wins. Where decisions can't be taken back it is to be sent at once.</summary>
    /// <param name="current">The approval as it stands; what the decision rests on is all in this version of it.</param>
    /// <param name="settlement">What was decided, and by whom.</param>
    public Task<ChangeOutcome> DecideAsync(Approval current, Settlement settlement, CancellationToken cancellationToken)
    {
        Decision decision = settlement.Decision;
        Change change = new(
            ApprovalStatus.Pending, options.Value.UndoSeconds > 0 ? ApprovalStatus.Decided : ApprovalStatus.Sending,
            new ApprovalEvent(
                decision.DecidedAt ?? settlement.Last.At, decision.Approved ? ApprovalEventKind.Approved : ApprovalEventKind.Denied, settlement.Last.Name, settlement.Detail, settlement.Last.PersonId));
        change.Set[ApprovalRow.Decision] = ApprovalRow.Write(decision);
        change.Set[ApprovalRow.ReviewerId] = ApprovalRow.Text(settlement.Last.PersonId);
        change.Put(ApprovalRow.Claim, null);
        change.Vote(Others(current, settlement.Last.PersonId), decision.Approved ? settlement.Last : null);
        return ChangeAsync(current.Id, current.Version, change, cancellationToken);
    }

    /// <summary>Adds an approval to those of others, which are not enough yet. Who was on it is so no more: somebody else's turn has come.</summary>
    /// <param name="current">The approval as it stands.</param>
    /// <param name="vote">The vote.</param>
    /// <param name="detail">What the record says of it.</param>
    public Task<ChangeOutcome> EndorseAsync(Approval current, Vote vote, string detail, CancellationToken cancellationToken)
    {
        Change change = new(
            ApprovalStatus.Pending, ApprovalStatus.Pending, new ApprovalEvent(vote.At, ApprovalEventKind.Endorsed, vote.Name, detail, vote.PersonId));
        change.Put(ApprovalRow.Claim, null);
        change.Vote(Others(current, vote.PersonId), vote);
        return ChangeAsync(current.Id, current.Version, change, cancellationToken);
    }

    /// <summary>Takes a vote back that has not settled anything.</summary>
    /// <param name="current">The approval as it stands.</param>
    /// <param name="by">Whose vote.</param>
    public Task<ChangeOutcome> WithdrawAsync(Approval current, Person by, CancellationToken cancellationToken)
    {
        Change change = new(ApprovalStatus.Pending, ApprovalStatus.Pending, Line(ApprovalEventKind.Withdrawn, by));
        change.Vote(Others(current, by.Id), null);
        return ChangeAsync(current.Id, current.Version, change, cancellationToken);
    }

    /// <summary>Takes a decision back that is not on its way yet: the approval waits again, with the votes of all others.</summary>
    /// <param name="current">The approval as it was decided.</param>
    /// <param name="by">Who takes it back.</param>
    public Task<ChangeOutcome> UndoAsync(Approval current, Person by, CancellationToken cancellationToken)
    {
        Change change = new(ApprovalStatus.Decided, ApprovalStatus.Pending, Line(ApprovalEventKind.Undone, by));
        change.Put(ApprovalRow.Decision, null);
        change.Put(ApprovalRow.ReviewerId, null);
        change.Set[ApprovalRow.Reopened] = ApprovalRow.Number(current.Reopened + 1);
        change.Vote(Others(current, by.Id), null);
        return ChangeAsync(current.Id, current.Version, change, cancellationToken);
    }

    /// <summary>Says who is on a pending approval.</summary>
    /// <param name="current">The approval as it stands.</param>
    /// <param name="claim">Who is, or that nobody is.</param>
    /// <param name="kind">What the record says happened.</param>
    /// <param name="by">Whose doing it is.</param>
    /// <param name="detail">What the record says beside that.</param>
    public Task<ChangeOutcome> ClaimAsync(Approval current, ApprovalClaim? claim, ApprovalEventKind kind, Person by, string? detail, CancellationToken cancellationToken)
    {
        Change change = new(ApprovalStatus.Pending, ApprovalStatus.Pending, Line(kind, by, detail));
        change.Put(ApprovalRow.Claim, claim is null ? null : ApprovalRow.Write(claim));
        return ChangeAsync(current.Id, current.Version, change, cancellationToken);
    }

    /// <summary>Sets a decision on its way: from here on it can't be taken back.</summary>
    /// <param name="id">The approval.</param>
    /// <param name="version">The version that was decided.</param>
    public Task<ChangeOutcome> BeginSendingAsync(string id, long version, CancellationToken cancellationToken) =>
        ChangeAsync(id, version, new Change(ApprovalStatus.Decided, ApprovalStatus.Sending, null), cancellationToken);

    /// <summary>Records that the run has the decision.</summary>
    /// <param name="id">The approval.</param>
    /// <param name="version">The version that was sent.</param>
    /// <param name="detail">What is worth saying of the delivery, or nothing.</param>
    public Task<ChangeOutcome> MarkDeliveredAsync(string id, long version, string? detail, CancellationToken cancellationToken) => ChangeAsync(
        id, version,
        Ending(new Change(ApprovalStatus.Sending, ApprovalStatus.Delivered, new ApprovalEvent(time.GetUtcNow(), ApprovalEventKind.Delivered, null, detail))),
        cancellationToken);

    /// <summary>Records that the run no longer waits, and why.</summary>
    /// <param name="approval">The approval as it was seen.</param>
    /// <param name="closing">The reason.</param>
    public Task<ChangeOutcome> CloseAsync(Approval approval, Closing closing, CancellationToken cancellationToken)
    {
        ApprovalEventKind kind = approval.Status == ApprovalStatus.Pending ? ApprovalEventKind.Closed : ApprovalEventKind.Refused;
        Change change = Ending(new Change(approval.Status, ApprovalStatus.Closed, new ApprovalEvent(time.GetUtcNow(), kind, null, ClosingText.Plain(closing))));
        change.Set[ApprovalRow.Closing] = ApprovalRow.Write(closing);
        return ChangeAsync(approval.Id, approval.Version, change, cancellationToken);
    }

    /// <summary>Records that a reviewer has a pending approval in front of them, where nobody had before. What they may decide on stays the same version.</summary>
    /// <returns>Whether it was the first time.</returns>
    public async Task<bool> MarkSeenAsync(string id, string by, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        UpdateItemRequest request = new()
        {
            TableName = cloud.ApprovalsTable,
            Key = Key(id),
            UpdateExpression = "SET #seen = :now, #events = list_append(if_not_exists(#events, :none), :line)",
            ConditionExpression = "#status = :pending AND attribute_not_exists(#seen)",
            ExpressionAttributeNames = new() { ["#seen"] = ApprovalRow.FirstSeenAt, ["#events"] = ApprovalRow.Events, ["#status"] = ApprovalRow.Status },
            ExpressionAttributeValues = new()
            {
                [":now"] = ApprovalRow.Stamp(now),
                [":none"] = new AttributeValue { L = [], IsLSet = true },
                [":line"] = ApprovalRow.Write(new ApprovalEvent(now, ApprovalEventKind.FirstSeen, by)),
                [":pending"] = ApprovalRow.Text(nameof(ApprovalStatus.Pending)),
            },
        };
        try
        {
            await dynamoDb.UpdateItemAsync(request, cancellationToken);
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
        }
    }

    private static IReadOnlyList<Vote> Others(Approval approval, string personId) => [.. approval.Votes.Where(vote => vote.PersonId != personId)];

    private ApprovalEvent Line(ApprovalEventKind kind, Person by, string? detail = null) => new(time.GetUtcNow(), kind, by.Name, detail, by.Id);

    private static Dictionary<string, AttributeValue> Key(string id) => new() { [ApprovalRow.Id] = ApprovalRow.Text(id) };

    // The table also holds the replicas' own rows, which are nobody's approvals.
    private static bool IsApproval(Dictionary<string, AttributeValue> row) => row.ContainsKey(ApprovalRow.TaskToken);

    private async Task<Dictionary<string, AttributeValue>?> GetRowAsync(string id, string? projection, CancellationToken cancellationToken)
    {
        GetItemResponse response = await dynamoDb.GetItemAsync(
            new GetItemRequest { TableName = cloud.ApprovalsTable, Key = Key(id), ConsistentRead = true, ProjectionExpression = projection }, cancellationToken);
        return response.IsItemSet ? response.Item : null;
    }

    // What is settled for good may go when its time has come.
    private Change Ending(Change change)
    {
        change.Set[ApprovalRow.ExpireAfter] = ApprovalRow.Number((time.GetUtcNow() + options.Value.Retention).ToUnixTimeSeconds());
        return change;
    }

    private async Task<ChangeOutcome> ChangeAsync(string id, long version, Change change, CancellationToken cancellationToken)
    {
        string stamp = replica.NextStamp();
        change.Set[ApprovalRow.Status] = ApprovalRow.Text(change.To.ToString());
        change.Set[ApprovalRow.Version] = ApprovalRow.Number(version + 1);
        change.Set[ApprovalRow.ChangedBy] = ApprovalRow.Text(replica.Id);
        change.Set[ApprovalRow.ChangedAt] = ApprovalRow.Text(stamp);
        if (change.To is ApprovalStatus.Decided or ApprovalStatus.Sending && change.From == ApprovalStatus.Pending)
            change.Set[ApprovalRow.DecisionStamp] = ApprovalRow.Text(replica.Id + stamp);
        change.StampVote(replica.Id + stamp);
        try
        {
            UpdateItemResponse response = await dynamoDb.UpdateItemAsync(Request(id, version, change), cancellationToken);
            replica.NoteChanged();
            return new ChangeOutcome(true, ApprovalRow.Read(response.Attributes), Token(response.Attributes));
        }
        catch (ConditionalCheckFailedException exception)
        {
            return Lost(exception, stamp);
        }
    }

    private UpdateItemRequest Request(string id, long version, Change change)
    {
        Dictionary<string, string> names = new() { ["#from"] = ApprovalRow.Status, ["#version"] = ApprovalRow.Version };
        Dictionary<string, AttributeValue> values = new()
        {
            [":from"] = ApprovalRow.Text(change.From.ToString()),
            [":version"] = ApprovalRow.Number(version),
        };
        List<string> assignments = [];
        foreach ((string attribute, AttributeValue value) in change.Set)
        {
            string number = assignments.Count.ToString(CultureInfo.InvariantCulture);
            names[$"#s{number}"] = attribute;
            values[$":s{number}"] = value;
            assignments.Add($"#s{number} = :s{number}");
        }
        if (change.Line is { } line)
        {
            names["#events"] = ApprovalRow.Events;
            values[":line"] = ApprovalRow.Write(line);
            values[":none"] = new AttributeValue { L = [], IsLSet = true };
            assignments.Add("#events = list_append(if_not_exists(#events, :none), :line)");
        }
        string removed = change.Remove.Count == 0 ? "" : " REMOVE " + string.Join(", ", change.Remove.Select((attribute, index) =>
        {
            names[$"#r{index}"] = attribute;
            return $"#r{index}";
        }));
        return new UpdateItemRequest
        {
            TableName = cloud.ApprovalsTable,
            Key = Key(id),
            UpdateExpression = $"SET {string.Join(", ", assignments)}{removed}",
            ConditionExpression = "#from = :from AND #version = :version",
            ExpressionAttributeNames = names,
            ExpressionAttributeValues = values,
            ReturnValues = ReturnValue.ALL_NEW,
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
        };
    }

    // The row that won comes back with the refusal: telling the loser costs no second read. With our stamp on it, it was an
    // earlier attempt of this very call that won; a decision and a vote keep theirs whatever came after them.
    private ChangeOutcome Lost(ConditionalCheckFailedException exception, string stamp)
    {
        if (exception.Item is not { Count: > 0 } row) return new ChangeOutcome(false, null, null);
        bool ours = (row.GetValueOrDefault(ApprovalRow.ChangedBy)?.S == replica.Id && row.GetValueOrDefault(ApprovalRow.ChangedAt)?.S == stamp)
            || row.GetValueOrDefault(ApprovalRow.DecisionStamp)?.S == replica.Id + stamp;
        Approval approval = ApprovalRow.Read(row);
        ours = ours || approval.Votes.Any(vote => vote.Stamp == replica.Id + stamp);
        if (ours) replica.NoteChanged();
        return new ChangeOutcome(ours, approval, Token(row));
    }

    private static string? Token(Dictionary<string, AttributeValue> row) => row.GetValueOrDefault(ApprovalRow.TaskToken)?.S;

    /// <summary>One step of a row from a status to another.</summary>
    /// <param name="From">What it has to be in.</param>
    /// <param name="To">What it is in afterwards.</param>
    /// <param name="Line">The line of the record that tells of it.</param>
    private sealed record Change(ApprovalStatus From, ApprovalStatus To, ApprovalEvent? Line)
    {
        public Dictionary<string, AttributeValue> Set { get; } = [];

        public List<string> Remove { get; } = [];

        private (IReadOnlyList<Vote> Others, Vote? New)? Votes { get; set; }

        /// <summary>Gives an attribute a value, or takes it away.</summary>
        public void Put(string attribute, AttributeValue? value)
        {
            if (value is null) Remove.Add(attribute);
            else Set[attribute] = value;
        }

        /// <summary>Says whose votes there are afterwards.</summary>
        public void Vote(IReadOnlyList<Vote> others, Vote? added) => Votes = (others, added);

        /// <summary>Puts the write's stamp on the vote that it brings.</summary>
        public void StampVote(string stamp)
        {
            if (Votes is not { } votes) return;
            IReadOnlyList<Vote> all = votes.New is { } added ? [.. votes.Others, added with { Stamp = stamp }] : votes.Others;
            Put(ApprovalRow.Votes, all.Count == 0 ? null : ApprovalRow.Write(all));
        }
    }
}
