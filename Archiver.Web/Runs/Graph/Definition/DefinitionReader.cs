using System.Text.Json;

namespace Archiver.Web.Runs.Graph.Definition;

/// <summary>
/// Reads a definition in the Amazon States Language as far as it takes to draw it. It was valid when the service took it, and may
/// have what this program has never heard of: whatever is not understood is left out, and nothing is refused.
/// https://states-language.net/spec.html
/// </summary>
internal static class DefinitionReader
{
    /// <summary>Reads a definition; nothing when it is none.</summary>
    public static MachineScope? Read(string definition)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(definition);
            return Scope(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static MachineScope? Scope(JsonElement scope)
    {
        if (Member(scope, "States") is not { ValueKind: JsonValueKind.Object } states) return null;
        MachineState[] all = [.. states.EnumerateObject().Where(one => one.Value.ValueKind == JsonValueKind.Object).Select(one => State(one.Name, one.Value))];
        return all.Length == 0 ? null : new MachineScope(Text(scope, "StartAt") ?? all[0].Name, all);
    }

    private static MachineState State(string name, JsonElement state)
    {
        string type = Text(state, "Type") ?? "";
        return new MachineState(name, type)
        {
            Comment = Text(state, "Comment"),
            Resource = Text(state, "Resource"),
            Retries = [.. Items(state, "Retry").Select(Retry)],
            Transitions = [.. Transitions(state)],
            Ends = type is "Succeed" or "Fail" || Member(state, "End") is { ValueKind: JsonValueKind.True },
            Branches = [.. Branches(type, state)],
        };
    }

    private static IEnumerable<MachineTransition> Transitions(JsonElement state)
    {
        if (Text(state, "Next") is { } next) yield return new MachineTransition(next, TransitionKind.Next);
        foreach (JsonElement rule in Items(state, "Choices"))
        {
            if (Text(rule, "Next") is { } chosen) yield return new MachineTransition(chosen, TransitionKind.Choice) { Rule = rule.Clone() };
        }
        if (Text(state, "Default") is { } other) yield return new MachineTransition(other, TransitionKind.Default);
        foreach (JsonElement catcher in Items(state, "Catch"))
        {
            if (Text(catcher, "Next") is { } caught) yield return new MachineTransition(caught, TransitionKind.Catch, Errors(catcher));
        }
    }

    private static IEnumerable<MachineScope> Branches(string type, JsonElement state) => (type switch
    {
        "Parallel" => Items(state, "Branches").Select(Scope),
        // Iterator is the older name of the same.
        "Map" when (Member(state, "ItemProcessor") ?? Member(state, "Iterator")) is { } processor => [Scope(processor)],
        _ => [],
    }).OfType<MachineScope>();

    // Three is what the language says where the definition does not.
    private static MachineRetry Retry(JsonElement retrier) => new(
        Errors(retrier),
        Member(retrier, "MaxAttempts") is { ValueKind: JsonValueKind.Number } most && most.TryGetInt32(out int attempts) ? attempts : 3);

    private static string Errors(JsonElement handler) => string.Join(", ", Items(handler, "ErrorEquals").Select(name => name.ToString()));

    private static JsonElement.ArrayEnumerator Items(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : default;

    private static string? Text(JsonElement element, string name) => Member(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static JsonElement? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement member) ? member : null;
}
