using System.Text.Json;
using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud.Wire;

namespace Archiver.Infra.LocalCloud.DynamoDb.Values;

/// <summary>Reads the attribute values of a request, and refuses what DynamoDB refuses.</summary>
internal static class AttributeReader
{
    /// <summary>How deep lists and maps may nest.</summary>
    public const int MaxDepth = 32;

    /// <summary>Reads a map of attributes: an item, a key.</summary>
    public static MapValue ReadMap(JsonObject json) => ReadMap(json, 0);

    /// <summary>Reads one attribute value, such as <c>{"S": "x"}</c>.</summary>
    /// <exception cref="AwsError"><c>ValidationException</c> or <c>SerializationException</c>.</exception>
    public static AttributeValue Read(JsonNode? json) => Read(json, 0);

    private static MapValue ReadMap(JsonObject json, int depth)
    {
        if (depth > MaxDepth)
            throw DynamoDbErrors.Validation("Nesting Levels have exceeded supported limits");
        Dictionary<string, AttributeValue> attributes = new(json.Count, StringComparer.Ordinal);
        foreach ((string name, JsonNode? value) in json)
            attributes.Add(name, Read(value, depth));
        return new MapValue(attributes);
    }

    private static AttributeValue Read(JsonNode? json, int depth)
    {
        if (json is not JsonObject value)
            throw DynamoDbErrors.Serialization("An attribute value is an object with one member that names its type.");
        AttributeValue? result = null;
        foreach ((string typeName, JsonNode? content) in value)
        {
            if (content is null || !Enum.TryParse(typeName, out AttributeType type) || type.ToString() != typeName)
                continue;
            if (result is not null)
                throw DynamoDbErrors.Validation("Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes");
            result = ReadContent(type, content, depth);
        }
        return result ?? throw DynamoDbErrors.Validation("Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
    }

    private static AttributeValue ReadContent(AttributeType type, JsonNode content, int depth) => type switch
    {
        AttributeType.S => new StringValue(Text(content)),
        AttributeType.N => Number(content),
        AttributeType.B => new BinaryValue(Bytes(content)),
        AttributeType.BOOL => new BooleanValue(Boolean(content)),
        AttributeType.NULL => Boolean(content)
            ? NullValue.Instance
            : throw DynamoDbErrors.InvalidParameter("Null attribute value types must have the value of true"),
        AttributeType.L => new ListValue(ReadList(content, depth + 1)),
        AttributeType.M => ReadMap(content as JsonObject ?? throw DynamoDbErrors.Serialization("A map (M) is an object."), depth + 1),
        _ => ReadSet(type, content),
    };

    private static List<AttributeValue> ReadList(JsonNode content, int depth)
    {
        if (depth > MaxDepth)
            throw DynamoDbErrors.Validation("Nesting Levels have exceeded supported limits");
        return [.. Elements(content).Select(element => Read(element, depth))];
    }

    private static SetValue ReadSet(AttributeType type, JsonNode content)
    {
        List<AttributeValue> members = [.. Elements(content).Select(element => type switch
        {
            AttributeType.SS => new StringValue(Text(element)),
            AttributeType.NS => (AttributeValue)Number(element),
            _ => new BinaryValue(Bytes(element)),
        })];
        if (members.Count == 0)
        {
            throw DynamoDbErrors.InvalidParameter(type switch
            {
                AttributeType.SS => "An string set  may not be empty",
                AttributeType.NS => "An number set  may not be empty",
                _ => "Binary sets should not be empty",
            });
        }
        if (new HashSet<AttributeValue>(members).Count < members.Count)
        {
            throw type == AttributeType.NS
                ? DynamoDbErrors.Validation("Input collection contains duplicates")
                : DynamoDbErrors.InvalidParameter($"Input collection {Show(content)}{(type == AttributeType.BS ? " of type BS" : "")} contains duplicates.");
        }
        return new SetValue(type, members);
    }

    private static string Show(JsonNode content) => $"[{string.Join(", ", Elements(content).Select(Text))}]";

    private static JsonArray Elements(JsonNode content) =>
        content as JsonArray ?? throw DynamoDbErrors.Serialization("A list or set is an array.");

    private static NumberValue Number(JsonNode? content) =>
        DynamoNumber.TryParse(Text(content), out DynamoNumber number, out string? error)
            ? new NumberValue(number)
            : throw DynamoDbErrors.Validation(error!);

    private static string Text(JsonNode? content)
    {
        if (content is not JsonValue value || value.GetValueKind() != JsonValueKind.String)
            throw DynamoDbErrors.Serialization("A string (S), number (N) or binary (B) is a JSON string.");
        try
        {
            return value.GetValue<string>();
        }
        catch (InvalidOperationException)
        {
            // An escape such as \ud800 alone: JSON's grammar lets it through, but it is no text.
            throw DynamoDbErrors.Serialization("A string has an unpaired surrogate.");
        }
    }

    private static byte[] Bytes(JsonNode? content)
    {
        try
        {
            return Convert.FromBase64String(Text(content));
        }
        catch (FormatException)
        {
            throw DynamoDbErrors.Serialization("A binary (B) is Base64.");
        }
    }

    private static bool Boolean(JsonNode content) => content is JsonValue value && value.TryGetValue(out bool result)
        ? result
        : throw DynamoDbErrors.Serialization("A BOOL or NULL is true or false.");
}
