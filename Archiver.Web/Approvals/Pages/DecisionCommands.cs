using Archiver.Web.Approvals.Decisions;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Identity.Access;
using Archiver.Web.Shell;
using Archiver.Web.Shell.Commands;

namespace Archiver.Web.Approvals.Pages;

/// <summary>The two commands on an approval, deciding and taking back, as the person at this page gives them; their outcome is said in words.</summary>
internal sealed class DecisionCommands(ApprovalDecisions decisions, CommandExecutor commands, ViewerTime viewer)
{
    /// <summary>The commands' name: one for all on an approval, so that whoever approves can't deny meanwhile.</summary>
    public static string Name(Approval approval) => $"decide {approval.Id}";

    /// <summary>Approves or denies.</summary>
    /// <param name="seen">The approval as the person has it in front of them.</param>
    /// <param name="approved">What they decided.</param>
    /// <param name="reason">Why; required for a denial.</param>
    public Task<CommandResult?> DecideAsync(Approval seen, bool approved, string? reason) => commands.RunAsync(Name(seen), Operation.Decide, ApprovalAudit.Subject(seen), async permit =>
    {
        DecisionOutcome outcome = await decisions.DecideAsync(permit, seen, approved, reason, CancellationToken.None);
        CommandResult result = ApprovalText.Outcome(seen, approved, outcome, viewer);
        return outcome is DecisionOutcome.Accepted { Undo: { Ticks: > 0 } undo } accepted
            ? result with { Offer = new CommandOffer("Undo", undo, () => UndoAsync(accepted.Approval)) }
            : result;
    });

    /// <summary>Takes a decision back.</summary>
    /// <param name="decided">The approval as it was decided.</param>
    public Task<CommandResult?> UndoAsync(Approval decided) => commands.RunAsync(
        Name(decided), Operation.UndoDecision, ApprovalAudit.Subject(decided),
        async permit => ApprovalText.Outcome(decided, await decisions.UndoAsync(permit, decided, CancellationToken.None), viewer));
}
