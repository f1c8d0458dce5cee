using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Archiver.Infra.Validation;

/// <summary>
/// A statement of an IAM policy. Its conditions are not looked at: one that allows is taken to allow, one that denies only under a
/// condition is taken not to.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
/// </summary>
internal sealed record PolicyStatement(
    bool Allows, bool Conditional, IReadOnlyList<string> Actions, bool ActionsAreExcepted, IReadOnlyList<string> Resources, bool ResourcesAreExcepted)
{
    /// <summary>Reads the statements of a policy document; what is none is passed over.</summary>
    public static IEnumerable<PolicyStatement> OfDocument(JsonNode? document)
    {
        JsonNode? statements = (document as JsonObject)?["Statement"];
        foreach (JsonNode? node in statements as JsonArray ?? [statements?.DeepClone()])
        {
            if (node is JsonObject statement)
                yield return Read(statement);
        }
    }

    /// <summary>Whether statements together allow an action on a resource: one allows it and none denies it.</summary>
    public static bool Allow(IEnumerable<PolicyStatement> statements, string action, string resource)
    {
        PolicyStatement[] about = [.. statements.Where(statement => statement.IsAbout(action, resource))];
        return about.Any(statement => statement.Allows) && !about.Any(statement => !statement.Allows && !statement.Conditional);
    }

    private static PolicyStatement Read(JsonObject statement) => new(
        Text(statement["Effect"]) == "Allow",
        statement["Condition"] is not null,
        Texts(statement["Action"] ?? statement["NotAction"]),
        statement["NotAction"] is not null,
        Texts(statement["Resource"] ?? statement["NotResource"]),
        statement["NotResource"] is not null);

    private bool IsAbout(string action, string resource) =>
        Actions.Any(pattern => Matches(pattern, action, RegexOptions.IgnoreCase)) != ActionsAreExcepted
        && Resources.Any(pattern => Matches(pattern, resource, RegexOptions.None)) != ResourcesAreExcepted;

    private static bool Matches(string pattern, string text, RegexOptions options) =>
        Regex.IsMatch(text, $@"\A{Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal).Replace(@"\?", ".", StringComparison.Ordinal)}\z", options | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    private static IReadOnlyList<string> Texts(JsonNode? node) => node switch
    {
        JsonArray array => [.. array.Select(Text).OfType<string>()],
        _ => Text(node) is { } only ? [only] : [],
    };

    private static string? Text(JsonNode? node) => (node as JsonValue)?.ToString();
}
