namespace Archiver.Web.Results.Charts;

/// <summary>What bars of one kind are called and how they look: by colour and, where two share one, by pattern.</summary>
/// <param name="Name">What they are called.</param>
/// <param name="Style">Their class.</param>
/// <param name="Pattern">The pattern that fills them, of <see cref="ChartPatterns"/>; nothing for the class' colour.</param>
public sealed record ChartSeries(string Name, string Style, string? Pattern = null);

/// <summary>A part of a column.</summary>
/// <param name="Series">The place of its series.</param>
/// <param name="Count">How many results it is.</param>
/// <param name="Href">Where a click on it goes.</param>
/// <param name="Label">All that it says, for whoever can't see it.</param>
public sealed record ChartBar(int Series, long Count, string Href, string Label);

/// <summary>A column.</summary>
/// <param name="Name">What it is of.</param>
/// <param name="Bars">Its parts, from the ground up; none of them empty.</param>
/// <param name="Before">How many there were in the period of comparison; nothing without one.</param>
public sealed record ChartColumn(string Name, IReadOnlyList<ChartBar> Bars, long? Before)
{
    /// <summary>How many results all of it is.</summary>
    public long Total => Bars.Sum(bar => bar.Count);
}

/// <summary>A line between columns.</summary>
/// <param name="At">Where it is, as a part of the width.</param>
/// <param name="Text">What it says.</param>
public sealed record ChartMark(double At, string Text);

/// <summary>A chart of columns.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="ColumnsName">What its columns are.</param>
/// <param name="Series">What its bars are.</param>
/// <param name="Columns">The columns.</param>
/// <param name="Mark">A line between them.</param>
public sealed record ColumnChartModel(
    string Name, string ColumnsName, IReadOnlyList<ChartSeries> Series, IReadOnlyList<ChartColumn> Columns, ChartMark? Mark = null)
{
    /// <summary>The height of the highest column, 1 at least.</summary>
    public long Highest => Math.Max(1, Columns.Max(column => Math.Max(column.Total, column.Before ?? 0)));
}

/// <summary>A bar that lies.</summary>
/// <param name="Name">What it is of.</param>
/// <param name="Count">How many results it is.</param>
/// <param name="Before">How many there were in the period of comparison; nothing without one.</param>
/// <param name="Href">Where a click on it goes; nothing where no filter would show just these.</param>
/// <param name="Label">All that it says, for whoever can't see it.</param>
public sealed record ChartRow(string Name, long Count, long? Before, string? Href, string Label);

/// <summary>A chart of bars that lie one below the other.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="RowsName">What its bars are.</param>
/// <param name="Rows">The bars.</param>
public sealed record BarChartModel(string Name, string RowsName, IReadOnlyList<ChartRow> Rows)
{
    /// <summary>The length of the longest bar, 1 at least.</summary>
    public long Longest => Rows.Count == 0 ? 1 : Math.Max(1, Rows.Max(row => Math.Max(row.Count, row.Before ?? 0)));
}

/// <summary>A chart as a table.</summary>
/// <param name="Caption">What it shows.</param>
/// <param name="Columns">What the columns are, that of the rows' names first.</param>
/// <param name="Rows">The rows.</param>
public sealed record ChartTableModel(string Caption, IReadOnlyList<string> Columns, IReadOnlyList<ChartTableRow> Rows);

/// <summary>A row of such a table.</summary>
/// <param name="Name">What it is of.</param>
/// <param name="Cells">The numbers; nothing for an empty cell.</param>
public sealed record ChartTableRow(string Name, IReadOnlyList<ChartTableCell?> Cells);

/// <summary>A number of such a table.</summary>
/// <param name="Count">The number.</param>
/// <param name="Href">Where a click on it goes.</param>
/// <param name="Label">All that it says.</param>
public sealed record ChartTableCell(long Count, string? Href = null, string? Label = null);
