using System.Collections.Frozen;
using System.Text.Json;
using Archiver.Infra.StatesLanguage.Data;
using Archiver.Infra.StatesLanguage.Model;

namespace Archiver.Infra.StatesLanguage.Parsing;

/// <summary>Reads the rules of Choice states. https://states-language.net/spec.html#choice-state</summary>
internal sealed class ChoiceParser(DiagnosticBag findings)
{
    private const string PathSuffix = "Path";

    private static readonly FrozenDictionary<string, ValueKind> s_kindTests = Enum.GetValues<ValueKind>()
        .ToFrozenDictionary(k => "Is" + k, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, (ComparedKind Kind, Comparison Comparison)> s_comparisons = (
        from kind in Enum.GetValues<ComparedKind>()
        from comparison in Enum.GetValues<Comparison>()
        where kind != ComparedKind.Boolean || comparison == Comparison.Equals
        select (kind, comparison)).ToFrozenDictionary(c => $"{c.kind}{c.comparison}", StringComparer.Ordinal);

    /// <summary>Reads the rules of a state.</summary>
    public IReadOnlyList<ChoiceRule> Parse(FieldReader state)
    {
        var rules = new List<ChoiceRule>();
        if (state.OfKind("Choices", JsonValueKind.Array, required: true) is not { } choices)
            return rules;
        if (choices.Items.Count == 0)
            findings.Error("\"Choices\" must have a rule.", choices);

        foreach (var item in choices.Items)
        {
            if (AsRule(item) is not { } fields)
                continue;
            var next = fields.Text("Next", required: true);
            _ = fields.Text("Comment");
            if (fields.Any("Assign") is { } assign)
                findings.Unsupported("\"Assign\" (variables)", assign);
            if (ParseCondition(fields) is { } condition && next is not null)
                rules.Add(new ChoiceRule(condition, next));
        }

        return rules;
    }

    private FieldReader? AsRule(SourceNode node)
    {
        if (node.Kind == JsonValueKind.Object)
            return new FieldReader(node, "A choice rule", findings);
        findings.Error($"A choice rule must be an object, but is {node.KindName}.", node);
        return null;
    }

    private ChoiceCondition? ParseCondition(FieldReader fields)
    {
        if (fields.Any("Condition") is { } condition)
        {
            findings.Unsupported("\"Condition\" (JSONata)", condition);
            return null;
        }

        var operators = fields.Node.Members.Where(m => IsOperator(m.Name)).ToList();
        if (operators.Count != 1)
        {
            findings.Error("A choice rule must have exactly one operator, such as \"StringEquals\" or \"And\".", fields.Node);
            return null;
        }

        var (name, value) = (operators[0].Name, operators[0].Value);
        _ = fields.Any(name);
        var parsed = name switch
        {
            "And" or "Or" => ParseCombined(name == "And", value),
            "Not" => ParseNested(value) is { } negated ? new NegatedCondition(negated) : null,
            _ => ParseTest(name, value, fields),
        };
        fields.ReportUnknown();
        return parsed;
    }

    private CombinedCondition? ParseCombined(bool all, SourceNode value)
    {
        if (value.Kind != JsonValueKind.Array || value.Items.Count == 0)
        {
            findings.Error("\"And\" and \"Or\" need an array of rules that is not empty.", value);
            return null;
        }

        return new CombinedCondition(all, [.. value.Items.Select(ParseNested).OfType<ChoiceCondition>()]);
    }

    private ChoiceCondition? ParseNested(SourceNode value) => AsRule(value) is { } fields ? ParseCondition(fields) : null;

    private ChoiceCondition? ParseTest(string name, SourceNode value, FieldReader fields)
    {
        _ = fields.Required("Variable");
        var variable = fields.Path("Variable");
        if (s_kindTests.TryGetValue(name, out var kind))
        {
            if (!Expect(name, value, "a boolean", value.Kind is JsonValueKind.True or JsonValueKind.False) || variable is null)
                return null;
            return new KindCondition(variable, kind, value.Kind == JsonValueKind.True);
        }

        if (name == "StringMatches")
        {
            var pattern = value.Text is null ? null : WildcardPattern.Parse(value.Text);
            return Expect(name, value, "a string in which a backslash stands before * and \\ only", pattern is not null) && variable is not null
                ? new MatchCondition(variable, pattern!)
                : null;
        }

        return ParseComparison(name, value, variable, fields);
    }

    private ComparisonCondition? ParseComparison(string name, SourceNode value, JsonPath? variable, FieldReader fields)
    {
        if (!s_comparisons.TryGetValue(name, out var comparison))
        {
            comparison = s_comparisons[name[..^PathSuffix.Length]];
            var path = fields.Path(name);
            return path is null || variable is null
                ? null
                : new ComparisonCondition(variable, comparison.Kind, comparison.Comparison, null, path);
        }

        var fits = comparison.Kind switch
        {
            ComparedKind.String => Expect(name, value, "a string", value.Kind == JsonValueKind.String),
            ComparedKind.Numeric => Expect(name, value, "a number", value.Kind == JsonValueKind.Number),
            ComparedKind.Boolean => Expect(name, value, "a boolean", value.Kind is JsonValueKind.True or JsonValueKind.False),
            _ => Expect(name, value, "an RFC 3339 timestamp", Rfc3339.TryParse(value.Text, out _)),
        };
        return fits && variable is not null
            ? new ComparisonCondition(variable, comparison.Kind, comparison.Comparison, value.ToJson(), null)
            : null;
    }

    private bool Expect(string name, SourceNode value, string expected, bool fits)
    {
        if (!fits)
            findings.Error($"\"{name}\" must be {expected}.", value);
        return fits;
    }

    private static bool IsOperator(string name)
        => name is "And" or "Or" or "Not" or "StringMatches"
            || s_kindTests.ContainsKey(name)
            || s_comparisons.ContainsKey(name)
            || (name.EndsWith(PathSuffix, StringComparison.Ordinal) && s_comparisons.ContainsKey(name[..^PathSuffix.Length]));
}
