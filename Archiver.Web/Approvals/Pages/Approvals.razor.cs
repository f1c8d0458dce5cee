using System.Globalization;
using Archiver.Web.Approvals.Bulk;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Approvals.Review;
using Archiver.Web.Shell.Display;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.JSInterop;
using MudBlazor;
using static Archiver.Web.Approvals.ApprovalsWords;

namespace Archiver.Web.Approvals.Pages;

/// <summary>
/// The inbox, live: what waits for a person, filtered and sorted as the address says, with one approval open beside it; and what was settled
/// a moment ago.
/// </summary>
public sealed partial class Approvals : IReviewKeys, IAsyncDisposable
{
    private const int SettledShown = 4;

    private readonly List<Approval> _settled = [];
    private ElementReference _root;
    private ReviewScript _script = null!;
    private ReviewView _view = ReviewView.Default;
    private IReadOnlyList<string> _misread = [];
    private InboxViews.Lease? _lease;
    private InboxList _list = InboxList.Empty;
    private Selection _selection = Selection.None;
    private string? _current;
    private string? _anchor;
    private IDisposable? _watch;
    private IDisposable? _ticks;

    [Inject] private InboxSight Sight { get; set; } = null!;

    [Inject] private InboxViews Views { get; set; } = null!;

    [Inject] private ApprovalsFeed Feed { get; set; } = null!;

    [Inject] private DecisionCommands Decisions { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private IDialogService Dialogs { get; set; } = null!;

    [Inject] private ISnackbar Snackbar { get; set; } = null!;

    [Inject] private IJSRuntime Runtime { get; set; } = null!;

    [Inject] private SecondTicker Ticker { get; set; } = null!;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Navigation.LocationChanged -= OnLocationChanged;
        Decisions.Decided -= OnDecided;
        _watch?.Dispose();
        _ticks?.Dispose();
        _lease?.Dispose();
        await _script.DisposeAsync();
    }

    /// <inheritdoc/>
    public int? PlaceOf(string? id) => id is not null && Feed.Find(id) is { } approval ? _list.Place(approval, _view.Descending) : null;

