using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace Archiver.Infra.StatesLanguage.Data;

/// <summary>A path that leads to one place, so that something can be put there. https://states-language.net/spec.html#ref-paths</summary>
internal sealed class ReferencePath
{
    private readonly JsonPath _path;

    private ReferencePath(JsonPath path) => _path = path;

    /// <summary>The path as it is written.</summary>
    public string Text => _path.Text;

    /// <summary>Reads a reference path.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ReferencePath? path, [NotNullWhen(false)] out string? error)
    {
        path = null;
        if (!JsonPathParser.TryParse(text, out var parsed, out error))
            return false;
        if (parsed.IsContext)
            error = "A reference path cannot be into the context object.";
        else if (!parsed.IsReference)
            error = "A reference path leads to one place: it has names and indexes only.";
        else
            path = new ReferencePath(parsed);
        return path is not null;
    }

    /// <summary>Puts a value at the path; members on the way there are made where they are missing.</summary>
    /// <param name="root">Where to put it; left as it is.</param>
    /// <param name="value">What to put there.</param>
    /// <returns>A copy of <paramref name="root"/> with the value.</returns>
    /// <exception cref="EvaluationException"><c>States.ResultPathMatchFailure</c>: the path leads through something else.</exception>
    public JsonNode? Put(JsonNode? root, JsonNode? value)
    {
        if (_path.IsRoot)
            return JsonText.Clone(value);

        var result = JsonText.Clone(root);
        if (result is not (JsonObject or JsonArray))
            throw Mismatch(root);

        var current = result;
        for (var i = 0; i < _path.Segments.Count; i++)
        {
            var isLast = i == _path.Segments.Count - 1;
            current = _path.Segments[i] switch
            {
                ChildSegment child when current is JsonObject members => Step(members, child.Names[0], isLast, value),
                IndexSegment index when current is JsonArray items && index.Indexes[0] < items.Count
                    => isLast ? items[index.Indexes[0]] = JsonText.Clone(value) : items[index.Indexes[0]],
                _ => throw Mismatch(root),
            };
        }

        return result;
    }

    private static JsonNode? Step(JsonObject members, string name, bool isLast, JsonNode? value)
    {
        if (isLast)
            members[name] = JsonText.Clone(value);
        else if (!members.ContainsKey(name))
            members[name] = new JsonObject();
        return members[name];
    }

    private EvaluationException Mismatch(JsonNode? root)
        => new(StatesErrors.ResultPathMatchFailure, $"Unable to apply ReferencePath {Text} to input {JsonText.Write(root)}");
}
