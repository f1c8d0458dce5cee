using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.SQS;
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;
using Archiver.CrashSubject;
using Archiver.Lambdas.Contracts;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Approvals.Record;
using Archiver.Web.Cloud;

namespace Archiver.Web.Tests.Faults;

/// <summary>Goes through the books: the rows of the inbox, what reviewers were told, the results, the runs' histories and the queues.</summary>
/// <param name="dynamoDb">Tables.</param>
/// <param name="sqs">Queues.</param>
/// <param name="stepFunctions">Runs.</param>
/// <param name="cloud">The stack's names.</param>
/// <param name="names">The names of all runs that there are.</param>
internal sealed class Ledger(IAmazonDynamoDB dynamoDb, IAmazonSQS sqs, IAmazonStepFunctions stepFunctions, CloudResources cloud, IReadOnlyList<string> names)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Waits until nothing is under way any more: each run ended, no row open, no message hidden or waiting.</summary>
    /// <param name="broken">Told what can't come right any more: it is asked between two looks, and throws.</param>
    public async Task WaitUntilQuietAsync(Action? broken = null)
    {
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        deadline.CancelAfter(Deadline);
        string state;
        do
        {
            broken?.Invoke();
            state = await StateAsync();
            if (state.Length == 0) return;
            await Task.Delay(Pause, TimeProvider.System, deadline.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        while (!deadline.IsCancellationRequested);
        Assert.Fail($"After {Deadline.TotalSeconds} s undisturbed there is still something under way: {state}");
    }

    /// <summary>Counts the decisions that are in the table and not delivered.</summary>
    public async Task<int> DecisionsUnderWayAsync() =>
        (await RowsAsync(ApprovalStatus.Decided)).Count + (await RowsAsync(ApprovalStatus.Sending)).Count;

    /// <summary>Holds every book against every other.</summary>
    /// <param name="journal">The decisions of which a reviewer was told that they stand.</param>
    public async Task CheckAsync(IEnumerable<JournalLine> journal)
    {
        List<Dictionary<string, AttributeValue>> rows = [.. (await ScanAsync(cloud.ApprovalsTable)).Where(row => row.ContainsKey(ApprovalRow.TaskToken))];
        Dictionary<string, Dictionary<string, AttributeValue>> results = (await ScanAsync(cloud.ArchiveTable)).ToDictionary(row => row["Id"].S);
        ILookup<string, JournalLine> told = journal.ToLookup(line => line.Id);
        Dictionary<string, Approval> approvals = rows.Select(ApprovalRow.Read).ToDictionary(approval => approval.RunName!);

        Assert.Equal(names.Order(StringComparer.Ordinal), approvals.Keys.Order(StringComparer.Ordinal)); // each asked, and each once
        Assert.Equal(names.Order(StringComparer.Ordinal), results.Keys.Order(StringComparer.Ordinal));
        Assert.Subset(approvals.Values.Select(approval => approval.Id).ToHashSet(), told.Select(lines => lines.Key).ToHashSet());
        foreach (Dictionary<string, AttributeValue> row in rows)
        {
            Approval approval = ApprovalRow.Read(row);
            CheckRecord(approval, ApprovalRow.ReadEvents(row));
            CheckTold(approval, [.. told[approval.Id]]);
            CheckResult(approval.Decision!, results[approval.RunName!]);
            await CheckRunAsync(approval);
        }
        foreach (string queue in (string[])[cloud.HumanQueueUrl, cloud.DeadLetterQueueUrl]) Assert.Equal(0, await MessagesAsync(queue));
    }

    // Decided once, in so far as nobody took it back; delivered once, and that is the end of it.
    private static void CheckRecord(Approval approval, IReadOnlyList<ApprovalEvent> record)
    {
        string all = string.Join("; ", record);
        Assert.True(approval.Status == ApprovalStatus.Delivered, $"{approval.RunName} is {approval.Status}: {all}");
        List<ApprovalEvent> standing = [];
        foreach (ApprovalEvent line in record)
        {
            if (line.Kind is ApprovalEventKind.Approved or ApprovalEventKind.Denied) standing.Add(line);
            if (line.Kind == ApprovalEventKind.Undone) standing.RemoveAt(standing.Count - 1);
        }
        Assert.True(standing.Count == 1, $"{approval.RunName} was decided {standing.Count} times: {all}");
        Assert.Equal(approval.Decision!.Approved, standing[0].Kind == ApprovalEventKind.Approved);
        Assert.Equal(approval.Decision.Reviewer, standing[0].By);
        Assert.Equal(approval.Decision.Comment, standing[0].Detail);
        Assert.Equal(ApprovalEventKind.Asked, record[0].Kind);
        Assert.Equal(ApprovalEventKind.Delivered, record[^1].Kind);
        Assert.Equal(1, record.Count(line => line.Kind == ApprovalEventKind.Delivered));
    }

    // What a reviewer was told stands; a decision that nobody was told of was made by one who was killed before the answer.
    private static void CheckTold(Approval approval, JournalLine[] told)
    {
        Assert.True(told.Length <= 1, $"Of {approval.RunName}, {told.Length} reviewers were told that their decision stands.");
        foreach (JournalLine line in told)
            Assert.Equal(line, new JournalLine(approval.Id, approval.Decision!.Approved, approval.Decision.Reviewer!, approval.Decision.Comment!));
    }

    private static void CheckResult(Decision decision, Dictionary<string, AttributeValue> result)
    {
        Assert.Equal(decision.Approved ? ResultAction.Archived : ResultAction.Denied, result["Action"].S);
        Assert.Equal(decision.Approved, result["Approved"].BOOL);
        Assert.Equal(decision.Reviewer, result["Reviewer"].S);
        Assert.Equal(decision.Comment, result["Comment"].S);
    }

    private async Task CheckRunAsync(Approval approval)
    {
        DescribeExecutionResponse run = await stepFunctions.DescribeExecutionAsync(new DescribeExecutionRequest { ExecutionArn = approval.ExecutionArn }, Cancel);
        Assert.Equal(ExecutionStatus.SUCCEEDED, run.Status);
        GetExecutionHistoryResponse history = await stepFunctions.GetExecutionHistoryAsync(
            new GetExecutionHistoryRequest { ExecutionArn = approval.ExecutionArn, MaxResults = 1000 }, Cancel);
        Assert.Null(history.NextToken);
        string answer = Assert.Single(history.Events, one => one.TaskSucceededEventDetails?.ResourceType == "sqs").TaskSucceededEventDetails.Output;
        Assert.Equal(approval.Decision, JsonSerializer.Deserialize(answer, ContractsJson.Default.Decision));
    }

    private async Task<string> StateAsync()
    {
        int open = (await RowsAsync(ApprovalStatus.Pending)).Count + await DecisionsUnderWayAsync();
        int settled = (await RowsAsync(ApprovalStatus.Delivered)).Count + (await RowsAsync(ApprovalStatus.Closed)).Count;
        int running = (await stepFunctions.ListExecutionsAsync(
            new ListExecutionsRequest { StateMachineArn = cloud.StateMachineArn, StatusFilter = ExecutionStatus.RUNNING }, Cancel)).Executions?.Count ?? 0;
        int messages = await MessagesAsync(cloud.HumanQueueUrl);
        return open + running + messages == 0 && settled == names.Count
            ? "" : $"{open} rows open, {settled} of {names.Count} settled, {running} runs (of a page) running, {messages} messages.";
    }

    private async Task<int> MessagesAsync(string queue)
    {
        Amazon.SQS.Model.GetQueueAttributesResponse attributes = await sqs.GetQueueAttributesAsync(
            queue, ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible", "ApproximateNumberOfMessagesDelayed"], Cancel);
        return attributes.ApproximateNumberOfMessages + attributes.ApproximateNumberOfMessagesNotVisible + attributes.ApproximateNumberOfMessagesDelayed;
    }

    private async Task<List<Dictionary<string, AttributeValue>>> RowsAsync(ApprovalStatus status)
    {
        QueryRequest request = new()
        {
            TableName = cloud.ApprovalsTable,
            IndexName = "Status-RequestedAt",
            KeyConditionExpression = "#status = :status",
            ExpressionAttributeNames = new() { ["#status"] = ApprovalRow.Status },
            ExpressionAttributeValues = new() { [":status"] = ApprovalRow.Text(status.ToString()) },
        };
        List<Dictionary<string, AttributeValue>> rows = [];
        do
        {
            QueryResponse page = await dynamoDb.QueryAsync(request, Cancel);
            rows.AddRange(page.Items ?? []);
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
        return rows;
    }

    private async Task<List<Dictionary<string, AttributeValue>>> ScanAsync(string table)
    {
        ScanRequest request = new() { TableName = table, ConsistentRead = true };
        List<Dictionary<string, AttributeValue>> rows = [];
        do
        {
            ScanResponse page = await dynamoDb.ScanAsync(request, Cancel);
            rows.AddRange(page.Items ?? []);
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
        return rows;
    }
}
