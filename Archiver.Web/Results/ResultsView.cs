namespace Archiver.Web.Results;

/// <summary>What the results are in order of.</summary>
public enum ResultsSort
{
    /// <summary>The time of the result: the order of the index.</summary>
    Time,

    /// <summary>The file's name.</summary>
    File,

    /// <summary>What was done.</summary>
    Action,

    /// <summary>The quality.</summary>
    Quality,

    /// <summary>The file's size.</summary>
    Size,
}

/// <summary>Where a page of the results begins.</summary>
public abstract record ResultsPlace
{
    /// <summary>The first page.</summary>
    public static readonly ResultsPlace First = new Start();

    private ResultsPlace() { }

    /// <summary>At the beginning.</summary>
    public sealed record Start : ResultsPlace;

    /// <summary>After a record; in order of time only.</summary>
    public sealed record After(ResultsCursor Cursor) : ResultsPlace;

    /// <summary>So that it ends before a record; in order of time only.</summary>
    public sealed record Before(ResultsCursor Cursor) : ResultsPlace;

    /// <summary>By number, from 2; in every other order.</summary>
    public sealed record Page(int Number) : ResultsPlace;
}

/// <summary>All that the address of the page says: filter, order and place.</summary>
/// <param name="Filter">Which results.</param>
/// <param name="Sort">What they are in order of.</param>
/// <param name="Descending">Whether the newest, largest or last comes first.</param>
/// <param name="Place">Which page of them.</param>
public sealed record ResultsView(ResultsFilter Filter, ResultsSort Sort, bool Descending, ResultsPlace Place)
{
    /// <summary>The period that the charts show beside this one; nothing for none.</summary>
    public ResultsComparison? Compare { get; init; }

    /// <summary>The newest results.</summary>
    public static readonly ResultsView Default = new(ResultsFilter.Default, ResultsSort.Time, true, ResultsPlace.First);

    /// <summary>Whether what is recorded now belongs at its top.</summary>
    public bool IsNewest => this is { Sort: ResultsSort.Time, Descending: true, Place: ResultsPlace.Start };

    /// <summary>The order that a column's header gives: its own first, turned round when it is there already.</summary>
    public ResultsView SortedBy(ResultsSort sort)
    {
        bool largestFirst = sort is ResultsSort.Time or ResultsSort.Quality or ResultsSort.Size;
        return this with { Sort = sort, Descending = sort == Sort ? !Descending : largestFirst, Place = ResultsPlace.First };
    }

    /// <summary>The first page by another filter.</summary>
    public ResultsView Filtered(ResultsFilter filter) => this with { Filter = filter, Place = ResultsPlace.First };
}
