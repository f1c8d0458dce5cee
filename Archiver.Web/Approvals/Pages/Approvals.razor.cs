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
    private InboxList _list = InboxList.Empty;
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
        ApprovalsSubscription first = Feed.Subscribe(withOpen: false);
        _list = Feed.List;
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
                subscription = Feed.Subscribe(withOpen: false);
                await InvokeAsync(ShowAsync);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            subscription.Dispose();
        }
    }

    private Task ApplyAsync(ApprovalsSubscription subscription)
    {
        while (subscription.Changes.TryRead(out Approval? approval))
        {
            // While a decision can be taken back its own row says so.
            if (approval.Status is not (ApprovalStatus.Pending or ApprovalStatus.Decided)) NoteSettled(approval);
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
        _list = Feed.List;
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
