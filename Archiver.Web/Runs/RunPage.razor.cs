using Archiver.Web.Audit;
using Archiver.Web.Identity.Access;
using Archiver.Web.Runs.Again;
using Archiver.Web.Runs.Graph.Definition;
using Archiver.Web.Runs.Story;
using Archiver.Web.Shell.Commands;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using static Archiver.Web.Runs.RunsWords;

namespace Archiver.Web.Runs;

/// <summary>One run, live: its machine as a graph, its states over time, what went in and out, its events; and the ways to stop, redrive and repeat it.</summary>
public sealed partial class RunPage : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private RunPicture? _picture;
    private RunDetails? _run;
    private bool _missing;
    private string? _problem;
    private string? _followed;
    private IAsyncDisposable? _following;

    /// <summary>The run's name.</summary>
    [Parameter] public required string Name { get; set; }

    /// <summary>The state that is chosen, as the URL has it.</summary>
    [SupplyParameterFromQuery(Name = "state")]
    public string? State { get; set; }

    [Inject] private RunsClient Client { get; set; } = null!;

    [Inject] private RunWatch Watch { get; set; } = null!;

    [Inject] private CommandExecutor Commands { get; set; } = null!;

    [Inject] private IDialogService Dialogs { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    private string StopCommand => $"stop {Name}";

    private string RedriveCommand => $"redrive {Name}";

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_following is not null) await _following.DisposeAsync();
        _stop.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_followed == Name) return;
        string name = _followed = Name;
        if (_following is not null) await _following.DisposeAsync();
        (_picture, _run, _missing, _problem) = (null, null, false, null);
        // News of a run that was left since is none of ours.
        _following = Watch.Follow(name, news => _ = InvokeAsync(() =>
        {
            if (name == _followed) Show(news);
        }));
    }

    private void Show(RunNews news)
    {
        (_picture, _run, _missing, _problem) = (news.Picture, news.Picture?.Run, news.IsMissing, news.Problem is { } said ? L["The run could not be read, and is tried again: {0}", said] : null);
        StateHasChanged();
    }

    private MachineState? StateOf(string name) => _picture?.Machine?.All().FirstOrDefault(state => state.Name == name);

    private void Select(string? state) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("state", state == State ? null : state), replace: true);

    private async Task StopAsync()
    {
        bool? sure = await Dialogs.ShowMessageBoxAsync(
            L["Stop this run?"], L["What it has done stays done; what it waits for is given up. A file that waits for an approval stays in the inbox bucket."],
            L["Stop run"], cancelText: L["Keep it running"]);
        if (sure != true || _run is not { } run) return;
        await RunAsync(StopCommand, Operation.StopRun, () => L["The run is stopped."], permit => Client.StopAsync(permit, run.Summary.Arn, _stop.Token));
    }

    private Task RedriveAsync() => RunAsync(
        RedriveCommand, Operation.RedriveRun, () => L["The run goes on from where it failed."], permit => Client.RedriveAsync(permit, _run!.Summary.Arn, _stop.Token));

    private async Task StartAgainAsync()
    {
        IDialogReference dialog = await Dialogs.ShowAsync<StartAgainDialog>(
            L["Start again"], new DialogParameters<StartAgainDialog> { { one => one.Name, Name } }, new DialogOptions { MaxWidth = MaxWidth.Medium });
        if (await dialog.Result is { Canceled: false, Data: string started }) Navigation.NavigateTo($"/runs/{Uri.EscapeDataString(started)}");
    }

    private async Task RunAsync(string command, Operation operation, Func<string> done, Func<Permit, Task> act)
    {
        await Commands.RunAsync(command, operation, new AuditSubject("run", _run!.Summary.Arn, Name: Name), async permit =>
        {
            await act(permit);
            return CommandResult.Done(done);
        });
        Watch.Refresh(Name);
    }
}
