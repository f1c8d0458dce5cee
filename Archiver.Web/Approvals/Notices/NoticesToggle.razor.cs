using Archiver.Web.Approvals.Inbox;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using static Archiver.Web.Approvals.ApprovalsWords;

namespace Archiver.Web.Approvals.Notices;

/// <summary>
/// Turns the browser's notifications on and off: one for each burst of approvals that arrives while nobody looks at the tab. It says how
/// many and nothing else, since others may see the screen. The browser is asked only when the button is pressed, and keeps the answer.
/// </summary>
public sealed partial class NoticesToggle : IAsyncDisposable
{
    /// <summary>For how long a burst is gathered.</summary>
    internal static readonly TimeSpan Burst = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationToken _left;
    private readonly HashSet<string> _arrived = new(StringComparer.Ordinal);
    private IJSObjectReference? _module;
    private string? _state;
    private bool _wasAsked;
    private bool _isBusy;
    private Task _loop = Task.CompletedTask;

    /// <summary>Makes the component.</summary>
    public NoticesToggle() => _left = _stop.Token; // asked for after the page was left, the source would throw

    [Inject] private ApprovalsFeed Feed { get; set; } = null!;

    [Inject] private TimeProvider Time { get; set; } = null!;

    [Inject] private IJSRuntime Script { get; set; } = null!;

    // What the script says: "on", "off", "denied" by the browser, or "none" where there are no notifications.
    private bool IsOn => _state == "on";

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
        try
        {
            if (_module is not null) await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and its module with it.
        }
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        try
        {
            _module = await Script.InvokeAsync<IJSObjectReference>("import", _left, "./Approvals/Notices/NoticesToggle.razor.js");
            if (_module is null) return; // the page is not in a browser
            Take(await _module.InvokeAsync<string>("state", _left));
        }
        catch (Exception exception) when (exception is OperationCanceledException or JSDisconnectedException)
        {
            return; // the page was left meanwhile
        }
        StateHasChanged();
    }

    private async Task ToggleAsync()
    {
        if (_module is null) return;
        _isBusy = true;
        try
        {
            _wasAsked = true;
            Take(await _module.InvokeAsync<string>("toggle", _left));
        }
        catch (Exception exception) when (exception is OperationCanceledException or JSDisconnectedException)
        {
            return;
        }
        finally
        {
            _isBusy = false;
        }
    }

    private void Take(string state)
    {
        _state = state;
        if (IsOn && _loop.IsCompleted) _loop = FollowAsync(Feed.Subscribe(withOpen: false));
    }

    private async Task FollowAsync(ApprovalsSubscription subscription)
    {
        try
        {
            while (IsOn)
            {
                using (subscription)
                {
                    while (IsOn && await subscription.Changes.WaitToReadAsync(_left))
                    {
                        Gather(subscription);
                        if (_arrived.Count == 0) continue;
                        await Task.Delay(Burst, Time, _left);
                        Gather(subscription);
                        await TellAsync();
                    }
                }
                subscription = Feed.Subscribe(withOpen: false); // the stream ended: what waits is no news
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return; // the page was left
        }
        catch (JSDisconnectedException)
        {
            return;
        }
        finally
        {
            subscription.Dispose();
        }
    }

    // Of what arrived, only what still waits is worth calling somebody for.
    private void Gather(ApprovalsSubscription subscription)
    {
        while (subscription.Changes.TryRead(out Approval? approval))
        {
            if (approval is { Status: ApprovalStatus.Pending, Version: Approval.FirstVersion }) _arrived.Add(approval.Id);
            else if (approval.Status != ApprovalStatus.Pending) _arrived.Remove(approval.Id);
        }
    }

    private async Task TellAsync()
    {
        int count = _arrived.Count;
        _arrived.Clear();
        if (count == 0 || !IsOn || _module is null) return;
        await _module.InvokeVoidAsync("tell", _left, L.Count(count, "{0} file waits for you", "{0} files wait for you"));
    }

    private string Title() => IsOn
        ? L["Notifications are on: you are told when files arrive while this tab is in the background"]
        : L["Be told when files arrive while this tab is in the background"];

    // Said once somebody pressed the button; before, it is nobody's problem.
    private string? Problem() => !_wasAsked ? null : _state switch
    {
        "denied" => L["This browser denies notifications for this site. Its site settings can allow them."],
        "none" => L["This browser shows no notifications."],
        _ => null,
    };
}
