using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Archiver.Infra.LocalCloud.Events.Patterns;

/// <summary>Reads event patterns, and refuses what the language does not have rather than match nothing, or everything, by it.</summary>
internal static class PatternParser
{
    /// <summary>The longest pattern, in characters.</summary>
    public const int LongestText = 4096;

    private const string Or = "$or";

    // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html#filtering-numeric-matching
    private const decimal LargestNumber = 5_000_000_000m;

    /// <summary>Reads a pattern.</summary>
    /// <exception cref="Wire.AwsError"><c>InvalidEventPatternException</c>.</exception>
    public static ObjectPattern Parse(string text)
    {
        if (text.Length > LongestText)
            throw EventsErrors.InvalidPattern($"it has more than {LongestText} characters");
        try
        {
            return EventJson.Parse(text) is JsonObject root
                ? ReadObject(root, "")
                : throw EventsErrors.InvalidPattern("Filter is not an object");
        }
        catch (JsonException exception)
        {
            throw EventsErrors.InvalidPattern(exception.Message);
        }
    }

    private static ObjectPattern ReadObject(JsonObject pattern, string path)
    {
        if (pattern.Count == 0)
            throw EventsErrors.InvalidPattern($"Empty objects are not allowed{At(path)}");
        List<KeyValuePair<string, LeafPattern>> leaves = [];
        List<KeyValuePair<string, ObjectPattern>> objects = [];
        List<IReadOnlyList<ObjectPattern>> alternatives = [];
        foreach ((string name, JsonNode? value) in pattern)
        {
            string field = path.Length == 0 ? name : $"{path}.{name}";
            switch (value)
            {
                case JsonArray list when name == Or:
                    alternatives.Add(ReadAlternatives(list, path, field));
                    break;
                case JsonObject nested:
                    objects.Add(KeyValuePair.Create(name, ReadObject(nested, field)));
                    break;
                case JsonArray { Count: 0 }:
                    throw EventsErrors.InvalidPattern($"Empty arrays are not allowed{At(field)}");
                case JsonArray list:
                    leaves.Add(KeyValuePair.Create(name, new LeafPattern([.. list.Select(element => ReadMatcher(element, field))])));
                    break;
                default:
                    throw EventsErrors.InvalidPattern($"\"{field}\" must be an object or an array");
            }
        }
        return new ObjectPattern(leaves, objects, alternatives);
    }

    private static ObjectPattern[] ReadAlternatives(JsonArray list, string path, string field) => list.Count >= 2 && list.All(one => one is JsonObject)
        ? [.. list.Select(one => ReadObject(one!.AsObject(), path))]
        : throw EventsErrors.InvalidPattern($"\"{field}\" must be an array of two objects or more");

    private static ValueMatcher ReadMatcher(JsonNode? element, string field) => element switch
    {
        JsonArray => throw EventsErrors.InvalidPattern($"Match value must be String, number, true, false, or null{At(field)}"),
        JsonObject { Count: 1 } filter => ReadFilter(filter.First().Key, filter.First().Value, field),
        JsonObject => throw EventsErrors.InvalidPattern($"Only one key allowed in match expression{At(field)}"),
        _ => new ValueMatcher.Exactly(FieldValue.Of(element)),
    };

    private static ValueMatcher ReadFilter(string name, JsonNode? value, string field)
    {
        switch (name)
        {
            case "prefix":
                (string start, bool anyCase) = ReadAffix(name, value, field);
                return new ValueMatcher.Prefix(start, anyCase);
            case "suffix":
                (string end, bool inAnyCase) = ReadAffix(name, value, field);
                return new ValueMatcher.Suffix(end, inAnyCase);
            case "equals-ignore-case":
                return new ValueMatcher.EqualsIgnoreCase(ReadText(name, value, field));
            case "wildcard":
                return ReadWildcard(value, field);
            case "anything-but":
                return new ValueMatcher.AnythingBut(ReadExcluded(value, field));
            case "numeric":
                return ReadNumeric(value, field);
            case "cidr":
                return ReadCidr(value, field);
            case "exists":
                return value is JsonValue flag && flag.TryGetValue(out bool wanted)
                    ? new ValueMatcher.Exists(wanted)
                    : throw EventsErrors.InvalidPattern($"exists match pattern must be either true or false{At(field)}");
            default:
                throw EventsErrors.InvalidPattern($"Unrecognized match type {name}{At(field)}");
        }
    }

    // A prefix or suffix, as it is or in whatever case.
    private static (string Text, bool IgnoreCase) ReadAffix(string name, JsonNode? value, string field) =>
        value is JsonObject { Count: 1 } filter && filter.First().Key == "equals-ignore-case"
            ? (ReadText(name, filter.First().Value, field), true)
            : (ReadText(name, value, field), false);

    private static string ReadText(string name, JsonNode? value, string field) => value is JsonValue text && text.TryGetValue(out string? read)
        ? read
        : throw EventsErrors.InvalidPattern($"{name} match pattern must be a string{At(field)}");

