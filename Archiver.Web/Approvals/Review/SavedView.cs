using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using static Archiver.Web.Approvals.ApprovalsWords;

namespace Archiver.Web.Approvals.Review;

/// <summary>A way to look at the inbox that has a name.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Query">The state, as <see cref="ReviewUrl.ToQuery"/> writes it.</param>
internal sealed record SavedView(string Name, string Query)
{
    /// <summary>The most that a browser keeps, and the longest name.</summary>
    public const int Most = 50, LongestName = 60;

    /// <summary>Those that everybody has.</summary>
    public static IReadOnlyList<SavedView> Defaults() =>
    [
        new(L["All that waits"], ReviewUrl.ToQuery(ReviewView.Default)),
        new(L["Recommended to archive"], QueryOf(new InboxFilter { Recommendation = "Archived" })),
        new(L["Low quality"], QueryOf(new InboxFilter { MostQuality = 49 }, ApprovalSort.Quality)),
        new(L["Expires within a day"], QueryOf(new InboxFilter { Left = TimeSpan.FromDays(1) }, ApprovalSort.TimeLeft)),
        new(L["Waiting for over a day"], QueryOf(new InboxFilter { Older = TimeSpan.FromDays(1) }, ApprovalSort.Asked)),
    ];

    /// <summary>The state that a query names.</summary>
    public static ReviewView Read(string query)
    {
        Dictionary<string, StringValues> parameters = QueryHelpers.ParseQuery(query);
        return ReviewUrl.Parse(name => parameters.GetValueOrDefault(name)).View with { Item = null };
    }

    /// <summary>Those that a browser kept and that are still understood: what it kept may be anything by now.</summary>
    public static IReadOnlyList<SavedView> Read(IEnumerable<SavedView?>? kept) =>
    [
        .. (kept ?? []).OfType<SavedView>()
            .Where(view => view is { Name: not null, Query: not null } && view.Name.Trim().Length is > 0 and <= LongestName)
            .Select(view => new SavedView(view.Name.Trim(), ReviewUrl.ToQuery(Read(view.Query))))
            .DistinctBy(view => view.Name, StringComparer.OrdinalIgnoreCase)
            .Take(Most),
    ];

    /// <summary>Some views with one more, which takes the place of one of its name.</summary>
    public static IReadOnlyList<SavedView> With(IReadOnlyList<SavedView> views, SavedView view) =>
        [.. views.Where(one => !one.Name.Equals(view.Name, StringComparison.OrdinalIgnoreCase)).Append(view).OrderBy(one => one.Name, StringComparer.OrdinalIgnoreCase).Take(Most)];

    private static string QueryOf(InboxFilter filter, ApprovalSort sort = ApprovalSort.Asked) =>
        ReviewUrl.ToQuery(new ReviewView(filter, sort, Descending: sort == ApprovalSort.Asked && filter.Older is null));
}
