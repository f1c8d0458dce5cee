using System.Text.Json.Nodes;

namespace Archiver.Infra.StatesLanguage.Data;

/// <summary>One step of a path.</summary>
internal abstract record PathSegment
{
    /// <summary>Selects what the step leads to from a node.</summary>
    /// <returns>False where the path as a whole leads nowhere.</returns>
    public abstract bool Select(JsonNode? node, PathSelection selection);

    /// <summary>The items that an array's index means, counted from its end when negative.</summary>
    protected static bool TryItem(JsonArray items, int index, out JsonNode? item)
    {
        var position = index < 0 ? items.Count + index : index;
        var exists = position >= 0 && position < items.Count;
        item = exists ? items[position] : null;
        return exists;
    }
}

/// <summary><c>.name</c>, <c>['name']</c>, or <c>['one','two']</c>: at a path's end one object of these members.</summary>
internal sealed record ChildSegment(IReadOnlyList<string> Names) : PathSegment
{
    /// <inheritdoc/>
    public override bool Select(JsonNode? node, PathSelection selection)
    {
        if (Names.Count > 1 && selection.IsLeaf)
            return SelectTogether(node, selection);

        selection.Definite &= Names.Count == 1;
        foreach (var name in Names)
        {
            if (node is JsonObject members && members.TryGetPropertyValue(name, out var value))
                selection.Nodes.Add(value);
            else if (selection.Upstream && Names.Count == 1)
                return false;
        }

        return true;
    }

    private bool SelectTogether(JsonNode? node, PathSelection selection)
    {
        if (node is not JsonObject members)
            return !selection.Upstream;

        var together = new JsonObject();
        foreach (var name in Names)
        {
            if (members.TryGetPropertyValue(name, out var value))
                together[name] = JsonText.Clone(value);
        }

        selection.Nodes.Add(together);
        return true;
    }
}

/// <summary><c>.*</c> or <c>[*]</c>: every member or item.</summary>
internal sealed record WildcardSegment : PathSegment
{
    /// <inheritdoc/>
    public override bool Select(JsonNode? node, PathSelection selection)
    {
        selection.Definite = false;
        if (node is JsonObject members)
            selection.Nodes.AddRange(members.Select(m => m.Value));
        else if (node is JsonArray items)
            selection.Nodes.AddRange(items);
        return true;
    }
}

/// <summary><c>..</c>: the node and everything below that has members or items, for the next segment to select from.</summary>
internal sealed record DescendSegment : PathSegment
{
    /// <inheritdoc/>
    public override bool Select(JsonNode? node, PathSelection selection)
    {
        selection.Definite = false;
        Walk(node, selection.Nodes);
        return true;
    }

    private static void Walk(JsonNode? node, List<JsonNode?> found)
    {
        if (node is JsonObject members)
        {
            found.Add(node);
            foreach (var (_, value) in members)
                Walk(value, found);
        }
        else if (node is JsonArray items)
        {
            found.Add(node);
            foreach (var item in items)
                Walk(item, found);
        }
    }
}

/// <summary><c>[0]</c>, <c>[-1]</c> or <c>[0,1]</c>.</summary>
internal sealed record IndexSegment(IReadOnlyList<int> Indexes) : PathSegment
{
    /// <inheritdoc/>
    public override bool Select(JsonNode? node, PathSelection selection)
    {
        selection.Definite &= Indexes.Count == 1;
        if (node is not JsonArray items)
            return !selection.Upstream;

        foreach (var index in Indexes)
        {
            if (TryItem(items, index, out var item))
                selection.Nodes.Add(item);
            else if (selection.Upstream && Indexes.Count == 1)
                return false;
        }

        return true;
    }
}

/// <summary><c>[1:3]</c>, <c>[:2]</c>, <c>[-3:]</c>: from the first index to before the second; what lies outside is left out.</summary>
internal sealed record SliceSegment(int? From, int? To) : PathSegment
{
    /// <inheritdoc/>
    public override bool Select(JsonNode? node, PathSelection selection)
    {
        selection.Definite = false;
        if (node is not JsonArray items)
            return !selection.Upstream;

        var to = Position(To ?? items.Count, items.Count);
        for (var i = Position(From ?? 0, items.Count); i < to; i++)
            selection.Nodes.Add(items[i]);
        return true;
    }

    private static int Position(int index, int count) => Math.Clamp(index < 0 ? count + index : index, 0, count);
}

/// <summary><c>[?(@.price &lt; 10)]</c>: the items that a filter accepts; an object is one item.</summary>
/// <param name="Filter">The filter.</param>
/// <param name="Descending">It follows <c>..</c>, where an object's members are what is filtered.</param>
internal sealed record FilterSegment(PathFilter Filter, bool Descending) : PathSegment
{
    /// <inheritdoc/>
    public override bool Select(JsonNode? node, PathSelection selection)
    {
        selection.Definite = false;
        IEnumerable<JsonNode?>? candidates = node switch
        {
            JsonArray items => items,
            JsonObject members => Descending ? members.Select(m => m.Value) : [members],
            _ => null,
        };
        if (candidates is null)
            return !selection.Upstream;

        selection.Nodes.AddRange(candidates.Where(c => Filter.Accepts(c, selection.Root)));
        return true;
    }
}

/// <summary><c>.length()</c> at a path's end: of an array, an object or a string.</summary>
internal sealed record LengthSegment : PathSegment
{
    /// <inheritdoc/>
    public override bool Select(JsonNode? node, PathSelection selection)
    {
        int? length = node switch
        {
            JsonArray items => items.Count,
            JsonObject members => members.Count,
            _ => JsonText.AsString(node)?.Length,
        };
        if (length is { } known)
            selection.Nodes.Add(JsonValue.Create(known));
        return length is not null || !selection.Upstream;
    }
}
