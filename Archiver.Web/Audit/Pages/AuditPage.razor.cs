using Archiver.Web.Cloud;
using Archiver.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using static Archiver.Web.Audit.AuditWords;

namespace Archiver.Web.Audit.Pages;

/// <summary>
/// The audit trail, newest first: filtered and paged as the address says, which is the only place that holds the state. It stands
/// still while it is read.
/// </summary>
public sealed partial class AuditPage : IAsyncDisposable
{
    // A link with this is the browser's own, and no navigation within the app.
    private static readonly Dictionary<string, object?> Download = new() { ["download"] = "" };

    private readonly CancellationTokenSource _left = new();
    private AuditView _view = AuditView.Default;
    private AuditView? _pageView;
    private IReadOnlyList<string> _misread = [];
    private AuditPageRows? _page;
    private bool _isLoading;
    private string? _problem;
    private CancellationTokenSource? _load;

    [Inject] private AuditReader Reader { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private ViewerTime Viewer { get; set; } = null!;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Navigation.LocationChanged -= OnLocationChanged;
        Viewer.ZoneChanged -= OnZoneChanged;
        await _left.CancelAsync();
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
        if (new Uri(change.Location).AbsolutePath.Equals(AuditUrl.Page, StringComparison.OrdinalIgnoreCase)) _ = InvokeAsync(ShowAddressAsync);
    }

    private void OnZoneChanged() => _ = InvokeAsync(LoadAsync);

    private void Go(AuditView view) => Navigation.NavigateTo(AuditUrl.To(view));

    private Task ShowAddressAsync()
    {
        Dictionary<string, StringValues> query = QueryHelpers.ParseQuery(new Uri(Navigation.Uri).Query);
        (_view, _misread) = AuditUrl.Parse(name => query.GetValueOrDefault(name));
        return LoadAsync();
    }

    private async Task LoadAsync()
    {
        // The latest wish counts: what was under way for an earlier one is given up.
        if (_left.IsCancellationRequested) return;
        if (_load is not null) await _load.CancelAsync();
        using CancellationTokenSource load = CancellationTokenSource.CreateLinkedTokenSource(_left.Token);
        AuditView view = _view;
        (_load, _isLoading, _problem) = (load, true, null);
        StateHasChanged();
        try
        {
            AuditPageRows page = await Reader.ReadAsync(view, Viewer.Zone, load.Token);
            if (_load != load) return;
            (_page, _pageView) = (page, view);
        }
        catch (OperationCanceledException) when (load.IsCancellationRequested)
        {
            return;
        }
        catch (Exception exception) when (CloudFailure.Is(exception))
        {
            if (_load != load) return;
            _problem = L["The audit trail could not be read: {0}", exception.Message];
            // What another address showed is no answer to this one.
            if (_pageView != view) _page = null;
        }
        finally
        {
            if (_load == load) (_load, _isLoading) = (null, false);
        }
        // The way back has led to the first page, which has an address of its own.
        if (view.After is not null && _problem is null && _page is { Newer: null })
            Navigation.NavigateTo(AuditUrl.To(new AuditView(view.Filter)), replace: true);
        StateHasChanged();
    }

    private string Summary() => _page is { Head.Sequence: > 0 and var count } ? L.Count(count, "{0} entry on record", "{0} entries on record") : "";
}
