namespace Archiver.Infra.LocalCloud.Sqs;

/// <summary>The names of queue attributes. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html</summary>
internal static class QueueAttributeNames
{
    public const string QueueArn = "QueueArn";
    public const string CreatedTimestamp = "CreatedTimestamp";
    public const string LastModifiedTimestamp = "LastModifiedTimestamp";
    public const string Visible = "ApproximateNumberOfMessages";
    public const string InFlight = "ApproximateNumberOfMessagesNotVisible";
    public const string Delayed = "ApproximateNumberOfMessagesDelayed";

    /// <summary>Every name that can be asked for, those that only FIFO queues have a value of included.</summary>
    public static readonly IReadOnlySet<string> All = new HashSet<string>(StringComparer.Ordinal)
    {
        "All", QueueArn, CreatedTimestamp, LastModifiedTimestamp, Visible, InFlight, Delayed,
        nameof(QueueSettings.VisibilityTimeout), nameof(QueueSettings.MaximumMessageSize), nameof(QueueSettings.MessageRetentionPeriod),
        nameof(QueueSettings.DelaySeconds), nameof(QueueSettings.ReceiveMessageWaitTimeSeconds), nameof(QueueSettings.RedrivePolicy),
        nameof(QueueSettings.RedriveAllowPolicy), nameof(QueueSettings.Policy), nameof(QueueSettings.KmsMasterKeyId),
        nameof(QueueSettings.KmsDataKeyReusePeriodSeconds), nameof(QueueSettings.SqsManagedSseEnabled),
        "FifoQueue", "ContentBasedDeduplication", "DeduplicationScope", "FifoThroughputLimit",
    };

    /// <summary>Whether the attribute is a number of messages.</summary>
    public static bool IsCount(string name) => name is Visible or InFlight or Delayed;
}
