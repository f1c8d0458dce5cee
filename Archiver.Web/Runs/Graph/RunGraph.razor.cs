using System.Globalization;
using Archiver.Web.Runs.Story;
using Archiver.Web.Shell.Display;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using static Archiver.Web.Runs.RunsWords;

namespace Archiver.Web.Runs.Graph;

/// <summary>A run's state machine as a graph: where each state stands, the path that was taken, and a way to choose a state.</summary>
public sealed partial class RunGraph : IAsyncDisposable
{
    private ElementReference _host;
    private IJSObjectReference? _module;
    private IJSObjectReference? _canvas;

    /// <summary>The machine, drawn.</summary>
    [Parameter, EditorRequired] public required MachineDrawing Drawing { get; set; }

    /// <summary>What the run has done so far.</summary>
    [Parameter, EditorRequired] public required RunStory Story { get; set; }

    /// <summary>What a file that is downloaded is called, without its ending.</summary>
    [Parameter, EditorRequired] public required string FileName { get; set; }

    /// <summary>The name of the state that is chosen.</summary>
    [Parameter] public string? Selected { get; set; }

    /// <summary>Told of the state that is chosen.</summary>
    [Parameter] public EventCallback<string> SelectedChanged { get; set; }

    [Inject] private IJSRuntime Script { get; set; } = null!;

    [Inject] private TimeProvider Time { get; set; } = null!;

    /// <summary>Where a look at the drawing starts: the state that is chosen, or the one that the run is in or ended in.</summary>
    private string? Current => Selected ?? (Story.Visits.LastOrDefault(visit => visit.IsOpen) ?? (Story.Visits is [.., var last] ? last : null))?.Name;

    private string Announced => Story.Visits.LastOrDefault(visit => visit.IsOpen) is { } open
        ? $"{open.Name}: {StateStatusDisplay.Of(open.Status).Text}"
        : Story.Visits is [.., var last] ? $"{last.Name}: {StateStatusDisplay.Of(last.Status).Text}" : "";

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_canvas is not null)
            {
                await _canvas.InvokeVoidAsync("dispose");
                await _canvas.DisposeAsync();
            }
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
        _module = await Script.InvokeAsync<IJSObjectReference>("import", "./Runs/Graph/RunGraph.razor.js");
        if (_module is not null) _canvas = await _module.InvokeAsync<IJSObjectReference>("attach", _host, FileName);
    }

    private static string N(double value) => EdgePath.Number(value);

    private static string EdgeTitle(DrawnEdge edge)
    {
        string way = $"{edge.From ?? L["Start"]} → {edge.To ?? L["End"]}";
        IReadOnlyList<string> labels = edge.Labels;
        if (labels.Count == 0) return way;
        string all = string.Join("; ", labels);
        return edge.IsCatch ? L["{0}: on {1}", way, all] : $"{way}: {all}";
    }

    private static double BoxHeight(DrawnState one) => one.State.Branches.Count == 0 ? one.Box.Height : (one.Lines.Count * 17) + 27;

    private static double StatusY(DrawnState one) => one.Box.Y + (one.Lines.Count * 17) + 16;

    private IEnumerable<(int Place, DrawnState State)> Containers() => Drawing.States.Where(one => one.State.Branches.Count > 0).Index();

    // What was taken is drawn last, above the rest.
    private IEnumerable<(int Place, DrawnEdge Edge)> EdgesInOrder() => Drawing.Edges.Index().OrderBy(one => IsTaken(one.Item)).ThenBy(one => one.Index);

    private bool IsTaken(DrawnEdge edge) => Story.Taken.Contains(new TakenStep(edge.From, edge.To, edge.IsCatch));

    private string EdgeStyle(DrawnEdge edge) => (IsTaken(edge) ? "is-taken" : "") + (edge.IsCatch ? " is-catch" : "");

    private double Half(DrawnState one, StatusDisplay display) => StatusText(one, display).Length * 2.95;

    private string StatusText(DrawnState one, StatusDisplay display)
    {
        IReadOnlyList<StateVisit> visits = Story.VisitsOf(one.State.Name);
        if (visits.Count == 0) return display.Text;
        if (visits.Count > 1) return string.Create(CultureInfo.CurrentCulture, $"{display.Text} · {visits.Count:N0}×");
        StateVisit visit = visits[0];
        if (visit.Attempts.Count > 1) return $"{display.Text} · {L.Count(visit.Attempts.Count, "{0} attempt", "{0} attempts")}";
        return visit.IsOpen ? display.Text : $"{display.Text} · {Durations.Precise(visit.Took(Time.GetUtcNow()))}";
    }

    private string Label(DrawnState one, StatusDisplay display)
    {
        IReadOnlyList<StateVisit> visits = Story.VisitsOf(one.State.Name);
        int attempts = visits.Sum(visit => visit.Attempts.Count);
        return string.Join(", ", new[]
        {
            one.State.Name, one.State.Type, display.Text,
            visits.Count > 1 ? L["entered {0:N0} times", visits.Count] : null,
            attempts > visits.Count ? L.Count(attempts, "{0} attempt", "{0} attempts") : null,
        }.OfType<string>());
    }
}
