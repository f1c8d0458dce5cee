using Archiver.Web.Results.Summary;
using Archiver.Web.Shell;
using Archiver.Web.Shell.Language;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using static Archiver.Web.Results.ResultsWords;

namespace Archiver.Web.Results.Charts;

/// <summary>The charts of what the page shows, beside those of a second period if there is one; they fill as the days are read.</summary>
public sealed partial class ResultsCharts : IAsyncDisposable
{
    private const string Before = "before";
    private const string Own = "own";

    // What a cube comes to by the questions that are asked: of all days but today it is asked once.
    private readonly Dictionary<DayCube, SummaryFacts> _first = [];
    private readonly Dictionary<DayCube, SummaryFacts> _other = [];
    private ElementReference _root;
    private SummaryQuestion? _question;
    private SummaryQuestion? _otherQuestion;
    private ResultsView? _asked;
    private DateOnly _askedOn;
    private TimeZoneInfo? _askedIn;
    private ResultsSummary.Watch? _watch;
    private SummaryPicture? _picture;
    private SummaryFacts? _facts;
    private SummaryFacts? _second;
    private ChartBuilder? _charts;
    private ColumnChartModel? _overTime;
    private ColumnChartModel? _quality;
    private IJSObjectReference? _script;
    private bool _isGone;

    /// <summary>What the page shows.</summary>
    [Parameter, EditorRequired] public required ResultsView View { get; set; }

    [Inject] private ResultsSummary Summary { get; set; } = null!;

    [Inject] private ViewerTime Viewer { get; set; } = null!;

    [Inject] private ViewerCulture Culture { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private IJSRuntime Script { get; set; } = null!;

    private static string Nothing => L["No results in these days."];

    private ResultsPeriod? Other => View.Compare?.Period(View.Filter.Period, Viewer.Today());

    private string Choice => View.Compare switch
    {
        ResultsComparison.PeriodBefore => Before,
        ResultsComparison.OwnDays => Own,
        _ => "",
    };

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _isGone = true;
        if (_watch is not null) await _watch.DisposeAsync();
        try
        {
            if (_script is not null) await _script.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and its module with it.
        }
    }

    /// <inheritdoc/>
    protected override void OnParametersSet() => Show();

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        // Not before: the page's own rows are asked for first.
        _watch = Summary.Follow(Culture.Bind(Redraw));
        _asked = null;
        Show();
        StateHasChanged();
        _script = await Script.InvokeAsync<IJSObjectReference>("import", "./Results/Charts/ResultsCharts.razor.js");
        if (!_isGone) await _script.InvokeVoidAsync("attach", _root);
    }

    private void Redraw() => _ = InvokeAsync(() =>
    {
        Show();
        StateHasChanged();
    });

    private void Show()
    {
        if (_isGone || _watch is null) return;
        Ask();
        _picture = _watch.Picture();
        _facts = Total(_question!, _picture, _first);
        _second = _otherQuestion is null ? null : Total(_otherQuestion, _picture, _other);
        _charts = new ChartBuilder(View, _facts, _second);
        _overTime = _charts.OverTime(_question!.Buckets);
        _quality = _charts.Quality();
    }

    // The order and the page change nothing here; a new day does.
    private void Ask()
    {
        DateOnly today = Viewer.Today();
        if (_asked?.Filter == View.Filter && _asked.Compare == View.Compare && _askedOn == today && Equals(_askedIn, Viewer.Zone)) return;
        (_asked, _askedOn, _askedIn) = (View, today, Viewer.Zone);
        _question = new SummaryQuestion(View.Filter, today, Viewer.Zone);
        _otherQuestion = Other is { } other ? new SummaryQuestion(View.Filter with { Period = other }, today, Viewer.Zone) : null;
        _first.Clear();
        _other.Clear();
        _watch!.Want([.. _question.Days.Union(_otherQuestion?.Days ?? [])]);
    }

    private static SummaryFacts Total(SummaryQuestion question, SummaryPicture picture, Dictionary<DayCube, SummaryFacts> known)
    {
        SummaryFacts facts = question.Nothing();
        Dictionary<DayCube, SummaryFacts> now = [];
        foreach (DayCube cube in picture.Cubes.Where(cube => question.Days.Contains(cube.Day)))
        {
            if (!known.TryGetValue(cube, out SummaryFacts? part)) part = question.Ask(cube);
            now[cube] = part;
            facts.Add(part);
        }
        known.Clear();
        foreach ((DayCube cube, SummaryFacts part) in now) known[cube] = part;
        return facts;
    }

    private long Below(SummaryFacts facts) => _charts!.Threshold is { } threshold and > 0 ? facts.OfQuality(0, threshold - 1) : 0;

    private long Of(HumanPart part) => _facts!.ByHuman[(int)part];

    private static string? Then(string? difference) => difference is null ? null : $", {difference}";

    private void ChooseAsync(ChangeEventArgs change) => Go(change.Value switch
    {
        Before => new ResultsComparison.PeriodBefore(),
        Own => View.Filter.Period.Before(Viewer.Today()).Days(Viewer.Today()) is var (from, to) ? new ResultsComparison.OwnDays(from, to) : null,
        _ => null,
    });

    // The end that was moved stays where it was put; the other one follows where it has to.
    private void ChooseOwn(ChangeEventArgs change, bool isFrom)
    {
        if (View.Compare is not ResultsComparison.OwnDays own || ResultsUrl.ReadDay(change.Value as string) is not { } day) return;
        int room = ResultsPeriod.LongestDays - 1;
        Go(isFrom
            ? new ResultsComparison.OwnDays(day, DateOnly.FromDayNumber(Math.Clamp(own.To.DayNumber, day.DayNumber, day.DayNumber + room)))
            : new ResultsComparison.OwnDays(DateOnly.FromDayNumber(Math.Clamp(own.From.DayNumber, day.DayNumber - room, day.DayNumber)), day));
    }

    private void Go(ResultsComparison? compare) => Navigation.NavigateTo(ResultsUrl.To(View with { Compare = compare }));
}
