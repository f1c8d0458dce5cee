using Archiver.Web.Approvals.Inbox;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;
using static Archiver.Web.Approvals.ApprovalsWords;

namespace Archiver.Web.Approvals.Bulk;

/// <summary>Decides on many approvals at once. Where this circuit is about a decision on many already, it shows that one.</summary>
public sealed partial class BulkDialog
{
    private BulkChoice? _choice;
    private BulkRun? _run;
    private bool _isLeaving;

    /// <summary>What the reviewer chose, as they had it in front of them: exactly these are decided on. Each once.</summary>
    [Parameter, EditorRequired] public required IReadOnlyList<Approval> Approvals { get; set; }

    [CascadingParameter] private IMudDialogInstance Dialog { get; set; } = null!;

    [Inject] private BulkRuns Runs { get; set; } = null!;

    /// <summary>Opens it.</summary>
    /// <param name="dialogs">The page's dialogs.</param>
    /// <param name="approvals">What the reviewer chose, as they had it in front of them; nothing to show what is under way.</param>
    public static Task<IDialogReference> ShowAsync(IDialogService dialogs, IReadOnlyList<Approval> approvals) => dialogs.ShowAsync<BulkDialog>(
        "", new DialogParameters<BulkDialog> { { dialog => dialog.Approvals, approvals } });

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _run = Runs.Current;
        // Escape is asked about like every other way out.
        await Dialog.SetOptionsAsync(Dialog.Options with { CloseOnEscapeKey = false, BackdropClick = true, MaxWidth = MaxWidth.Medium, FullWidth = true });
    }

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender && _choice is not null) StateHasChanged(); // its button says how many
    }

    private string Title() => _run is { } run
        ? run.Decision.Approved
            ? L.Count(run.Items.Count, "Approve {0} file", "Approve {0} files")
            : L.Count(run.Items.Count, "Deny {0} file", "Deny {0} files")
        : L.Count(Approvals.Count, "Decide on {0} file", "Decide on {0} files");

    private void Begin()
    {
        _run = Runs.Current;
        _ = _run?.DecideAsync(); // it says itself how far it is, and throws nothing
    }

    private void Press(KeyboardEventArgs key)
    {
        if (key.Key == "Escape") Leave();
    }

    // Asked a second time, it is the way back.
    private void Leave()
    {
        if (_run?.Progress.IsRunning == true) _isLeaving = !_isLeaving;
        else Close();
    }

    private void StopAndClose()
    {
        _run?.Stop();
        Close();
    }

    private void Close()
    {
        if (_run?.Progress.IsRunning == false) Runs.Clear();
        Dialog.Close(DialogResult.Ok(true));
    }
}
