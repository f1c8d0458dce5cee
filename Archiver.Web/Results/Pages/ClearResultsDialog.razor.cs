using Archiver.Web.Audit;
using Archiver.Web.Cloud;
using Archiver.Web.Identity.Access;
using Archiver.Web.Results.Store;
using Archiver.Web.Shell.Commands;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using static Archiver.Web.Results.ResultsWords;

namespace Archiver.Web.Results.Pages;

/// <summary>Counts the results, asks whether all of them are to go, and deletes them. Closing it stops what it does.</summary>
public sealed partial class ClearResultsDialog : IAsyncDisposable
{
    /// <summary>The command's name.</summary>
    public const string Command = "clear results";

    private readonly CancellationTokenSource _stop = new();
    private long? _count;
    private int _deleted;
    private bool _isDeleting;
    private string? _problem;

    [CascadingParameter] private IMudDialogInstance Dialog { get; set; } = null!;

    [Inject] private ResultsClearer Clearer { get; set; } = null!;

    [Inject] private CommandExecutor Commands { get; set; } = null!;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _stop.Dispose();
    }

    /// <inheritdoc/>
    protected override Task OnInitializedAsync() => CountAsync();

    private async Task CountAsync()
    {
        (_problem, _count) = (null, null);
        try
        {
            _count = await Clearer.CountAsync(_stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The dialog was closed.
        }
        catch (Exception exception) when (CloudFailure.Is(exception))
        {
            _problem = L["The results could not be counted: {0}", exception.Message];
        }
        // The title is drawn by the dialog's frame, which sees no change in here.
        if (!_stop.IsCancellationRequested) Dialog.StateHasChanged();
    }

    private async Task DeleteAsync()
    {
        _isDeleting = true;
        Progress<int> progress = new(deleted => _ = InvokeAsync(() =>
        {
            _deleted = Math.Max(_deleted, deleted);
            StateHasChanged();
        }));
        CancellationToken stop = _stop.Token;
        await Commands.RunAsync(
            Command, Operation.ClearResults, new AuditSubject("results"), async permit => Said(await Clearer.ClearAsync(permit, progress, stop)));
        if (!stop.IsCancellationRequested) Dialog.Close();
    }

    private static CommandResult Said(ClearOutcome outcome)
    {
        string deleted = L["{0} deleted", ResultDisplay.Count(outcome.Deleted)];
        return outcome switch
        {
            { IsCancelled: true } => CommandResult.Note(L["Stopped: {0}, the rest is still there.", deleted]),
            { IsRefused: true } => CommandResult.Failed(L["{0}. The table takes no more deletions now: clear the rest later.", deleted]),
            _ => CommandResult.Done($"{deleted}."),
        };
    }
}
