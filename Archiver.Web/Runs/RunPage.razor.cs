using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Audit;
using Archiver.Web.Cloud;
using Archiver.Web.Identity.Access;
using Archiver.Web.Shell.Commands;
using Archiver.Web.Shell;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Archiver.Web.Runs;

/// <summary>One run, live: where it stands, what went in and out, what it waits for, its events; and the way to stop or redrive it.</summary>
public sealed partial class RunPage : IAsyncDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly List<RunEvent> _events = [];
    private IReadOnlyList<Approval> _waiting = [];
    private RunDetails? _run;
    private bool _missing;
    private string? _problem;
    private Task _loop = Task.CompletedTask;

    /// <summary>The run's name.</summary>
    [Parameter] public required string Name { get; set; }

    [Inject] private RunsClient Client { get; set; } = null!;

    [Inject] private ApprovalsFeed Approvals { get; set; } = null!;

    [Inject] private CommandExecutor Commands { get; set; } = null!;

    [Inject] private IDialogService Dialogs { get; set; } = null!;

    [Inject] private TimeProvider Time { get; set; } = null!;

    [Inject] private ViewerTime Viewer { get; set; } = null!;

    private string StopCommand => $"stop {Name}";

    private string RedriveCommand => $"redrive {Name}";

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        await ReadAsync();
        _loop = FollowAsync();
    }

    // Reads until the run has ended; one that is redriven is followed again.
    private async Task FollowAsync()
    {
        try
        {
            while (_run is null or { Summary.StoppedAt: null } && !_missing)
            {
                await Task.Delay(Pace, Time, _stop.Token);
                await ReadAsync();
                StateHasChanged();
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The page was left.
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            RunDetails? run = await Client.DescribeAsync(Name, _stop.Token);
            _missing = run is null;
            if (run is not null)
            {
                _events.AddRange(await Client.EventsAsync(run.Summary.Arn, _events.Count == 0 ? 0 : _events[^1].Id, _stop.Token));
                _waiting = run.Summary.StoppedAt is null ? Approvals.WaitingOf(run.Summary.Arn) : [];
            }
            _run = run;
            _problem = null;
        }
        catch (Exception exception) when (CloudFailure.Is(exception) && !_stop.IsCancellationRequested)
        {
            _problem = $"The run could not be read, and is tried again: {exception.Message}";
        }
    }

    private async Task StopAsync()
    {
        bool? sure = await Dialogs.ShowMessageBoxAsync(
            "Stop this run?", "What it has done stays done; what it waits for is given up. A file that waits for an approval stays in the inbox bucket.", "Stop run", cancelText: "Keep it running");
        if (sure != true || _run is null) return;
        await RunAsync(StopCommand, Operation.StopRun, "The run is stopped.", permit => Client.StopAsync(permit, _run.Summary.Arn, _stop.Token));
    }

    private Task RedriveAsync() => RunAsync(
        RedriveCommand, Operation.RedriveRun, "The run goes on from where it failed.", permit => Client.RedriveAsync(permit, _run!.Summary.Arn, _stop.Token));

    private async Task RunAsync(string command, Operation operation, string done, Func<Permit, Task> act)
    {
        await Commands.RunAsync(command, operation, new AuditSubject("run", _run!.Summary.Arn, Name: Name), async permit =>
        {
            await act(permit);
            return CommandResult.Done(done);
        });
        await ReadAsync();
        if (_loop.IsCompleted) _loop = FollowAsync();
    }
}
