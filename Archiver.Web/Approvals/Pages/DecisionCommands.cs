using Archiver.Web.Approvals.Decisions;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Identity.Access;
using Archiver.Web.Shell;
using Archiver.Web.Shell.Commands;
using MudBlazor;
using static Archiver.Web.Approvals.ApprovalsWords;

namespace Archiver.Web.Approvals.Pages;

/// <summary>The two commands on an approval, deciding and taking back, as the person at this page gives them; their outcome is said in words.</summary>
internal sealed class DecisionCommands(ApprovalDecisions decisions, CommandExecutor commands, ISnackbar snackbar, ViewerTime viewer, TimeProvider time)
{
    private readonly List<(Approval Decided, DateTimeOffset Until)> _undoable = [];

    /// <summary>A decision was taken in, here.</summary>
    public event Action<Approval>? Decided;

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
        if (outcome is not DecisionOutcome.Accepted accepted) return result;
        Decided?.Invoke(accepted.Approval);
        if (accepted.Undo <= TimeSpan.Zero) return result;
        _undoable.Add((accepted.Approval, time.GetUtcNow() + accepted.Undo));
        return result with { Offer = new CommandOffer(L["Undo"], accepted.Undo, () => UndoAsync(accepted.Approval)) };
    });

    /// <summary>Takes a decision back.</summary>
    /// <param name="decided">The approval as it was decided.</param>
    public Task<CommandResult?> UndoAsync(Approval decided)
    {
        _undoable.RemoveAll(one => one.Decided.Id == decided.Id);
        return commands.RunAsync(
            Name(decided), Operation.UndoDecision, ApprovalAudit.Subject(decided),
            async permit => ApprovalText.Outcome(decided, await decisions.UndoAsync(permit, decided, CancellationToken.None), viewer));
    }

    /// <summary>Takes the last decision given here back that still can be; says so where there is none.</summary>
    /// <returns>The approval that it was about; nothing where there was none, or it did not come to that.</returns>
    public async Task<Approval?> UndoLastAsync()
    {
        DateTimeOffset now = time.GetUtcNow();
        _undoable.RemoveAll(one => one.Until <= now);
        if (_undoable.Count == 0)
        {
            snackbar.Add(L["There is no decision of yours that can still be taken back."], Severity.Info);
            return null;
        }
        Approval last = _undoable[^1].Decided;
        return await UndoAsync(last) is { Severity: Severity.Success } ? last : null;
    }
}
