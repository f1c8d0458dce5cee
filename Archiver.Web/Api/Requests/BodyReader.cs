using System.Globalization;
using System.Text.Json;
using Archiver.Web.Api.Answers;

namespace Archiver.Web.Api.Requests;

/// <summary>
/// Reads a JSON object member by member, and says of all that are not what they can be at once, each by its name. What was not asked
/// for is refused: a misspelt member must not count for one that was left out.
/// </summary>
internal sealed class BodyReader
{
    private const int MostDepth = 16;

    private readonly Dictionary<string, JsonElement> _members = new(StringComparer.Ordinal);
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _errors;
    private readonly string _path;

    private BodyReader(JsonElement element, string path, Dictionary<string, string> errors)
    {
        (_path, _errors) = (path, errors);
        foreach (JsonProperty member in element.EnumerateObject()) _members[member.Name] = member.Value;
    }

    /// <summary>Begins to read a body; an empty one is an object without members.</summary>
    /// <returns>The reader, or why there is nothing to read.</returns>
    public static (BodyReader? Reader, ApiAnswer? Problem) Open(ReadOnlyMemory<byte> body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body.IsEmpty ? "{}"u8.ToArray() : body, new JsonDocumentOptions { MaxDepth = MostDepth, AllowDuplicateProperties = false });
            if (document.RootElement.ValueKind != JsonValueKind.Object) return (null, ApiProblem.Invalid.Answer("The body is a JSON object."));
            return (new BodyReader(document.RootElement.Clone(), "", []), null);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: half of a surrogate pair in a name, which JSON's grammar lets through.
            return (null, ApiProblem.Invalid.Answer($"The body is no JSON in UTF-8 without names that come twice, {MostDepth} levels deep at most."));
        }
    }

    /// <summary>Reads true or false.</summary>
    public bool? Flag(string name, bool isRequired = false)
    {
        if (Find(name, isRequired) is not { } value) return null;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) return value.GetBoolean();
        Error(name, "is true or false");
        return null;
    }

    /// <summary>Reads a text.</summary>
    /// <param name="name">The member.</param>
    /// <param name="longest">The most characters.</param>
    public string? Text(string name, int longest, bool isRequired = false)
    {
        if (Find(name, isRequired) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.String && TryGet(value, out string text) && text.Length <= longest && (text.Length > 0 || !isRequired)) return text;
        Error(name, string.Create(CultureInfo.InvariantCulture, $"is a text of {(isRequired ? "1 to " : "")}{longest} characters{(isRequired ? "" : " at most")}"));
        return null;
    }

    /// <summary>Reads a whole number.</summary>
    public long? Number(string name, long least, long most, bool isRequired = false)
    {
        if (Find(name, isRequired) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) && number >= least && number <= most) return number;
        Error(name, string.Create(CultureInfo.InvariantCulture, $"is a whole number from {least} to {most}"));
        return null;
    }

    /// <summary>Reads an object as it is.</summary>
    /// <param name="name">The member.</param>
    /// <param name="largest">The most characters that it is written with.</param>
    public JsonElement? Object(string name, int largest)
    {
        if (Find(name, false) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.Object && value.GetRawText().Length <= largest) return value;
        Error(name, string.Create(CultureInfo.InvariantCulture, $"is an object, {largest} characters long at most"));
        return null;
    }

    /// <summary>Reads an object member by member.</summary>
    public BodyReader? Members(string name) => Object(name, ApiBody.Largest) is { } value ? Inner(name, value) : null;

    /// <summary>Reads a list of objects.</summary>
    /// <param name="name">The member.</param>
    /// <param name="most">How many there can be; there is one at least.</param>
    public IReadOnlyList<BodyReader> List(string name, int most)
    {
        if (Find(name, true) is not { } value) return [];
        bool isList = value.ValueKind == JsonValueKind.Array && value.GetArrayLength() is var count && count >= 1 && count <= most
            && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Object);
        if (isList) return [.. value.EnumerateArray().Select((item, index) => Inner($"{name}[{index.ToString(CultureInfo.InvariantCulture)}]", item))];
        Error(name, string.Create(CultureInfo.InvariantCulture, $"is a list of 1 to {most} objects"));
        return [];
    }

    /// <summary>Whether a member was read, and nothing was wrong with it.</summary>
    public bool IsSound(string name) => !_errors.ContainsKey(_path + name);

    /// <summary>Says that a member is not what it can be.</summary>
    public void Error(string name, string whatItIs) => _errors.TryAdd(_path + name, $"{_path}{name} {whatItIs}.");

    /// <summary>Ends the reading of one object: what was not asked for is an error.</summary>
    public void End()
    {
        foreach (string unknown in _members.Keys.Where(name => !_known.Contains(name)).Take(10))
            Error(unknown.Length > 100 ? unknown[..100] : unknown, $"is no member; there are {string.Join(", ", _known)}");
    }

    /// <summary>What is wrong with the body; nothing where nothing is.</summary>
    public ApiAnswer? Problem() => _errors.Count == 0 ? null : ApiProblem.Fields(_errors);

    private BodyReader Inner(string name, JsonElement value) => new(value, $"{_path}{name}.", _errors);

    private JsonElement? Find(string name, bool isRequired)
    {
        _known.Add(name);
        if (_members.TryGetValue(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null) return value;
        if (isRequired) Error(name, "is missing");
        return null;
    }

    private static bool TryGet(JsonElement value, out string text)
    {
        try
        {
            text = value.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            text = "";
            return false; // half of a surrogate pair
        }
    }
}
