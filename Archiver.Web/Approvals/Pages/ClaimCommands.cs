using Archiver.Web.Approvals.Decisions;
using Archiver.Web.Approvals.FourEyes;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Identity.Access;
using Archiver.Web.Shell;
using Archiver.Web.Shell.Commands;

namespace Archiver.Web.Approvals.Pages;

/// <summary>Claiming, releasing and reassigning as the person at this page does it; the outcome is said in words.</summary>
internal sealed class ClaimCommands(ApprovalClaims claims, CommandExecutor commands, ViewerTime viewer)
{
    /// <summary>"I am on it."</summary>
    public Task<CommandResult?> ClaimAsync(Approval seen) => commands.RunAsync(
        DecisionCommands.Name(seen), Operation.ClaimApproval, ApprovalAudit.Subject(seen),
        async permit => FourEyesText.Claimed(seen, await claims.ClaimAsync(permit, seen, CancellationToken.None), viewer));

    /// <summary>"I am not on it any more."</summary>
    public Task<CommandResult?> ReleaseAsync(Approval seen) => commands.RunAsync(
        DecisionCommands.Name(seen), Operation.ClaimApproval, ApprovalAudit.Subject(seen),
        async permit => FourEyesText.Released(seen, await claims.ReleaseAsync(permit, seen, CancellationToken.None), viewer));

    /// <summary>Gives it to somebody else, or to nobody.</summary>
    /// <param name="seen">The approval as the person has it in front of them.</param>
    /// <param name="to">The id of who gets it; nothing for nobody.</param>
    public Task<CommandResult?> ReassignAsync(Approval seen, string? to) => commands.RunAsync(
        DecisionCommands.Name(seen), Operation.ReassignApproval, ApprovalAudit.Subject(seen),
        async permit => FourEyesText.Reassigned(seen, await claims.ReassignAsync(permit, seen, to, CancellationToken.None), viewer));
}
