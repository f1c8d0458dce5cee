using Amazon.DynamoDBv2;
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
    IAmazonSQS sqs, ApprovalsStore store, ApprovalsFeed feed, IntakeStatus status, CloudResources cloud, IApprovalEvents events, TimeProvider time,
    ILogger<ApprovalIntake> logger)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan PutLimit = TimeSpan.FromSeconds(10);

    private readonly MessageQueue _queue = new(sqs, cloud.HumanQueueUrl, time);
    private readonly MessageQueue _deadLetters = new(sqs, cloud.DeadLetterQueueUrl, time);

    /// <inheritdoc cref="ReceiveAsync(IntakePart, CancellationToken)"/>
    public Task<int> ReceiveAsync(CancellationToken stoppingToken) => ReceiveAsync(new IntakePart(IntakeWork.Receiver), stoppingToken);

    /// <summary>
    /// Receives once, waiting up to 20 s for a message, and brings to its end what came, however long that takes: a table that fails
    /// holds up this receiver, and costs no message one of the receives after which it would be a dead letter.
    /// </summary>
    /// <param name="part">Which receiver it is.</param>
    /// <param name="stoppingToken">The host stops: what came is finished quickly or given back.</param>
    /// <returns>How many messages came.</returns>
    public async Task<int> ReceiveAsync(IntakePart part, CancellationToken stoppingToken)
    {
        IReadOnlyList<Message> messages = await _queue.ReceiveAsync(LongestWait, MessagesInHand.Hidden, MessageQueue.MostMessages, whole: false, stoppingToken);
        status.Succeeded(part);
        if (messages.Count == 0) return 0;
        status.Received(MessageFacts.Lag(messages, time.GetUtcNow()));
        await new MessagesInHand(this, _queue, messages, status, part, time, logger).SettleAsync(stoppingToken);
        return messages.Count;
    }

    /// <summary>Counts what the queue and its dead letters hold.</summary>
    public async Task CountAsync(CancellationToken cancellationToken)
    {
        QueueCount queue = await _queue.CountAsync(cancellationToken);
        // Somebody may be looking through the dead letters just now: they are hidden then, and there all the same.
        status.Counted(queue.Visible, queue.Hidden, (await _deadLetters.CountAsync(cancellationToken)).Total);
    }

    /// <summary>Puts a message into the inbox. Done again, it changes nothing.</summary>
    /// <returns>Nothing once the row is durable; else why the message can't be taken in, now or ever.</returns>
    public async Task<string?> TakeInAsync(Message message, CancellationToken cancellationToken)
    {
        ParsedMessage parsed = ApprovalMessageParser.Parse(message.Body, message.SentAt() ?? time.GetUtcNow());
        if (parsed.Approval is not { } approval) return parsed.Rejection;
        try
        {
            ChangeOutcome change = await TimeLimit.RunAsync(
                "The approvals table", PutLimit, time, token => store.AddAsync(approval, parsed.TaskToken!, token), cancellationToken);
            if (change.Approval is { } row) feed.Publish(row); // also of a duplicate: who took the first one in may not have said so
            if (!change.Won) LogDuplicate(logger, approval.Id);
            // Also of a duplicate that waits: who put the row may have ended before it was told.
            if (change.Approval is { Status: ApprovalStatus.Pending } asked) await TellAsync(asked, cancellationToken);
            return null;
        }
        catch (AmazonDynamoDBException exception) when (exception.ErrorCode == "ValidationException")
        {
            // This row will be refused as often as it is put. Kept in hand, it would take a receiver for good.
            return $"The approvals table refuses it: {exception.Message}";
        }
    }

    private Task<bool> TellAsync(Approval asked, CancellationToken cancellationToken) => TimeLimit.RunAsync(
        "Who is told of approvals", PutLimit, time,
        async token =>
        {
            await events.AskedAsync(asked, token);
            return true;
        },
        cancellationToken);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The approval {Id} was there already; its message came twice.")]
    private static partial void LogDuplicate(ILogger logger, string id);
}
