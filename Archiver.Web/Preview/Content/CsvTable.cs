using System.Text;
using CsvHelper;

namespace Archiver.Web.Preview.Content;

/// <summary>Text as a table, with its first record as the head. Each cell is shown as text: what would be a formula in a spreadsheet is none here.</summary>
/// <param name="Head">The first record.</param>
/// <param name="Rows">The others, as far as they are shown.</param>
/// <param name="IsCut">Whether there are more records, or columns, than are shown.</param>
public sealed record CsvTable(IReadOnlyList<string> Head, IReadOnlyList<IReadOnlyList<string>> Rows, bool IsCut)
{
    /// <summary>How many records are shown.</summary>
    public const int MostRows = 200;

    /// <summary>How many columns are shown.</summary>
    public const int MostColumns = 40;

    /// <summary>How much of a cell is shown, in characters.</summary>
    public const int LongestCell = 500;

    // In text that only happens to have commas, hardly any two lines in a row have as many.
    private const int FewestRecords = 2;

    private static readonly char[] Separators = [',', ';', '\t', '|'];

    /// <summary>Reads a table; nothing for text that is none: of the same number of columns, two at least, in every record.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isWhole">Whether it is all of it; otherwise its last record may be cut, and is left out.</param>
    public static CsvTable? Read(string text, bool isWhole)
    {
        string firstLine = text[..(text.AsSpan().IndexOfAny('\r', '\n') is >= 0 and int end ? end : text.Length)];
        if (firstLine.AsSpan().IndexOfAny(Separators) < 0) return null;
        return Separators.Where(firstLine.Contains).Select(separator => Read(text, separator, isWhole)).Where(table => table is not null)
            .MaxBy(table => table!.Head.Count);
    }

    private static CsvTable? Read(string text, char separator, bool isWhole)
    {
        List<IReadOnlyList<string>> records = [];
        int columns = 0;
        bool isCut = !isWhole;
        CsvReaderOptions options = new() { Separator = separator, HasHeader = false, IncludeValuesInExceptions = false };
        using CsvReader reader = CsvReader.Create(Encoding.UTF8.GetBytes(text), options); // stray quotes are text, as in spreadsheets
        while (reader.Read())
        {
            if (records.Count > MostRows)
            {
                isCut = true;
                break;
            }
            if (columns == 0) columns = reader.FieldCount;
            if (reader.FieldCount != columns)
            {
                // The last record of a cut text may be short of fields.
                if (!isWhole && !reader.Read()) break;
                return null;
            }
            isCut |= columns > MostColumns;
            records.Add([.. Enumerable.Range(0, Math.Min(columns, MostColumns)).Select(index => Cell(reader.GetString(index)))]);
        }
        return columns < 2 || records.Count < FewestRecords ? null : new CsvTable(records[0], records[1..], isCut);
    }

    private static string Cell(string text) => VisibleText.Of(text.Length <= LongestCell ? text : $"{text[..LongestCell]}…");
}
