using System.Globalization;
using Archiver.Web.Audit;
using Archiver.Web.Identity.Access;
using Archiver.Web.Results.Store;
using Archiver.Web.Shell.Downloads;
using Microsoft.AspNetCore.Http.HttpResults;
using static Archiver.Web.Results.ResultsWords;

namespace Archiver.Web.Results.Export;

/// <summary>
/// The download of the results that a filter lets through, in order of time. It is streamed: a million results take no more
/// memory than a page, and that it was taken is on record.
/// </summary>
internal static class ResultsExport
{
    private sealed record Format(string Address, string ContentType, string Extension, Func<IAsyncEnumerable<ResultRow>, Stream, CancellationToken, Task<long>> WriteAsync);

    private static readonly Format AsCsv = new(ResultsUrl.Export, "text/csv; charset=utf-8", "csv", ResultsCsv.WriteAsync);
    private static readonly Format AsJson = new(ResultsUrl.JsonExport, "application/json; charset=utf-8", "json", ResultsJson.WriteAsync);

    /// <summary>Answers the download's address, as comma-separated values.</summary>
    public static Results<RecordedDownload, ProblemHttpResult> Csv(HttpContext context, ResultsStore store, TimeProvider time) => Handle(AsCsv, context, store, time);

    /// <summary>Answers the download's address, as JSON.</summary>
    public static Results<RecordedDownload, ProblemHttpResult> Json(HttpContext context, ResultsStore store, TimeProvider time) => Handle(AsJson, context, store, time);

    // A filter that can't be read is refused, since the file would hold what was not asked for.
    private static Results<RecordedDownload, ProblemHttpResult> Handle(Format format, HttpContext context, ResultsStore store, TimeProvider time)
    {
        ParsedView parsed = ResultsUrl.Parse(name => context.Request.Query[name]);
        List<string> problems = [.. parsed.Problems];
        TimeZoneInfo zone = TimeZoneInfo.Utc;
        if (context.Request.Query[ResultsUrl.Zone].ToString() is { Length: > 0 } name)
        {
            if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? found)) zone = found;
            else problems.Add(L["zone is '{0}', which is no time zone that the server knows; it is one such as Europe/Vienna.", name]);
        }
        if (problems.Count > 0)
            return TypedResults.Problem(string.Join(' ', problems), statusCode: StatusCodes.Status400BadRequest, title: L["The results can't be exported."]);

        ResultsView view = parsed.View;
        DateOnly today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), zone).DateTime);
        ResultsSelection selection = view.Filter.Select(today, zone);
        bool newestFirst = view.Sort != ResultsSort.Time || view.Descending;
        return new RecordedDownload
        {
            Operation = Operation.ExportResults,
            // The address says which: everything that is not as by default.
            Subject = new AuditSubject("results", ResultsUrl.ToExport(view, zone, format.Address)),
            ContentType = format.ContentType,
            FileName = $"{FileName(view.Filter.Period.Days(today))}.{format.Extension}",
            WriteAsync = async (body, cancellationToken) =>
            {
                long count = await format.WriteAsync(store.ReadAsync(selection, newestFirst, null, ResultsStore.All, cancellationToken), body, cancellationToken);
                // For the record, which is in English whoever asks.
                return string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? "result" : "results")} exported.");
            },
        };
    }

    private static string FileName((DateOnly First, DateOnly Last) days) => days.First == days.Last
        ? $"archiver-results-{ResultsUrl.Text(days.First)}"
        : $"archiver-results-{ResultsUrl.Text(days.First)}-to-{ResultsUrl.Text(days.Last)}";
}
