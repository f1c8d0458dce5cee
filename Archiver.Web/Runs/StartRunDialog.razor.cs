using System.Globalization;
using Archiver.Web.Cloud;
using Archiver.Web.Shell.Commands;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Archiver.Web.Runs;

/// <summary>Asks what to start, uploads the files, and starts the runs; it stays until all are started, and shows what failed.</summary>
public sealed partial class StartRunDialog : IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    // Names this dialog's one click on Start: a repeated call then starts nothing twice.
    private readonly string _click = Guid.NewGuid().ToString("N")[..12];
    private readonly List<string> _problems = [];
    private List<ChosenFile> _files = [];
    private bool _approvalNeeded;
    private bool _busy;
    private int _count = 1;
    private int _started;

    [CascadingParameter] private IMudDialogInstance Dialog { get; set; } = null!;

    [Inject] private RunStarter Starter { get; set; } = null!;

    [Inject] private InboxUploads Uploads { get; set; } = null!;

    [Inject] private CommandExecutor Commands { get; set; } = null!;

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private void Choose(InputFileChangeEventArgs change)
    {
        _problems.Clear();
        _files = [];
        if (change.FileCount > RunStarter.Most)
        {
            _problems.Add($"{change.FileCount} files are more than {RunStarter.Most} at once.");
            return;
        }
        IReadOnlyList<IBrowserFile> files = change.GetMultipleFiles(RunStarter.Most);
        _problems.AddRange(files.Select(file => InboxUploads.Refuse(file.Name, file.Size)).OfType<string>());
        _files = [.. files.Where(file => InboxUploads.Refuse(file.Name, file.Size) is null).Select(file => new ChosenFile(file))];
    }

    private void Cancel()
    {
        _stop.Cancel();
        Dialog.Cancel();
    }

    private async Task StartAsync()
    {
        _busy = true;
        _problems.Clear();
        CommandResult? result = await Commands.RunAsync($"start {_click}", () => _files.Count > 0 ? StartOnFilesAsync() : StartSimulatedAsync());
        _busy = false;
        if (result is { Severity: MudBlazor.Severity.Success } && _problems.Count == 0) Dialog.Close();
    }

    private async Task<CommandResult> StartSimulatedAsync()
    {
        Progress<int> progress = new(started => _ = InvokeAsync(() =>
        {
            _started = Math.Max(_started, started);
            StateHasChanged();
        }));
        StartOutcome outcome = await Starter.StartSimulatedAsync(_click, _count, _approvalNeeded, progress, _stop.Token);
        _problems.AddRange(outcome.Failed.Distinct());
        return Said(outcome.Started.Count, outcome.Failed.Count);
    }

    private async Task<CommandResult> StartOnFilesAsync()
    {
        int started = 0, failed = 0;
        for (int i = 0; i < _files.Count; i++)
        {
            ChosenFile chosen = _files[i];
            if (chosen.Started) continue;
            if (await StartOnFileAsync(chosen, i) is { } problem)
            {
                failed++;
                chosen.State = "Failed";
                _problems.Add($"{chosen.File.Name}: {problem}");
            }
            else
            {
                started++;
            }
            StateHasChanged();
        }
        return Said(started, failed);
    }

    private async Task<string?> StartOnFileAsync(ChosenFile chosen, int index)
    {
        string key = InboxUploads.Key(_click, index, chosen.File.Name);
        try
        {
            await using Stream content = new ProgressStream(chosen.File.OpenReadStream(InboxUploads.LargestFile, _stop.Token), read => ShowProgress(chosen, read));
            await Uploads.UploadAsync(key, content, chosen.File.Size, chosen.File.ContentType, _stop.Token);
        }
        catch (Exception exception) when (CloudFailure.Is(exception) || exception is Microsoft.JSInterop.JSException)
        {
            return $"It could not be uploaded: {exception.Message}";
        }
        if (await Starter.StartOnFileAsync(_click, index, key, _approvalNeeded, _stop.Token) is { } problem) return $"It is uploaded, and its run could not be started: {problem}";
        chosen.Started = true;
        chosen.State = "Started";
        return null;
    }

    private void ShowProgress(ChosenFile chosen, long read)
    {
        string state = chosen.File.Size == 0 ? "100 %" : string.Create(CultureInfo.InvariantCulture, $"{read * 100 / chosen.File.Size} %");
        if (state == chosen.State) return;
        chosen.State = state;
        _ = InvokeAsync(StateHasChanged);
    }

    private static CommandResult Said(int started, int failed)
    {
        string runs = started == 1 ? "One run started." : $"{started.ToString("N0", CultureInfo.CurrentCulture)} runs started.";
        return failed == 0
            ? CommandResult.Done(runs)
            : CommandResult.Failed($"{runs} {failed.ToString("N0", CultureInfo.CurrentCulture)} could not be started; the dialog says why.");
    }

    /// <summary>A file that was chosen, and how far it is.</summary>
    private sealed class ChosenFile(IBrowserFile file)
    {
        public IBrowserFile File { get; } = file;

        public string State { get; set; } = "";

        public bool Started { get; set; }
    }
}
