using Archiver.Lambdas.Contracts;
using Archiver.Web.Api.Answers;
using Archiver.Web.Api.Requests;
using Archiver.Web.Audit;
using Archiver.Web.Identity.Access;
using Archiver.Web.Results;
using Archiver.Web.Results.Store;

namespace Archiver.Web.Api.Resources;

/// <summary>Results: what became of files.</summary>
internal static class ResultsResource
{
    private const string Tag = "Results";
    private const string Confirm = "all";
    private const int NormalAPage = 50;

    // A table of a million takes minutes: no answer does.
    private static readonly TimeSpan ClearFor = TimeSpan.FromSeconds(20);

    public static void MapResultsResource(this IEndpointRouteBuilder api)
    {
        api.Get("/results", Operation.ReadResults, new("listResults", "Lists results in order of time, a page at a time.", Tag)
        {
            Description = "The parameters are those of the address of the dashboard's results page. Without one for days, it is the last 30.",
            Parameters =
            [
                new("day", "One day, such as 2026-03-26."),
                new("from", "The first day; together with `to`."),
                new("to", "The last day; together with `from`."),
                new("last", "Today and the days before it, so many in all.") { Range = (1, ResultsPeriod.LongestDays) },
                new("zone", "The time zone in which days are meant, such as Europe/Vienna.") { Default = "UTC" },
                new("action", $"Actions with commas between: {string.Join(", ", ResultAction.All)}."),
                new("human", "Whether a person was asked.") { Choice = ["asked", "not-asked"] },
                new("min-quality", "The least quality.") { Range = (0, 100) },
                new("max-quality", "The greatest quality.") { Range = (0, 100) },
                new("order", "The order of time.") { Choice = ["newest", "oldest"], Default = "newest" },
                new("limit", "How many at most.") { Range = (1, 200), Default = "50" },
                new("cursor", "The `next` of the page before.") { Longest = ApiCursor.Longest },
            ],
            Answer = typeof(ResultsPageView),
        }, ListAsync);
        api.Delete("/results", Operation.ClearResults, new("clearResults", "Deletes all results. Files are not touched.", Tag)
        {
            Description = "It works for some seconds and says how far it came: where `complete` is false, it is to be asked again (with another Idempotency-Key, if any).",
            Parameters = [new("confirm", "The word `all`, so that nobody clears results by mistake.") { Choice = [Confirm], IsRequired = true }],
            Answer = typeof(ClearedView),
        }, ClearAsync);
    }

    private static async Task<ApiAnswer> ListAsync(HttpContext http, ResultsStore store, TimeProvider time)
    {
        QueryReader query = new(http);
        // The order is the API's own word: the page's addresses have others that no index serves.
        ParsedView parsed = ResultsUrl.Parse(name => name is "sort" or "after" or "before" or "page" ? null : query.Text(name));
        query.Errors(parsed.Problems);
        TimeZoneInfo zone = TimeZoneInfo.Utc;
        if (query.Text("zone") is { } text && !TimeZoneInfo.TryFindSystemTimeZoneById(text, out zone!)) query.Error("zone", "is no time zone that the server knows; it is one such as Europe/Vienna");
        ResultsCursor? after = null;
        if (query.Text("cursor") is { } cursor && !ResultsCursor.TryParse(cursor, out after)) query.Error("cursor", "is the next of a page of this very list");
        if (query.Problem is { } problem) return problem;

        int limit = query.Number("limit", NormalAPage);
        DateOnly today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), zone).DateTime);
        List<ResultRow> rows = [];
        await foreach (ResultRow row in store.ReadAsync(parsed.View.Filter.Select(today, zone), query.Text("order") != "oldest", after, limit + 1, http.RequestAborted))
        {
            rows.Add(row);
            if (rows.Count > limit) break;
        }
        string? next = rows.Count > limit ? ResultsCursor.Of(rows[limit - 1])?.ToToken() : null;
        return ApiAnswer.Ok(new ResultsPageView([.. rows.Take(limit).Select(ResultView.Of)], next));
    }

    private static async Task<ApiAnswer> ClearAsync(HttpContext http, ResultsClearer clearer, CommandGate gate, TimeProvider time)
    {
        if ((new QueryReader(http).Problem ?? ApprovalsResource.NoBody(http)) is { } problem) return problem;
        return ApiAnswer.Of(await gate.RunAsync(
            Operation.ClearResults, new AuditSubject("results"),
            async permit =>
            {
                using CancellationTokenSource enough = new(ClearFor, time);
                ClearOutcome outcome = await clearer.ClearAsync(permit, new Progress<int>(), enough.Token);
                return ApiAnswer.Ok(new ClearedView(outcome.Deleted, outcome is { IsCancelled: false, IsRefused: false }), $"{outcome.Deleted} deleted{(outcome.IsCancelled || outcome.IsRefused ? ", not all" : "")}.");
            },
            answer => answer.End(), http.RequestAborted));
    }
}
