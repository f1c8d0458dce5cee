namespace Archiver.Lambdas.Functions;

/// <summary>
/// Whether a file is marked as to be archived or not: its tag <c>archive</c> says so, else its user metadata entry of that name.
/// The tag comes first because it can be changed after the upload.
/// </summary>
internal static class ArchiveFlag
{
    private const string Name = "archive";

    /// <summary>Reads the flag of an object; nothing where it has none.</summary>
    /// <exception cref="InvalidArchiveFlagException">It is neither true nor false: a guess could archive what must not be.</exception>
    public static bool? Read(ObjectLocation location, IReadOnlyDictionary<string, string> tags, string? metadataEntry)
    {
        string? tag = tags.GetValueOrDefault(Name);
        string? value = tag ?? metadataEntry;
        if (value is null) return null;
        return bool.TryParse(value, out bool flag)
            ? flag
            : throw new InvalidArchiveFlagException(
                $"The {(tag is null ? "metadata entry" : "tag")} “{Name}” of {location} is “{value}”; it must be true or false.");
    }
}
