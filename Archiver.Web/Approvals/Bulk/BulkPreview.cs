using Archiver.Lambdas.Contracts;
using Archiver.Web.Approvals.FourEyes;
using Archiver.Web.Approvals.Inbox;

namespace Archiver.Web.Approvals.Bulk;

/// <summary>Why something is left out of a decision on many.</summary>
internal enum BulkGap
{
    /// <summary>It was settled since the person looked.</summary>
    Settled,

    /// <summary>It waits again after a decision that was taken back since the person looked.</summary>
    Changed,

    /// <summary>The person started its run.</summary>
    Started,

    /// <summary>Somebody else is on it.</summary>
    Claimed,

    /// <summary>The person approved already, and it takes somebody else.</summary>
    Approved,
}

/// <summary>What is left out, and why.</summary>
/// <param name="Gap">Why.</param>
/// <param name="Approvals">What, as it was seen.</param>
internal sealed record BulkLeftOut(BulkGap Gap, IReadOnlyList<Approval> Approvals);

/// <summary>What a decision on many would do, as far as can be told before.</summary>
internal sealed record BulkPreview
{
    /// <summary>What would be decided on, as it was seen.</summary>
    public required IReadOnlyList<Approval> Included { get; init; }

    /// <summary>What would not, by reason.</summary>
    public required IReadOnlyList<BulkLeftOut> LeftOut { get; init; }

    /// <summary>On how many the decision is another than recommended.</summary>
    public required int AgainstRecommendation { get; init; }

    /// <summary>How many are about a file that there is.</summary>
    public required int Real { get; init; }

    /// <summary>How many are about a simulated file.</summary>
    public required int Simulated { get; init; }

    /// <summary>How many are about no file.</summary>
    public required int WithoutFile { get; init; }

    /// <summary>The size of the files that there are, in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>For how many the approval is not the last one that it takes.</summary>
    public required int NotLast { get; init; }

    /// <summary>Tells what would happen.</summary>
    /// <param name="seen">What the person chose, as they had it in front of them; each once.</param>
    /// <param name="approved">Whether they approve it.</param>
    /// <param name="personId">Who.</param>
    /// <param name="rules">The rules of four eyes.</param>
    /// <param name="find">What is known of an approval now; nothing of one that is not open.</param>
    /// <param name="now">The time.</param>
    public static BulkPreview Of(IReadOnlyList<Approval> seen, bool approved, string personId, FourEyesRules rules, Func<string, Approval?> find, DateTimeOffset now)
    {
        List<Approval> included = [];
        SortedDictionary<BulkGap, List<Approval>> leftOut = [];
        int against = 0, real = 0, simulated = 0, withoutFile = 0, notLast = 0;
        long bytes = 0;
        foreach (Approval approval in seen)
        {
            Approval? current = find(approval.Id);
            if ((current is null ? BulkGap.Settled : GapOf(current, approval, approved, personId, rules, now)) is { } gap)
            {
                if (!leftOut.TryGetValue(gap, out List<Approval>? those)) leftOut[gap] = those = [];
                those.Add(approval);
                continue;
            }
            included.Add(approval);
            if (Recommended(approval.Recommendation) is { } recommended && recommended != approved) against++;
            if (approval.File is not { } file) withoutFile++;
            else if (!file.IsReal) simulated++;
            else (real, bytes) = (real + 1, bytes + file.Size);
            if (approved && rules.Counted(current!, current!.Votes).Count + 1 < rules.Needed(current)) notLast++;
        }
        return new BulkPreview
        {
            Included = included,
            LeftOut = [.. leftOut.Select(group => new BulkLeftOut(group.Key, group.Value))],
            AgainstRecommendation = against,
            Real = real,
            Simulated = simulated,
            WithoutFile = withoutFile,
            Bytes = bytes,
            NotLast = notLast,
        };
    }

    private static BulkGap? GapOf(Approval current, Approval seen, bool approved, string personId, FourEyesRules rules, DateTimeOffset now)
    {
        if (current.Status != ApprovalStatus.Pending) return BulkGap.Settled;
        if (current.Reopened != seen.Reopened) return BulkGap.Changed;
        return rules.BarFor(current, personId, now) switch
        {
            Bar.StartedIt => BulkGap.Started,
            Bar.SomebodyIsOnIt => BulkGap.Claimed,
            // Where the rules ask for fewer than they did, a vote of before may be enough.
            _ => approved && current.Votes.Any(vote => vote.PersonId == personId) && rules.Counted(current, current.Votes).Count < rules.Needed(current) ? BulkGap.Approved : null,
        };
    }

    // What another machine's word for it means is not known here.
    private static bool? Recommended(string? recommendation) => recommendation switch
    {
        ResultAction.Archived => true,
        ResultAction.QualityFail or ResultAction.Unarchivable => false,
        _ => null,
    };
}
