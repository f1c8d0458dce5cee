using System.Buffers;
using System.IO.Pipelines;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Archiver.Web.Results.Export;

/// <summary>
/// Results as a JSON array of objects, with every attribute that a record has under its own name. A number or a flag that a script wrote
/// as text stays a text.
/// </summary>
internal static class ResultsJson
{
    // What is written and not yet sent: the reader of the table waits for whoever takes the file.
    private const int MostUnsent = 32 * 1024;

    private static readonly byte[] Separator = ",\n"u8.ToArray();

    // It is a file, and in no page.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the results, one after another, a line each, as they come.</summary>
    /// <param name="rows">The results.</param>
    /// <param name="body">Where to; it stays open.</param>
    /// <returns>How many there were.</returns>
    public static async Task<long> WriteAsync(IAsyncEnumerable<ResultRow> rows, Stream body, CancellationToken cancellationToken)
    {
        // Read before anything is written: a table that does not answer is an error then, and no file that is cut short.
        await using IAsyncEnumerator<ResultRow> row = rows.GetAsyncEnumerator(cancellationToken);
        bool hasRow = await row.MoveNextAsync();
        PipeWriter pipe = PipeWriter.Create(body, new StreamPipeWriterOptions(leaveOpen: true));
        await using Utf8JsonWriter json = new(pipe, Options);
        pipe.Write("[\n"u8);
        long count = 0;
        for (; hasRow; hasRow = await row.MoveNextAsync(), count++)
        {
            if (count > 0) pipe.Write(Separator);
            Write(json, row.Current);
            json.Flush();
            json.Reset();
            if (pipe.UnflushedBytes > MostUnsent) await pipe.FlushAsync(cancellationToken);
        }
        pipe.Write("\n]\n"u8);
        await pipe.FlushAsync(cancellationToken);
        await pipe.CompleteAsync();
        return count;
    }

    private static void Write(Utf8JsonWriter json, ResultRow row)
    {
        json.WriteStartObject();
        Write(json, nameof(row.Timestamp), row.Timestamp);
        Write(json, nameof(row.FileName), row.FileName);
        Write(json, nameof(row.Action), row.Action);
        Write(json, nameof(row.Archive), row.Archive);
        Write(json, nameof(row.Quality), row.Quality);
        Write(json, nameof(row.Approval), row.Approval);
        Write(json, nameof(row.Approved), row.Approved);
        Write(json, nameof(row.Reviewer), row.Reviewer);
        Write(json, nameof(row.Comment), row.Comment);
        Write(json, nameof(row.Size), row.Size);
        Write(json, nameof(row.ContentType), row.ContentType);
        Write(json, nameof(row.Bucket), row.Bucket);
        Write(json, nameof(row.Key), row.Key);
        Write(json, nameof(row.Sha256), row.Sha256);
        Write(json, nameof(row.ExecutionArn), row.ExecutionArn);
        Write(json, nameof(row.Id), row.Id);
        Write(json, nameof(row.Day), row.Day);
        Write(json, nameof(row.VersionId), row.VersionId);
        Write(json, nameof(row.QualityThreshold), row.QualityThreshold);
        Write(json, nameof(row.RequestedAt), row.RequestedAt);
        Write(json, nameof(row.DecidedAt), row.DecidedAt);
        Write(json, nameof(row.DecisionSeconds), row.DecisionSeconds);
        json.WriteEndObject();
    }

    // What a record does not have is not there.
    private static void Write(Utf8JsonWriter json, string name, string? text)
    {
        if (text is { Length: > 0 }) json.WriteString(name, text);
    }

    private static void Write(Utf8JsonWriter json, string name, ResultValue<bool>? flag)
    {
        if (flag is { Value: { } value }) json.WriteBoolean(name, value);
        else Write(json, name, flag?.Text);
    }

    private static void Write(Utf8JsonWriter json, string name, ResultValue<decimal>? number)
    {
        if (number is { Value: { } value }) json.WriteNumber(name, value);
        else Write(json, name, number?.Text);
    }
}
