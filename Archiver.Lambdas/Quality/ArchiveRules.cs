using Archiver.Lambdas.Contracts;

namespace Archiver.Lambdas.Quality;

/// <summary>
/// The rules that say which files are to be archived at all. A file is not when any of them says so: its <c>archive</c> flag is false, its key begins with one of
/// the prefixes, its type is among those that are not archived, or is not among those that are. A flag that is true lifts no rule: it comes with the file, and the rules from who runs the stack.
/// </summary>
/// <param name="Types">The media types that are archived, such as <c>image/png</c> or <c>image/*</c>; none: all.</param>
/// <param name="NotTypes">The media types that are not.</param>
/// <param name="NotPrefixes">Beginnings of keys that are not.</param>
internal sealed record ArchiveRules(IReadOnlyList<string> Types, IReadOnlyList<string> NotTypes, IReadOnlyList<string> NotPrefixes)
{
    /// <summary>The name under which the check says why a file is not to be archived.</summary>
    public const string Name = "Archivable";

    /// <summary>Reads a setting: values separated by commas.</summary>
    public static IReadOnlyList<string> List(string? setting) =>
        setting?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>Why a file is not to be archived; nothing where it is.</summary>
    /// <param name="flag">Its flag; nothing where it has none.</param>
    public FileCheck? Against(string key, string mediaType, bool? flag)
    {
        if (flag is false) return Not("The file is marked as not to be archived: its “archive” flag is false.");
        if (NotPrefixes.FirstOrDefault(prefix => key.StartsWith(prefix, StringComparison.Ordinal)) is { } prefix)
            return Not($"Files whose key begins with “{prefix}” are not archived.");
        if (NotTypes.FirstOrDefault(type => Fits(type, mediaType)) is { } excluded)
            return Not($"Files of the type “{excluded}” are not archived; this one is “{mediaType}”.");
        return Types.Count == 0 || Types.Any(type => Fits(type, mediaType))
            ? null
            : Not($"Only files of some types are archived ({string.Join(", ", Types)}); this one is “{mediaType}”.");
    }

    private static FileCheck Not(string why) => new(Name, false, why);

    private static bool Fits(string pattern, string mediaType) => pattern.EndsWith('*')
        ? mediaType.StartsWith(pattern[..^1], StringComparison.OrdinalIgnoreCase)
        : mediaType.Equals(pattern, StringComparison.OrdinalIgnoreCase);
}
