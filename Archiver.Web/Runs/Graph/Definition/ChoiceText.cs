using System.Text.Json;
using System.Text.RegularExpressions;

namespace Archiver.Web.Runs.Graph.Definition;

/// <summary>Puts a rule of a Choice state into words that fit beside an arrow.</summary>
internal static partial class ChoiceText
{
    /// <summary>The longest text, in characters.</summary>
    public const int Longest = 160;

    /// <summary>A rule's words, such as <c>$.File.Archive equals true</c>.</summary>
    public static string Of(JsonElement rule)
    {
        string text = Words(rule);
        return text.Length <= Longest ? text : text[..(Longest - 1)] + "…";
    }

    private static string Words(JsonElement rule)
    {
        if (rule.ValueKind != JsonValueKind.Object) return rule.ToString();
        if (rule.TryGetProperty("Condition", out JsonElement condition)) return condition.ToString();
        if (rule.TryGetProperty("Not", out JsonElement not)) return $"not ({Words(not)})";
        if (rule.TryGetProperty("And", out JsonElement and)) return Join(and, " and ");
        if (rule.TryGetProperty("Or", out JsonElement or)) return Join(or, " or ");
        string variable = rule.TryGetProperty("Variable", out JsonElement named) ? named.ToString() : "";
        foreach (JsonProperty member in rule.EnumerateObject())
        {
            if (member.Name is "Variable" or "Next" or "Comment" or "Output" or "Assign") continue;
            return $"{variable} {Comparison(member)}";
        }
        return variable;
    }

    private static string Join(JsonElement rules, string between) =>
        rules.ValueKind == JsonValueKind.Array ? string.Join(between, rules.EnumerateArray().Select(Words)) : "";

    // BooleanEquals -> equals, NumericGreaterThanEqualsPath -> is at least; IsPresent: false -> is not present.
    private static string Comparison(JsonProperty member)
    {
        if (member.Name.StartsWith("Is", StringComparison.Ordinal))
            return $"is {(member.Value.ValueKind == JsonValueKind.False ? "not " : "")}{member.Name[2..].ToLowerInvariant()}";
        string operation = Kind().Replace(member.Name, "");
        if (operation.EndsWith("Path", StringComparison.Ordinal)) operation = operation[..^4];
        string words = operation switch
        {
            "Equals" => "equals",
            "Matches" => "matches",
            "LessThan" => "is less than",
            "LessThanEquals" => "is at most",
            "GreaterThan" => "is more than",
            "GreaterThanEquals" => "is at least",
            _ => operation,
        };
        return $"{words} {(member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString() : member.Value.GetRawText())}";
    }

    [GeneratedRegex("^(Boolean|Numeric|String|Timestamp)")]
    private static partial Regex Kind();
}
