using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Archiver.Infra.LocalCloud.DynamoDb.Values;
using Archiver.Infra.LocalCloud.Wire;

namespace Archiver.Infra.LocalCloud.DynamoDb.Requests;

/// <summary>The members of a request, or of a structure in one, read by name and checked against the service's model.</summary>
/// <param name="json">The structure.</param>
/// <param name="path">Where it stands in the request, with a dot at its end; empty for the request itself.</param>
internal sealed partial class RequestReader(JsonObject json, string path = "")
{
    /// <summary>The structure itself.</summary>
    public JsonObject Json { get; } = json;

    /// <summary>Refuses the members that the local cloud does not have, rather than to do half of what was asked.</summary>
    /// <exception cref="AwsError"><c>ValidationException</c>.</exception>
    public RequestReader Allow(params ReadOnlySpan<string> members)
    {
        foreach ((string name, JsonNode? value) in Json)
        {
            if (value is not null && !members.Contains(name))
                throw DynamoDbErrors.Validation($"The local cloud does not have the parameter {Path(name)} of this operation; it takes {string.Join(", ", members)}.");
        }
        return this;
    }

    /// <summary>Whether a member is there.</summary>
    public bool Has(string name) => Json[name] is not null;

    /// <summary>A string, or nothing.</summary>
    public string? Text(string name) => Json[name] switch
    {
        null => null,
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        _ => throw DynamoDbErrors.Serialization($"{Path(name)} is a string."),
    };

    /// <summary>A string that must be there.</summary>
    public string RequiredText(string name) => Text(name) ?? throw Missing(name);

    /// <summary>One of some words, or nothing.</summary>
    public string? Choice(string name, params ReadOnlySpan<string> choices)
    {
        string? text = Text(name);
        return text is null || choices.Contains(text)
            ? text
            : throw DynamoDbErrors.Constraint(Path(name), text, $"Member must satisfy enum value set: [{string.Join(", ", choices)}]");
    }

    /// <summary>True, false or nothing.</summary>
    public bool? Boolean(string name) => Json[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out bool result) => result,
        _ => throw DynamoDbErrors.Serialization($"{Path(name)} is true or false."),
    };

    /// <summary>A whole number within bounds, or nothing.</summary>
    public long? Number(string name, long minimum, long maximum)
    {
        if (Json[name] is not JsonNode node)
            return null;
        if (node is not JsonValue value || value.GetValueKind() != JsonValueKind.Number || !Whole(value, out long number))
            throw DynamoDbErrors.Serialization($"{Path(name)} is a whole number.");
        string text = number.ToString(CultureInfo.InvariantCulture);
        if (number < minimum)
            throw DynamoDbErrors.Constraint(Path(name), text, $"Member must have value greater than or equal to {minimum}");
        return number <= maximum ? number : throw DynamoDbErrors.Constraint(Path(name), text, $"Member must have value less than or equal to {maximum}");
    }

    /// <summary>A map, or nothing.</summary>
    public JsonObject? Map(string name) => Json[name] switch
    {
        null => null,
        JsonObject map => map,
        _ => throw DynamoDbErrors.Serialization($"{Path(name)} is an object."),
    };

    /// <summary>A structure, or nothing.</summary>
    public RequestReader? Structure(string name) => Map(name) is JsonObject map ? new RequestReader(map, Path(name) + ".") : null;

    /// <summary>A structure that must be there.</summary>
    public RequestReader RequiredStructure(string name) => Structure(name) ?? throw Missing(name);

    /// <summary>A list of structures, or nothing.</summary>
    public IReadOnlyList<RequestReader>? Structures(string name) => List(name) is not JsonArray list ? null :
        [.. list.Select((element, i) => element is JsonObject structure
            ? new RequestReader(structure, $"{Path(name)}.{i + 1}.member.")
            : throw DynamoDbErrors.Serialization($"{Path(name)} is a list of objects."))];

    /// <summary>A list of strings, or nothing.</summary>
    public IReadOnlyList<string>? Texts(string name) => List(name) is not JsonArray list ? null :
        [.. list.Select(element => element is JsonValue value && value.GetValueKind() == JsonValueKind.String
            ? value.GetValue<string>()
            : throw DynamoDbErrors.Serialization($"{Path(name)} is a list of strings."))];

    /// <summary>An item or a key that must be there.</summary>
    public MapValue RequiredAttributes(string name) => Attributes(name) ?? throw Missing(name);

    /// <summary>An item or a key, or nothing.</summary>
    public MapValue? Attributes(string name) => Map(name) is JsonObject map ? AttributeReader.ReadMap(map) : null;

    /// <summary>A table's name that must be there, given as a name or as an ARN.</summary>
    public string TableName(string member = "TableName") => TableName(Path(member), RequiredText(member));

    /// <summary>Checks the name of a table or an index.</summary>
    /// <param name="path">Where it stands in the request.</param>
    /// <param name="name">A name or, for a table, an ARN.</param>
    public static string TableName(string path, string name)
    {
        const string ResourceType = ":table/";
        if (name.StartsWith("arn:", StringComparison.Ordinal) && name.IndexOf(ResourceType, StringComparison.Ordinal) is > 0 and int at)
            name = name[(at + ResourceType.Length)..];
        if (!NamePattern().IsMatch(name))
            throw DynamoDbErrors.Constraint(path, name, "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+");
        if (name.Length < 3)
            throw DynamoDbErrors.Constraint(path, name, "Member must have length greater than or equal to 3");
        return name.Length <= 255 ? name : throw DynamoDbErrors.Constraint(path, name, "Member must have length less than or equal to 255");
    }

    /// <summary>A refusal of a member that is missing.</summary>
    public AwsError Missing(string name) => DynamoDbErrors.Constraint(Path(name), null, "Member must not be null");

    /// <summary>A member's path in the request, in camel case as AWS's messages have it.</summary>
    public string Path(string name) => name.Length == 0 ? path : $"{path}{char.ToLowerInvariant(name[0])}{name[1..]}";

    private JsonArray? List(string name) => Json[name] switch
    {
        null => null,
        JsonArray list => list,
        _ => throw DynamoDbErrors.Serialization($"{Path(name)} is a list."),
    };

    // By its text, because a number that a state machine made may be of any of .NET's types.
    private static bool Whole(JsonValue value, out long number)
    {
        bool whole = decimal.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal exact)
            && decimal.Truncate(exact) == exact && exact is >= long.MinValue and <= long.MaxValue;
        number = whole ? (long)exact : 0;
        return whole;
    }

    [GeneratedRegex(@"\A[a-zA-Z0-9_.-]+\z")]
    private static partial Regex NamePattern();
}
