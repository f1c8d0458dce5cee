using Archiver.Web.Approvals.Decisions;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Identity;
using Archiver.Web.Shell;
using Archiver.Web.Shell.Commands;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Archiver.Web.Approvals.Pages;

/// <summary>Approve, one click; deny, with a reason. Used by the list and by the approval's own page.</summary>
public sealed partial class DecisionButtons
{
    /// <summary>The approval as the reviewer sees it: its version is what they decide on.</summary>
    [Parameter, EditorRequired] public required Approval Approval { get; set; }

    [Inject] private ApprovalDecisions Decisions { get; set; } = null!;

    [Inject] private CommandExecutor Commands { get; set; } = null!;

    [Inject] private Reviewer Person { get; set; } = null!;

    [Inject] private IDialogService Dialogs { get; set; } = null!;

    [Inject] private ViewerTime Viewer { get; set; } = null!;

    // The same name for both: whoever approves can't deny meanwhile.
    private string CommandName => $"decide {Approval.Id}";

    private bool IsUnderWay => Commands.IsUnderWay(CommandName);

    private async Task DenyAsync()
    {
        DialogParameters<DenyDialog> parameters = new() { { dialog => dialog.Name, Approval.Name } };
        IDialogReference dialog = await Dialogs.ShowAsync<DenyDialog>($"Deny {Approval.Name}", parameters);
        if (await dialog.Result is { Canceled: false, Data: string reason }) await DecideAsync(false, reason);
    }

    private Task<CommandResult?> DecideAsync(bool approved, string? reason)
    {
        Approval seen = Approval;
        return Commands.RunAsync(CommandName, async () => ApprovalText.Outcome(
            seen, approved, await Decisions.DecideAsync(seen, approved, Person.Name, reason, CancellationToken.None), Viewer));
    }
}
