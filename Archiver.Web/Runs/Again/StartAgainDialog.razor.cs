using Archiver.Web.Audit;
using Archiver.Web.Cloud;
using Archiver.Web.Identity.Access;
using Archiver.Web.Shell.Commands;
using Archiver.Web.Shell.Json;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using static Archiver.Web.Runs.RunsWords;

namespace Archiver.Web.Runs.Again;

/// <summary>Asks with what a run is to be started again, and starts it. Its result is the new run's name.</summary>
public sealed partial class StartAgainDialog : IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    // Names the click on Start, of one input: a repeated call then starts nothing twice.
    private string _click = NewClick();
    private string _clickedText = "";
    private AgainInput? _offer;
    private string _text = "";
    private string? _problem;
    private bool _busy;

    /// <summary>The run that is started again.</summary>
    [Parameter, EditorRequired] public required string Name { get; set; }

    [CascadingParameter] private IMudDialogInstance Dialog { get; set; } = null!;

    [Inject] private RunAgain Again { get; set; } = null!;

    [Inject] private CommandExecutor Commands { get; set; } = null!;

    private bool CanStart => _offer is { WhyFixed: not null } || (_offer is not null && JsonProblem.Of(_text, mustBeObject: true) is null);

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        try
        {
            _offer = await Again.InputAsync(Name, _stop.Token);
            if (_offer is null) _problem = L["The run is gone, and its input with it."];
            else _text = _offer.Text;
        }
        catch (Exception exception) when (CloudFailure.Is(exception))
        {
            if (!_stop.IsCancellationRequested) _problem = L["Its input could not be read: {0} Close this and try again.", exception.Message];
        }
    }

    private static string Said(WhyFixed why) => why switch
    {
        WhyFixed.HasToken => L["It carries a task token, which is shown to nobody, so that it can only be started as it is."],
        _ => L["It is too long to be edited here, and can only be started as it is."],
    };

    private static string NewClick() => Guid.NewGuid().ToString("N")[..12];

    private async Task StartAsync()
    {
        if (_text != _clickedText) _click = NewClick();
        _clickedText = _text;
        _busy = true;
        _problem = null;
        string? edited = _offer!.WhyFixed is null ? _text : null;
        string run = RunStarter.Name(_click, 0);
        CommandResult? result = await Commands.RunAsync($"start {_click}", Operation.StartRun, new AuditSubject("run", run, Name: $"{Name}, again"), async permit =>
        {
            Func<string>? problem = await Again.StartAsync(permit, _click, Name, edited, _stop.Token);
            _problem = problem?.Invoke();
            return problem is null ? CommandResult.Done(() => L["One run started."]) : CommandResult.Failed(() => L["The run could not be started: {0}", problem()]);
        });
        _busy = false;
        if (result is { Severity: Severity.Success }) Dialog.Close(DialogResult.Ok(run));
    }
}