    /// <inheritdoc/>
    public Task LookAtAsync(string id)
    {
        if (_current != id)
        {
            _current = id;
            StateHasChanged();
        }
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task RefuseAsync(string id)
    {
        if (Feed.Find(id) is { } approval) Snackbar.Add(L["{0} is not yours to decide: its line says why.", approval.Name], Severity.Info);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task UndoAsync()
    {
        if (await Decisions.UndoLastAsync() is { } undone && _list.Place(undone, _view.Descending) is { } place) await _script.FocusAsync(undone.Id, place);
    }

    /// <inheritdoc/>
    public Task SelectToAsync(string from, string id)
    {
        if (Feed.Find(id) is not { } approval) return Task.CompletedTask;
        _anchor = from;
        Toggle(approval, isRange: true);
        StateHasChanged();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task UnselectAsync()
    {
        (_selection, _anchor) = (Selection.None, null);
        StateHasChanged();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task HelpAsync()
    {
        DialogParameters<KeysDialog> parameters = new()
        {
            { dialog => dialog.AreOn, await _script.AreKeysOnAsync() },
            { dialog => dialog.AreOnChanged, EventCallback.Factory.Create<bool>(this, async on => await _script.SetKeysAsync(on)) },
        };
        await Dialogs.ShowAsync<KeysDialog>(L["Keys"], parameters);
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        _script = new ReviewScript(Runtime, this);
        Navigation.LocationChanged += OnLocationChanged;
        Decisions.Decided += OnDecided;
        _watch = Sight.Watch(InvokeAsync, ShowAsync);
        ReadAddress();
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        (string, int)? item = _current is { } id && PlaceOf(id) is { } place ? (id, place) : null;
        await _script.StartAsync(_root, item);
    }

    private void OnLocationChanged(object? sender, LocationChangedEventArgs change)
    {
        // The way to another page goes through here, too.
        if (!new Uri(change.Location).AbsolutePath.Equals(ReviewUrl.Page, StringComparison.OrdinalIgnoreCase)) return;
        _ = InvokeAsync(async () =>
        {
            string? before = _current;
            ReadAddress();
            StateHasChanged();
            if (_current is { } id && id != before && PlaceOf(id) is { } place) await _script.FocusAsync(id, place);
        });
    }

    private void Go(ReviewView view)
    {
        // What a person types is one step of the way back, not one a letter.
        bool replace = view.Filter.Text is not null && _view.Filter.Text is not null && view.Filter.Text != _view.Filter.Text;
        Navigation.NavigateTo(ReviewUrl.To(view with { Item = _current }), replace: replace);
    }

    private void ReadAddress()
    {
        Dictionary<string, StringValues> query = QueryHelpers.ParseQuery(new Uri(Navigation.Uri).Query);
        ReviewView before = _view;
        (_view, _misread) = ReviewUrl.Parse(name => query.GetValueOrDefault(name));
        _current = _view.Item ?? _current;
        if (_lease is not null && _view.IsListOf(before)) return;
        if (_lease is null || _view.Filter != before.Filter || _view.Sort != before.Sort)
        {
            using InboxViews.Lease? left = _lease;
            _lease = Views.Open(_view.Filter, _view.Sort);
        }
        if (_view.Filter != before.Filter) (_selection, _anchor) = (Selection.None, null);
        _ticks?.Dispose();
        _ticks = _view.Filter.IsOfTime ? Ticker.Subscribe(() => _ = InvokeAsync(Age)) : null;
        See();
    }

    // As time goes by approvals come into the view and leave it by themselves.
    private void Age()
    {
        if (_lease is null) return;
        _lease.View.Advance();
        if (ReferenceEquals(_lease.View.List, _list)) return;
        See();
        StateHasChanged();
    }

    private Task ShowAsync(IReadOnlyList<Approval>? changes)
    {
        foreach (Approval approval in changes ?? [])
        {
            _settled.RemoveAll(one => one.Id == approval.Id);
            // While a decision can be taken back its own row says so.
            if (approval.Status is not (ApprovalStatus.Pending or ApprovalStatus.Decided)) _settled.Insert(0, approval);
        }
        if (_settled.Count > SettledShown) _settled.RemoveRange(SettledShown, _settled.Count - SettledShown);
        See();
        StateHasChanged();
        return Task.CompletedTask;
    }

    private void See()
    {
        // The inbox itself is shown as of the moment that everything else on the page is.
        _list = _lease!.View.IsWhole ? Sight.List : _lease.View.List;
        _selection = _selection.Kept(id => Feed.Find(id) is { Status: ApprovalStatus.Pending } approval && _list.Place(approval, descending: false) is not null);
    }

    private void OnDecided(Approval approval) => _ = InvokeAsync(async () => await _script.DecidedAsync(approval.Id));

    private void Toggle(Approval approval, bool isRange)
    {
        if (isRange && PlaceOf(_anchor ?? _current) is { } start && PlaceOf(approval.Id) is { } end)
        {
            _selection = _selection.With(_list.Slice(Math.Min(start, end), Math.Abs(end - start) + 1, _view.Descending));
            return;
        }
        _selection = _selection.Toggle(approval);
        _anchor = approval.Id;
    }

    // Exactly these, as they are on the page now: what comes later was not seen.
    private async Task DecideSelectedAsync()
    {
        IDialogReference dialog = await BulkDialog.ShowAsync(Dialogs, _selection.Of(_list, _view.Descending));
        await dialog.Result;
        See();
    }

    private string Title() => Sight.Waiting > 0 ? L["({0}) Approvals", Sight.Waiting.ToString("N0", CultureInfo.CurrentCulture)] : L["Approvals"];
}
