using System.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Archiver.Infra.LocalCloud.Sqs;

/// <summary>What goes through the queues: sends, receives, hides and deletes messages.</summary>
internal sealed partial class MessageService(
    SqsService queues, SqsStore store, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<MessageService> logger)
{
    private const int LongestGroupId = 128;

    /// <summary>Puts a message into a queue.</summary>
    public SentMessage Send(string queueUrl, OutgoingMessage message)
    {
        LiveQueue queue = queues.Find(queueUrl);
        Check(queue.Definition, message);
        return Add(queue, [message])[0];
    }

    /// <summary>Puts the messages of a batch into a queue, those that can be.</summary>
    public IReadOnlyList<BatchOutcome<SentMessage>> SendBatch(string queueUrl, IReadOnlyList<(string Id, Func<OutgoingMessage> Message)> entries)
    {
        LiveQueue queue = queues.Find(queueUrl);
        Batch.Check([.. entries.Select(entry => entry.Id)], "SendMessageBatchRequestEntry");
        List<BatchOutcome<OutgoingMessage>> read = [.. entries.Select(entry => Batch.Try(entry.Id, entry.Message))];
        long size = read.Sum(entry => entry.Result is null ? 0 : SizeOf(entry.Result));
        if (size > QueueSettings.LargestMessage)
            throw SqsErrors.BatchRequestTooLong(size);

        List<BatchOutcome<OutgoingMessage>> ready = [.. read.Select(entry =>
            entry.Result is null ? entry : Batch.Try(entry.Id, () => Check(queue.Definition, entry.Result)))];
        Queue<SentMessage> sent = new(Add(queue, [.. ready.Where(entry => entry.Result is not null).Select(entry => entry.Result!)]));
        return [.. ready.Select(entry => new BatchOutcome<SentMessage>(entry.Id, entry.Result is null ? null : sent.Dequeue(), entry.Error))];
    }

    /// <summary>Takes messages, and waits for the first when there is none and the receiver wants to wait.</summary>
    /// <param name="queueUrl">The queue.</param>
    /// <param name="options">How many, how long.</param>
    /// <param name="cancellationToken">The receiver has gone: it takes nothing.</param>
    public async Task<IReadOnlyList<ReceivedMessage>> ReceiveAsync(string queueUrl, ReceiveOptions options, CancellationToken cancellationToken)
    {
        LiveQueue queue = queues.Find(queueUrl);
        Check(options);
        TimeSpan wait = TimeSpan.FromSeconds(options.WaitTime ?? queue.Definition.Settings.ReceiveMessageWaitTimeSeconds);
        if (wait <= TimeSpan.Zero)
        {
            ReceiveOutcome taken = Take(queue, options, cancellationToken);
            // Those who wait may have counted on what is hidden now: the first of them looks when something comes next.
            if (taken.Messages.Count > 0) queue.Line.Call();
            return taken.Messages;
        }

        // A cloud that stops does not wait for its receivers: they have an empty answer, and ask again.
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        long started = time.GetTimestamp();
        using QueueLine.Place place = queue.Line.Join();
        while (true)
        {
            ReceiveOutcome taken = Take(queue, options, cancellationToken);
            if (taken.Messages.Count > 0)
            {
                queue.Line.Call();
                return taken.Messages;
            }
            if (taken.NextVisibleAt is { } next)
                queue.Line.CallAt(next);
            TimeSpan left = wait - time.GetElapsedTime(started);
            if (left <= TimeSpan.Zero || !await place.WaitAsync(left, ending.Token))
            {
                cancellationToken.ThrowIfCancellationRequested();
                return [];
            }
        }
    }

    /// <summary>Deletes a message. An older handle than that of the newest receive says yes, too, and deletes nothing.</summary>
    public void Delete(string queueUrl, string receiptHandle) =>
        store.Messages.Delete([ReceiptHandle.Decode(receiptHandle, queues.Find(queueUrl).Definition.Id)]);

    /// <summary>Deletes the messages of a batch.</summary>
    public IReadOnlyList<BatchOutcome<ReceiptHandle>> DeleteBatch(string queueUrl, IReadOnlyList<(string Id, string ReceiptHandle)> entries)
    {
        Queue queue = queues.Find(queueUrl).Definition;
        Batch.Check([.. entries.Select(entry => entry.Id)], "DeleteMessageBatchRequestEntry");
        List<BatchOutcome<ReceiptHandle>> handles = [.. entries.Select(entry => Batch.Try(entry.Id, () => ReceiptHandle.Decode(entry.ReceiptHandle, queue.Id)))];
        store.Messages.Delete([.. handles.Where(entry => entry.Result is not null).Select(entry => entry.Result!)]);
        return handles;
    }

    /// <summary>Hides a message in flight for another time, counted from now; 0 gives it back.</summary>
    public void ChangeVisibility(string queueUrl, string receiptHandle, int visibilityTimeout) =>
        ChangeVisibility(queues.Find(queueUrl), receiptHandle, visibilityTimeout);

    /// <summary>Hides the messages of a batch for other times.</summary>
    public IReadOnlyList<BatchOutcome<ReceiptHandle>> ChangeVisibilityBatch(
        string queueUrl, IReadOnlyList<(string Id, string ReceiptHandle, int VisibilityTimeout)> entries)
    {
        LiveQueue queue = queues.Find(queueUrl);
        Batch.Check([.. entries.Select(entry => entry.Id)], "ChangeMessageVisibilityBatchRequestEntry");
        return [.. entries.Select(entry => Batch.Try(entry.Id, () => ChangeVisibility(queue, entry.ReceiptHandle, entry.VisibilityTimeout)))];
    }

    private ReceiptHandle ChangeVisibility(LiveQueue queue, string receiptHandle, int visibilityTimeout)
    {
        if (visibilityTimeout is < 0 or > QueueSettings.LongestVisibilityTimeout)
            throw SqsErrors.InvalidParameterValue("VisibilityTimeout", visibilityTimeout, "VisibilityTimeout must be an integer between 0 and 43200.");
        ReceiptHandle handle = ReceiptHandle.Decode(receiptHandle, queue.Definition.Id);
        switch (store.Messages.ChangeVisibility(queue.Definition, handle, TimeSpan.FromSeconds(visibilityTimeout), time.GetUtcNow()))
        {
            case VisibilityOutcome.NotThere:
                throw SqsErrors.InvalidParameterValue(
                    "The receipt handle is invalid. Reason: Message does not exist or is not available for visibility timeout change.");
            case VisibilityOutcome.NotInFlight:
                throw SqsErrors.MessageNotInflight();
            case VisibilityOutcome.BeyondLimit:
                throw SqsErrors.InvalidParameterValue(
                    "VisibilityTimeout", visibilityTimeout, $"Total VisibilityTimeout for the message is beyond the limit [{QueueSettings.LongestVisibilityTimeout} seconds]");
            default:
                queue.Line.Call();
                return handle;
        }
    }

    private SentMessage[] Add(LiveQueue queue, IReadOnlyList<OutgoingMessage> messages)
    {
        if (messages.Count == 0)
            return [];
        Queue definition = queue.Definition;
        DateTimeOffset now = time.GetUtcNow();
        List<StoredMessage> stored = [.. messages.Select(message => new StoredMessage
        {
            MessageId = Guid.NewGuid().ToString(),
            Body = message.Body,
            Attributes = message.Attributes.Values.Count == 0 ? null : message.Attributes.ToJson().ToJsonString(),
            TraceHeader = message.TraceHeader,
            GroupId = message.GroupId,
            SentAt = now.ToUnixTimeMilliseconds(),
            VisibleAt = now.AddSeconds(message.DelaySeconds ?? definition.Settings.DelaySeconds).ToUnixTimeMilliseconds(),
        })];
        if (!store.Messages.Add(definition, stored, now))
            throw SqsErrors.QueueDoesNotExist();
        queue.Line.Call();
        return [.. messages.Zip(stored, (message, kept) => new SentMessage(
            kept.MessageId, MessageDigest.OfBody(message.Body), MessageDigest.OfAttributes(message.Attributes), MessageDigest.OfTraceHeader(message.TraceHeader)))];
    }

    private ReceiveOutcome Take(LiveQueue queue, ReceiveOptions options, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (queue.IsDeleted)
                throw SqsErrors.QueueDoesNotExist();
            Queue definition = queue.Definition;
            LiveQueue? deadLetters = definition.Settings.RedrivePolicy is { } policy ? queues.FindByArn(policy.DeadLetterTargetArn) : null;
            ReceiveOutcome outcome = store.Messages.Receive(
                definition, deadLetters?.Definition, options.MaxMessages,
                TimeSpan.FromSeconds(options.VisibilityTimeout ?? definition.Settings.VisibilityTimeout), time.GetUtcNow(), cancellationToken);
            if (outcome.OverLimit)
                throw SqsErrors.OverLimit($"The queue has {MessageStore.InFlightLimit} messages in flight, which is the most that it can.");
            foreach (string messageId in outcome.DeadLetters)
                LogDeadLetter(messageId, definition.Name, deadLetters!.Definition.Name);
            if (outcome.DeadLetters.Count > 0)
                deadLetters!.Line.Call();
            // A look carries off so many dead letters and no more: what lies behind them is for the next.
            if (outcome.Messages.Count > 0 || outcome.DeadLetters.Count == 0)
                return outcome;
        }
    }

    private static OutgoingMessage Check(Queue queue, OutgoingMessage message)
    {
        if (!MessageText.IsAllowed(message.Body))
            throw SqsErrors.InvalidMessageContents();
        if (SizeOf(message) > queue.Settings.MaximumMessageSize)
            throw SqsErrors.InvalidParameterValue($"One or more parameters are invalid. Reason: Message must be shorter than {queue.Settings.MaximumMessageSize} bytes.");
        if (message.DelaySeconds is < 0 or > QueueSettings.LongestDelay)
            throw SqsErrors.InvalidParameterValue("DelaySeconds", message.DelaySeconds, "DelaySeconds must be >= 0 and <= 900.");
        if (message.GroupId is { } group && (group.Length is < 1 or > LongestGroupId || group.Any(character => character is < '!' or > '~')))
        {
            throw SqsErrors.InvalidParameterValue(
                "MessageGroupId", group, "MessageGroupId can only include alphanumeric and punctuation characters. 1 to 128 in length.");
        }
        return message;
    }

    private static void Check(ReceiveOptions options)
    {
        if (options.MaxMessages is < 1 or > 10)
            throw SqsErrors.InvalidParameterValue("MaxNumberOfMessages", options.MaxMessages, "Must be between 1 and 10, if provided.");
        if (options.VisibilityTimeout is < 0 or > QueueSettings.LongestVisibilityTimeout)
            throw SqsErrors.InvalidParameterValue("VisibilityTimeout", options.VisibilityTimeout, "Must be between 0 and 43200, if provided.");
        if (options.WaitTime is < 0 or > QueueSettings.LongestWait)
            throw SqsErrors.InvalidParameterValue("WaitTimeSeconds", options.WaitTime, "Must be >= 0 and <= 20, if provided.");
    }

    // The trace header does not count.
    private static long SizeOf(OutgoingMessage message) => Encoding.UTF8.GetByteCount(message.Body) + message.Attributes.Size;

    [LoggerMessage(LogLevel.Information, "Message {MessageId} of queue {Queue} was received too often and went to {DeadLetterQueue}")]
    private partial void LogDeadLetter(string messageId, string queue, string deadLetterQueue);
}
