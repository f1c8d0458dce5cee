using System.Globalization;
using Amazon.SQS;
using Amazon.SQS.Model;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Cloud;

namespace Archiver.Web.Approvals.Intake;

/// <summary>
/// Takes messages off the human queue and puts them into the inbox. A message is deleted only when its row is durable; one that
/// can't be taken in is left to the queue, which gives it to the dead letters after its last receive.
/// </summary>
internal sealed partial class ApprovalIntake(
    IAmazonSQS sqs, ApprovalsStore store, ApprovalsFeed feed, IntakeStatus status, CloudResources cloud, TimeProvider time, ILogger<ApprovalIntake> logger)
{
    private const int LongestWaitSeconds = 20;
    private const int MostMessages = 10;

    /// <summary>Receives once, waiting up to 20 s for a message, and takes in what came.</summary>
    /// <returns>How many messages came.</returns>
    public async Task<int> ReceiveAsync(CancellationToken cancellationToken)
    {
        ReceiveMessageResponse response = await sqs.ReceiveMessageAsync(
            new ReceiveMessageRequest
            {
                QueueUrl = cloud.HumanQueueUrl,
                WaitTimeSeconds = LongestWaitSeconds,
                MaxNumberOfMessages = MostMessages,
                MessageSystemAttributeNames = ["SentTimestamp"],
            },
            cancellationToken);
        if (response.Messages is not { Count: > 0 } messages) return 0;

        // What was received is brought to its end even while the host stops: else it would be hidden for nothing.
        bool[] taken = await Task.WhenAll(messages.Select(message => TakeInAsync(message, CancellationToken.None)));
        await SettleAsync(messages.Where((_, index) => taken[index]), messages.Where((_, index) => !taken[index]), CancellationToken.None);
        return messages.Count;
    }

    /// <summary>Counts what the queue and its dead letters hold.</summary>
    public async Task CountAsync(CancellationToken cancellationToken)
    {
        GetQueueAttributesResponse queue = await AttributesAsync(cloud.HumanQueueUrl, cancellationToken);
        GetQueueAttributesResponse deadLetters = await AttributesAsync(cloud.DeadLetterQueueUrl, cancellationToken);
        status.Counted(
            queue.ApproximateNumberOfMessages, queue.ApproximateNumberOfMessagesNotVisible, deadLetters.ApproximateNumberOfMessages);
    }

    private Task<GetQueueAttributesResponse> AttributesAsync(string queueUrl, CancellationToken cancellationToken) => sqs.GetQueueAttributesAsync(
        new GetQueueAttributesRequest
        {
            QueueUrl = queueUrl,
            AttributeNames = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
        },
        cancellationToken);

    private async Task<bool> TakeInAsync(Message message, CancellationToken cancellationToken)
    {
        ParsedMessage parsed = ApprovalMessageParser.Parse(message.Body, SentAt(message));
        if (parsed.Approval is not { } approval)
        {
            status.Rejected(message.MessageId, parsed.Rejection!);
            LogRejected(logger, message.MessageId, parsed.Rejection!);
            return false;
        }
        ChangeOutcome change = await store.AddAsync(approval, parsed.TaskToken!, cancellationToken);
        if (change.Approval is { } row) feed.Publish(row); // also of a duplicate: who took the first one in may not have said so
        if (!change.Won) LogDuplicate(logger, approval.Id);
        return true;
    }

    private async Task SettleAsync(IEnumerable<Message> taken, IEnumerable<Message> rejected, CancellationToken cancellationToken)
    {
        List<DeleteMessageBatchRequestEntry> deletes =
            [.. taken.Select((message, index) => new DeleteMessageBatchRequestEntry(index.ToString(CultureInfo.InvariantCulture), message.ReceiptHandle))];
        if (deletes.Count > 0) await sqs.DeleteMessageBatchAsync(cloud.HumanQueueUrl, deletes, cancellationToken);

        // Time makes no better message of it: it is given back at once, and soon had its last receive.
        List<ChangeMessageVisibilityBatchRequestEntry> returns =
            [.. rejected.Select((message, index) => new ChangeMessageVisibilityBatchRequestEntry(index.ToString(CultureInfo.InvariantCulture), message.ReceiptHandle) { VisibilityTimeout = 0 })];
        if (returns.Count > 0) await sqs.ChangeMessageVisibilityBatchAsync(cloud.HumanQueueUrl, returns, cancellationToken);
    }

    private DateTimeOffset SentAt(Message message) =>
        message.Attributes is { } attributes && attributes.TryGetValue("SentTimestamp", out string? sent)
            ? DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(sent, CultureInfo.InvariantCulture))
            : time.GetUtcNow();

    [LoggerMessage(Level = LogLevel.Warning, Message = "The message {MessageId} can't be taken in: {Reason}")]
    private static partial void LogRejected(ILogger logger, string messageId, string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The approval {Id} was there already; its message came twice.")]
    private static partial void LogDuplicate(ILogger logger, string id);
}
