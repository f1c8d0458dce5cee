namespace Archiver.Web.Runs.Overview;

/// <summary>How far back the overview of runs looks.</summary>
/// <param name="Query">What the URL's <c>window</c> calls it.</param>
/// <param name="Text">Its words.</param>
/// <param name="Span">How long it is.</param>
public sealed record OverviewWindow(string Query, string Text, TimeSpan Span)
{
    /// <summary>Those that can be chosen.</summary>
    public static readonly IReadOnlyList<OverviewWindow> All =
        [new("1h", "Last hour", TimeSpan.FromHours(1)), new("24h", "24 hours", TimeSpan.FromHours(24)), new("7d", "7 days", TimeSpan.FromDays(7))];

    /// <summary>The one that is shown where none is chosen.</summary>
    public static OverviewWindow Usual => All[1];

    /// <summary>The one that a URL names, or the usual one.</summary>
    public static OverviewWindow FromQuery(string? text) => All.FirstOrDefault(window => window.Query == text) ?? Usual;
}
