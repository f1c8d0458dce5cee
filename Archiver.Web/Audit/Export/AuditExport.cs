using System.Globalization;
using Archiver.Web.Audit.Chain;
using Archiver.Web.Audit.Store;
using Archiver.Web.Identity.Access;
using Archiver.Web.Shell.Downloads;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Archiver.Web.Audit.Export;

/// <summary>
/// The download of the chain, or of a part of it from one entry to another: one that can be verified without this dashboard, so
/// that nothing between the two is left out. The entry that tells of the download is its last, or comes after it.
/// </summary>
internal static class AuditExport
{
    /// <summary>Answers the download's address.</summary>
    /// <param name="from">The first entry's number; from the beginning where it is left out.</param>
    /// <param name="to">The last entry's number; up to the newest where it is left out.</param>
    public static Results<RecordedDownload, ProblemHttpResult> Handle(string? from, string? to, AuditStore store)
    {
        if (!TryRead(from, 1, out long first) || !TryRead(to, long.MaxValue, out long last) || first > last)
        {
            return TypedResults.Problem(
                "from and to are numbers of entries, from 1, and to is not less than from.", statusCode: StatusCodes.Status400BadRequest, title: "The audit trail can't be exported.");
        }
        return new RecordedDownload
        {
            Operation = Operation.ExportAudit,
            Subject = new AuditSubject("audit", Range(from, to)),
            ContentType = "application/jsonl; charset=utf-8",
            FileName = $"archiver-audit{(from is null && to is null ? "" : $"-{Range(from, to)}")}.jsonl",
            WriteAsync = (body, cancellationToken) => WriteAsync(store, first, last, body, cancellationToken),
        };
    }

    private static async Task<string> WriteAsync(AuditStore store, long first, long last, Stream body, CancellationToken cancellationToken)
    {
        // What is recorded meanwhile is not in it: a file that others can keep from ending is none.
        long end = Math.Min(last, (await store.ReadHeadAsync(cancellationToken)).Sequence);
        (long From, long To)? written = null;
        await foreach (AuditBlock block in store.ReadForwardAsync(first, cancellationToken))
        {
            foreach ((int index, AuditLink link) in block.Links.Index())
            {
                // By its place, not by what it says: what was written over is exported as it is.
                long sequence = block.First + index;
                if (sequence < first || sequence > end) continue;
                await body.WriteAsync(AuditLine.Write(link), cancellationToken);
                written = (written?.From ?? sequence, sequence);
            }
            if (block.Last >= end) break;
        }
        return written is { } range
            ? string.Create(CultureInfo.InvariantCulture, $"Entries {range.From} to {range.To} exported.")
            : "No entries exported.";
    }

    private static string Range(string? from, string? to) => from is null && to is null ? "" : $"{from ?? "1"}-to-{to ?? "end"}";

    private static bool TryRead(string? text, long otherwise, out long number)
    {
        number = otherwise;
        return string.IsNullOrEmpty(text) || (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0);
    }
}
