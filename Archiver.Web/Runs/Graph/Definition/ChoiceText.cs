using System.Text.Json;
using System.Text.RegularExpressions;
using static Archiver.Web.Runs.RunsWords;

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
        if (rule.TryGetProperty("Not", out JsonElement not)) return L["not ({0})", Words(not)];
        if (rule.TryGetProperty("And", out JsonElement and)) return Join(and, (one, other) => L["{0} and {1}", one, other]);
        if (rule.TryGetProperty("Or", out JsonElement or)) return Join(or, (one, other) => L["{0} or {1}", one, other]);
        string variable = rule.TryGetProperty("Variable", out JsonElement named) ? named.ToString() : "";
        foreach (JsonProperty member in rule.EnumerateObject())
        {
            if (member.Name is "Variable" or "Next" or "Comment" or "Output" or "Assign") continue;
            return Comparison(variable, member);
        }
        return variable;
    }

    private static string Join(JsonElement rules, Func<string, string, string> join) =>
        rules.ValueKind == JsonValueKind.Array ? rules.EnumerateArray().Select(Words).DefaultIfEmpty("").Aggregate(join) : "";

    // BooleanEquals -> equals, NumericGreaterThanEqualsPath -> is at least; IsPresent: false -> is not present.
    private static string Comparison(string variable, JsonProperty member)
    {
        if (member.Name.StartsWith("Is", StringComparison.Ordinal)) return Kind(variable, member.Name, holds: member.Value.ValueKind != JsonValueKind.False);
        string operation = Typed().Replace(member.Name, "");
        if (operation.EndsWith("Path", StringComparison.Ordinal)) operation = operation[..^4];
        string? value = member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString() : member.Value.GetRawText();
        return operation switch
        {
            "Equals" => L["{0} equals {1}", variable, value],
            "Matches" => L["{0} matches {1}", variable, value],
            "LessThan" => L["{0} is less than {1}", variable, value],
            "LessThanEquals" => L["{0} is at most {1}", variable, value],
            "GreaterThan" => L["{0} is more than {1}", variable, value],
            "GreaterThanEquals" => L["{0} is at least {1}", variable, value],
            _ => $"{variable} {operation} {value}",
        };
    }

    private static string Kind(string variable, string name, bool holds) => name switch
    {
        "IsPresent" => holds ? L["{0} is present", variable] : L["{0} is not present", variable],
        "IsNull" => holds ? L["{0} is null", variable] : L["{0} is not null", variable],
        "IsString" => holds ? L["{0} is a string", variable] : L["{0} is not a string", variable],
        "IsNumeric" => holds ? L["{0} is a number", variable] : L["{0} is not a number", variable],
        "IsBoolean" => holds ? L["{0} is true or false", variable] : L["{0} is neither true nor false", variable],
        "IsTimestamp" => holds ? L["{0} is a timestamp", variable] : L["{0} is not a timestamp", variable],
        _ => $"{variable} {name} {(holds ? "true" : "false")}",
    };

    [GeneratedRegex("^(Boolean|Numeric|String|Timestamp)")]
    private static partial Regex Typed();
}
