using System.Text.Json;
using System.Text.Json.Nodes;
using Archiver.Infra.StatesLanguage.Data;

namespace Archiver.Infra.StatesLanguage.Model;

/// <summary>A rule of a Choice state, and where it leads. https://states-language.net/spec.html#choice-state</summary>
internal sealed record ChoiceRule(ChoiceCondition Condition, string Next);

/// <summary>What a rule asks of the input.</summary>
internal abstract record ChoiceCondition
{
    /// <summary>Whether the input is so.</summary>
    /// <exception cref="EvaluationException">A path leads nowhere.</exception>
    public abstract bool Holds(EvaluationScope scope);

    /// <summary>The value that a rule's path leads to.</summary>
    protected static JsonNode? Require(EvaluationScope scope, JsonPath path)
    {
        var result = scope.Apply(path);
        return result.Found
            ? result.Value
            : throw EvaluationException.Runtime($"Invalid path '{path.Text}': The choice state's condition path references an invalid value.");
    }
}

/// <summary><c>And</c>: all of them; <c>Or</c>: one of them.</summary>
internal sealed record CombinedCondition(bool All, IReadOnlyList<ChoiceCondition> Conditions) : ChoiceCondition
{
    /// <inheritdoc/>
    public override bool Holds(EvaluationScope scope)
        => All ? Conditions.All(c => c.Holds(scope)) : Conditions.Any(c => c.Holds(scope));
}

/// <summary><c>Not</c>.</summary>
internal sealed record NegatedCondition(ChoiceCondition Condition) : ChoiceCondition
{
    /// <inheritdoc/>
    public override bool Holds(EvaluationScope scope) => !Condition.Holds(scope);
}

/// <summary>What a test of a value's kind asks for.</summary>
internal enum ValueKind
{
    /// <summary><c>IsNull</c>.</summary>
    Null,

    /// <summary><c>IsPresent</c>: the path leads somewhere.</summary>
    Present,

    /// <summary><c>IsNumeric</c>.</summary>
    Numeric,

    /// <summary><c>IsString</c>.</summary>
    String,

    /// <summary><c>IsBoolean</c>.</summary>
    Boolean,

    /// <summary><c>IsTimestamp</c>.</summary>
    Timestamp,
}

/// <summary>A test of a value's kind, such as <c>IsNumeric</c>.</summary>
internal sealed record KindCondition(JsonPath Variable, ValueKind Kind, bool Expected) : ChoiceCondition
{
    /// <inheritdoc/>
    public override bool Holds(EvaluationScope scope)
        => Expected == (Kind == ValueKind.Present ? scope.Apply(Variable).Found : IsKind(Require(scope, Variable)));

    private bool IsKind(JsonNode? value) => Kind switch
    {
        ValueKind.Null => value is null,
        ValueKind.Numeric => value?.GetValueKind() == JsonValueKind.Number,
        ValueKind.String => value?.GetValueKind() == JsonValueKind.String,
        ValueKind.Boolean => value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        _ => Rfc3339.TryParse(JsonText.AsString(value), out _),
    };
}

/// <summary>The kinds of values that can be compared.</summary>
internal enum ComparedKind
{
    /// <summary>By their characters' codes.</summary>
    String,

    /// <summary>By their value.</summary>
    Numeric,

    /// <summary>Equal only.</summary>
    Boolean,

    /// <summary>By their instant.</summary>
    Timestamp,
}

/// <summary>How values are compared.</summary>
internal enum Comparison
{
    /// <summary>Equal.</summary>
    Equals,

    /// <summary>Less.</summary>
    LessThan,

    /// <summary>Greater.</summary>
    GreaterThan,

    /// <summary>Less or equal.</summary>
    LessThanEquals,

    /// <summary>Greater or equal.</summary>
    GreaterThanEquals,
}

/// <summary>A comparison such as <c>NumericLessThan</c>. Values of another kind are never equal, less or greater.</summary>
/// <param name="Variable">The left side.</param>
/// <param name="Kind">What is compared.</param>
/// <param name="Comparison">How.</param>
/// <param name="Literal">The right side, where it is written in the definition.</param>
/// <param name="Path">Else where the right side stands: the operators that end in <c>Path</c>.</param>
internal sealed record ComparisonCondition(JsonPath Variable, ComparedKind Kind, Comparison Comparison, JsonNode? Literal, JsonPath? Path)
    : ChoiceCondition
{
    /// <inheritdoc/>
    public override bool Holds(EvaluationScope scope)
    {
        var left = Require(scope, Variable);
        var right = Path is null ? Literal : Require(scope, Path);
        return Compare(left, right) is { } order && Comparison switch
        {
            Comparison.Equals => order == 0,
            Comparison.LessThan => order < 0,
            Comparison.GreaterThan => order > 0,
            Comparison.LessThanEquals => order <= 0,
            _ => order >= 0,
        };
    }

    private int? Compare(JsonNode? left, JsonNode? right)
    {
        switch (Kind)
        {
            case ComparedKind.String:
                return JsonText.AsString(left) is { } text && JsonText.AsString(right) is { } other ? string.CompareOrdinal(text, other) : null;
            case ComparedKind.Numeric:
                return left?.GetValueKind() == JsonValueKind.Number && right?.GetValueKind() == JsonValueKind.Number
                    ? JsonText.CompareNumbers(left, right)
                    : null;
            case ComparedKind.Boolean:
                return left?.GetValueKind() is JsonValueKind.True or JsonValueKind.False && left.GetValueKind() == right?.GetValueKind() ? 0 : null;
            default:
                return Rfc3339.TryParse(JsonText.AsString(left), out var instant) && Rfc3339.TryParse(JsonText.AsString(right), out var otherInstant)
                    ? instant.CompareTo(otherInstant)
                    : null;
        }
    }
}

/// <summary><c>StringMatches</c>: <c>*</c> is any text, <c>\*</c> an asterisk and <c>\\</c> a backslash.</summary>
internal sealed record MatchCondition(JsonPath Variable, WildcardPattern Pattern) : ChoiceCondition
{
    /// <inheritdoc/>
    public override bool Holds(EvaluationScope scope) => JsonText.AsString(Require(scope, Variable)) is { } text && Pattern.Matches(text);
}
