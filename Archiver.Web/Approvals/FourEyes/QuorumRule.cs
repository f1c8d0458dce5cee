using Archiver.Web.Approvals.Inbox;

namespace Archiver.Web.Approvals.FourEyes;

/// <summary>How many different people have to approve what. A condition that is not given holds of everything; one that is given, of no approval that does not say.</summary>
/// <param name="Approvals">How many, 1 to <see cref="MostApprovals"/>.</param>
/// <param name="Recommendation">What the workflow recommends, letter for letter.</param>
/// <param name="MinSizeBytes">The least size of the file, in bytes.</param>
/// <param name="Prefix">What the file's key begins with, letter for letter.</param>
internal sealed record QuorumRule(int Approvals, string? Recommendation = null, long? MinSizeBytes = null, string? Prefix = null)
{
    /// <summary>The most people that a rule can ask for.</summary>
    public const int MostApprovals = 10;

    /// <summary>Whether the rule is about an approval.</summary>
    public bool Matches(Approval approval) =>
        (Recommendation is null || approval.Recommendation == Recommendation)
        && (MinSizeBytes is null || approval.File?.Size >= MinSizeBytes)
        && (Prefix is null || approval.File?.Key?.StartsWith(Prefix, StringComparison.Ordinal) == true);
}
