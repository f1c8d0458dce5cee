using CsvHelper;

namespace Archiver.Web.Results.Export;

/// <summary>Results as comma-separated values, with every attribute that a record has: for a spreadsheet, and for a script.</summary>
internal static class ResultsCsv
{
    // Spreadsheets run a text that begins like a formula, and a file's name or a comment is anybody's text.
    private static readonly CsvWriterOptions Options = new() { WriteByteOrderMark = true, Injection = CsvInjection.Escape };

    private static readonly (string Name, Func<ResultRow, string?> Value)[] Columns =
    [
        (nameof(ResultRow.Timestamp), row => row.Timestamp),
        (nameof(ResultRow.FileName), row => row.FileName),
        (nameof(ResultRow.Action), row => row.Action),
        (nameof(ResultRow.Archive), row => row.Archive?.Text),
        (nameof(ResultRow.Quality), row => row.Quality?.Text),
        (nameof(ResultRow.Approval), row => row.Approval?.Text),
        (nameof(ResultRow.Approved), row => row.Approved?.Text),
        (nameof(ResultRow.Reviewer), row => row.Reviewer),
        (nameof(ResultRow.Comment), row => row.Comment),
        (nameof(ResultRow.Size), row => row.Size?.Text),
        (nameof(ResultRow.ContentType), row => row.ContentType),
        (nameof(ResultRow.Bucket), row => row.Bucket),
        (nameof(ResultRow.Key), row => row.Key),
        (nameof(ResultRow.Sha256), row => row.Sha256),
        (nameof(ResultRow.ExecutionArn), row => row.ExecutionArn),
        (nameof(ResultRow.Id), row => row.Id),
        (nameof(ResultRow.Day), row => row.Day),
        (nameof(ResultRow.VersionId), row => row.VersionId),
        (nameof(ResultRow.QualityThreshold), row => row.QualityThreshold?.Text),
        (nameof(ResultRow.RequestedAt), row => row.RequestedAt),
        (nameof(ResultRow.DecidedAt), row => row.DecidedAt),
        (nameof(ResultRow.DecisionSeconds), row => row.DecisionSeconds?.Text),
    ];

    /// <summary>Writes the results, one after another, as they come.</summary>
    /// <param name="rows">The results.</param>
    /// <param name="body">Where to; it stays open. Written in UTF-8 with its mark, by which spreadsheets know it.</param>
    /// <returns>How many there were.</returns>
    public static async Task<long> WriteAsync(IAsyncEnumerable<ResultRow> rows, Stream body, CancellationToken cancellationToken)
    {
        // Read before anything is written: a table that does not answer is an error then, and no file that is cut short.
        await using IAsyncEnumerator<ResultRow> row = rows.GetAsyncEnumerator(cancellationToken);
        bool hasRow = await row.MoveNextAsync();
        await using CsvWriter csv = CsvWriter.Create(body, Options, leaveOpen: true);
        await csv.WriteRecordAsync([.. Columns.Select(column => column.Name)], cancellationToken);
        long count = 0;
        for (; hasRow; hasRow = await row.MoveNextAsync(), count++)
            await csv.WriteRecordAsync([.. Columns.Select(column => column.Value(row.Current))], cancellationToken);
        return count;
    }
}
