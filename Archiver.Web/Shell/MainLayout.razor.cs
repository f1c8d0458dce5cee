using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;

namespace Archiver.Web.Shell;

/// <summary>The frame of every page: the bar with the navigation, and the theme, which follows the system until it is switched.</summary>
public sealed partial class MainLayout : IAsyncDisposable
{
    private ErrorBoundary? _errors;
    private bool _isDark;
    private IJSObjectReference? _theme;

    [Inject] private IJSRuntime Script { get; set; } = null!;

    [Inject] private ViewerTime Viewer { get; set; } = null!;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_theme is not null) await _theme.DisposeAsync();
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
        _theme = await Script.InvokeAsync<IJSObjectReference>("import", "./Shell/MainLayout.razor.js");
        _isDark = await _theme.InvokeAsync<bool>("isDark");
        Viewer.SetZone(await _theme.InvokeAsync<string>("timeZone"));
        StateHasChanged();
    }

    /// <inheritdoc/>
    protected override void OnParametersSet() => _errors?.Recover();

    private async Task ToggleThemeAsync()
    {
        _isDark = !_isDark;
        if (_theme is not null) await _theme.InvokeVoidAsync("keep", _isDark);
    }
}
