using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace Archiver.Infra.LocalCloud.Events.Patterns;

/// <summary>
/// An event pattern: it has the structure of the events that it matches, with the values that a field may have in place of the
/// field's value. See https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html.
/// </summary>
internal sealed class EventPattern
{
    private readonly ObjectPattern _root;

    private EventPattern(string text, ObjectPattern root)
    {
        Text = text;
        _root = root;
    }

    /// <summary>The pattern as it was given.</summary>
    public string Text { get; }

    /// <summary>Reads a pattern.</summary>
    /// <exception cref="Wire.AwsError"><c>InvalidEventPatternException</c>: it is none, or has what the language does not.</exception>
    public static EventPattern Parse(string text) => new(text, PatternParser.Parse(text));

    /// <summary>Whether an event is one of those that the pattern describes.</summary>
    public bool Matches(JsonObject @event) => _root.Matches(@event);
}

/// <summary>What an object must be: every field as described, and of each list of alternatives, one.</summary>
/// <param name="Leaves">The fields that have values.</param>
/// <param name="Objects">The fields that have fields.</param>
/// <param name="Alternatives">The lists that stand under <c>$or</c>.</param>
internal sealed record ObjectPattern(
    IReadOnlyList<KeyValuePair<string, LeafPattern>> Leaves, IReadOnlyList<KeyValuePair<string, ObjectPattern>> Objects,
    IReadOnlyList<IReadOnlyList<ObjectPattern>> Alternatives)
{
    /// <summary>Whether a value fits. Of a list one element must fit whole, so that two elements never make up a match between them.</summary>
    /// <param name="value">The value; nothing where the event has none, in which case only what must not exist fits.</param>
    public bool Matches(JsonNode? value)
    {
        if (value is JsonArray { Count: > 0 } list)
            return list.Any(Matches);
        JsonObject? fields = value as JsonObject;
        return Leaves.All(leaf => leaf.Value.Matches(Has(fields, leaf.Key, out JsonNode? found), found))
            && Objects.All(field => field.Value.Matches(Has(fields, field.Key, out JsonNode? found) ? found : null))
            && Alternatives.All(list => list.Any(alternative => alternative.Matches(value)));
    }

    private static bool Has(JsonObject? fields, string name, [MaybeNullWhen(false)] out JsonNode? value)
    {
        value = null;
        return fields?.TryGetPropertyValue(name, out value) == true;
    }
}

/// <summary>What a field's value must be: one of these.</summary>
internal sealed record LeafPattern(IReadOnlyList<ValueMatcher> Matchers)
{
    /// <summary>Whether a field fits.</summary>
    /// <param name="exists">Whether the event has the field.</param>
    /// <param name="value">Its value.</param>
    public bool Matches(bool exists, JsonNode? value)
    {
        // A field that has fields is no leaf, and nothing but a leaf exists; nor is there anything in an empty list.
        if (!exists || value is JsonObject or JsonArray { Count: 0 })
            return Matchers.Any(matcher => matcher is ValueMatcher.Exists { Wanted: false });
        return value is JsonArray list
            ? list.Any(element => element is JsonArray ? Matches(exists: true, element) : element is not JsonObject && MatchesOne(element))
            : MatchesOne(value);
    }

    private bool MatchesOne(JsonNode? value)
    {
        FieldValue field = FieldValue.Of(value);
        return Matchers.Any(matcher => matcher.Matches(field));
    }
}
