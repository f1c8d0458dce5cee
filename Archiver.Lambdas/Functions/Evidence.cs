using System.Text;
using Archiver.Lambdas.Contracts;

namespace Archiver.Lambdas.Functions;

/// <summary>
/// What stands on the copy of a file of how it came there, as user metadata: <c>archiver-sha256</c>, <c>archiver-run</c>,
/// <c>archiver-execution</c>, <c>archiver-action</c>, <c>archiver-decided-at</c>, and of some <c>archiver-reviewer</c> and
/// <c>archiver-reason</c>. Values are <see cref="HeaderText"/>.
/// </summary>
internal static class Evidence
{
    /// <summary>The entry that names the run: a copy that has it is this run's own.</summary>
    public const string Run = "archiver-run";

    /// <summary>The entry with the content's SHA-256.</summary>
    public const string Sha256 = "archiver-sha256";

    /// <summary>The entry that counts those of the file's own for which there was no room.</summary>
    public const string LeftOut = "archiver-left-out";

    // Of names and values together, in UTF-8. Whether a name counts with its prefix S3's page does not say: here it does.
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html
    private const int MostBytes = 2048;

    private const string HeaderPrefix = "x-amz-meta-";
    private const string Prefix = "archiver-";
    private const int LongestReviewer = 256;
    private const int ShortestReason = 256;

    /// <summary>The copy's metadata: the evidence, and what the file had of its own as far as there is room for it.</summary>
    /// <param name="facts">What is done.</param>
    /// <param name="own">The file's own entries, by name without S3's prefix.</param>
    public static IReadOnlyDictionary<string, string> Of(ActionFacts facts, IEnumerable<KeyValuePair<string, string>> own)
    {
        SortedDictionary<string, string> entries = new(StringComparer.Ordinal)
        {
            [Run] = HeaderText.Encode(facts.File.Id),
            ["archiver-execution"] = HeaderText.Encode(facts.ExecutionArn),
            ["archiver-action"] = facts.Action,
            ["archiver-decided-at"] = UtcTimestamp.Format(facts.Decision?.DecidedAt ?? facts.EnteredAt),
        };
        if (facts.File.Sha256 is { } sha256) entries[Sha256] = sha256;
        if (facts.Decision?.Reviewer is { } reviewer) entries["archiver-reviewer"] = HeaderText.Encode(reviewer, LongestReviewer);
        int left = MostBytes - entries.Sum(Bytes);

        const string reasonName = "archiver-reason";
        string? reason = Reason(facts);
        int reserved = reason is null ? 0 : Bytes(new(reasonName, HeaderText.Encode(reason, ShortestReason)));
        left -= AddOwn(entries, own, left - reserved);
        if (reason is not null) entries[reasonName] = HeaderText.Encode(reason, left - Bytes(new(reasonName, "")));
        return entries;
    }

    // What an earlier run said of the file is not said again: it would be taken for this run's.
    private static int AddOwn(SortedDictionary<string, string> entries, IEnumerable<KeyValuePair<string, string>> own, int room)
    {
        room -= Bytes(new(LeftOut, "9999"));
        int used = 0;
        int leftOut = 0;
        foreach (KeyValuePair<string, string> entry in own
            .Where(entry => !entry.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)).OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            int bytes = Bytes(entry);
            if (used + bytes > room)
            {
                leftOut++;
                continue;
            }
            entries[entry.Key] = entry.Value;
            used += bytes;
        }

        if (leftOut == 0) return used;
        entries[LeftOut] = leftOut.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return used + Bytes(new(LeftOut, entries[LeftOut]));
    }

    private static string? Reason(ActionFacts facts) => facts switch
    {
        { Decision: { } decision } => string.IsNullOrWhiteSpace(decision.Comment) ? null : decision.Comment,
        { Action: ResultAction.QualityFail } => string.Join(
            ' ',
            [
                $"The quality of {facts.File.Quality} is below {facts.File.QualityThreshold}.",
                .. facts.File.Checks.Where(check => !check.Passed).Select(check => $"{check.Name}: {check.Detail}"),
            ]),
        { Action: ResultAction.Unarchivable } => "It is marked as not to be archived.",
        _ => null,
    };

    private static int Bytes(KeyValuePair<string, string> entry) =>
        HeaderPrefix.Length + Encoding.UTF8.GetByteCount(entry.Key) + Encoding.UTF8.GetByteCount(entry.Value);
}
