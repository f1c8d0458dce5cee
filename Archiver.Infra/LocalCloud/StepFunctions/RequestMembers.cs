using System.Text.Json;
using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud.Wire;
using Archiver.Infra.StatesLanguage.Data;

namespace Archiver.Infra.LocalCloud.StepFunctions;

/// <summary>Takes members out of a request, and holds them to the service's model.</summary>
internal static class RequestMembers
{
    /// <summary>A text that must be there.</summary>
    /// <param name="request">The request.</param>
    /// <param name="member">The member's name.</param>
    /// <param name="max">Its most characters.</param>
    /// <exception cref="AwsError"><c>ValidationException</c>, <c>SerializationException</c>.</exception>
    public static string Required(this JsonObject request, string member, int max = int.MaxValue)
    {
        string text = request.Text(member, max) ?? throw Refusals.Constraint(member, null, "Member must not be null");
        return text.Length > 0 ? text : throw Refusals.Constraint(member, text, "Member must have length greater than or equal to 1");
    }

    /// <summary>A text that may be there.</summary>
    /// <inheritdoc cref="Required"/>
    public static string? Text(this JsonObject request, string member, int max = int.MaxValue)
    {
        if (request[member] is not { } node)
            return null;
        if (node is not JsonValue value || !value.TryGetValue(out string? text))
            throw Mistyped(member, "a string");
        return text.Length <= max ? text : throw Refusals.Constraint(member, null, $"Member must have length less than or equal to {max}");
    }

    /// <summary>A whole number that may be there.</summary>
    /// <param name="request">The request.</param>
    /// <param name="member">The member's name.</param>
    /// <param name="max">Its most; its least is 0.</param>
    public static int? Number(this JsonObject request, string member, int max)
    {
        if (request[member] is not { } node)
            return null;
        long number = JsonText.AsInteger(node) ?? throw Mistyped(member, "a whole number");
        return number < 0 ? throw Refusals.Constraint(member, $"{number}", "Member must have value greater than or equal to 0")
            : number > max ? throw Refusals.Constraint(member, $"{number}", $"Member must have value less than or equal to {max}")
            : (int)number;
    }

    /// <summary>A truth value that may be there.</summary>
    public static bool? Flag(this JsonObject request, string member) => request[member] switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out bool flag) => flag,
        _ => throw Mistyped(member, "true or false"),
    };

    /// <summary>One of a few words that may be there.</summary>
    public static string? Word(this JsonObject request, string member, params IReadOnlyList<string> words)
    {
        string? text = request.Text(member);
        return text is null || words.Contains(text)
            ? text
            : throw Refusals.Constraint(member, text, $"Member must satisfy enum value set: [{string.Join(", ", words)}]");
    }

    /// <summary>A structure that may be there, as JSON text.</summary>
    public static string? Structure(this JsonObject request, string member) => request[member] switch
    {
        null => null,
        JsonObject structure => JsonText.Write(structure),
        _ => throw Mistyped(member, "a structure"),
    };

    /// <summary>Refuses a member that the local cloud would have to ignore.</summary>
    public static void Refuse(this JsonObject request, string member, string what)
    {
        if (request[member] is { } node && node.GetValueKind() is not (JsonValueKind.False or JsonValueKind.Null))
            throw Refusals.Unsupported(what);
    }

    private static AwsError Mistyped(string member, string type) => new("SerializationException", $"The member '{member}' is not {type}.");
}
