using Archiver.Web.Results.Columns;
using Archiver.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Archiver.Web.Results.Pages;

/// <summary>
/// The grid: a row a result. A header that sorts goes to the address of that order; which columns there are, how wide and in which order
/// is the viewer's own, and their browser keeps it.
/// </summary>
public sealed partial class ResultsGrid : IAsyncDisposable
{
    private readonly CancellationTokenSource _left = new();
    private GridLayout _layout = GridLayout.Default;
    private ElementReference _table;
    private IJSObjectReference? _script;
    private DotNetObjectReference<ResultsGrid>? _self;

    /// <summary>The results, in order.</summary>
    [Parameter, EditorRequired] public required IReadOnlyList<ResultRow> Rows { get; set; }

    /// <summary>The order that they are in.</summary>
    [Parameter, EditorRequired] public required ResultsView View { get; set; }

    /// <summary>The keys of those that came a moment ago.</summary>
    [Parameter] public IReadOnlySet<string> Fresh { get; set; } = new HashSet<string>();

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private ViewerTime Viewer { get; set; } = null!;

    [Inject] private IJSRuntime Script { get; set; } = null!;

    /// <summary>A column's edge was drawn to another place; called by the browser.</summary>
    /// <param name="column">The column's name.</param>
    /// <param name="width">How wide it is now, in pixels.</param>
    [JSInvokable]
    public Task OnResizedAsync(string column, int width) =>
        Enum.TryParse(column, out GridColumn found) && Enum.IsDefined(found) ? ResizeAsync(found, width) : Task.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _left.CancelAsync();
        try
        {
            if (_script is not null) await _script.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and its module with it.
        }
        _self?.Dispose();
        _left.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        _script = await Script.InvokeAsync<IJSObjectReference>("import", "./Results/Pages/ResultsGrid.razor.js");
        string? kept = await _script.InvokeAsync<string?>("kept");
        if (_left.IsCancellationRequested) return;
        _self = DotNetObjectReference.Create(this);
        await _script.InvokeVoidAsync("attach", _table, _self);
        _layout = GridLayout.Parse(kept);
        if (!_layout.IsDefault) StateHasChanged();
    }

    private async Task KeepAsync(GridLayout layout)
    {
        _layout = layout;
        if (_script is not null) await _script.InvokeVoidAsync("keep", layout.IsDefault ? null : layout.ToText());
    }

    // The first width that is chosen makes all the others what they are then: nothing else moves.
    private async Task ResizeAsync(GridColumn column, int width)
    {
        GridLayout layout = _layout;
        if (!layout.IsFixed && _script is not null && await _script.InvokeAsync<Dictionary<string, int>?>("measure", _table) is { } widths)
        {
            layout = layout.Resize(layout.Shown.Where(one => layout.WidthOf(one) is null && widths.ContainsKey(one.ToString()))
                .Select(one => KeyValuePair.Create(one, widths[one.ToString()])));
        }
        await KeepAsync(layout.Resize([KeyValuePair.Create(column, width)]));
        StateHasChanged();
    }

    private static ResultsSort? SortOf(GridColumn column) => column switch
    {
        GridColumn.Time => ResultsSort.Time,
        GridColumn.File => ResultsSort.File,
        GridColumn.Action => ResultsSort.Action,
        GridColumn.Quality => ResultsSort.Quality,
        GridColumn.Size => ResultsSort.Size,
        _ => null,
    };

    private static string? Alignment(GridColumn column) => column is GridColumn.Quality or GridColumn.Size or GridColumn.DecidedIn ? "num-right" : null;

    private static string? LabelOf(GridColumn column) => column == GridColumn.File ? null : ColumnText.Of(column);

    private static string ClassOf(GridColumn column) => column switch
    {
        GridColumn.Time => "num time",
        GridColumn.File => "file",
        GridColumn.Action => "action",
        GridColumn.Quality => "num-right foreign",
        GridColumn.Human => "human foreign",
        GridColumn.Comment => "comment foreign",
        GridColumn.Size or GridColumn.DecidedIn => "num-right size",
        GridColumn.Links => "leads",
        _ => "foreign",
    };

    private static string? TextOf(GridColumn column, ResultRow row) => column switch
    {
        GridColumn.Archive => ResultDisplay.Archive(row),
        GridColumn.Quality => ResultDisplay.Quality(row),
        GridColumn.Human => ResultDisplay.Human(row),
        GridColumn.DecidedIn => ResultDisplay.DecidedIn(row),
        GridColumn.Comment => row.Comment,
        GridColumn.Size => ResultDisplay.Size(row),
        _ => throw new ArgumentOutOfRangeException(nameof(column)),
    };

    private string Order(ResultsSort sort) => View.Sort != sort ? "none" : View.Descending ? "descending" : "ascending";
}
