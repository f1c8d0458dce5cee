using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Archiver.Infra.LocalCloud.Sqs;

/// <summary>The value of a message attribute: a string (also for numbers), or bytes.</summary>
/// <param name="DataType"><c>String</c>, <c>Number</c> or <c>Binary</c>, with a label of the sender's own after a dot, if any.</param>
/// <param name="Text">The value of a string or number.</param>
/// <param name="Bytes">The value of a binary.</param>
internal sealed record MessageAttributeValue(string DataType, string? Text, byte[]? Bytes);

/// <summary>
/// The attributes of one message, by name in ordinal order, which is the order that their digest takes them in.
/// See https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html.
/// </summary>
internal sealed partial class MessageAttributes
{
    /// <summary>None at all.</summary>
    public static readonly MessageAttributes None = new([]);

    /// <summary>How many attributes a message can have.</summary>
    public const int Limit = 10;

    private MessageAttributes(SortedDictionary<string, MessageAttributeValue> values) => Values = values;

    /// <summary>The attributes.</summary>
    public IReadOnlyDictionary<string, MessageAttributeValue> Values { get; }

    /// <summary>What they count towards the size of the message: names, types and values, in UTF-8 bytes.</summary>
    public long Size => Values.Sum(pair =>
        (long)Encoding.UTF8.GetByteCount(pair.Key) + Encoding.UTF8.GetByteCount(pair.Value.DataType)
        + (pair.Value.Bytes?.Length ?? Encoding.UTF8.GetByteCount(pair.Value.Text!)));

    /// <summary>Reads attributes off the wire (or from the store, which keeps them in the wire's shape) and holds them to SQS's rules.</summary>
    /// <param name="map">The map of attributes, or nothing.</param>
    /// <exception cref="Wire.AwsError">An attribute breaks a rule.</exception>
    public static MessageAttributes Parse(SqsRequest? map)
    {
        if (map is not { } attributes || !attributes.Names.Any())
            return None;
        SortedDictionary<string, MessageAttributeValue> values = new(StringComparer.Ordinal);
        foreach (string name in attributes.Names)
        {
            CheckName(name);
            values.Add(name, ParseValue(name, attributes.Structure(name) ?? throw SqsErrors.MissingParameter(attributes.PathOf(name))));
        }
        return values.Count <= Limit
            ? new MessageAttributes(values)
            : throw SqsErrors.InvalidParameterValue($"Number of message attributes [{values.Count}] exceeds the allowed maximum [{Limit}].");
    }

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    public static MessageAttributes FromJson(string? json) => json is null ? None : Parse(new SqsRequest(JsonNode.Parse(json)!.AsObject()));

    /// <summary>Those that a receiver asked for: by name, by <c>prefix.*</c>, or all by <c>All</c> or <c>.*</c>.</summary>
    public MessageAttributes Select(IReadOnlyList<string> names)
    {
        if (names.Count == 0 || Values.Count == 0)
            return None;
        if (names.Any(name => name is "All" or ".*"))
            return this;
        return new MessageAttributes(new SortedDictionary<string, MessageAttributeValue>(
            Values.Where(pair => names.Any(name => name.EndsWith(".*", StringComparison.Ordinal)
                ? pair.Key.StartsWith(name[..^2], StringComparison.Ordinal)
                : pair.Key == name)).ToDictionary(),
            StringComparer.Ordinal));
    }

    /// <summary>The wire's shape.</summary>
    public JsonObject ToJson()
    {
        JsonObject map = [];
        foreach ((string name, MessageAttributeValue value) in Values)
        {
            map[name] = value.Bytes is { } bytes
                ? new JsonObject { ["BinaryValue"] = Convert.ToBase64String(bytes), ["DataType"] = value.DataType }
                : new JsonObject { ["StringValue"] = value.Text, ["DataType"] = value.DataType };
        }
        return map;
    }

    private static void CheckName(string name)
    {
        if (!NamePattern().IsMatch(name) || name.Length > 256)
        {
            throw SqsErrors.InvalidParameterValue(
                $"Message (user) attribute name '{name}' is invalid. It has 1 to 256 letters, digits, underscores, hyphens and periods; it neither starts nor ends with a period, nor has two in a row.");
        }
        if (name.StartsWith("AWS.", StringComparison.OrdinalIgnoreCase) || name.StartsWith("Amazon.", StringComparison.OrdinalIgnoreCase))
            throw SqsErrors.InvalidParameterValue($"Message (user) attribute name '{name}' is invalid. A name can't start with AWS. or Amazon.");
    }

    private static MessageAttributeValue ParseValue(string name, SqsRequest value)
    {
        string dataType = value.RequiredText("DataType");
        string logicalType = dataType.Split('.', 2)[0];
        if (logicalType is not ("String" or "Number" or "Binary") || dataType.EndsWith('.') || dataType.Length > 256 || !MessageText.IsAllowed(dataType))
        {
            throw SqsErrors.InvalidParameterValue(
                $"The type of message (user) attribute '{name}' is invalid. You must use only the following supported type prefixes: Binary, Number, String, followed by at most a period and a label, 256 characters in all.");
        }
        if (value.Texts("StringListValues").Count > 0 || value.Texts("BinaryListValues").Count > 0)
            throw SqsErrors.InvalidParameterValue("Message attribute list values in SendMessage operation are not supported.");

        string? text = value.Text("StringValue");
        byte[]? bytes = value.Blob("BinaryValue");
        bool binary = logicalType == "Binary";
        if (binary ? bytes is not { Length: > 0 } : string.IsNullOrEmpty(text))
            throw SqsErrors.InvalidParameterValue($"Message (user) attribute '{name}' must contain a non-empty value of type '{logicalType}'.");
        if (binary ? text is not null : bytes is not null)
            throw SqsErrors.InvalidParameterValue($"Message (user) attribute '{name}' must have one value, of its type '{logicalType}'.");
        if (!binary && !MessageText.IsAllowed(text!))
            throw SqsErrors.InvalidMessageContents();
        if (logicalType == "Number" && !NumberPattern().IsMatch(text!))
            throw SqsErrors.InvalidParameterValue($"Can't cast the value of message (user) attribute '{name}' to a number.");
        return new MessageAttributeValue(dataType, binary ? null : text, binary ? bytes : null);
    }

    [GeneratedRegex(@"^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex NumberPattern();
}
