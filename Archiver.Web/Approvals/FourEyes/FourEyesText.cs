using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Shell;
using Archiver.Web.Shell.Commands;
using static Archiver.Web.Approvals.ApprovalsWords;

namespace Archiver.Web.Approvals.FourEyes;

/// <summary>What the rules of four eyes come to, in words.</summary>
internal static class FourEyesText
{
    /// <summary>How many approvals there are of how many that it takes, and whose; nothing where one person decides.</summary>
    public static string? Votes(Approval approval, FourEyesRules rules)
    {
        int needed = rules.Needed(approval);
        if (needed == 1 && approval.Votes.Count == 0) return null;
        IReadOnlyList<Vote> counted = rules.Counted(approval, approval.Votes);
        string count = needed == 1 ? L["{0} of {1} approval", counted.Count, needed] : L["{0} of {1} approvals", counted.Count, needed];
        return counted.Count == 0 ? count : $"{count}: {Join([.. counted.Select(vote => vote.Name)])}";
    }

    /// <summary>Who is on it, for whoever looks.</summary>
    public static string Claim(ApprovalClaim claim, string? personId, ViewerTime viewer) =>
        claim.PersonId == personId ? L["You are on it since {0}", viewer.TimeOfDay(claim.Since)] : L["{0} is on it since {1}", claim.Name, viewer.TimeOfDay(claim.Since)];

    /// <summary>Why a person can't decide, and what can be done about it.</summary>
    public static string Why(Approval approval, Bar bar, ViewerTime viewer) => bar switch
    {
        Bar.StartedIt => L["You started the run of {0}: somebody else has to decide on it.", approval.Name],
        Bar.SomebodyIsOnIt other =>
            L["{0} is on {1} since {2}. They can release it, and an operator can give it to somebody else.", other.Claim.Name, approval.Name, viewer.TimeOfDay(other.Claim.Since)],
        _ => throw new ArgumentOutOfRangeException(nameof(bar)),
    };

    /// <summary>What a person is told whose approval is there, and is not enough.</summary>
    public static string Endorsed(int count, int needed) => needed - count is var missing && missing == 1
        ? L["That is {0} of {1} approvals; it takes one more person.", count, needed]
        : L["That is {0} of {1} approvals; it takes {2} more people.", count, needed, missing];

    /// <summary>What somebody is told who claimed an approval.</summary>
    public static CommandResult Claimed(Approval seen, ClaimOutcome outcome, ViewerTime viewer) => outcome switch
    {
        ClaimOutcome.Done => CommandResult.Done(() => L["You are on {0}.", seen.Name]),
        ClaimOutcome.Barred barred => CommandResult.Note(() => Why(seen, barred.Bar, viewer)),
        ClaimOutcome.ApprovedBefore => CommandResult.Note(() => L["You approved {0} already: somebody else has to.", seen.Name]),
        _ => Other(seen, outcome, viewer),
    };

    /// <summary>What somebody is told who released an approval.</summary>
    public static CommandResult Released(Approval seen, ClaimOutcome outcome, ViewerTime viewer) =>
        outcome is ClaimOutcome.Done ? CommandResult.Done(() => L["Nobody is on {0} now.", seen.Name]) : Other(seen, outcome, viewer);

    /// <summary>What an operator is told who gave an approval to somebody.</summary>
    public static CommandResult Reassigned(Approval seen, ClaimOutcome outcome, ViewerTime viewer) => outcome switch
    {
        ClaimOutcome.Done { Approval.Claim: { } claim } => CommandResult.Done(() => L["{0} is on {1} now.", claim.Name, seen.Name]),
        ClaimOutcome.Done => CommandResult.Done(() => L["Nobody is on {0} now.", seen.Name]),
        ClaimOutcome.Barred => CommandResult.Note(() => L["They started the run of {0}: somebody else has to decide on it.", seen.Name]),
        ClaimOutcome.ApprovedBefore => CommandResult.Note(() => L["They approved {0} already: somebody else has to.", seen.Name]),
        ClaimOutcome.UnknownPerson => CommandResult.Note(() => L["There is nobody like that to give it to any more."]),
        _ => Other(seen, outcome, viewer),
    };

    private static CommandResult Other(Approval seen, ClaimOutcome outcome, ViewerTime viewer) => outcome switch
    {
        ClaimOutcome.SomebodyElse { Approval.Claim: { } claim } => CommandResult.Note(() => L["{0} is on {1} since {2}.", claim.Name, seen.Name, viewer.TimeOfDay(claim.Since)]),
        ClaimOutcome.SomebodyElse => CommandResult.Note(() => L["Nobody is on {0} any more.", seen.Name]),
        ClaimOutcome.NotWaiting settled => CommandResult.Note(() => L["{0} is no longer waiting. {1}", seen.Name, ApprovalText.Settled(settled.Approval, viewer)]),
        ClaimOutcome.Busy => CommandResult.Note(() => L["Many people were at {0} at once. Try again.", seen.Name]),
        ClaimOutcome.Unknown => CommandResult.Note(() => L["{0} is not in the inbox any more.", seen.Name]),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };

    private static string Join(IReadOnlyList<string> names) =>
        names.Count < 2 ? string.Concat(names) : L["{0} and {1}", string.Join(", ", names.SkipLast(1)), names[^1]];
}
