using Archiver.Web.Audit;
using Archiver.Web.Identity.Access;
using Archiver.Web.Shell.Commands;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;
using static Archiver.Web.Runs.RunsWords;

namespace Archiver.Web.Runs;

/// <summary>Asks what to start, has the files sent, and starts the runs; it stays until all are started, and shows what failed.</summary>
public sealed partial class StartRunDialog : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<string> _problems = [];

    // Names the click on Start, of one choice of files: a repeated call then starts nothing twice.
    private string _click = NewClick();
    private BrowserFiles _browser = null!;
    private ElementReference _input;
    private List<ChosenFile> _files = [];
    private Task _choosing = Task.CompletedTask;
    private bool _approvalNeeded;
    private bool _express;
    private bool _busy;
    private int _count = 1;
    private int _started;

    [CascadingParameter] private IMudDialogInstance Dialog { get; set; } = null!;

    [Inject] private IJSRuntime Script { get; set; } = null!;

    [Inject] private RunStarter Starter { get; set; } = null!;

    [Inject] private CommandExecutor Commands { get; set; } = null!;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _browser.DisposeAsync();
        _stop.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnInitialized() => _browser = new BrowserFiles(Script);

    private RunKind Kind => _approvalNeeded ? RunKind.WithApproval : _express ? RunKind.Express : RunKind.Automatic;

    private string KindHint => Kind switch
    {
        RunKind.WithApproval => L["A person decides what becomes of each file."],
        RunKind.Express => L["For files in bulk: five minutes a run at most, and no history. Its result shows under Results; the list of runs does not have it."],
        _ => L["The file's archive flag and quality decide."],
    };

    private static string NewClick() => Guid.NewGuid().ToString("N")[..12];

    private Task ChooseAsync() => _choosing = TakeFilesAsync();

    private async Task TakeFilesAsync()
    {
        string click = _click = NewClick();
        _problems.Clear();
        _files = [];
        (int count, IReadOnlyList<BrowserFile> files) = await _browser.TakeAsync(_input, RunStarter.Most, _stop.Token);
        if (click != _click) return; // others were chosen meanwhile
        if (count > RunStarter.Most) _problems.Add(L["{0:N0} files are more than {1:N0} at once.", count, RunStarter.Most]);
        foreach ((int place, BrowserFile file) in files.Index())
        {
            if (InboxUploads.Refuse(file.Name, file.Size) is { } refusal) _problems.Add(refusal);
            else _files.Add(new ChosenFile(place, file.Name, file.Size));
        }
    }

    private void Cancel()
    {
        _stop.Cancel();
        Dialog.Cancel();
    }

    private async Task StartAsync()
    {
        _busy = true;
        await _choosing; // which files were chosen may still be on its way; without it, simulated runs would be started
        _problems.Clear();
        CommandResult? result = await Commands.RunAsync($"start {_click}", Operation.StartRun, Subject(), StartAllAsync);
        _busy = false;
        if (result is { Severity: MudBlazor.Severity.Success } && _problems.Count == 0) Dialog.Close();
    }

    // The click names its runs, which carry it in their names.
    private AuditSubject Subject() => new(
        "runs", _click, Name: (_files.Count > 0 ? string.Join(", ", _files.Select(file => file.Name)) : $"{_count} simulated") + (Kind == RunKind.Express ? ", express" : ""));

    private async Task<CommandResult> StartAllAsync(Permit permit)
    {
        int before = _files.Count(file => file.Started);
        try
        {
            return _files.Count > 0 ? await StartOnFilesAsync(permit, before) : await StartSimulatedAsync(permit);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            int started = _files.Count > 0 ? _files.Count(file => file.Started) - before : _started;
            return CommandResult.Note(() => started == 1 ? L["Stopped. One run started."] : L["Stopped. {0:N0} runs started.", started]);
        }
    }

    private async Task<CommandResult> StartSimulatedAsync(Permit permit)
    {
        Progress<int> progress = new(started => _ = InvokeAsync(() =>
        {
            _started = Math.Max(_started, started);
            StateHasChanged();
        }));
        StartOutcome outcome = await Starter.StartSimulatedAsync(permit, _click, _count, Kind, progress, _stop.Token);
        _problems.AddRange(outcome.Failed.Distinct());
        return Said(outcome.Started.Count, outcome.Failed.Count);
    }

    private async Task<CommandResult> StartOnFilesAsync(Permit permit, int before)
    {
        foreach (ChosenFile file in _files.Where(file => file is { Stored: true, Started: false })) await StartOnFileAsync(permit, file);
        Dictionary<int, ChosenFile> unsent = _files.Where(file => !file.Stored).ToDictionary(file => file.Place);
        await foreach (SentFile sent in _browser.SendAsync(_click, unsent.Keys, (place, bytes) => ShowProgress(unsent[place], bytes), _stop.Token))
        {
            ChosenFile file = unsent[sent.Place];
            if (sent.Problem is { } problem) Fail(file, L["{0}: It could not be uploaded: {1}", file.Name, problem]);
            else await StartOnFileAsync(permit, file);
            StateHasChanged();
        }
        return Said(_files.Count(file => file.Started) - before, _files.Count(file => !file.Started));
    }

    private async Task StartOnFileAsync(Permit permit, ChosenFile file)
    {
        file.Stored = true;
        string key = InboxUploads.Key(_click, file.Place, file.Name);
        if (await Starter.StartOnFileAsync(permit, _click, file.Place, key, Kind, _stop.Token) is { } problem)
        {
            Fail(file, L["{0}: It is uploaded, and its run could not be started: {1}", file.Name, problem]);
            return;
        }
        file.Started = true;
        file.State = L["Started"];
    }

    private void Fail(ChosenFile file, string problem)
    {
        file.State = L["Failed"];
        _problems.Add(problem);
    }

    private void ShowProgress(ChosenFile file, long sent)
    {
        string state = L["{0} %", file.Size == 0 ? 100 : sent * 100 / file.Size];
        if (state == file.State) return;
        file.State = state;
        StateHasChanged();
    }

    private static CommandResult Said(int started, int failed) => failed == 0
        ? CommandResult.Done(() => started == 1 ? L["One run started."] : L["{0:N0} runs started.", started])
        : CommandResult.Failed(() => started == 1
            ? L["One run started. {0:N0} could not be started; the dialog says why.", failed]
            : L["{0:N0} runs started. {1:N0} could not be started; the dialog says why.", started, failed]);

    /// <summary>A file that was chosen, and how far it is.</summary>
    private sealed class ChosenFile(int place, string name, long size)
    {
        public int Place { get; } = place;

        public string Name { get; } = name;

        public long Size { get; } = size;

        public string State { get; set; } = "";

        public bool Stored { get; set; }

        public bool Started { get; set; }
    }
}
