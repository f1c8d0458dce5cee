using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.SQS.Model;
using Archiver.EndToEnd;

namespace Archiver.Benchmarks;

/// <summary>
/// Messages taken in a second by the published dashboard, over the local cloud in its own process: sent, a durable row in the
/// table, deleted. The baseline is what a bare client makes of the same queue's like: receive and delete, and nothing kept. The
/// parts, each alone, tell where the time goes.
/// </summary>
internal static class IntakeBenchmark
{
    private const int Messages = 20_000;
    private const int BaselineMessages = 10_000;
    private const int Puts = 5_000;
    private const int WarmUp = 3_000;
    private const int Receivers = 4;

    // All are sent before the first can be received: each is delayed for what is left of this.
    private static readonly TimeSpan SendingTime = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    public static async Task RunAsync()
    {
        using TemporaryDirectory data = new();
        await using DashboardProcess dashboard = await DashboardProcess.StartAsync(data.Path);
        using LocalClients clients = new(dashboard.CloudEndpoint);
        ListQueuesResponse queues = await clients.Sqs.ListQueuesAsync(new ListQueuesRequest());
        string human = queues.QueueUrls.Single(url => url.Contains("HumanSQS", StringComparison.Ordinal));
        string table = (await clients.DynamoDb.ListTablesAsync()).TableNames.Single(name => name.Contains("ApprovalsTable", StringComparison.Ordinal));

        await SendAsync(clients, human, WarmUp, TimeSpan.Zero);
        await UntilAsync(clients, human, left => left == 0);

        (double intake, double processor) = await IntakeAsync(clients, dashboard, human, table);
        double bare = await ReceiveAndDeleteAsync(clients, await SetAsideAsync(clients));
        double puts = await PutAsync(clients, table);
        Print("taken in: received, put, deleted", Messages, intake, string.Create(CultureInfo.InvariantCulture, $"  {intake / bare:0.00} x bare receive and delete"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"processor time of dashboard and cloud            {processor * 1000:0.00} ms a message: on {Environment.ProcessorCount} idle cores {Environment.ProcessorCount / processor:0} a second"));
        Print("bare receive and delete", BaselineMessages, bare, "");
        Print("bare conditional put", Puts, puts, "");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"load of the machine {File.ReadAllText("/proc/loadavg").Split(' ')[0]}, {Environment.ProcessorCount} cores"));
    }

    private static async Task<(double PerSecond, double Processor)> IntakeAsync(LocalClients clients, DashboardProcess dashboard, string queue, string table)
    {
        long rowsBefore = await RowsAsync(clients, table);
        await SendAsync(clients, queue, Messages, SendingTime);
        await UntilAsync(clients, queue, left => left < Messages);
        using Process process = Process.GetProcessById(dashboard.Id);
        long start = Stopwatch.GetTimestamp();
        TimeSpan processorBefore = process.TotalProcessorTime;
        int first = await LeftAsync(clients, queue);
        await UntilAsync(clients, queue, left => left == 0);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        process.Refresh();
        double processor = (process.TotalProcessorTime - processorBefore).TotalSeconds;
        long rows = await RowsAsync(clients, table) - rowsBefore;
        if (rows != Messages) throw new InvalidOperationException($"{Messages} messages came to {rows} rows.");
        return (first / seconds, processor / first);
    }

    private static async Task<string> SetAsideAsync(LocalClients clients)
    {
        string queue = (await clients.Sqs.CreateQueueAsync("benchmark-bare")).QueueUrl;
        await SendAsync(clients, queue, BaselineMessages, TimeSpan.Zero);
        return queue;
    }

    private static async Task<double> ReceiveAndDeleteAsync(LocalClients clients, string queue)
    {
        long start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Receivers).Select(async _ =>
        {
            while ((await clients.Sqs.ReceiveMessageAsync(new ReceiveMessageRequest { QueueUrl = queue, MaxNumberOfMessages = 10 })).Messages is { Count: > 0 } messages)
                await clients.Sqs.DeleteMessageBatchAsync(queue, [.. messages.Select((message, index) => new DeleteMessageBatchRequestEntry($"{index}", message.ReceiptHandle))]);
        }));
        return BaselineMessages / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static async Task<double> PutAsync(LocalClients clients, string table)
    {
        long start = Stopwatch.GetTimestamp();
        await Parallel.ForAsync(0, Puts, new ParallelOptions { MaxDegreeOfParallelism = Receivers * 10 }, async (i, token) => await clients.DynamoDb.PutItemAsync(
            new PutItemRequest
            {
                TableName = table,
                Item = new()
                {
                    ["Id"] = new AttributeValue { S = $"bench-{i}" },
                    ["Status"] = new AttributeValue { S = "Benchmark" },
                    ["RequestedAt"] = new AttributeValue { S = "2026-03-01T14:00:00.000Z" },
                    ["TaskToken"] = new AttributeValue { S = Token() },
                    ["File"] = new AttributeValue { S = Body(i) },
                },
                ConditionExpression = "attribute_not_exists(Id)",
                ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
            },
            token));
        return Puts / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static async Task SendAsync(LocalClients clients, string queue, int count, TimeSpan visibleAfter)
    {
        long start = Stopwatch.GetTimestamp();
        await Parallel.ForAsync(0, count / 10, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (batch, token) =>
        {
            int delay = (int)Math.Ceiling((visibleAfter - Stopwatch.GetElapsedTime(start)).TotalSeconds);
            if (visibleAfter > TimeSpan.Zero && delay <= 0) throw new InvalidOperationException("The messages could not be sent in time.");
            await clients.Sqs.SendMessageBatchAsync(
                queue, [.. Enumerable.Range(0, 10).Select(i => new SendMessageBatchRequestEntry($"m{i}", Body((batch * 10) + i)) { DelaySeconds = Math.Max(0, delay) })], token);
        });
    }

    // As large as what the state machine sends.
    private static string Body(int number) => JsonSerializer.Serialize(new
    {
        TaskToken = Token(),
        ExecutionArn = $"arn:aws:states:us-east-1:000000000000:execution:archiver-ArchiverStateMachine:run-{number}",
        RequestedAt = "2026-03-01T14:00:00.000Z",
        ExpiresAt = "2036-03-08T14:00:00.000Z",
        Recommendation = "Archived",
        File = new
        {
            Id = $"run-{number}",
            Name = $"file-{number}.pdf",
            Size = 1_400_000,
            ContentType = "application/pdf",
            Archive = true,
            Quality = 80,
            QualityThreshold = 50,
            Checks = new[] { new { Name = "NotEmpty", Passed = true, Detail = "It has content." }, new { Name = "Signature", Passed = true, Detail = "The content is what the extension says." } },
        },
    });

    private static string Token() => string.Concat(Enumerable.Range(0, 8).Select(_ => Guid.NewGuid().ToString("N")));

    private static async Task UntilAsync(LocalClients clients, string queue, Func<int, bool> enough)
    {
        while (!enough(await LeftAsync(clients, queue))) await Task.Delay(LookEvery);
    }

    // What can be received or has been and is not deleted yet; after the warm-up also what is still delayed.
    private static async Task<int> LeftAsync(LocalClients clients, string queue)
    {
        GetQueueAttributesResponse counts = await clients.Sqs.GetQueueAttributesAsync(
            queue, ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible", "ApproximateNumberOfMessagesDelayed"]);
        return counts.ApproximateNumberOfMessages + counts.ApproximateNumberOfMessagesNotVisible + counts.ApproximateNumberOfMessagesDelayed;
    }

    private static async Task<long> RowsAsync(LocalClients clients, string table) => (await clients.DynamoDb.DescribeTableAsync(table)).Table.ItemCount ?? 0;

    private static void Print(string name, int count, double perSecond, string ratio) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{name,-44} n={count,-6} {perSecond,9:0} a second{ratio}"));
}
