namespace Archiver.Infra.LocalCloud.Sqs;

/// <summary>A message as a sender gives it.</summary>
/// <param name="Body">Its text.</param>
/// <param name="DelaySeconds">How long it stays back; nothing for the queue's own delay.</param>
/// <param name="Attributes">Its attributes.</param>
/// <param name="TraceHeader">The <c>AWSTraceHeader</c> system attribute.</param>
/// <param name="GroupId">The group that it belongs to; told to the receiver, without an effect on a standard queue's order.</param>
internal sealed record OutgoingMessage(string Body, int? DelaySeconds, MessageAttributes Attributes, string? TraceHeader, string? GroupId);

/// <summary>What a sender learns of a message that is in the queue.</summary>
internal sealed record SentMessage(string MessageId, string BodyMd5, string? AttributesMd5, string? SystemAttributesMd5);

/// <summary>What a receiver asks for.</summary>
/// <param name="MaxMessages">1 to 10.</param>
/// <param name="VisibilityTimeout">In seconds; nothing for the queue's own.</param>
/// <param name="WaitTime">In seconds; nothing for the queue's own.</param>
internal sealed record ReceiveOptions(int MaxMessages, int? VisibilityTimeout, int? WaitTime);

/// <summary>A message as the store has it.</summary>
internal sealed record StoredMessage
{
    /// <summary>Its number; rises with every message, and is never given twice.</summary>
    public long Id { get; init; }

    public required string MessageId { get; init; }

    public required string Body { get; init; }

    /// <summary>Its attributes as JSON in the wire's shape; nothing for none.</summary>
    public string? Attributes { get; init; }

    public string? TraceHeader { get; init; }

    public string? GroupId { get; init; }

    /// <summary>When it was sent, in milliseconds since 1970; stays when it becomes a dead letter.</summary>
    public long SentAt { get; init; }

    /// <summary>From when it is there to be received, in milliseconds since 1970.</summary>
    public long VisibleAt { get; init; }

    /// <summary>When it was first received, in milliseconds since 1970.</summary>
    public long? FirstReceivedAt { get; init; }

    /// <summary>How often it was received, in all queues.</summary>
    public long ReceiveCount { get; init; }

    /// <summary>How often it was received in the queue that it is in: what a redrive policy counts.</summary>
    public long ReceivedHere { get; init; }

    /// <summary>The ARN of the queue that it came from as a dead letter.</summary>
    public string? DeadLetterSourceArn { get; init; }
}

/// <summary>A message in the hands of a receiver.</summary>
internal sealed record ReceivedMessage(StoredMessage Message, ReceiptHandle Handle);

/// <summary>What a look into a queue gave.</summary>
/// <param name="Messages">The messages received.</param>
/// <param name="DeadLetters">The ids of messages that went to the dead-letter queue instead.</param>
/// <param name="NextVisibleAt">When nothing was received: from when there will be something, if anything is on the way.</param>
/// <param name="OverLimit">Nothing was received because too many are in flight.</param>
internal sealed record ReceiveOutcome(
    IReadOnlyList<ReceivedMessage> Messages, IReadOnlyList<string> DeadLetters, DateTimeOffset? NextVisibleAt, bool OverLimit = false);

/// <summary>How a change of a message's visibility went.</summary>
internal enum VisibilityOutcome
{
    /// <summary>It is changed.</summary>
    Changed,

    /// <summary>The message is gone, or was received again since.</summary>
    NotThere,

    /// <summary>Its time-out has passed: it is visible.</summary>
    NotInFlight,

    /// <summary>It would be hidden for longer than a message can be.</summary>
    BeyondLimit,
}
