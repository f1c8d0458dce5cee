using System.Globalization;
using Amazon.StepFunctions;
using Archiver.Web.Shell.Display;
using Archiver.Web.Shell.Secrets;
using Microsoft.AspNetCore.Components;
using static Archiver.Web.Runs.RunsWords;

namespace Archiver.Web.Runs.Overview;

/// <summary>Counts by status, throughput, durations and failures of the runs of some time, live.</summary>
public sealed partial class RunsOverview : IAsyncDisposable
{
    // Runs leave the time that is looked at, also while nothing else happens.
    private static readonly TimeSpan LayAgain = TimeSpan.FromSeconds(20);

    private RunStatistics? _statistics;
    private IReadOnlyList<FailureGroup> _failures = [];
    private RunsTally? _tally;
    private OverviewWindow? _laid;
    private int _unread;
    private IAsyncDisposable? _following;
    private IDisposable? _ticks;
    private DateTimeOffset _laidAt;

    /// <summary>How far back it looks.</summary>
    [Parameter, EditorRequired] public required OverviewWindow Window { get; set; }

    /// <summary>By what the list below is filtered, which links keep.</summary>
    [Parameter] public ExecutionStatus? Status { get; set; }

    [Inject] private RunsOverviewLive Live { get; set; } = null!;

    [Inject] private SecondTicker Ticker { get; set; } = null!;

    [Inject] private TimeProvider Time { get; set; } = null!;

    /// <summary>Where a filter of the list and a window are shown.</summary>
    public static string Href(ExecutionStatus? status, OverviewWindow window)
    {
        string[] query =
        [
            .. status is null ? [] : (string[])[$"status={RunStatusDisplay.ToQuery(status)}"],
            .. window == OverviewWindow.Usual ? [] : (string[])[$"window={window.Query}"],
        ];
        return query.Length == 0 ? "/runs" : $"/runs?{string.Join('&', query)}";
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _ticks?.Dispose();
        if (_following is not null) await _following.DisposeAsync();
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        _following = Live.Follow(tally => _ = InvokeAsync(() =>
        {
            _tally = tally;
            Lay();
            StateHasChanged();
        }));
        _ticks = Ticker.Subscribe(() =>
        {
            if (Time.GetUtcNow() - _laidAt < LayAgain) return;
            _ = InvokeAsync(() =>
            {
                Lay();
                StateHasChanged();
            });
        });
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (_laid != Window) Lay();
    }

    private void Lay()
    {
        _laid = Window;
        _laidAt = Time.GetUtcNow();
        if (_tally is null) return;
        DateTimeOffset now = _laidAt, from = now - Window.Span;
        _statistics = RunStatistics.Of(_tally.Runs, Window.Span, now);
        RunFailure[] failures = [.. _tally.Failures.Where(failure => failure.Run.StartedAt >= from)];
        _failures = FailureGroup.Of(failures);
        _unread = _tally.Runs.Count(run => run.StartedAt >= from && run.Status.Value is "FAILED" or "TIMED_OUT") - failures.Length;
    }

    private static string Count(int number) => number.ToString("N0", CultureInfo.CurrentCulture);

    private static string Rate(double perHour) => perHour >= 120 ? L["{0:N0} ended a minute", perHour / 60] : L["{0:0.#} ended an hour", perHour];

    private static string Named(FailureGroup group) => group.Error.Length > 0 ? group.Error : L["(no error given)"];

    // The longest fills the row; a short one is to be seen still.
    private string Part(TimeSpan duration) =>
        Math.Max(1.5, duration / (_statistics!.Durations[^1] is var most && most > TimeSpan.Zero ? most : TimeSpan.FromTicks(1)) * 100).ToString("0.#", CultureInfo.InvariantCulture) + "%";

    private static string? Brief(string? cause) => cause is null ? null : MaskedText.OfSentence(cause) is { Length: > 300 } text ? text[..300] + "…" : MaskedText.OfSentence(cause);
}
