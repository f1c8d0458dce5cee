using Archiver.Web.Results.Store;

namespace Archiver.Web.Results;

/// <summary>Where a page stands among results that were sorted in memory.</summary>
/// <param name="First">The place of its first row, from 1.</param>
/// <param name="Total">How many were sorted.</param>
/// <param name="IsCut">Whether there are more than were sorted.</param>
public sealed record SortedRange(int First, int Total, bool IsCut);

/// <summary>A page of results.</summary>
/// <param name="Rows">The results, in order.</param>
/// <param name="Previous">The page before it, where there is one.</param>
/// <param name="Next">The page after it, where there is one.</param>
/// <param name="Sorted">Where it stands, in any other order than that of time.</param>
public sealed record ResultsPage(IReadOnlyList<ResultRow> Rows, ResultsView? Previous, ResultsView? Next, SortedRange? Sorted = null);

/// <summary>
/// Reads pages of results. In order of time, the index gives just the page. No index has another order: for it, the newest
/// results of the range are read, up to a bound, and sorted here.
/// </summary>
internal sealed class ResultsReader(ResultsStore store)
{
    /// <summary>How many results a page has.</summary>
    public const int PageSize = 50;

    /// <summary>How many results are sorted at most: some 5 MB of queries, and a second.</summary>
    public const int MostSorted = 10_000;

    /// <summary>Reads a page.</summary>
    /// <param name="view">Which.</param>
    /// <param name="today">The viewer's day.</param>
    /// <param name="zone">The viewer's zone.</param>
    public Task<ResultsPage> ReadAsync(ResultsView view, DateOnly today, TimeZoneInfo zone, CancellationToken cancellationToken)
    {
        ResultsSelection selection = view.Filter.Select(today, zone);
        return view switch
        {
            { Sort: not ResultsSort.Time } => SortAsync(view, selection, cancellationToken),
            { Place: ResultsPlace.Before before } => BackwardAsync(view, selection, before.Cursor, cancellationToken),
            _ => ForwardAsync(view, selection, (view.Place as ResultsPlace.After)?.Cursor, cancellationToken),
        };
    }

    /// <summary>Reads the newest results, as many as a page has, and whether there are more.</summary>
    public async Task<(IReadOnlyList<ResultRow> Rows, bool HasMore)> ReadNewestAsync(ResultsSelection selection, CancellationToken cancellationToken)
    {
        List<ResultRow> rows = await TakeAsync(selection, true, null, cancellationToken);
        return (CutToPage(rows, out bool hasMore), hasMore);
    }

    /// <summary>The page that follows one whose last row is given.</summary>
    public static ResultsView? PageAfter(ResultsView view, IReadOnlyList<ResultRow> rows) =>
        rows.Count > 0 && ResultsCursor.Of(rows[^1]) is { } end ? view with { Place = new ResultsPlace.After(end) } : null;

    private static ResultsView? PageBefore(ResultsView view, List<ResultRow> rows) =>
        rows.Count > 0 && ResultsCursor.Of(rows[0]) is { } start ? view with { Place = new ResultsPlace.Before(start) } : null;

    private async Task<ResultsPage> ForwardAsync(ResultsView view, ResultsSelection selection, ResultsCursor? after, CancellationToken cancellationToken)
    {
        List<ResultRow> read = await TakeAsync(selection, view.Descending, after, cancellationToken);
        List<ResultRow> rows = CutToPage(read, out bool hasMore);
        ResultsView? previous = after is null ? null : PageBefore(view, rows) ?? view with { Place = ResultsPlace.First };
        return new ResultsPage(rows, previous, hasMore ? PageAfter(view, rows) : null);
    }

    private async Task<ResultsPage> BackwardAsync(ResultsView view, ResultsSelection selection, ResultsCursor before, CancellationToken cancellationToken)
    {
        List<ResultRow> read = await TakeAsync(selection, !view.Descending, before, cancellationToken);
        // Fewer than a page before it: what is before it is the first page, in full.
        if (read.Count <= PageSize) return await ForwardAsync(view with { Place = ResultsPlace.First }, selection, null, cancellationToken);
        List<ResultRow> rows = CutToPage(read, out _);
        rows.Reverse();
        return new ResultsPage(rows, PageBefore(view, rows), PageAfter(view, rows));
    }

    private async Task<ResultsPage> SortAsync(ResultsView view, ResultsSelection selection, CancellationToken cancellationToken)
    {
        List<ResultRow> found = [];
        bool isCut = false;
        await foreach (ResultRow row in store.ReadAsync(selection, newestFirst: true, null, MostSorted + 1, cancellationToken))
        {
            isCut = found.Count == MostSorted;
            if (isCut) break;
            found.Add(row);
        }
        int pages = Math.Max(1, (found.Count + PageSize - 1) / PageSize);
        int number = Math.Min(view.Place is ResultsPlace.Page page ? page.Number : 1, pages);
        ResultRow[] rows = [.. ResultsOrder.Sort(found, view.Sort, view.Descending).Skip((number - 1) * PageSize).Take(PageSize)];
        return new ResultsPage(
            rows,
            number > 1 ? view with { Place = number == 2 ? ResultsPlace.First : new ResultsPlace.Page(number - 1) } : null,
            number < pages ? view with { Place = new ResultsPlace.Page(number + 1) } : null,
            new SortedRange(((number - 1) * PageSize) + 1, found.Count, isCut));
    }

    // One more than a page: it tells whether there is a next.
    private async Task<List<ResultRow>> TakeAsync(ResultsSelection selection, bool newestFirst, ResultsCursor? after, CancellationToken cancellationToken)
    {
        List<ResultRow> rows = [];
        await foreach (ResultRow row in store.ReadAsync(selection, newestFirst, after, PageSize + 1, cancellationToken))
        {
            rows.Add(row);
            if (rows.Count > PageSize) break;
        }
        return rows;
    }

    private static List<ResultRow> CutToPage(List<ResultRow> rows, out bool hasMore)
    {
        hasMore = rows.Count > PageSize;
        return hasMore ? rows[..PageSize] : rows;
    }
}
