using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Shell.Commands;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Archiver.Web.Approvals.Pages;

/// <summary>Approve, one click; deny, with a reason. Used by the list and by the approval's own page.</summary>
public sealed partial class DecisionButtons
{
    /// <summary>The approval as the reviewer sees it: its version is what they decide on.</summary>
    [Parameter, EditorRequired] public required Approval Approval { get; set; }

    [Inject] private DecisionCommands Decisions { get; set; } = null!;

    [Inject] private CommandExecutor Commands { get; set; } = null!;

    [Inject] private IDialogService Dialogs { get; set; } = null!;

    private bool IsUnderWay => Commands.IsUnderWay(DecisionCommands.Name(Approval));

    private async Task DenyAsync()
    {
        DialogParameters<DenyDialog> parameters = new() { { dialog => dialog.Name, Approval.Name } };
        IDialogReference dialog = await Dialogs.ShowAsync<DenyDialog>($"Deny {Approval.Name}", parameters);
        if (await dialog.Result is { Canceled: false, Data: string reason }) await DecideAsync(false, reason);
    }

    private async Task DecideAsync(bool approved, string? reason) => await Decisions.DecideAsync(Approval, approved, reason);
}
