using static Archiver.Web.Runs.RunsWords;

namespace Archiver.Web.Runs.Overview;

/// <summary>How far back the overview of runs looks.</summary>
/// <param name="Query">What the URL's <c>window</c> calls it.</param>
/// <param name="Span">How long it is.</param>
public sealed record OverviewWindow(string Query, TimeSpan Span)
{
    /// <summary>Those that can be chosen.</summary>
    public static readonly IReadOnlyList<OverviewWindow> All =
        [new("1h", TimeSpan.FromHours(1)), new("24h", TimeSpan.FromHours(24)), new("7d", TimeSpan.FromDays(7))];

    /// <summary>Its words.</summary>
    public string Text => Query switch
    {
        "1h" => L["Last hour"],
        "24h" => L["24 hours"],
        _ => L["7 days"],
    };

    /// <summary>The one that is shown where none is chosen.</summary>
    public static OverviewWindow Usual => All[1];

    /// <summary>The one that a URL names, or the usual one.</summary>
    public static OverviewWindow FromQuery(string? text) => All.FirstOrDefault(window => window.Query == text) ?? Usual;
}
