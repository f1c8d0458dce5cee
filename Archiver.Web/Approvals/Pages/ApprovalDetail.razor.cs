using System.Text.Encodings.Web;
using System.Text.Json;
using Archiver.Web.Approvals.FourEyes;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Approvals.Presence;
using Archiver.Web.Approvals.Record;
using Archiver.Web.Cloud;
using Archiver.Web.Identity;
using Archiver.Web.Results;
using Archiver.Web.Results.Store;
using Archiver.Web.Shell;
using Microsoft.AspNetCore.Components;
using static Archiver.Web.Approvals.ApprovalsWords;

namespace Archiver.Web.Approvals.Pages;

/// <summary>
/// One approval with everything that is known of it, live. Of an open one the list's own knowledge is shown at once; what has to be read
/// comes after it.
/// </summary>
public sealed partial class ApprovalDetail : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly CancellationTokenSource _stop = new();
    private CancellationTokenSource _item = new();
    private string? _id;
    private Approval? _approval;
    private IReadOnlyList<ApprovalEvent> _events = [];
    private string? _result;
    private OnScreen.View? _view;
    private string? _problem;
    private bool _missing;
    private bool _isRead;
    private Task _loop = Task.CompletedTask;

    /// <summary>The approval; another one may follow.</summary>
    [Parameter, EditorRequired] public required string Id { get; set; }

    /// <summary>What stands above it.</summary>
    [Parameter, EditorRequired] public required RenderFragment<Approval> Head { get; set; }

    /// <summary>For how long one is to stay before more is read of it than the list knows: whoever goes through a list does not read it all.</summary>
    [Parameter] public TimeSpan Rest { get; set; }

    [Inject] private ApprovalsFeed Feed { get; set; } = null!;

    [Inject] private ApprovalsStore Store { get; set; } = null!;

    [Inject] private ResultsStore Results { get; set; } = null!;

    [Inject] private LookingAt Looking { get; set; } = null!;

    [Inject] private OnScreen Screen { get; set; } = null!;

    [Inject] private SeenNotes Seen { get; set; } = null!;

    [Inject] private Caller Person { get; set; } = null!;

    [Inject] private FourEyesRules Rules { get; set; } = null!;

    [Inject] private ViewerTime Viewer { get; set; } = null!;

    [Inject] private TimeProvider Time { get; set; } = null!;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _item.CancelAsync();
        await _loop;
        Looking.Look(this, null);
        _view?.Dispose();
        _stop.Dispose();
        _item.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        // Joined first, read second: a change between the two is not missed.
        _view = Screen.Show([Id]);
        _loop = FollowAsync(Feed.Subscribe(withOpen: false));
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (Id == _id) return;
        _id = Id;
        using CancellationTokenSource before = _item;
        CancellationTokenSource item = _item = new CancellationTokenSource();
        await before.CancelAsync();
        _view!.Show([Id]);
        (_approval, _events, _result, _problem, _missing, _isRead) = (Feed.Find(Id), [], null, null, false, false);
        try
        {
            if (Rest > TimeSpan.Zero) await Task.Delay(Rest, Time, item.Token);
            Looking.Look(this, Id);
            await ReadAsync(item.Token);
            if (item == _item) (_missing, _isRead) = (_approval is null, true);
        }
        catch (OperationCanceledException) when (item.IsCancellationRequested)
        {
            // Another one is shown by now, or none.
        }
        catch (Exception exception) when (_approval is not null && item == _item && CloudFailure.Is(exception))
        {
            // What the list knows is shown all the same.
            _problem = L["The record could not be read: {0}", exception.Message];
        }
    }

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        if (_approval is { } approval) Seen.Note(approval, Person.Name);
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        string id = Id;
        if (await Store.GetRecordAsync(id, cancellationToken) is not { } read || id != Id || read.Approval.Version < _approval?.Version) return;
        (_approval, _events) = (read.Approval, read.Events);
        // Its run ends some time after it was settled; this page is not for waiting for that.
        if (!_approval.IsOpen && _approval.ExecutionArn is { } run && await Results.GetOfRunAsync(run, cancellationToken) is { } result && id == Id)
            _result = ResultLinks.Page(result.Id);
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
        if (approval.Id != Id || approval.Version < _approval?.Version) return;
        (_approval, _missing) = (approval, false);
        StateHasChanged();
        try
        {
            if (_isRead) await ReadAsync(_item.Token); // the record has a line more
        }
        catch (OperationCanceledException) when (approval.Id != Id || _stop.IsCancellationRequested)
        {
            return;
        }
        catch (Exception exception) when (CloudFailure.Is(exception))
        {
            return; // what changed is shown; its line comes with the next look
        }
        StateHasChanged();
    }
}
