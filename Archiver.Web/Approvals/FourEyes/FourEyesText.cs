using System.Globalization;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Shell;
using Archiver.Web.Shell.Commands;

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
        string count = string.Create(CultureInfo.InvariantCulture, $"{counted.Count} of {needed} {(needed == 1 ? "approval" : "approvals")}");
        return counted.Count == 0 ? count : $"{count}: {People.Join([.. counted.Select(vote => vote.Name)])}";
    }

    /// <summary>Who is on it, for whoever looks.</summary>
    public static string Claim(ApprovalClaim claim, string? personId, ViewerTime viewer) =>
        $"{(claim.PersonId == personId ? "You are" : $"{claim.Name} is")} on it since {viewer.TimeOfDay(claim.Since)}";

    /// <summary>Why a person can't decide, and what can be done about it.</summary>
    public static string Why(Approval approval, Bar bar, ViewerTime viewer) => bar switch
    {
        Bar.StartedIt => $"You started the run of {approval.Name}: somebody else has to decide on it.",
        Bar.SomebodyIsOnIt other =>
            $"{other.Claim.Name} is on {approval.Name} since {viewer.TimeOfDay(other.Claim.Since)}. They can release it, and an operator can give it to somebody else.",
        _ => throw new ArgumentOutOfRangeException(nameof(bar)),
    };

    /// <summary>What a person is told whose approval is there, and is not enough.</summary>
    public static string Endorsed(int count, int needed)
    {
        string more = needed - count is var missing && missing == 1 ? "one more person" : string.Create(CultureInfo.InvariantCulture, $"{missing} more people");
        return string.Create(CultureInfo.InvariantCulture, $"That is {count} of {needed} approvals; it takes {more}.");
    }

    /// <summary>What somebody is told who claimed an approval.</summary>
    public static CommandResult Claimed(Approval seen, ClaimOutcome outcome, ViewerTime viewer) => outcome switch
    {
        ClaimOutcome.Done => CommandResult.Done($"You are on {seen.Name}."),
        ClaimOutcome.Barred barred => CommandResult.Note(Why(seen, barred.Bar, viewer)),
        ClaimOutcome.ApprovedBefore => CommandResult.Note($"You approved {seen.Name} already: somebody else has to."),
        _ => Other(seen, outcome, viewer),
    };

    /// <summary>What somebody is told who released an approval.</summary>
    public static CommandResult Released(Approval seen, ClaimOutcome outcome, ViewerTime viewer) =>
        outcome is ClaimOutcome.Done ? CommandResult.Done($"Nobody is on {seen.Name} now.") : Other(seen, outcome, viewer);

    /// <summary>What an operator is told who gave an approval to somebody.</summary>
    public static CommandResult Reassigned(Approval seen, ClaimOutcome outcome, ViewerTime viewer) => outcome switch
    {
        ClaimOutcome.Done { Approval.Claim: { } claim } => CommandResult.Done($"{claim.Name} is on {seen.Name} now."),
        ClaimOutcome.Done => CommandResult.Done($"Nobody is on {seen.Name} now."),
        ClaimOutcome.Barred => CommandResult.Note($"They started the run of {seen.Name}: somebody else has to decide on it."),
        ClaimOutcome.ApprovedBefore => CommandResult.Note($"They approved {seen.Name} already: somebody else has to."),
        ClaimOutcome.UnknownPerson => CommandResult.Note("There is nobody like that to give it to any more."),
        _ => Other(seen, outcome, viewer),
    };

    private static CommandResult Other(Approval seen, ClaimOutcome outcome, ViewerTime viewer) => outcome switch
    {
        ClaimOutcome.SomebodyElse { Approval.Claim: { } claim } => CommandResult.Note($"{claim.Name} is on {seen.Name} since {viewer.TimeOfDay(claim.Since)}."),
        ClaimOutcome.SomebodyElse => CommandResult.Note($"Nobody is on {seen.Name} any more."),
        ClaimOutcome.NotWaiting settled => CommandResult.Note($"{seen.Name} is no longer waiting. {ApprovalText.Settled(settled.Approval, viewer)}"),
        ClaimOutcome.Busy => CommandResult.Note($"Many people were at {seen.Name} at once. Try again."),
        ClaimOutcome.Unknown => CommandResult.Note($"{seen.Name} is not in the inbox any more."),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };
}
