using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Archiver.Web.Shell.Welcome;

/// <summary>Welcomes whoever starts Archiver for the first time, until something happened or they put it away, which their browser keeps.</summary>
public sealed partial class Welcome : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationToken _left;
    private IJSObjectReference? _module;
    private bool? _isShown;

    /// <summary>Makes the component.</summary>
    public Welcome() => _left = _stop.Token; // asked for after the page was left, the source would throw

    /// <summary>What is shown where there is nobody to welcome.</summary>
    [Parameter, EditorRequired] public required RenderFragment ChildContent { get; set; }

    [Inject] private FirstStart FirstStart { get; set; } = null!;

    [Inject] private FirstRuns FirstRuns { get; set; } = null!;

    [Inject] private IJSRuntime Script { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
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
            _isShown = await FirstStart.IsNowAsync(_left) && !await IsPutAwayAsync();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return; // the page was left, or its list is not empty any more
        }
        StateHasChanged();
    }

    private async Task<bool> IsPutAwayAsync()
    {
        _module = await Script.InvokeAsync<IJSObjectReference>("import", _left, "./Shell/Welcome/Welcome.razor.js");
        return await _module.InvokeAsync<bool>("isPutAway", _left);
    }

    private async Task PutAwayAsync()
    {
        _isShown = false;
        if (_module is not null) await _module.InvokeVoidAsync("putAway");
    }

    private async Task SimulateAsync()
    {
        if (await FirstRuns.StartSimulatedAsync() is { Severity: MudBlazor.Severity.Success }) Navigation.NavigateTo("/runs");
    }

    private async Task TrySampleAsync()
    {
        if (await FirstRuns.StartSampleAsync() is { Severity: MudBlazor.Severity.Success }) Navigation.NavigateTo("/approvals");
    }
}
