using System.Text.RegularExpressions;
using Archiver.Infra.LocalCloud.Wire;

namespace Archiver.Infra.LocalCloud.Sqs;

/// <summary>How one entry of a batch went: its result, or its error.</summary>
/// <param name="Id">The entry's id.</param>
/// <param name="Result">What came of it.</param>
/// <param name="Error">Why it was refused.</param>
internal sealed record BatchOutcome<T>(string Id, T? Result, AwsError? Error) where T : class;

/// <summary>What holds for the entries of every batch call.</summary>
internal static partial class Batch
{
    private const int Limit = 10;

    /// <summary>Holds the ids to the rules.</summary>
    /// <param name="ids">The entries' ids, in order.</param>
    /// <param name="entryName">The type of the entries in SQS's model.</param>
    /// <exception cref="AwsError">The whole call is refused.</exception>
    public static void Check(IReadOnlyList<string> ids, string entryName)
    {
        if (ids.Count == 0)
            throw SqsErrors.EmptyBatchRequest(entryName);
        if (ids.Count > Limit)
            throw SqsErrors.TooManyEntriesInBatchRequest(ids.Count);
        if (ids.Any(id => !IdPattern().IsMatch(id)))
            throw SqsErrors.InvalidBatchEntryId();
        if (ids.CountBy(id => id, StringComparer.Ordinal).FirstOrDefault(group => group.Value > 1).Key is { } repeated)
            throw SqsErrors.BatchEntryIdsNotDistinct(repeated);
    }

    /// <summary>Does one entry; a refusal is its outcome.</summary>
    public static BatchOutcome<T> Try<T>(string id, Func<T> work) where T : class
    {
        try
        {
            return new BatchOutcome<T>(id, work(), null);
        }
        catch (AwsError error)
        {
            return new BatchOutcome<T>(id, null, error);
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,80}\z", RegexOptions.CultureInvariant)]
    private static partial Regex IdPattern();
}
