using Archiver.Web.Approvals.Inbox;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web.Virtualization;

namespace Archiver.Web.Approvals.Pages;

/// <summary>The inbox, live: what waits for a person, and what was settled a moment ago.</summary>
public sealed partial class Approvals : IAsyncDisposable
{
    // Ten renders a second are as many as an eye takes in.
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(100);

    private const int SettledShown = 4;

    private readonly CancellationTokenSource _stop = new();
    private readonly List<Approval> _settled = [];
    private InboxList _list = new([]);
    private OnScreen.View? _view;
    private Virtualize<Approval>? _rows;
    private Task _loop = Task.CompletedTask;

    /// <summary>The order, as the URL has it: <c>oldest</c>, or newest first.</summary>
    [SupplyParameterFromQuery(Name = "order")]
    public string? Order { get; set; }

    [Inject] private ApprovalsFeed Feed { get; set; } = null!;

    [Inject] private OnScreen Screen { get; set; } = null!;

    [Inject] private TimeProvider Time { get; set; } = null!;

    private bool NewestFirst => !string.Equals(Order, "oldest", StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _view?.Dispose();
        _stop.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        ApprovalsSubscription first = Feed.Subscribe();
        _list = new InboxList(first.Open);
        _loop = FollowAsync(first);
    }

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync() => _rows?.RefreshDataAsync() ?? Task.CompletedTask;

    private async Task FollowAsync(ApprovalsSubscription subscription)
    {
        try
        {
            while (true)
            {
                using (subscription)
                {
                    while (await subscription.Changes.WaitToReadAsync(_stop.Token))
                    {
                        await InvokeAsync(() => ApplyAsync(subscription));
                        await Task.Delay(Frame, Time, _stop.Token);
                    }
                }
                // The view fell too far behind, and starts over.
                subscription = Feed.Subscribe();
                await InvokeAsync(() => StartOverAsync(subscription));
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            subscription.Dispose();
        }
    }

    private Task StartOverAsync(ApprovalsSubscription subscription)
    {
        _list = new InboxList(subscription.Open);
        return ShowAsync();
    }

    private Task ApplyAsync(ApprovalsSubscription subscription)
    {
        while (subscription.Changes.TryRead(out Approval? approval))
        {
            _list.Apply(approval);
            if (approval.Status != ApprovalStatus.Pending) NoteSettled(approval);
            else _settled.RemoveAll(one => one.Id == approval.Id);
        }
        return ShowAsync();
    }

    private void NoteSettled(Approval approval)
    {
        _settled.RemoveAll(one => one.Id == approval.Id);
        _settled.Insert(0, approval);
        if (_settled.Count > SettledShown) _settled.RemoveRange(SettledShown, _settled.Count - SettledShown);
    }

    private async Task ShowAsync()
    {
        if (_rows is not null) await _rows.RefreshDataAsync();
        StateHasChanged();
    }

    private ValueTask<ItemsProviderResult<Approval>> Provide(ItemsProviderRequest request)
    {
        IReadOnlyList<Approval> slice = _list.Slice(request.StartIndex, request.Count, NewestFirst);
        (_view ??= Screen.Show([])).Show(slice.Select(approval => approval.Id));
        return ValueTask.FromResult(new ItemsProviderResult<Approval>(slice, _list.Count));
    }
}
