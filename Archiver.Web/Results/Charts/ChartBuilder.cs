using System.Globalization;
using Archiver.Lambdas.Contracts;
using Archiver.Web.Results.Summary;
using static Archiver.Web.Results.ResultsWords;

namespace Archiver.Web.Results.Charts;

/// <summary>Makes the charts of what the results come to. Each bar is a link to the address that shows just its results.</summary>
/// <param name="view">What the page shows.</param>
/// <param name="facts">What its results come to.</param>
/// <param name="before">What those of the period of comparison come to; nothing without one.</param>
internal sealed class ChartBuilder(ResultsView view, SummaryFacts facts, SummaryFacts? before)
{
    private const int QualityStep = 5;
    private const int MostQuality = 100;
    private const int MostReasons = 8;

    private static readonly (string Style, string? Pattern)[] ActionStyles =
        [("archived", null), ("quality-fail", null), ("unarchivable", "diagonal"), ("denied", "level"), ("expired", null), ("error", null), ("other", "dots")];

    /// <summary>The series of the actions, in the order of <see cref="ResultAction.All"/>, and that of all other words.</summary>
    public static IReadOnlyList<ChartSeries> Actions =>
        [.. ActionStyles.Select((one, action) => new ChartSeries(action < ResultAction.All.Count ? ResultDisplay.Action(ResultAction.All[action]).Text : L["Another"], one.Style, one.Pattern))];

    /// <summary>Results over time, by action.</summary>
    public ColumnChartModel OverTime(IReadOnlyList<TimeBucket> buckets) => new(
        L["Results over time"], L["Time"], Actions,
        [.. buckets.Select((bucket, place) => new ChartColumn(
            NameOf(bucket.Period),
            [.. facts.OverTime[place].Select((count, action) => (count, action)).Where(one => one.count > 0).Select(one => ActionBar(bucket, one.action, one.count))],
            before is null ? null : place < before.OverTime.Count ? before.OverTime[place].Sum() : 0))]);

    /// <summary>How many results there are of each quality, and which of them are below the threshold.</summary>
    public ColumnChartModel Quality()
    {
        int? threshold = Threshold;
        List<ChartColumn> columns = [];
        for (int least = 0; least < MostQuality; least += QualityStep)
        {
            int most = least + QualityStep == MostQuality ? MostQuality : least + QualityStep - 1;
            long count = facts.OfQuality(least, most);
            string name = L["{0} to {1}", least, most];
            columns.Add(new ChartColumn(
                name,
                count == 0 ? [] : [new ChartBar(most < threshold ? 1 : 0, count, To(view.Filter with { LeastQuality = least, MostQuality = most }), L["Quality {0}: {1}, filter", name, ResultDisplay.Count(count)])],
                before?.OfQuality(least, most)));
        }
        ChartSeries[] series = threshold is null
            ? [new ChartSeries(L["Results"], "enough")]
            : [new ChartSeries(L["Threshold and above"], "enough"), new ChartSeries(L["Below the threshold"], "below", "slant")];
        return new ColumnChartModel(L["Quality"], L["Quality"], series, columns, threshold is { } at ? new ChartMark(at / (double)MostQuality, L["Threshold {0}", at]) : null);
    }

    /// <summary>The threshold that was in force for most results; nothing where none says so.</summary>
    public int? Threshold => facts.Thresholds.Count == 0 ? null : facts.Thresholds.OrderByDescending(one => one.Value).ThenBy(one => one.Key).First().Key;

    /// <summary>How many results went to a person.</summary>
    public BarChartModel Human() => new(
        L["Went to a person"], L["Human"],
        facts.Total == 0 ? [] :
        [
            Row(L["Asked"], facts.Asked, before?.Asked, view.Filter with { Asked = true }),
            Row(L["Not asked"], facts.Total - facts.Asked, before?.Total - before?.Asked, view.Filter with { Asked = false }),
        ]);

    /// <summary>How long decisions took.</summary>
    public BarChartModel Decisions() => new(
        L["Time to decision"], L["Time to decision"],
        facts.Timed == 0 ? [] : [.. DecisionBand.All.Select(band => Row(ResultDisplay.Band(band), facts.OfBand(band), before?.OfBand(band), view.Filter with { DecidedIn = band }))]);

    /// <summary>Why files were denied, the most frequent reasons first.</summary>
    public BarChartModel Reasons()
    {
        (string Reason, long Count)[] all = [.. facts.Reasons.Select(one => (one.Key, one.Value)).OrderByDescending(one => one.Value).ThenBy(one => one.Key, StringComparer.Ordinal)];
        List<ChartRow> rows = [.. all.Take(MostReasons).Select(one => Row(
            one.Reason.Length > 0 ? one.Reason : L["No reason given"], one.Count, before is null ? null : before.Reasons.GetValueOrDefault(one.Reason), view.Filter with { Reason = one.Reason }))];
        long others = facts.OtherReasons + all.Skip(MostReasons).Sum(one => one.Count);
        if (others > 0) rows.Add(new ChartRow(L["Other reasons"], others, null, null, L["{0}: {1}", L["Other reasons"], ResultDisplay.Count(others)]));
        return new BarChartModel(L["Denials by reason"], L["Reason"], rows);
    }

    /// <summary>A stretch of time in words.</summary>
    public static string NameOf(ResultsPeriod period) => period switch
    {
        ResultsPeriod.OneDay { IsPart: true } day => L["{0}, {1} to {2}", ResultsUrl.Text(day.Date), Hour(day.FromHour), Hour(day.ToHour)],
        ResultsPeriod.OneDay day => ResultsUrl.Text(day.Date),
        ResultsPeriod.Span span => L["{0} to {1}", ResultsUrl.Text(span.From), ResultsUrl.Text(span.To)],
        ResultsPeriod.LastDays { Count: 1 } => L["Today"],
        ResultsPeriod.LastDays last => L["Last {0} days", last.Count],
        _ => throw new ArgumentOutOfRangeException(nameof(period)),
    };

    /// <summary>An hour of the day as clocks write it, 0 to 24.</summary>
    public static string Hour(int hour) => $"{hour.ToString("00", CultureInfo.InvariantCulture)}:00";

    private ChartBar ActionBar(TimeBucket bucket, int action, long count)
    {
        ResultsFilter filter = view.Filter with { Period = bucket.Period };
        if (action < ResultAction.All.Count) filter = filter with { Actions = [ResultAction.All[action]] };
        return new ChartBar(action, count, To(filter), L["{0} on {1}: {2}, filter", Actions[action].Name, NameOf(bucket.Period), ResultDisplay.Count(count)]);
    }

    private ChartRow Row(string name, long count, long? then, ResultsFilter filter) => new(
        name, count, then, count == 0 ? null : To(filter),
        count == 0 ? L["{0}: {1}", name, ResultDisplay.Count(count)] : L["{0}: {1}, filter", name, ResultDisplay.Count(count)]);

    private string To(ResultsFilter filter) => ResultsUrl.To(view.Filtered(filter));
}
