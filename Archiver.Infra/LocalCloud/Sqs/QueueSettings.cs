using System.Globalization;

namespace Archiver.Infra.LocalCloud.Sqs;

/// <summary>
/// The attributes of a queue that its owner sets. Times are in seconds, sizes in bytes.
/// See https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html.
/// </summary>
internal sealed record QueueSettings
{
    /// <summary>The most that a message, or all of a batch's together, can measure.</summary>
    public const int LargestMessage = 1_048_576;

    /// <summary>The longest that a message stays hidden, and in all after one receive.</summary>
    public const int LongestVisibilityTimeout = 43_200;

    /// <summary>The longest that a message's first delivery can be put off.</summary>
    public const int LongestDelay = 900;

    /// <summary>The longest that a receive waits.</summary>
    public const int LongestWait = 20;

    /// <summary>What a queue is that nobody set anything on.</summary>
    public static readonly QueueSettings Default = new();

    public int VisibilityTimeout { get; private init; } = 30;

    public int MaximumMessageSize { get; private init; } = LargestMessage;

    public int MessageRetentionPeriod { get; private init; } = 345_600;

    public int DelaySeconds { get; private init; }

    public int ReceiveMessageWaitTimeSeconds { get; private init; }

    public RedrivePolicy? RedrivePolicy { get; private init; }

    public RedriveAllowPolicy? RedriveAllowPolicy { get; private init; }

    /// <summary>The access policy, kept as it came: the local cloud has one principal, who may everything.</summary>
    public string? Policy { get; private init; }

    /// <summary>The key that AWS would encrypt with.</summary>
    public string? KmsMasterKeyId { get; private init; }

    public int KmsDataKeyReusePeriodSeconds { get; private init; } = 300;

    public bool SqsManagedSseEnabled { get; private init; } = true;

    /// <summary>These settings with some of them set anew.</summary>
    /// <param name="attributes">Values by attribute name, as on the wire; an empty string takes away what can be absent.</param>
    /// <exception cref="Wire.AwsError">An attribute that can't be set, or a value that it can't have.</exception>
    public QueueSettings With(IReadOnlyDictionary<string, string> attributes)
    {
        QueueSettings settings = attributes.Aggregate(this, (current, attribute) => current.With(attribute.Key, attribute.Value));
        if (settings.KmsMasterKeyId is null || !settings.SqsManagedSseEnabled)
            return settings;
        // One kind of encryption at a time: the one that is asked for now takes the other's place.
        if (!attributes.ContainsKey(nameof(KmsMasterKeyId)))
            return settings with { KmsMasterKeyId = null };
        if (!attributes.ContainsKey(nameof(SqsManagedSseEnabled)))
            return settings with { SqsManagedSseEnabled = false };
        throw SqsErrors.InvalidAttributeValue(nameof(SqsManagedSseEnabled),
            "You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.");
    }

    /// <summary>The settings by attribute name, as on the wire; what is absent is not there.</summary>
    public IReadOnlyDictionary<string, string> ToAttributes()
    {
        Dictionary<string, string> attributes = new()
        {
            [nameof(VisibilityTimeout)] = Text(VisibilityTimeout),
            [nameof(MaximumMessageSize)] = Text(MaximumMessageSize),
            [nameof(MessageRetentionPeriod)] = Text(MessageRetentionPeriod),
            [nameof(DelaySeconds)] = Text(DelaySeconds),
            [nameof(ReceiveMessageWaitTimeSeconds)] = Text(ReceiveMessageWaitTimeSeconds),
            [nameof(SqsManagedSseEnabled)] = SqsManagedSseEnabled ? "true" : "false",
        };
        if (Policy is not null) attributes[nameof(Policy)] = Policy;
        if (RedrivePolicy is not null) attributes[nameof(RedrivePolicy)] = RedrivePolicy.ToString();
        if (RedriveAllowPolicy is not null) attributes[nameof(RedriveAllowPolicy)] = RedriveAllowPolicy.ToString();
        if (KmsMasterKeyId is not null)
        {
            attributes[nameof(KmsMasterKeyId)] = KmsMasterKeyId;
            attributes[nameof(KmsDataKeyReusePeriodSeconds)] = Text(KmsDataKeyReusePeriodSeconds);
        }
        return attributes;
    }

    private QueueSettings With(string name, string value) => name switch
    {
        nameof(VisibilityTimeout) => this with { VisibilityTimeout = Number(name, value, 0, LongestVisibilityTimeout) },
        nameof(MaximumMessageSize) => this with { MaximumMessageSize = Number(name, value, 1_024, LargestMessage) },
        nameof(MessageRetentionPeriod) => this with { MessageRetentionPeriod = Number(name, value, 60, 1_209_600) },
        nameof(DelaySeconds) => this with { DelaySeconds = Number(name, value, 0, LongestDelay) },
        nameof(ReceiveMessageWaitTimeSeconds) => this with { ReceiveMessageWaitTimeSeconds = Number(name, value, 0, LongestWait) },
        nameof(KmsDataKeyReusePeriodSeconds) => this with { KmsDataKeyReusePeriodSeconds = Number(name, value, 60, 86_400) },
        nameof(SqsManagedSseEnabled) => this with { SqsManagedSseEnabled = Boolean(name, value) },
        nameof(KmsMasterKeyId) => this with { KmsMasterKeyId = value.Length == 0 ? null : value },
        nameof(Policy) => this with { Policy = value.Length == 0 ? null : Document(name, value) },
        nameof(RedrivePolicy) => this with { RedrivePolicy = value.Length == 0 ? null : RedrivePolicy.Parse(value) },
        nameof(RedriveAllowPolicy) => this with { RedriveAllowPolicy = value.Length == 0 ? null : RedriveAllowPolicy.Parse(value) },
        "FifoQueue" when value == "true" => throw SqsErrors.InvalidParameterValue(name, value, "The local cloud has no FIFO queues yet, only standard ones."),
        // Also what only a FIFO queue has, and what SQS itself tells, such as the counts.
        _ => throw SqsErrors.InvalidAttributeName(name),
    };

    private static int Number(string name, string value, int least, int most) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
            ? number
            : throw SqsErrors.InvalidAttributeValue(name, $"Must be an integer from {least} to {most}.");

    private static bool Boolean(string name, string value) => value switch
    {
        "true" or "True" => true,
        "false" or "False" => false,
        _ => throw SqsErrors.InvalidAttributeValue(name, "Must be true or false."),
    };

    private static string Document(string name, string value) =>
        PolicyDocument.Parse(value) is not null ? value : throw SqsErrors.InvalidAttributeValue(name, "Must be a JSON object.");

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
