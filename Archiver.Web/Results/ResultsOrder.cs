namespace Archiver.Web.Results;

/// <summary>The orders that no index has.</summary>
internal static class ResultsOrder
{
    /// <summary>Sorts. What has no value comes last either way, and equals stay as they are.</summary>
    /// <param name="rows">The rows, newest first.</param>
    /// <param name="sort">The order.</param>
    /// <param name="descending">Whether the largest comes first.</param>
    public static IEnumerable<ResultRow> Sort(IEnumerable<ResultRow> rows, ResultsSort sort, bool descending) => sort switch
    {
        ResultsSort.File => By(rows, row => row.Name, StringComparer.InvariantCultureIgnoreCase, descending),
        ResultsSort.Action => By(rows, row => row.Action, StringComparer.Ordinal, descending),
        ResultsSort.Quality => By(rows, row => row.Quality?.Value, Comparer<decimal?>.Default, descending),
        ResultsSort.Size => By(rows, row => row.Size?.Value, Comparer<decimal?>.Default, descending),
        ResultsSort.Time => By(rows, row => row.Timestamp, StringComparer.Ordinal, descending),
        _ => throw new ArgumentOutOfRangeException(nameof(sort)),
    };

    private static IEnumerable<ResultRow> By<T>(IEnumerable<ResultRow> rows, Func<ResultRow, T> key, IComparer<T> comparer, bool descending)
    {
        IOrderedEnumerable<ResultRow> known = rows.OrderBy(row => key(row) is null);
        return descending ? known.ThenByDescending(key, comparer) : known.ThenBy(key, comparer);
    }
}
