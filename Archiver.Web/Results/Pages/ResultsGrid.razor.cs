using Archiver.Web.Shell;
using Microsoft.AspNetCore.Components;

namespace Archiver.Web.Results.Pages;

/// <summary>The grid: a row a result. A header that sorts goes to the address of that order.</summary>
public sealed partial class ResultsGrid
{
    private static readonly (string Text, ResultsSort? Sort)[] Columns =
    [
        ("Time", ResultsSort.Time),
        ("File", ResultsSort.File),
        ("Action", ResultsSort.Action),
        ("Archive flag", null),
        ("Quality", ResultsSort.Quality),
        ("Human", null),
        ("Comment", null),
        ("Size", ResultsSort.Size),
        ("Leads to", null),
    ];

    /// <summary>The results, in order.</summary>
    [Parameter, EditorRequired] public required IReadOnlyList<ResultRow> Rows { get; set; }

    /// <summary>The order that they are in.</summary>
    [Parameter, EditorRequired] public required ResultsView View { get; set; }

    /// <summary>The keys of those that came a moment ago.</summary>
    [Parameter] public IReadOnlySet<string> Fresh { get; set; } = new HashSet<string>();

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private ViewerTime Viewer { get; set; } = null!;

    private static string? Alignment(string column) => column is "Quality" or "Size" ? "num-right" : null;

    private string Order(ResultsSort sort) => View.Sort != sort ? "none" : View.Descending ? "descending" : "ascending";
}
