using System.Text.Json;
using System.Text.Json.Nodes;
using Archiver.Infra.StatesLanguage.Data;

namespace Archiver.Infra.StatesLanguage.Parsing;

/// <summary>A place in a definition's text, from 1.</summary>
internal readonly record struct SourcePosition(int Line, int Column);

/// <summary>A value of a definition with its place in the text, which <see cref="JsonNode"/> does not keep.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Path">Where it stands in the definition, such as <c>/States/Approve/Next</c>.</param>
/// <param name="Position">Where it begins in the text.</param>
internal sealed record SourceNode(JsonValueKind Kind, string Path, SourcePosition Position)
{
    /// <summary>Of an object: its members in the order of the text.</summary>
    public IReadOnlyList<SourceMember> Members { get; init; } = [];

    /// <summary>Of an array: its items.</summary>
    public IReadOnlyList<SourceNode> Items { get; init; } = [];

    /// <summary>Of a string: its value.</summary>
    public string? Text { get; init; }

    /// <summary>Of a number, true or false: the value itself.</summary>
    public JsonNode? Scalar { get; init; }

    /// <summary>Finds a member.</summary>
    public SourceNode? Member(string name) => Members.FirstOrDefault(m => m.Name == name)?.Value;

    /// <summary>The value without its place.</summary>
    public JsonNode? ToJson() => Kind switch
    {
        JsonValueKind.Object => new JsonObject(Members.Select(m => KeyValuePair.Create(m.Name, m.Value.ToJson()))),
        JsonValueKind.Array => new JsonArray([.. Items.Select(i => i.ToJson())]),
        JsonValueKind.String => JsonValue.Create(Text),
        _ => JsonText.Clone(Scalar),
    };

    /// <summary>What it is, in words.</summary>
    public string KindName => Kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "a boolean",
    };
}

/// <summary>A member of an object in a definition.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Position">Where the name stands.</param>
/// <param name="Value">Its value.</param>
internal sealed record SourceMember(string Name, SourcePosition Position, SourceNode Value);
