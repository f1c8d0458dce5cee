using System.Text.Json.Serialization;

namespace Archiver.Lambdas.Contracts;

/// <summary>
/// Who started a run, as the dashboard puts it into the run's input, and as the message to the reviewers has it. Anybody can write
/// either, so that one is made by <see cref="From"/>.
/// </summary>
/// <param name="Id">Who it is, for good. Names change and repeat: whoever compares compares this.</param>
/// <param name="Name">What they are called.</param>
public sealed record Starter([property: JsonPropertyName("id")] string Id, [property: JsonPropertyName("name")] string Name)
{
    /// <summary>The longest id, in characters: a provider's address and its subject for a person.</summary>
    public const int LongestId = 1024;

    /// <summary>The longest name, in characters.</summary>
    public const int LongestName = 80;

    /// <summary>Makes a starter of what somebody wrote.</summary>
    /// <param name="id">The id, 1 to <see cref="LongestId"/> characters without control characters.</param>
    /// <param name="name">The name. It is only shown: what is too long of it is cut off, and what can't be shown left out.</param>
    /// <returns>The starter; nothing where the id is none, since that names nobody.</returns>
    public static Starter? From(string? id, string? name)
    {
        if (string.IsNullOrWhiteSpace(id) || id.Length > LongestId || id.Any(char.IsControl)) return null;
        string shown = new([.. (name ?? "").Where(character => !char.IsControl(character)).Take(LongestName)]);
        if (shown.Length > 0 && char.IsHighSurrogate(shown[^1])) shown = shown[..^1];
        shown = shown.Trim();
        return new Starter(id, shown.Length > 0 ? shown : "somebody without a name");
    }
}
