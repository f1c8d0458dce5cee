using System.Text.Encodings.Web;
using System.Text.Json;
using Archiver.Web.Approvals.FourEyes;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Approvals.Record;
using Archiver.Web.Cloud;
using Archiver.Web.Identity;
using Archiver.Web.Results;
using Archiver.Web.Results.Store;
using Archiver.Web.Shell;
using Microsoft.AspNetCore.Components;

namespace Archiver.Web.Approvals.Pages;

/// <summary>One approval with everything that is known of it, live.</summary>
public sealed partial class ApprovalPage : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly CancellationTokenSource _stop = new();
    private Approval? _approval;
    private IReadOnlyList<ApprovalEvent> _events = [];
    private string? _result;
    private OnScreen.View? _view;
    private bool _missing;
    private Task _loop = Task.CompletedTask;

    /// <summary>The approval.</summary>
    [Parameter] public required string Id { get; set; }

    [Inject] private ApprovalsFeed Feed { get; set; } = null!;

    [Inject] private ApprovalsStore Store { get; set; } = null!;

    [Inject] private ResultsStore Results { get; set; } = null!;

    [Inject] private OnScreen Screen { get; set; } = null!;

    [Inject] private SeenNotes Seen { get; set; } = null!;

    [Inject] private Caller Person { get; set; } = null!;

    [Inject] private FourEyesRules Rules { get; set; } = null!;

    [Inject] private ViewerTime Viewer { get; set; } = null!;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _view?.Dispose();
        _stop.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        // Joined first, read second: a change between the two is not missed.
        _view = Screen.Show([Id]);
        ApprovalsSubscription subscription = Feed.Subscribe(withOpen: false);
        _loop = FollowAsync(subscription);
        await ReadAsync();
        _missing = _approval is null;
    }

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        if (_approval is { } approval) Seen.Note(approval, Person.Name);
    }

    private async Task ReadAsync()
    {
        if (await Store.GetRecordAsync(Id, _stop.Token) is not { } read || read.Approval.Version < _approval?.Version) return;
        (_approval, _events) = (read.Approval, read.Events);
        // Its run ends some time after it was settled; this page is not for waiting for that.
        if (!_approval.IsOpen && _approval.ExecutionArn is { } run && await Results.GetOfRunAsync(run, _stop.Token) is { } result) _result = ResultLinks.Page(result.Id);
    }

    private async Task FollowAsync(ApprovalsSubscription subscription)
    {
        try
        {
            while (true)
            {
                using (subscription)
                {
                    await foreach (Approval approval in subscription.Changes.ReadAllAsync(_stop.Token))
                    {
                        if (approval.Id == Id) await InvokeAsync(() => ShowAsync(approval));
                    }
                }
                // The stream ended, and may have ended before news of this one: it starts over.
                subscription = Feed.Subscribe(withOpen: false);
                if (Feed.Find(Id) is { } now) await InvokeAsync(() => ShowAsync(now));
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            subscription.Dispose(); // the page was left
        }
    }

    private async Task ShowAsync(Approval approval)
    {
        if (approval.Version < _approval?.Version) return;
        (_approval, _missing) = (approval, false);
        StateHasChanged();
        try
        {
            await ReadAsync(); // the record has a line more
        }
        catch (Exception exception) when (CloudFailure.Is(exception))
        {
            return; // what changed is shown; its line comes with the next look
        }
        StateHasChanged();
    }
}
