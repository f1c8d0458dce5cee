using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Archiver.Infra.StatesLanguage.Data;

/// <summary>What a path's filter asks of an item.</summary>
internal abstract record PathFilter
{
    /// <summary>Whether the filter accepts an item.</summary>
    /// <param name="item">What <c>@</c> is.</param>
    /// <param name="root">What <c>$</c> is.</param>
    public abstract bool Accepts(JsonNode? item, JsonNode? root);
}

/// <summary>Both or either of two filters.</summary>
internal sealed record CombinedFilter(PathFilter Left, bool Both, PathFilter Right) : PathFilter
{
    /// <inheritdoc/>
    public override bool Accepts(JsonNode? item, JsonNode? root)
        => Both ? Left.Accepts(item, root) && Right.Accepts(item, root) : Left.Accepts(item, root) || Right.Accepts(item, root);
}

/// <summary>The opposite of a filter.</summary>
internal sealed record NegatedFilter(PathFilter Filter) : PathFilter
{
    /// <inheritdoc/>
    public override bool Accepts(JsonNode? item, JsonNode? root) => !Filter.Accepts(item, root);
}

/// <summary>A path leads somewhere.</summary>
internal sealed record ExistenceFilter(FilterOperand Operand) : PathFilter
{
    /// <inheritdoc/>
    public override bool Accepts(JsonNode? item, JsonNode? root) => Operand.Evaluate(item, root).Found;
}

/// <summary>A value matches a regular expression as a whole.</summary>
internal sealed record RegexFilter(FilterOperand Operand, Regex Pattern) : PathFilter
{
    /// <inheritdoc/>
    public override bool Accepts(JsonNode? item, JsonNode? root)
        => JsonText.AsString(Operand.Evaluate(item, root).Value) is { } text && Pattern.IsMatch(text);
}

/// <summary>A comparison.</summary>
internal sealed record ComparisonFilter(FilterOperand Left, string Operator, FilterOperand Right) : PathFilter
{
    /// <summary>The operators that a filter can have.</summary>
    public static readonly IReadOnlyList<string> Operators =
        ["==", "!=", "<=", ">=", "<", ">", "in", "nin", "contains", "size", "empty", "subsetof", "anyof", "noneof"];

    /// <inheritdoc/>
    public override bool Accepts(JsonNode? item, JsonNode? root)
    {
        var left = Left.Evaluate(item, root);
        var right = Right.Evaluate(item, root);
        return Operator switch
        {
            "==" => IsEqual(left, right),
            "!=" => !IsEqual(left, right),
            "<" => Order(left, right) < 0,
            "<=" => Order(left, right) <= 0,
            ">" => Order(left, right) > 0,
            ">=" => Order(left, right) >= 0,
            "in" => left.Found && Holds(right.Value, left.Value),
            "nin" => !(left.Found && Holds(right.Value, left.Value)),
            "contains" => Contains(left.Value, right.Value),
            "size" => Length(left.Value) is { } length && length == JsonText.AsInteger(right.Value),
            "empty" => Length(left.Value) is { } length && right.Value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False
                && length == 0 == right.Value.GetValue<bool>(),
            "subsetof" => left.Value is JsonArray items && items.All(i => Holds(right.Value, i)),
            "anyof" => left.Value is JsonArray items && items.Any(i => Holds(right.Value, i)),
            "noneof" => left.Value is JsonArray items && !items.Any(i => Holds(right.Value, i)),
            _ => throw new InvalidOperationException($"The parser let the operator {Operator} through."),
        };
    }

    private static bool IsEqual(PathResult left, PathResult right)
        => left.Found == right.Found && (!left.Found || JsonNode.DeepEquals(left.Value, right.Value));

    private static int? Order(PathResult left, PathResult right)
    {
        if (left.Value?.GetValueKind() == JsonValueKind.Number && right.Value?.GetValueKind() == JsonValueKind.Number)
            return JsonText.CompareNumbers(left.Value, right.Value);
        return JsonText.AsString(left.Value) is { } text && JsonText.AsString(right.Value) is { } other
            ? string.CompareOrdinal(text, other)
            : null;
    }

    private static bool Holds(JsonNode? array, JsonNode? value) => array is JsonArray items && items.Any(i => JsonNode.DeepEquals(i, value));

    private static bool Contains(JsonNode? whole, JsonNode? part)
        => JsonText.AsString(whole) is { } text
            ? JsonText.AsString(part) is { } piece && text.Contains(piece, StringComparison.Ordinal)
            : Holds(whole, part);

    private static int? Length(JsonNode? value) => value is JsonArray items ? items.Count : JsonText.AsString(value)?.Length;
}

/// <summary>One side of a filter's comparison.</summary>
internal abstract record FilterOperand
{
    /// <summary>Its value.</summary>
    public abstract PathResult Evaluate(JsonNode? item, JsonNode? root);
}

/// <summary>A value that is written in the filter.</summary>
internal sealed record LiteralOperand(JsonNode? Value) : FilterOperand
{
    /// <inheritdoc/>
    public override PathResult Evaluate(JsonNode? item, JsonNode? root) => new(true, Value);
}

/// <summary>A path from the item (<c>@</c>) or from the whole (<c>$</c>).</summary>
internal sealed record PathOperand(JsonPath Path, bool FromItem) : FilterOperand
{
    /// <inheritdoc/>
    public override PathResult Evaluate(JsonNode? item, JsonNode? root)
    {
        var found = Path.Select(FromItem ? item : root, root, out var definite);
        if (found is null || (!definite && found.Count == 0))
            return new PathResult(false, null);
        if (definite)
            return new PathResult(true, found[0]);

        return new PathResult(true, new JsonArray([.. found.Select(JsonText.Clone)]));
    }
}
