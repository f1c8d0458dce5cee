using System.Text.Json.Nodes;

namespace Archiver.Infra.StatesLanguage.Data;

/// <summary>What a path found.</summary>
/// <param name="Found">False where a definite path leads nowhere.</param>
/// <param name="Value">The value that a definite path leads to, or an array of all that an indefinite one selects; never shared.</param>
internal readonly record struct PathResult(bool Found, JsonNode? Value);

/// <summary>
/// A path of the States Language: JSONPath as the Jayway library reads it, which Step Functions is built on. A definite path
/// (only names and single indexes) leads to one value or to none; an indefinite one gathers what it selects into an array,
/// which may be empty. A path that begins with <c>$$</c> is for the context object.
/// https://states-language.net/spec.html#path and https://github.com/json-path/JsonPath
/// </summary>
internal sealed class JsonPath
{
    private readonly IReadOnlyList<PathSegment> _segments;

    /// <summary>Makes one of its parts.</summary>
    /// <param name="text">As it is written in the definition.</param>
    /// <param name="isContext">It begins with <c>$$</c>.</param>
    /// <param name="segments">What follows the <c>$</c>.</param>
    public JsonPath(string text, bool isContext, IReadOnlyList<PathSegment> segments)
    {
        Text = text;
        IsContext = isContext;
        _segments = segments;
    }

    /// <summary>The path as it is written.</summary>
    public string Text { get; }

    /// <summary>It is for the context object.</summary>
    public bool IsContext { get; }

    /// <summary>It is <c>$</c>, the whole input.</summary>
    public bool IsRoot => _segments.Count == 0;

    /// <summary>The names and indexes, if it is a reference path: one that can only lead to one place.</summary>
    public IReadOnlyList<PathSegment> Segments => _segments;

    /// <summary>Only names and single non-negative indexes: what the spec calls a reference path.</summary>
    public bool IsReference => _segments.All(s => s is ChildSegment { Names.Count: 1 } or IndexSegment { Indexes: [>= 0] });

    /// <summary>Applies the path.</summary>
    public PathResult Apply(JsonNode? root)
    {
        var found = Select(root, root, out var definite);
        if (found is null)
            return new PathResult(false, null);
        if (definite)
            return new PathResult(true, JsonText.Clone(found[0]));

        var gathered = new JsonArray();
        foreach (var node in found)
            gathered.Add(JsonText.Clone(node));
        return new PathResult(true, gathered);
    }

    /// <summary>The nodes that the path selects, uncopied; nothing where a definite step of it leads nowhere.</summary>
    internal List<JsonNode?>? Select(JsonNode? start, JsonNode? root, out bool definite)
    {
        List<JsonNode?> current = [start];
        definite = true;
        for (var i = 0; i < _segments.Count; i++)
        {
            var selection = new PathSelection(root, definite, isLeaf: i == _segments.Count - 1);
            foreach (var node in current)
            {
                if (!_segments[i].Select(node, selection))
                    return null;
                if (selection.Nodes.Count > StatesLimits.PathNodes)
                    throw EvaluationException.Runtime($"The JSONPath '{Text}' selects more than {StatesLimits.PathNodes} values.");
            }

            current = selection.Nodes;
            definite = selection.Definite;
        }

        return current;
    }

    /// <inheritdoc/>
    public override string ToString() => Text;
}

/// <summary>What one segment of a path gathers.</summary>
internal sealed class PathSelection(JsonNode? root, bool definite, bool isLeaf)
{
    /// <summary>The document that a filter's <c>$</c> is for.</summary>
    public JsonNode? Root { get; } = root;

    /// <summary>The path so far leads to one place: where a step finds nothing, so does the whole path.</summary>
    public bool Upstream { get; } = definite;

    /// <summary>It is the path's last segment.</summary>
    public bool IsLeaf { get; } = isLeaf;

    /// <summary>The path with this segment still leads to one place.</summary>
    public bool Definite { get; set; } = definite;

    /// <summary>What was selected.</summary>
    public List<JsonNode?> Nodes { get; } = [];
}
