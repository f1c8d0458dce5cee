using Amazon.StepFunctions;
using Archiver.Web.Runs.Overview;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using static Archiver.Web.Runs.RunsWords;

namespace Archiver.Web.Runs;

/// <summary>The list of runs, live, by status, paged; and the way to start some.</summary>
public sealed partial class Runs : IAsyncDisposable
{
    // The tokens of the pages before this one; the service pages forward only.
    private readonly Stack<string?> _earlier = new();
    private string? _token;
    private ExecutionStatus? _filter;
    private OverviewWindow _window = OverviewWindow.Usual;
    private RunsPage? _page;
    private string? _problem;
    private IAsyncDisposable? _following;

    /// <summary>The filter, as the URL has it; nothing for all.</summary>
    [SupplyParameterFromQuery(Name = "status")]
    public string? Status { get; set; }

    /// <summary>How far back the overview looks, as the URL has it.</summary>
    [SupplyParameterFromQuery(Name = "window")]
    public string? Window { get; set; }

    [Inject] private RunsLive Live { get; set; } = null!;

    [Inject] private IDialogService Dialogs { get; set; } = null!;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_following is not null) await _following.DisposeAsync();
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        _window = OverviewWindow.FromQuery(Window);
        ExecutionStatus? filter = RunStatusDisplay.FromQuery(Status);
        if (_following is not null && filter == _filter) return;
        _filter = filter;
        _earlier.Clear();
        await ShowAsync(null);
    }

    private async Task ShowAsync(string? token)
    {
        if (_following is not null) await _following.DisposeAsync();
        _token = token;
        _page = null;
        // A page that arrives for a view that was left since is none of ours.
        _following = Live.Follow(_filter, token, news => _ = InvokeAsync(() =>
        {
            if (token != _token) return;
            _page = news.Page ?? _page;
            _problem = news.Problem is { } said ? L["The list could not be read, and is tried again: {0}", said] : null;
            StateHasChanged();
        }));
    }

    private async Task OlderAsync()
    {
        if (_page?.NextToken is not { } next) return;
        _earlier.Push(_token);
        await ShowAsync(next);
    }

    private Task NewerAsync() => ShowAsync(_earlier.Pop());

    private async Task OpenStartDialogAsync()
    {
        IDialogReference dialog = await Dialogs.ShowAsync<StartRunDialog>(L["Start run"]);
        await dialog.Result;
        Live.Refresh();
    }
}
