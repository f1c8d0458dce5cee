using Archiver.Web.Shell.Secrets;

namespace Archiver.Web.Audit.Chain;

/// <summary>
/// Makes an entry fit for the record: each text has a bound, so that one entry can't take a block for itself, and what looks like
/// a task token in a detail, which may quote a service's message, is hidden. Callers pass no secrets; this is the second line.
/// </summary>
internal static class AuditText
{
    /// <summary>What stands at the end of a text that was cut.</summary>
    public const string Mark = "… (cut)";

    /// <summary>The longest detail, in characters.</summary>
    public const int LongestDetail = 2000;

    // A key of S3 has 1,024 bytes, and an ARN of an execution fewer.
    private const int LongestName = 1024;
    private const int LongestWord = 256;

    /// <summary>The entry as it goes on record.</summary>
    public static AuditEntry Fit(AuditEntry entry) => entry with
    {
        Attempt = Cut(entry.Attempt, LongestWord),
        By = entry.By with { Id = Cut(entry.By.Id, LongestName), Name = Cut(entry.By.Name, LongestWord) },
        From = entry.From is { } from ? Cut(from, LongestWord) : null,
        On = new AuditSubject(
            Cut(entry.On.Kind, LongestWord), Cut(entry.On.Id, LongestName),
            entry.On.Version is { } version ? Cut(version, LongestName) : null, entry.On.Name is { } name ? Cut(name, LongestName) : null),
        Detail = entry.Detail is { } detail ? Cut(MaskedText.OfSentence(detail), LongestDetail) : null,
    };

    private static string Cut(string text, int longest)
    {
        if (text.Length <= longest) return text;
        int end = longest - Mark.Length;
        if (char.IsHighSurrogate(text[end - 1])) end--; // half of a character is none
        return text[..end] + Mark;
    }
}
