using Archiver.Lambdas.Contracts;
using CsvHelper;

namespace Archiver.Web.Approvals.Bulk;

/// <summary>What became of each of many, as comma-separated values.</summary>
internal static class BulkCsv
{
    // Spreadsheets run a text that begins like a formula, and a file's name is anybody's text.
    private static readonly CsvWriterOptions Options = new() { WriteByteOrderMark = true, Injection = CsvInjection.Escape };

    private static readonly string[] Columns = ["Name", "Outcome", "Detail", "Reviewer", "DecidedAt", "Id", "Version", "ExecutionArn"];

    /// <summary>Writes the items.</summary>
    /// <param name="items">The items.</param>
    /// <param name="detail">What is to be said of one, beside its outcome.</param>
    /// <param name="body">Where to; it stays open. Written in UTF-8 with its mark, by which spreadsheets know it.</param>
    public static async Task WriteAsync(IEnumerable<BulkItem> items, Func<BulkItem, string?> detail, Stream body, CancellationToken cancellationToken)
    {
        await using CsvWriter csv = CsvWriter.Create(body, Options, leaveOpen: true);
        await csv.WriteRecordAsync(Columns, cancellationToken);
        foreach (BulkItem item in items)
        {
            await csv.WriteRecordAsync(
                [
                    item.Seen.Name,
                    item.Outcome?.End.ToString() ?? "Untouched",
                    detail(item),
                    item.Outcome?.Now?.Decision?.Reviewer,
                    item.Outcome?.Now?.Decision?.DecidedAt is { } at ? UtcTimestamp.Format(at) : null,
                    item.Seen.Id,
                    item.Seen.Version.ToString(System.Globalization.CultureInfo.InvariantCulture),
                    item.Seen.ExecutionArn,
                ],
                cancellationToken);
        }
    }
}
