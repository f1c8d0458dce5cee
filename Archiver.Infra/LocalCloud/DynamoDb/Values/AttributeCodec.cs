using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Archiver.Infra.LocalCloud.DynamoDb.Values;

/// <summary>
/// Turns items into the bytes that are kept, and back: UTF-8 JSON in the wire's own form, so that an item that is read whole needs no decoding.
/// What is decoded was written here, so it is not checked again.
/// </summary>
internal static class AttributeCodec
{
    // An item nests 32 levels of two JSON levels each, and stands some levels down in a response.
    private const int MaxJsonDepth = 128;

    private static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // never embedded in HTML
        MaxDepth = MaxJsonDepth,
        SkipValidation = true,
    };

    /// <summary>An item's bytes.</summary>
    public static byte[] Encode(MapValue item)
    {
        ArrayBufferWriter<byte> buffer = new(512);
        using (Utf8JsonWriter writer = new(buffer, WriterOptions))
            WriteMap(writer, item);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The item of some bytes.</summary>
    public static MapValue Decode(ReadOnlySpan<byte> bytes)
    {
        Utf8JsonReader reader = new(bytes, new JsonReaderOptions { MaxDepth = MaxJsonDepth });
        reader.Read();
        return ReadMap(ref reader);
    }

    /// <summary>The item of some bytes as it goes into a response.</summary>
    public static JsonObject ToJson(ReadOnlySpan<byte> bytes) =>
        JsonNode.Parse(bytes, documentOptions: new JsonDocumentOptions { MaxDepth = MaxJsonDepth })!.AsObject();

    /// <summary>An item as it goes into a response.</summary>
    public static JsonObject ToJson(MapValue item) => ToJson(Encode(item));

    private static void WriteMap(Utf8JsonWriter writer, MapValue map)
    {
        writer.WriteStartObject();
        foreach ((string name, AttributeValue value) in map.Attributes)
        {
            writer.WritePropertyName(name);
            WriteValue(writer, value);
        }
        writer.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter writer, AttributeValue value)
    {
        writer.WriteStartObject();
        writer.WritePropertyName(value.Type.ToString());
        switch (value)
        {
            case MapValue map:
                WriteMap(writer, map);
                break;
            case ListValue list:
                writer.WriteStartArray();
                foreach (AttributeValue element in list.Elements)
                    WriteValue(writer, element);
                writer.WriteEndArray();
                break;
            case SetValue set:
                writer.WriteStartArray();
                foreach (AttributeValue member in set.Members)
                    WriteScalar(writer, member);
                writer.WriteEndArray();
                break;
            default:
                WriteScalar(writer, value);
                break;
        }
        writer.WriteEndObject();
    }

    private static void WriteScalar(Utf8JsonWriter writer, AttributeValue value)
    {
        switch (value)
        {
            case StringValue text:
                writer.WriteStringValue(text.Text);
                break;
            case NumberValue number:
                writer.WriteStringValue(number.Number.ToString());
                break;
            case BinaryValue binary:
                writer.WriteBase64StringValue(binary.Bytes);
                break;
            case BooleanValue boolean:
                writer.WriteBooleanValue(boolean.IsTrue);
                break;
            default:
                writer.WriteBooleanValue(true); // NULL
                break;
        }
    }

    // Each Read leaves the reader on the last token of what it read.
    private static MapValue ReadMap(ref Utf8JsonReader reader)
    {
        Dictionary<string, AttributeValue> attributes = new(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            attributes.Add(name, ReadValue(ref reader));
        }
        return new MapValue(attributes);
    }

    private static AttributeValue ReadValue(ref Utf8JsonReader reader)
    {
        reader.Read();
        AttributeType type = Enum.Parse<AttributeType>(reader.GetString()!);
        reader.Read();
        AttributeValue value = type switch
        {
            AttributeType.M => ReadMap(ref reader),
            AttributeType.L => ReadList(ref reader),
            AttributeType.SS => new SetValue(type, ReadMembers(ref reader, AttributeType.S)),
            AttributeType.NS => new SetValue(type, ReadMembers(ref reader, AttributeType.N)),
            AttributeType.BS => new SetValue(type, ReadMembers(ref reader, AttributeType.B)),
            _ => ReadScalar(ref reader, type),
        };
        reader.Read();
        return value;
    }

    private static ListValue ReadList(ref Utf8JsonReader reader)
    {
        List<AttributeValue> elements = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            elements.Add(ReadValue(ref reader));
        return new ListValue(elements);
    }

    private static List<AttributeValue> ReadMembers(ref Utf8JsonReader reader, AttributeType type)
    {
        List<AttributeValue> members = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            members.Add(ReadScalar(ref reader, type));
        return members;
    }

    private static AttributeValue ReadScalar(ref Utf8JsonReader reader, AttributeType type) => type switch
    {
        AttributeType.S => new StringValue(reader.GetString()!),
        AttributeType.N => new NumberValue(ReadNumber(reader.GetString()!)),
        AttributeType.B => new BinaryValue(reader.GetBytesFromBase64()),
        AttributeType.BOOL => new BooleanValue(reader.GetBoolean()),
        _ => NullValue.Instance,
    };

    private static DynamoNumber ReadNumber(string text) =>
        DynamoNumber.TryParse(text, out DynamoNumber number, out string? error) ? number : throw new InvalidDataException(error);
}
