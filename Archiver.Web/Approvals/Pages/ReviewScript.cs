using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Archiver.Web.Approvals.Pages;

/// <summary>What the page does when the script tells it of the person.</summary>
internal interface IReviewKeys
{
    /// <summary>Where an item is in the list that is shown, from 0; nothing where it is not in it.</summary>
    int? PlaceOf(string? id);

    /// <summary>Another item has the focus.</summary>
    Task LookAtAsync(string id);

    /// <summary>The current item can't be decided by a key: say why.</summary>
    Task RefuseAsync(string id);

    /// <summary>The last decision is to be taken back.</summary>
    Task UndoAsync();

    /// <summary>All from where the selection began to an item are to be selected.</summary>
    Task SelectToAsync(string from, string id);

    /// <summary>Nothing is to be selected.</summary>
    Task UnselectAsync();

    /// <summary>The keys are to be shown.</summary>
    Task HelpAsync();
}

/// <summary>The inbox page's script: it moves the focus among the rows by itself, so that it moves at once, and tells the page of it.</summary>
internal sealed class ReviewScript(IJSRuntime runtime, IReviewKeys keys) : IAsyncDisposable
{
    private DotNetObjectReference<ReviewScript>? _self;
    private IJSObjectReference? _module;
    private IJSObjectReference? _review;
    private bool _isStopped;

    /// <summary>Begins to listen.</summary>
    /// <param name="root">What has the list and the detail in it.</param>
    /// <param name="item">The item to begin at, and its place; nothing for none.</param>
    public async Task StartAsync(ElementReference root, (string Id, int Place)? item)
    {
        _self = DotNetObjectReference.Create(this);
        try
        {
            _module = await runtime.InvokeAsync<IJSObjectReference>("import", "./Approvals/Pages/Approvals.razor.js");
            // The page may have been left meanwhile, and there is nothing to listen to any more.
            if (_module is not null && !_isStopped) _review = await _module.InvokeAsync<IJSObjectReference?>("start", root, _self, item?.Id, item?.Place);
            if (_isStopped) await StopAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and its script with it.
        }
    }

    /// <summary>An item was decided: where it is still the current one, the next that waits is.</summary>
    public ValueTask DecidedAsync(string id) => CallAsync("decided", id);

    /// <summary>Brings the focus to an item.</summary>
    public ValueTask FocusAsync(string id, int place) => CallAsync("focus", id, place);

    /// <summary>Whether single keys are listened to, as this browser keeps it.</summary>
    public async Task<bool> AreKeysOnAsync() => _review is null || !await _review.InvokeAsync<bool>("areKeysOff");

    /// <summary>Has single keys listened to, or not.</summary>
    public ValueTask SetKeysAsync(bool on) => CallAsync("setKeys", on);

    /// <summary>Called by the script.</summary>
    [JSInvokable]
    public int? PlaceOf(string id) => keys.PlaceOf(id);

    /// <summary>Called by the script.</summary>
    [JSInvokable]
    public Task LookAt(string id) => keys.LookAtAsync(id);

    /// <summary>Called by the script.</summary>
    [JSInvokable]
    public Task Refuse(string id) => keys.RefuseAsync(id);

    /// <summary>Called by the script.</summary>
    [JSInvokable]
    public Task Undo() => keys.UndoAsync();

    /// <summary>Called by the script.</summary>
    [JSInvokable]
    public Task SelectTo(string from, string id) => keys.SelectToAsync(from, id);

    /// <summary>Called by the script.</summary>
    [JSInvokable]
    public Task Unselect() => keys.UnselectAsync();

    /// <summary>Called by the script.</summary>
    [JSInvokable]
    public Task Help() => keys.HelpAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _isStopped = true;
        try
        {
            await StopAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and its script with it.
        }
        _self?.Dispose();
    }

    private async ValueTask StopAsync()
    {
        await CallAsync("stop");
        (IJSObjectReference? review, IJSObjectReference? module) = (_review, _module);
        (_review, _module) = (null, null);
        if (review is not null) await review.DisposeAsync();
        if (module is not null) await module.DisposeAsync();
    }

    private ValueTask CallAsync(string function, params object?[] arguments) => _review?.InvokeVoidAsync(function, arguments) ?? ValueTask.CompletedTask;
}
