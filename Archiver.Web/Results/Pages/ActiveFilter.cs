using Archiver.Web.Results.Charts;
using static Archiver.Web.Results.ResultsWords;

namespace Archiver.Web.Results.Pages;

/// <summary>A filter in force, in words, and what is left without it.</summary>
/// <param name="Text">What it asks for.</param>
/// <param name="Without">All the others.</param>
internal sealed record ActiveFilter(string Text, ResultsFilter Without)
{
    /// <summary>All that a filter asks for beyond the default.</summary>
    public static IReadOnlyList<ActiveFilter> Of(ResultsFilter filter)
    {
        List<ActiveFilter> all = [];
        if (filter.Period != ResultsPeriod.Default) all.Add(new(ChartBuilder.NameOf(filter.Period), filter with { Period = ResultsPeriod.Default }));
        all.AddRange(filter.Actions.Select(action => new ActiveFilter(ResultDisplay.Action(action).Text, filter with { Actions = [.. filter.Actions.Where(one => one != action)] })));
        if (filter.Asked is { } asked) all.Add(new(asked ? L["A person was asked"] : L["Nobody was asked"], filter with { Asked = null }));
        if (filter.LeastQuality is not null || filter.MostQuality is not null)
            all.Add(new(L["Quality {0} to {1}", filter.LeastQuality ?? 0, filter.MostQuality ?? 100], filter with { LeastQuality = null, MostQuality = null }));
        if (filter.Reason is { } reason) all.Add(new(reason.Length > 0 ? L["Denied: {0}", reason] : L["Denied without a reason"], filter with { Reason = null }));
        if (filter.DecidedIn is { } band) all.Add(new(L["Decided in {0}", ResultDisplay.Band(band)], filter with { DecidedIn = null }));
        return all;
    }
}
