using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Archiver.Web.Approvals.Review;

/// <summary>Lets a person go to a view with a name, and give one to what they look at. Names are kept in the browser: they are one person's own.</summary>
public sealed partial class SavedViews : IAsyncDisposable
{
    private IReadOnlyList<SavedView> _own = [];
    private string? _naming;
    private ElementReference _field;
    private bool _focus;
    private IJSObjectReference? _module;

    /// <summary>How the inbox is looked at.</summary>
    [Parameter, EditorRequired] public required ReviewView View { get; set; }

    /// <summary>It is to be looked at differently.</summary>
    [Parameter] public EventCallback<ReviewView> Changed { get; set; }

    [Inject] private IJSRuntime Script { get; set; } = null!;

    private string Current => ReviewUrl.ToQuery(View);

    private SavedView? Own => _own.FirstOrDefault(view => view.Query == Current);

    private SavedView? Named => Own ?? SavedView.Defaults().FirstOrDefault(view => view.Query == Current);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
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
        if (firstRender)
        {
            _module = await Script.InvokeAsync<IJSObjectReference>("import", "./Approvals/Review/SavedViews.razor.js");
            if (_module is not null) _own = SavedView.Read(await _module.InvokeAsync<SavedView?[]>("read"));
            StateHasChanged();
        }
        else if (_naming is not null && !_focus)
        {
            _focus = true;
            await _field.FocusAsync();
        }
        else if (_naming is null)
        {
            _focus = false;
        }
    }

    private Task ChooseAsync(ChangeEventArgs change) => Changed.InvokeAsync(SavedView.Read(change.Value as string ?? "") with { Item = View.Item });

    private async Task NameAsync()
    {
        if (_naming?.Trim() is not { Length: > 0 and <= SavedView.LongestName } name) return;
        IReadOnlyList<SavedView> others = Own is { } renamed ? [.. _own.Where(view => view != renamed)] : _own;
        _naming = null;
        await KeepAsync(SavedView.With(others, new SavedView(name, Current)));
    }

    private async Task KeepAsync(IReadOnlyList<SavedView> views)
    {
        _own = views;
        if (_module is not null) await _module.InvokeVoidAsync("write", views);
    }
}
