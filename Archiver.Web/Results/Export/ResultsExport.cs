using Archiver.Web.Audit;
using Archiver.Web.Identity.Access;
using Archiver.Web.Results.Store;
using Archiver.Web.Shell.Downloads;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Archiver.Web.Results.Export;

/// <summary>
/// The download of the results that a filter lets through, in order of time. It is streamed: a million results take no more
/// memory than a page, and that it was taken is on record.
/// </summary>
internal static class ResultsExport
{
    /// <summary>Answers the download's address. A filter that can't be read is refused, since the file would hold what was not asked for.</summary>
    public static Results<RecordedDownload, ProblemHttpResult> Handle(HttpContext context, ResultsStore store, TimeProvider time)
    {
        ParsedView parsed = ResultsUrl.Parse(name => context.Request.Query[name]);
        List<string> problems = [.. parsed.Problems];
        TimeZoneInfo zone = TimeZoneInfo.Utc;
        if (context.Request.Query[ResultsUrl.Zone].ToString() is { Length: > 0 } name)
        {
            if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? found)) zone = found;
            else problems.Add($"zone is '{name}', which is no time zone that the server knows; it is one such as Europe/Vienna.");
        }
        if (problems.Count > 0)
            return TypedResults.Problem(string.Join(' ', problems), statusCode: StatusCodes.Status400BadRequest, title: "The results can't be exported.");

        ResultsView view = parsed.View;
        DateOnly today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), zone).DateTime);
        ResultsSelection selection = view.Filter.Select(today, zone);
        bool newestFirst = view.Sort != ResultsSort.Time || view.Descending;
        return new RecordedDownload
        {
            Operation = Operation.ExportResults,
            // The address says which: everything that is not as by default.
            Subject = new AuditSubject("results", ResultsUrl.ToExport(view, zone)),
            ContentType = "text/csv; charset=utf-8",
            FileName = FileName(view.Filter.Period.Days(today)),
            WriteAsync = async (body, cancellationToken) =>
                $"{ResultDisplay.Count(await ResultsCsv.WriteAsync(store.ReadAsync(selection, newestFirst, null, ResultsStore.All, cancellationToken), body, cancellationToken))} exported.",
        };
    }

    private static string FileName((DateOnly First, DateOnly Last) days) => days.First == days.Last
        ? $"archiver-results-{ResultsUrl.Text(days.First)}.csv"
        : $"archiver-results-{ResultsUrl.Text(days.First)}-to-{ResultsUrl.Text(days.Last)}.csv";
}
