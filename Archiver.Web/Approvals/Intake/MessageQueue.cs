using System.Globalization;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace Archiver.Web.Approvals.Intake;

/// <summary>What a queue holds; approximate, as SQS counts.</summary>
/// <param name="Visible">Messages to be received.</param>
/// <param name="Hidden">Messages received and not deleted.</param>
internal readonly record struct QueueCount(long Visible, long Hidden)
{
    public long Total => Visible + Hidden;
}

/// <summary>The calls on one queue, each held to a time, and the batches cut to the ten entries that a call takes.</summary>
internal sealed class MessageQueue(IAmazonSQS sqs, string url, TimeProvider time)
{
    /// <summary>How many messages one receive brings at most, and how many entries a batch has.</summary>
    public const int MostMessages = 10;

    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(5);
    private static readonly List<string> SystemAttributes = ["SentTimestamp", "ApproximateReceiveCount", "ApproximateFirstReceiveTimestamp"];

    /// <summary>Receives messages, and hides them.</summary>
    /// <param name="wait">How long to wait for the first, 20 s at most.</param>
    /// <param name="hidden">For how long they are hidden from everybody else.</param>
    /// <param name="most">How many to take, ten at most.</param>
    /// <param name="whole">Whether all their attributes are wanted, so that they can be sent again as they were.</param>
    public async Task<IReadOnlyList<Message>> ReceiveAsync(TimeSpan wait, TimeSpan hidden, int most, bool whole, CancellationToken cancellationToken)
    {
        ReceiveMessageRequest request = new()
        {
            QueueUrl = url,
            WaitTimeSeconds = (int)wait.TotalSeconds,
            VisibilityTimeout = (int)hidden.TotalSeconds,
            MaxNumberOfMessages = most,
            MessageSystemAttributeNames = whole ? [.. SystemAttributes, MessageSystemAttributeName.AWSTraceHeader] : SystemAttributes,
            MessageAttributeNames = whole ? ["All"] : null,
        };
        ReceiveMessageResponse response = await TimeLimit.RunAsync(
            "The queue", wait + CallLimit, time, token => sqs.ReceiveMessageAsync(request, token), cancellationToken);
        return response.Messages ?? [];
    }

    /// <summary>Deletes messages.</summary>
    /// <returns>Those that are there still, through no fault of the request's: to be tried again.</returns>
    public async Task<IReadOnlyList<Message>> DeleteAsync(IReadOnlyList<Message> messages, CancellationToken cancellationToken)
    {
        List<Message> left = [];
        foreach (Message[] batch in messages.Chunk(MostMessages))
        {
            List<DeleteMessageBatchRequestEntry> entries = [.. batch.Select((message, index) => new DeleteMessageBatchRequestEntry(Id(index), message.ReceiptHandle))];
            DeleteMessageBatchResponse response = await TimeLimit.RunAsync(
                "The queue", CallLimit, time, token => sqs.DeleteMessageBatchAsync(url, entries, token), cancellationToken);
            // A handle that the queue does not take will never be taken: the message comes again, and is a duplicate then.
            left.AddRange((response.Failed ?? []).Where(entry => entry.SenderFault != true).Select(entry => batch[int.Parse(entry.Id, CultureInfo.InvariantCulture)]));
        }
        return left;
    }

    /// <summary>Hides messages for another time, counted from now; nothing gives them back. One that is gone or visible already stays as it is.</summary>
    /// <param name="messages">The receipt handles, each with its time.</param>
    public async Task HideAsync(IReadOnlyList<(string ReceiptHandle, TimeSpan For)> messages, CancellationToken cancellationToken)
    {
        foreach ((string ReceiptHandle, TimeSpan For)[] batch in messages.Chunk(MostMessages))
        {
            List<ChangeMessageVisibilityBatchRequestEntry> entries =
                [.. batch.Select((message, index) => new ChangeMessageVisibilityBatchRequestEntry(Id(index), message.ReceiptHandle) { VisibilityTimeout = (int)message.For.TotalSeconds })];
            await TimeLimit.RunAsync("The queue", CallLimit, time, token => sqs.ChangeMessageVisibilityBatchAsync(url, entries, token), cancellationToken);
        }
    }

    /// <summary>Sends a message of another queue as it was: its body, its attributes, its trace.</summary>
    public async Task SendAgainAsync(Message message, CancellationToken cancellationToken)
    {
        SendMessageRequest request = new(url, message.Body) { MessageAttributes = message.MessageAttributes is { Count: > 0 } attributes ? attributes : null };
        if (message.Attributes?.GetValueOrDefault("AWSTraceHeader") is { Length: > 0 } trace)
            request.MessageSystemAttributes = new() { ["AWSTraceHeader"] = new MessageSystemAttributeValue { DataType = "String", StringValue = trace } };
        await TimeLimit.RunAsync("The queue", CallLimit, time, token => sqs.SendMessageAsync(request, token), cancellationToken);
    }

    /// <summary>Counts what the queue holds.</summary>
    public async Task<QueueCount> CountAsync(CancellationToken cancellationToken)
    {
        GetQueueAttributesRequest request = new() { QueueUrl = url, AttributeNames = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"] };
        GetQueueAttributesResponse response = await TimeLimit.RunAsync(
            "The queue", CallLimit, time, token => sqs.GetQueueAttributesAsync(request, token), cancellationToken);
        return new QueueCount(response.ApproximateNumberOfMessages, response.ApproximateNumberOfMessagesNotVisible);
    }

    private static string Id(int index) => index.ToString(CultureInfo.InvariantCulture);
}
