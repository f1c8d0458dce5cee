using static Archiver.Web.Results.ResultsWords;

namespace Archiver.Web.Results.Charts;

/// <summary>Makes tables of charts: the same numbers, and the same links.</summary>
internal static class ChartTables
{
    /// <summary>A chart of columns: a row for each that is not empty.</summary>
    public static ChartTableModel Of(ColumnChartModel chart)
    {
        bool isCompared = chart.Columns.Any(column => column.Before is not null);
        bool hasSum = chart.Series.Count > 1;
        List<ChartTableRow> rows = [];
        foreach (ChartColumn column in chart.Columns.Where(column => column.Total > 0 || column.Before > 0))
        {
            List<ChartTableCell?> cells = [.. chart.Series.Select((_, series) =>
                column.Bars.FirstOrDefault(bar => bar.Series == series) is { } bar ? new ChartTableCell(bar.Count, bar.Href, bar.Label) : null)];
            if (hasSum) cells.Add(new ChartTableCell(column.Total));
            if (isCompared) cells.Add(column.Before is { } before ? new ChartTableCell(before) : null);
            rows.Add(new ChartTableRow(column.Name, cells));
        }
        return new ChartTableModel(
            chart.Name,
            [chart.ColumnsName, .. chart.Series.Select(series => series.Name), .. hasSum ? (string[])[L["In all"]] : [], .. isCompared ? (string[])[L["Before"]] : []],
            rows);
    }

    /// <summary>A chart of bars that lie.</summary>
    public static ChartTableModel Of(BarChartModel chart)
    {
        bool isCompared = chart.Rows.Any(row => row.Before is not null);
        return new ChartTableModel(
            chart.Name,
            [chart.RowsName, L["Results"], .. isCompared ? (string[])[L["Before"]] : []],
            [.. chart.Rows.Select(row => new ChartTableRow(row.Name,
            [
                new ChartTableCell(row.Count, row.Href, row.Label),
                .. isCompared ? (ChartTableCell?[])[new ChartTableCell(row.Before ?? 0)] : [],
            ]))]);
    }
}
