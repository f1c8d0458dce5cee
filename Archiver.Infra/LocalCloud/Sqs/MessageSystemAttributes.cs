using System.Globalization;
using System.Text.Json.Nodes;

namespace Archiver.Infra.LocalCloud.Sqs;

/// <summary>
/// What SQS itself says of a message, and the one thing of that kind that a sender can say: where it stands in a trace.
/// See https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html.
/// </summary>
internal static class MessageSystemAttributes
{
    /// <summary>The X-Ray trace header.</summary>
    public const string TraceHeader = "AWSTraceHeader";

    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "All", "SenderId", "SentTimestamp", "ApproximateReceiveCount", "ApproximateFirstReceiveTimestamp",
        "SequenceNumber", "MessageDeduplicationId", "MessageGroupId", TraceHeader, "DeadLetterQueueSourceArn",
    };

    /// <summary>Holds the names that a receiver asks for to those that there are.</summary>
    /// <exception cref="Wire.AwsError"><c>InvalidAttributeName</c>.</exception>
    public static void Check(IEnumerable<string> names)
    {
        if (names.FirstOrDefault(name => !Names.Contains(name)) is { } unknown)
            throw SqsErrors.InvalidAttributeName(unknown);
    }

    /// <summary>Reads the system attributes that a sender gives.</summary>
    /// <returns>The trace header, or nothing.</returns>
    /// <exception cref="Wire.AwsError">Anything but a trace header.</exception>
    public static string? ReadTraceHeader(SqsRequest? map)
    {
        if (map is not { } attributes)
            return null;
        if (attributes.Names.FirstOrDefault(name => name != TraceHeader) is { } unknown)
            throw SqsErrors.InvalidParameterValue($"Message system attribute name '{unknown}' is invalid. Only {TraceHeader} is supported.");
        if (attributes.Structure(TraceHeader) is not { } header)
            return null;
        if (header.RequiredText("DataType") != "String" || header.Text("StringValue") is not { Length: > 0 } value || !MessageText.IsAllowed(value))
            throw SqsErrors.InvalidParameterValue($"Message system attribute '{TraceHeader}' must contain a non-empty value of type 'String'.");
        return value;
    }

    /// <summary>What a receiver asked for of a message; nothing when that is nothing.</summary>
    /// <param name="message">The message.</param>
    /// <param name="senderId">Who sent it: the local cloud has one principal.</param>
    /// <param name="names">The names asked for; <c>All</c> for all.</param>
    public static JsonObject? Select(StoredMessage message, string senderId, IReadOnlyCollection<string> names)
    {
        if (names.Count == 0)
            return null;
        JsonObject selected = [];
        bool all = names.Contains("All");
        Add("SenderId", senderId);
        Add("SentTimestamp", Text(message.SentAt));
        Add("ApproximateReceiveCount", Text(message.ReceiveCount));
        Add("ApproximateFirstReceiveTimestamp", message.FirstReceivedAt is { } first ? Text(first) : null);
        Add("MessageGroupId", message.GroupId);
        Add(TraceHeader, message.TraceHeader);
        Add("DeadLetterQueueSourceArn", message.DeadLetterSourceArn);
        return selected.Count == 0 ? null : selected;

        void Add(string name, string? value)
        {
            if (value is not null && (all || names.Contains(name)))
                selected[name] = value;
        }
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
