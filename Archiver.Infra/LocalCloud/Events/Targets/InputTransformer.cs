using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Archiver.Infra.LocalCloud.Wire;

namespace Archiver.Infra.LocalCloud.Events.Targets;

/// <summary>
/// A template with variables in angle brackets, each filled from an event. In a template that is JSON a variable which stands by itself
/// becomes JSON, text with its quotes and what must be escaped escaped; one within quotes becomes plain text, of which nothing is
/// escaped. A path that leads nowhere gives empty text.
/// See https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html.
/// </summary>
internal sealed partial class InputTransformer
{
    private const int LongestTemplate = 8192;
    private const int MostVariables = 100;
    private const int LongestName = 256;
    private const string Reserved = "aws.";

    private static readonly HashSet<string> Predefined =
    [
        "aws.events.rule-arn", "aws.events.rule-name", "aws.events.event.ingestion-time", "aws.events.event", "aws.events.event.json",
    ];

    private readonly Dictionary<string, EventPath> _paths;

    /// <summary>Makes one.</summary>
    /// <param name="template">1 to 8,192 characters.</param>
    /// <param name="paths">The paths of its variables, by name; 100 at most.</param>
    /// <exception cref="AwsError"><c>ValidationException</c>: it breaks a rule, or has a variable that nothing fills.</exception>
    public InputTransformer(string template, IReadOnlyDictionary<string, string> paths)
    {
        if (template.Length is 0 or > LongestTemplate)
            throw EventsErrors.Constraint("inputTransformer.inputTemplate", $"Member must have length between 1 and {LongestTemplate}");
        if (paths.Count > MostVariables)
            throw EventsErrors.Constraint("inputTransformer.inputPathsMap", $"Member must have length less than or equal to {MostVariables}");
        Template = template;
        Dictionary<string, EventPath> read = new(StringComparer.Ordinal);
        foreach ((string name, string path) in paths)
        {
            if (name.Length > LongestName || !Name().IsMatch(name) || name.StartsWith(Reserved, StringComparison.OrdinalIgnoreCase))
                throw EventsErrors.Validation($"InputPathsMap has the variable '{name}': 1 to {LongestName} letters, digits, underscores and hyphens, and not AWS. before them.");
            read[name] = EventPath.TryParse(path)
                ?? throw EventsErrors.Validation($"Invalid InputPath for variable {name}: '{path}' is no path of names and list places such as $.detail.items[0].");
        }
        _paths = read;
        Paths = paths;
        if (Variable().Matches(template).Select(match => match.Groups[1].Value).FirstOrDefault(name => !read.ContainsKey(name) && !Predefined.Contains(name)) is { } unknown)
            throw EventsErrors.Validation($"Invalid InputTemplate: it has the variable <{unknown}>, which InputPathsMap does not have.");
    }

    /// <summary>The template as it was given.</summary>
    public string Template { get; }

    /// <summary>The paths as they were given.</summary>
    public IReadOnlyDictionary<string, string> Paths { get; }

    /// <summary>Fills the template.</summary>
    public string Apply(JsonObject @event, EventRule rule, DateTimeOffset now)
    {
        bool json = Template.AsSpan().TrimStart() is ['{' or '[', ..];
        StringBuilder text = new();
        bool quoted = false;
        int position = 0;
        foreach (Match match in Variable().Matches(Template))
        {
            string between = Template[position..match.Index];
            quoted = IsQuotedAfter(between, quoted);
            text.Append(between).Append(Write(Value(match.Groups[1].Value, @event, rule, now), json && !quoted));
            position = match.Index + match.Length;
        }
        return text.Append(Template.AsSpan(position)).ToString();
    }

    private JsonNode? Value(string name, JsonObject @event, EventRule rule, DateTimeOffset now) => name switch
    {
        "aws.events.rule-arn" => rule.Arn,
        "aws.events.rule-name" => rule.Name,
        "aws.events.event.ingestion-time" => now.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        "aws.events.event" => WithoutDetail(@event),
        "aws.events.event.json" => @event,
        _ => _paths[name].Of(@event) is (true, var value) ? value : "",
    };

    private static JsonObject WithoutDetail(JsonObject @event)
    {
        JsonObject rest = @event.DeepClone().AsObject();
        rest.Remove("detail");
        return rest;
    }

    private static string Write(JsonNode? value, bool asJson) => !asJson && value?.GetValueKind() == JsonValueKind.String
        ? value.GetValue<string>()
        : value?.ToJsonString(EventJson.Plain) ?? "null";

    // Whether what follows a piece of JSON stands within quotes.
    private static bool IsQuotedAfter(string piece, bool quoted)
    {
        for (int i = 0; i < piece.Length; i++)
        {
            if (piece[i] == '\\')
                i++;
            else if (piece[i] == '"')
                quoted = !quoted;
        }
        return quoted;
    }

    [GeneratedRegex(@"<([A-Za-z0-9_.-]+)>", RegexOptions.CultureInvariant)]
    private static partial Regex Variable();

    [GeneratedRegex(@"\A[A-Za-z0-9_-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