    private static ValueMatcher.Wildcard ReadWildcard(JsonNode? value, string field) =>
        WildcardText.TryParse(ReadText("wildcard", value, field), out string? error) is { } form
            ? new ValueMatcher.Wildcard(form)
            : throw EventsErrors.InvalidPattern($"{error}{At(field)}");

    private static ValueMatcher[] ReadExcluded(JsonNode? value, string field)
    {
        switch (value)
        {
            case JsonObject { Count: 1 } filter:
                (string name, JsonNode? argument) = filter.First();
                if (name is not ("prefix" or "suffix" or "equals-ignore-case" or "wildcard"))
                    throw EventsErrors.InvalidPattern($"Unsupported anything-but pattern: {name}{At(field)}");
                IReadOnlyList<JsonNode?> arguments = argument is JsonArray { Count: > 0 } several ? [.. several] : [argument];
                // Each a string here: in whatever case goes with prefix and suffix only where they stand by themselves.
                return [.. arguments.Select(one => ReadFilter(name, ReadText($"anything-but {name}", one, field), field))];
            case JsonArray { Count: > 0 } list when IsOf(list, JsonValueKind.String) || IsOf(list, JsonValueKind.Number):
                return [.. list.Select(one => new ValueMatcher.Exactly(FieldValue.Of(one)))];
            case JsonValue only when only.GetValueKind() is JsonValueKind.String or JsonValueKind.Number:
                return [new ValueMatcher.Exactly(FieldValue.Of(only))];
            default:
                throw EventsErrors.InvalidPattern(
                    $"anything-but must be a string, a number, a list of strings or of numbers, or one of prefix, suffix, equals-ignore-case and wildcard{At(field)}");
        }
    }

    private static bool IsOf(JsonArray list, JsonValueKind kind) => list.All(one => one?.GetValueKind() == kind);

    private static ValueMatcher.Numeric ReadNumeric(JsonNode? value, string field)
    {
        if (value is not JsonArray { Count: 2 or 4 } terms)
            throw EventsErrors.InvalidPattern($"numeric must be an array of one comparison or two{At(field)}");
        (string operation, decimal number) = ReadComparison(terms, 0, field);
        if (terms.Count == 2)
        {
            return operation switch
            {
                "=" => new ValueMatcher.Numeric(number, true, number, true),
                ">" or ">=" => new ValueMatcher.Numeric(number, operation == ">=", null, false),
                _ => new ValueMatcher.Numeric(null, false, number, operation == "<="),
            };
        }
        (string upper, decimal most) = ReadComparison(terms, 2, field);
        if (operation is not (">" or ">=") || upper is not ("<" or "<="))
            throw EventsErrors.InvalidPattern($"A numeric range has a lower bound, by > or >=, and then an upper one, by < or <={At(field)}");
        return number < most
            ? new ValueMatcher.Numeric(number, operation == ">=", most, upper == "<=")
            : throw EventsErrors.InvalidPattern($"Bottom must be less than top{At(field)}");
    }

    private static (string Operation, decimal Number) ReadComparison(JsonArray terms, int index, string field)
    {
        if (terms[index] is not JsonValue name || !name.TryGetValue(out string? operation) || operation is not ("=" or "<" or "<=" or ">" or ">="))
            throw EventsErrors.InvalidPattern($"A numeric comparison must be one of =, <, <=, > and >={At(field)}");
        if (terms[index + 1]?.GetValueKind() != JsonValueKind.Number
            || !decimal.TryParse(terms[index + 1]!.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number))
        {
            throw EventsErrors.InvalidPattern($"Value of {operation} must be numeric{At(field)}");
        }
        return Math.Abs(number) <= LargestNumber
            ? (operation, number)
            : throw EventsErrors.InvalidPattern($"Value of {operation} must be between -{LargestNumber} and {LargestNumber}{At(field)}");
    }

    private static ValueMatcher.Cidr ReadCidr(JsonNode? value, string field)
    {
        string text = ReadText("cidr", value, field);
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash > 0 && IPAddress.TryParse(text.AsSpan(0, slash), out IPAddress? address)
            && int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int bits)
            && bits <= address.GetAddressBytes().Length * 8)
        {
            return new ValueMatcher.Cidr(new IPNetwork(Masked(address, bits), bits));
        }
        throw EventsErrors.InvalidPattern($"Malformed CIDR, one '/' required, with an address before it and the bits of the network behind{At(field)}");
    }

    // The network's own address: IPNetwork refuses one that says anything of a host.
    private static IPAddress Masked(IPAddress address, int bits)
    {
        byte[] bytes = address.GetAddressBytes();
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] &= (byte)(0xFF00 >> Math.Clamp(bits - (i * 8), 0, 8));
        return new IPAddress(bytes);
    }

    private static string At(string field) => field.Length == 0 ? "" : $" at {field}";
}
