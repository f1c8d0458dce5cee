using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Archiver.Infra.LocalCloud.Events.Targets;

/// <summary>
/// A path into an event: names after dots, and places in lists in brackets; EventBridge has no more of JSONPath but wildcards, which are
/// refused here.
/// See https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html.
/// </summary>
internal sealed partial class EventPath
{
    private readonly IReadOnlyList<(string? Name, int Index)> _steps;

    private EventPath(string text, IReadOnlyList<(string? Name, int Index)> steps)
    {
        Text = text;
        _steps = steps;
    }

    /// <summary>The path as it was given.</summary>
    public string Text { get; }

    /// <summary>Reads a path.</summary>
    /// <returns>Nothing when it is none.</returns>
    public static EventPath? TryParse(string text)
    {
        if (text.Length > 256 || !Path().IsMatch(text))
            return null;
        List<(string?, int)> steps = [];
        foreach (Match step in Step().Matches(text))
        {
            if (!step.Groups["index"].Success)
                steps.Add((step.Groups["name"].Value, 0));
            else if (int.TryParse(step.Groups["index"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int index))
                steps.Add((null, index));
            else
                return null;
        }
        return new EventPath(text, steps);
    }

    /// <summary>What the path leads to; not found where the event has nothing there.</summary>
    public (bool Found, JsonNode? Value) Of(JsonObject @event)
    {
        JsonNode? node = @event;
        foreach ((string? name, int index) in _steps)
        {
            bool found = (node, name) switch
            {
                (JsonObject fields, { } key) => fields.TryGetPropertyValue(key, out node),
                (JsonArray list, null) when index < list.Count => (node = list[index]) is var _,
                _ => false,
            };
            if (!found)
                return (false, null);
        }
        return (true, node);
    }

    [GeneratedRegex(@"\A\$(\.[A-Za-z0-9_/-]+|\[[0-9]+\])*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Path();

    [GeneratedRegex(@"\.(?<name>[A-Za-z0-9_/-]+)|\[(?<index>[0-9]+)\]", RegexOptions.CultureInvariant)]
    private static partial Regex Step();
}
