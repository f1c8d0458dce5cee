using Archiver.Web.Cloud;
using Archiver.Web.Shell;
using Archiver.Web.Shell.Commands;
using Archiver.Web.Shell.Language;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using MudBlazor;
using static Archiver.Web.Results.ResultsWords;

namespace Archiver.Web.Results.Pages;

/// <summary>
/// What the runs came to: filtered, sorted and paged as the address says, and live where it shows the newest. The address is the
/// only place that holds the state; a control goes to another address.
/// </summary>
public sealed partial class Results : IAsyncDisposable
{
    // A link with this is the browser's own, and no navigation within the app.
    private static readonly Dictionary<string, object?> Download = new() { ["download"] = "" };

    private readonly CancellationTokenSource _left = new();
    private readonly HashSet<string> _fresh = new(StringComparer.Ordinal);
    private ResultsView _view = ResultsView.Default;
    private IReadOnlyList<string> _misread = [];
    private ResultsPage? _page;
    private ResultsView? _pageView;
    private bool _isLoading;
    private string? _problem;
    private string? _liveProblem;
    private ResultsNews? _waiting;
    private CancellationTokenSource? _load;
    private IAsyncDisposable? _following;

    [Inject] private ResultsReader Reader { get; set; } = null!;

    [Inject] private ResultsLive Live { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private TimeProvider Time { get; set; } = null!;

    [Inject] private ViewerTime Viewer { get; set; } = null!;

    [Inject] private ViewerCulture Culture { get; set; } = null!;

    [Inject] private CommandExecutor Commands { get; set; } = null!;

    [Inject] private IDialogService Dialogs { get; set; } = null!;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Navigation.LocationChanged -= OnLocationChanged;
        Viewer.ZoneChanged -= OnZoneChanged;
        await _left.CancelAsync();
        if (_following is not null) await _following.DisposeAsync();
        _left.Dispose();
    }

    /// <inheritdoc/>
    protected override Task OnInitializedAsync()
    {
        Navigation.LocationChanged += OnLocationChanged;
        Viewer.ZoneChanged += OnZoneChanged;
        return ShowAddressAsync();
    }

    private void OnLocationChanged(object? sender, LocationChangedEventArgs change)
    {
        // The way to another page goes through here, too.
        if (new Uri(change.Location).AbsolutePath.Equals(ResultsUrl.Page, StringComparison.OrdinalIgnoreCase)) _ = InvokeAsync(ShowAddressAsync);
    }

    private void OnZoneChanged() => _ = InvokeAsync(LoadAsync);

    private void Go(ResultsView view) => Navigation.NavigateTo(ResultsUrl.To(view));

    private async Task ShowAddressAsync()
    {
        Dictionary<string, StringValues> query = QueryHelpers.ParseQuery(new Uri(Navigation.Uri).Query);
        (_view, _misread) = ResultsUrl.Parse(name => query.GetValueOrDefault(name));
        _fresh.Clear();
        _waiting = null;
        await FollowAsync();
        await LoadAsync();
    }

    // A page of the newest follows what comes; any other stands still, so that nothing moves while it is read.
    private async Task FollowAsync()
    {
        if (_view.IsNewest == _following is not null) return;
        IAsyncDisposable? before = _following;
        _liveProblem = null;
        _following = _view.IsNewest ? Live.Follow(Culture.Bind<ResultsNews>(news => _ = InvokeAsync(() => ApplyAsync(news)))) : null;
        if (before is not null) await before.DisposeAsync();
    }

    private async Task LoadAsync()
    {
        // The latest wish counts: what was under way for an earlier one is given up.
        if (_left.IsCancellationRequested) return;
        if (_load is not null) await _load.CancelAsync();
        using CancellationTokenSource load = CancellationTokenSource.CreateLinkedTokenSource(_left.Token);
        ResultsView view = _view;
        _load = load;
        _isLoading = true;
        _problem = null;
        StateHasChanged();
        try
        {
            ResultsPage page = await Reader.ReadAsync(view, Viewer.Today(), Viewer.Zone, load.Token);
            if (_load != load || view != _view) return;
            (_page, _pageView) = (page, view);
        }
        catch (OperationCanceledException) when (load.IsCancellationRequested)
        {
            return;
        }
        catch (Exception exception) when (CloudFailure.Is(exception))
        {
            if (_load != load || view != _view) return;
            _problem = L["The results could not be read: {0}", exception.Message];
            // What another address showed is no answer to this one.
            if (_pageView != view) _page = null;
        }
        finally
        {
            if (_load == load) (_load, _isLoading) = (null, false);
        }
        // The way back has led to the first page, which has an address of its own.
        if (view.Place is ResultsPlace.Before && _page is { Previous: null } && _problem is null)
            Navigation.NavigateTo(ResultsUrl.To(view with { Place = ResultsPlace.First }), replace: true);
        StateHasChanged();
        if (_waiting is { } news)
        {
            _waiting = null;
            await ApplyAsync(news);
        }
    }

    private async Task ApplyAsync(ResultsNews news)
    {
        if (_left.IsCancellationRequested || !_view.IsNewest) return;
        _liveProblem = news.Problem;
        // News never break off a page that is being read: with many of them it would never be read to its end.
        if (_isLoading) _waiting = news with { IsFresh = news.IsFresh || _waiting is { IsFresh: true } };
        else if (news.IsFresh || IsStale(news)) await LoadAsync();
        else if (news.Newest is { } newest && _page is { } page) Insert(newest, page);
        StateHasChanged();
    }

    // The page may have been read before a deletion that the reader of the news knew of from its first reading.
    private bool IsStale(ResultsNews news) =>
        news.Newest is { } newest && (_page is not { } page || ResultsNews.ShowsDeleted(page.Rows, newest, Time.GetUtcNow()));

    private void Insert(IReadOnlyList<ResultRow> newest, ResultsPage page)
    {
        List<ResultRow> rows = ResultsNews.Merge(page.Rows, newest, _view.Filter.Select(Viewer.Today(), Viewer.Zone));
        bool isFull = rows.Count > ResultsReader.PageSize;
        if (isFull) rows = rows[..ResultsReader.PageSize];
        HashSet<string> before = [.. page.Rows.Select(row => row.Id)];
        _fresh.Clear();
        _fresh.UnionWith(rows.Select(row => row.Id).Where(id => !before.Contains(id)));
        _page = page with { Rows = rows, Next = isFull || page.Next is not null ? ResultsReader.PageAfter(_view, rows) : null };
    }

    private string Summary() => _page switch
    {
        null or { Rows.Count: 0 } => "",
        { Sorted: { } sorted } when sorted.Total > ResultsReader.PageSize =>
            L["{0} to {1} of {2}", sorted.First, sorted.First + _page.Rows.Count - 1, ResultDisplay.Count(sorted.Total)],
        { Previous: null, Next: null } => ResultDisplay.Count(_page.Rows.Count),
        _ => L["{0} on this page", ResultDisplay.Count(_page.Rows.Count)],
    };

    private async Task OpenClearDialogAsync()
    {
        IDialogReference dialog = await Dialogs.ShowAsync<ClearResultsDialog>(L["Clear results"], new DialogOptions { BackdropClick = false });
        await dialog.Result;
        Live.Refresh();
        if (!_view.IsNewest) await LoadAsync();
    }
}
