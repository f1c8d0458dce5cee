using static Archiver.Web.Results.ResultsWords;

namespace Archiver.Web.Results.Columns;

/// <summary>What columns are called.</summary>
internal static class ColumnText
{
    /// <summary>A column's name.</summary>
    public static string Of(GridColumn column) => column switch
    {
        GridColumn.Time => L["Time"],
        GridColumn.File => L["File"],
        GridColumn.Action => L["Action"],
        GridColumn.Archive => L["Archive flag"],
        GridColumn.Quality => L["Quality"],
        GridColumn.Human => L["Human"],
        GridColumn.DecidedIn => L["Decided in"],
        GridColumn.Comment => L["Comment"],
        GridColumn.Size => L["Size"],
        GridColumn.Links => L["Leads to"],
        _ => throw new ArgumentOutOfRangeException(nameof(column)),
    };
}
