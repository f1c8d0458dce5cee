using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Archiver.Infra.LocalCloud.Sqs;

/// <summary>
/// The members of a request, or of a structure in it, read as the types that SQS's model gives them. A JSON <c>null</c> is as good as
/// a missing member. A member of another type is a <c>SerializationException</c>, a missing required one <c>MissingParameter</c>.
/// </summary>
/// <param name="members">The JSON object.</param>
/// <param name="path">How errors name what stands inside, such as <c>SendMessageBatchRequestEntry.2.</c>; empty for the request itself.</param>
internal readonly struct SqsRequest(JsonObject members, string path = "")
{
    /// <summary>The names of all members, as they were sent.</summary>
    public IEnumerable<string> Names => members.Select(member => member.Key);

    /// <summary>A member's name as errors tell it.</summary>
    public string PathOf(string name) => path + name;

    public string? Text(string name) => members[name] switch
    {
        null => null,
        JsonValue value when value.GetValueKind() == JsonValueKind.String => TextOf(value, path + name),
        _ => throw SqsErrors.Serialization(path + name, "a string"),
    };

    /// <summary>A required string. SQS takes an empty one for a missing one.</summary>
    public string RequiredText(string name) =>
        Text(name) is { Length: > 0 } text ? text : throw SqsErrors.MissingParameter(path + name);

    public int? Integer(string name) => members[name] switch
    {
        null => null,
        JsonValue value when IntegerOf(value) is { } number => number,
        _ => throw SqsErrors.Serialization(path + name, "an integer"),
    };

    /// <summary>A blob: base64 on the wire.</summary>
    public byte[]? Blob(string name)
    {
        if (Text(name) is not { } text)
            return null;
        byte[] bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out int length)
            ? bytes[..length]
            : throw SqsErrors.Serialization(path + name, "base64");
    }

    public IReadOnlyList<string> Texts(string name)
    {
        string at = path + name;
        return [.. Elements(name, "a list of strings").Select(element =>
            element is JsonValue value && value.GetValueKind() == JsonValueKind.String ? TextOf(value, at) : throw SqsErrors.Serialization(at, "a list of strings"))];
    }

    /// <summary>A list of structures; errors inside name them by <paramref name="entryName"/> and their place, from 1.</summary>
    public IReadOnlyList<SqsRequest> Structures(string name, string entryName)
    {
        string at = path + name;
        return [.. Elements(name, "a list of structures").Select((element, index) => element is JsonObject structure
            ? new SqsRequest(structure, $"{entryName}.{index + 1}.")
            : throw SqsErrors.Serialization(at, "a list of structures"))];
    }

    public SqsRequest? Structure(string name) => members[name] switch
    {
        null => null,
        JsonObject structure => new SqsRequest(structure, $"{path}{name}."),
        _ => throw SqsErrors.Serialization(path + name, "a structure"),
    };

    /// <summary>A map of strings; empty when it is missing.</summary>
    public IReadOnlyDictionary<string, string> Map(string name)
    {
        if (Structure(name) is not { } map)
            return new Dictionary<string, string>();
        return map.Names.ToDictionary(key => key, key => map.Text(key) ?? throw SqsErrors.Serialization(map.PathOf(key), "a string"));
    }

    private JsonArray Elements(string name, string expected) => members[name] switch
    {
        null => [],
        JsonArray array => array,
        _ => throw SqsErrors.Serialization(path + name, expected),
    };

    private static string TextOf(JsonValue value, string name)
    {
        try
        {
            return value.GetValue<string>();
        }
        catch (InvalidOperationException)
        {
            // JSON can spell half of a surrogate pair (or carry broken UTF-8), which is no character: the runtime won't make a string of it.
            throw name.EndsWith("MessageBody", StringComparison.Ordinal) ? SqsErrors.InvalidMessageContents() : SqsErrors.Serialization(name, "valid Unicode");
        }
    }

    // By way of its text, because a number that was made in process may be held as any of the runtime's number types.
    private static int? IntegerOf(JsonValue value) =>
        value.GetValueKind() == JsonValueKind.Number
        && decimal.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number)
        && decimal.IsInteger(number) && number is >= int.MinValue and <= int.MaxValue
            ? (int)number
            : null;
}
