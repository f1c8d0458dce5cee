using System.Globalization;
using CsvHelper;

namespace Archiver.Lambdas.Quality.Integrity;

/// <summary>
/// CSV (RFC 4180, with the separators that are in use), by CsvHelper: every record has as many fields as the first, and every quotation mark its other.
/// CsvHelper finds the separator, takes what it reads at its word, and keeps one record at a time, to which the limit is set.
/// </summary>
internal static class CsvIntegrity
{
    private const int LongestRecord = 1024 * 1024;

    public static async Task<string?> LookAsync(ContentReader content, IntegrityTarget target)
    {
        CsvReaderOptions options = new()
        {
            Separator = ContentKinds.Extension(target.FileName) == "tsv" ? '\t' : null,
            HasHeader = false,
            MaxRecordSize = LongestRecord,
            TrackLineNumbers = true,
            MalformedData = CsvMalformedDataHandling.Throw,
            FieldCountMismatch = CsvFieldCountHandling.Throw,
            IncludeValuesInExceptions = false,
        };
        await using CsvReader reader = CsvReader.Create(new ContentStream(content), options, leaveOpen: true);
        long records = 0;
        try
        {
            while (await reader.ReadAsync())
            {
                records++;
            }
        }
        catch (CsvFormatException exception)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"The CSV is irregular at record {records + 1:N0}: {exception.Message.TrimEnd('.')}."));
        }

        return records switch
        {
            0 => "The CSV has no records.",
            1 => "The CSV is regular; it has one record.",
            _ => string.Create(CultureInfo.InvariantCulture, $"The CSV is regular: {records:N0} records, each with as many fields as the first."),
        };
    }
}
