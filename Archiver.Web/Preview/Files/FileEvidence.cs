using static Archiver.Web.Preview.PreviewWords;

namespace Archiver.Web.Preview.Files;

/// <summary>What stands on a file of how it came where it is, as the workflow's actions write it: percent-encoded, since it travels in headers.</summary>
internal static class FileEvidence
{
    private const string Prefix = "archiver-";

    private static (string Name, string Label)[] Known() =>
    [
        ("archiver-action", L["Action"]),
        ("archiver-sha256", L["SHA-256"]),
        ("archiver-run", L["Run"]),
        ("archiver-execution", L["Execution"]),
        ("archiver-decided-at", L["Decided"]),
        ("archiver-reviewer", L["Reviewer"]),
        ("archiver-reason", L["Reason"]),
    ];

    /// <summary>Reads it: what is known first, in an order that a person follows, then whatever else is of its kind.</summary>
    /// <param name="metadata">A file's metadata by name.</param>
    public static IReadOnlyList<(string Label, string Value)> Of(IReadOnlyDictionary<string, string> metadata) =>
    [
        .. Known().Where(one => metadata.ContainsKey(one.Name)).Select(one => (one.Label, Uri.UnescapeDataString(metadata[one.Name]))),
        .. metadata.Where(entry => entry.Key.StartsWith(Prefix, StringComparison.Ordinal) && !Known().Any(one => one.Name == entry.Key))
            .OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => (entry.Key[Prefix.Length..], Uri.UnescapeDataString(entry.Value))),
    ];
}
