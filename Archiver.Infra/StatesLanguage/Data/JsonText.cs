using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Archiver.Infra.StatesLanguage.Data;

/// <summary>
/// JSON as Step Functions writes it: compact, with nothing escaped that need not be (the serializer's own encoders escape every
/// character outside the basic plane), and with numbers in the text that they came in.
/// </summary>
internal static class JsonText
{
    /// <summary>Parses a payload; the last of several members of one name counts.</summary>
    /// <exception cref="JsonException">It is not JSON, nests deeper than <see cref="StatesLimits.PayloadDepth"/>, or is not Unicode.</exception>
    public static JsonNode? Parse(string json)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json), new JsonReaderOptions { MaxDepth = StatesLimits.PayloadDepth });
        if (!reader.Read())
            throw new JsonException("There is no JSON.");

        var element = JsonElement.ParseValue(ref reader);
        if (reader.Read())
            throw new JsonException("There is something after the JSON.");

        try
        {
            return FromElement(element);
        }
        catch (InvalidOperationException e)
        {
            // An escaped surrogate without its other half is JSON by grammar, but no text.
            throw new JsonException("The JSON holds half a surrogate pair.", e);
        }
    }

    /// <summary>Reads a number, which keeps its text.</summary>
    public static JsonNode? ParseNumber(string text)
    {
        try
        {
            return Parse(text) is { } node && node.GetValueKind() == JsonValueKind.Number ? node : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A copy that shares nothing with its origin, checked to be writable.</summary>
    /// <exception cref="EvaluationException">It nests too deep, has two members of one name, or is not Unicode.</exception>
    public static JsonNode? Canonical(JsonNode? node)
    {
        try
        {
            return Copy(node, 0);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // System.Text.Json finds half a surrogate pair and a member given twice only when one looks.
            throw EvaluationException.Runtime("The data is not valid JSON text: " + e.Message);
        }
    }

    /// <summary>The JSON text of a value.</summary>
    /// <exception cref="EvaluationException">It nests deeper than <see cref="StatesLimits.PayloadDepth"/>.</exception>
    public static string Write(JsonNode? node)
    {
        var text = new StringBuilder();
        Write(text, node, 0);
        return text.ToString();
    }

    /// <summary>The size of a value's JSON text in UTF-8.</summary>
    public static int Size(JsonNode? node) => Encoding.UTF8.GetByteCount(Write(node));

    /// <summary>A copy that can get another parent.</summary>
    public static JsonNode? Clone(JsonNode? node) => node?.DeepClone();

    /// <summary>A number as its text.</summary>
    public static string NumberText(JsonNode number) => number is JsonValue value && value.TryGetValue<JsonElement>(out var element)
        ? element.GetRawText()
        : number.ToJsonString();

    /// <summary>A string's value, if the node is a string.</summary>
    public static string? AsString(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null;

    /// <summary>A number's value, if the node is a number: as binary64 where it does not fit a decimal.</summary>
    public static double? AsDouble(JsonNode? node) => node?.GetValueKind() == JsonValueKind.Number
        ? double.Parse(NumberText(node), NumberStyles.Float, CultureInfo.InvariantCulture)
        : null;

    /// <summary>An integer's value, if the node is a number without a fraction that fits.</summary>
    public static long? AsInteger(JsonNode? node)
    {
        if (node?.GetValueKind() != JsonValueKind.Number)
            return null;
        if (long.TryParse(NumberText(node), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer))
            return integer;

        var number = AsDouble(node)!.Value;
        return number == Math.Floor(number) && Math.Abs(number) < 1L << 53 ? (long)number : null;
    }

    /// <summary>Compares two numbers exactly where decimals can, and as binary64 elsewhere.</summary>
    public static int CompareNumbers(JsonNode left, JsonNode right)
        => decimal.TryParse(NumberText(left), NumberStyles.Float, CultureInfo.InvariantCulture, out var exactLeft)
            && decimal.TryParse(NumberText(right), NumberStyles.Float, CultureInfo.InvariantCulture, out var exactRight)
            ? exactLeft.CompareTo(exactRight)
            : AsDouble(left)!.Value.CompareTo(AsDouble(right)!.Value);

    private static JsonNode? FromElement(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var members = new JsonObject();
                foreach (var member in element.EnumerateObject())
                    members[member.Name] = FromElement(member.Value);
                return members;
            case JsonValueKind.Array:
                var items = new JsonArray();
                foreach (var item in element.EnumerateArray())
                    items.Add(FromElement(item));
                return items;
            case JsonValueKind.Null:
                return null;
            case JsonValueKind.String:
                return JsonValue.Create(element.GetString());
            default:
                return JsonValue.Create(element);
        }
    }

    private static JsonNode? Copy(JsonNode? node, int depth)
    {
        if (depth > StatesLimits.PayloadDepth)
            throw TooDeep();

        switch (node)
        {
            case JsonObject members:
                var copiedMembers = new JsonObject();
                foreach (var (name, value) in members)
                    copiedMembers[name] = Copy(value, depth + 1);
                return copiedMembers;
            case JsonArray items:
                var copiedItems = new JsonArray();
                foreach (var item in items)
                    copiedItems.Add(Copy(item, depth + 1));
                return copiedItems;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                // Half a surrogate pair that is no longer escaped would be written as something else.
                var text = value.GetValue<string>();
                return IsUnicode(text) ? JsonValue.Create(text) : throw new InvalidOperationException("It holds half a surrogate pair.");
            default:
                return node?.DeepClone();
        }
    }

    private static EvaluationException TooDeep() => EvaluationException.Runtime($"The data nests deeper than {StatesLimits.PayloadDepth} levels.");

    private static bool IsUnicode(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                return false;
            i++;
        }

        return true;
    }

    private static void Write(StringBuilder text, JsonNode? node, int depth)
    {
        if (depth > StatesLimits.PayloadDepth)
            throw TooDeep();

        switch (node)
        {
            case null:
                text.Append("null");
                break;
            case JsonObject members:
                text.Append('{');
                var separator = "";
                foreach (var (name, value) in members)
                {
                    text.Append(separator);
                    WriteString(text, name);
                    text.Append(':');
                    Write(text, value, depth + 1);
                    separator = ",";
                }

                text.Append('}');
                break;
            case JsonArray items:
                text.Append('[');
                for (var i = 0; i < items.Count; i++)
                {
                    if (i > 0)
                        text.Append(',');
                    Write(text, items[i], depth + 1);
                }

                text.Append(']');
                break;
            default:
                if (AsString(node) is { } content)
                    WriteString(text, content);
                else
                    text.Append(NumberText(node));
                break;
        }
    }

    private static void WriteString(StringBuilder text, string content)
    {
        text.Append('"');
        foreach (var c in content)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        }

        text.Append('"');
    }
}
