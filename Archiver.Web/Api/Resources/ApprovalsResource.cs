using System.Text.Json.Nodes;
using Archiver.Web.Api.Answers;
using Archiver.Web.Api.Requests;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Identity.Access;

namespace Archiver.Web.Api.Resources;

/// <summary>Approvals, and decisions on them.</summary>
internal static class ApprovalsResource
{
    private const string Tag = "Approvals";
    private const int MostAPage = 200;
    private const int NormalAPage = 50;

    // Each is a conditional write or two; more at once only compete.
    private const int DecisionsAtOnce = 16;

    private static readonly string[] Statuses = [.. Enum.GetNames<ApprovalStatus>().Select(name => name.ToLowerInvariant())];

    private static readonly ApiParameter Id = new("id", "The approval's id.", ParameterPlace.Path) { IsRequired = true };

    private static readonly ApiParameter Limit = new("limit", "How many at most.") { Range = (1, MostAPage), Default = "50" };

    private static readonly ApiParameter Cursor = new("cursor", "The `next` of the page before.") { Longest = ApiCursor.Longest };

    private static readonly ApiProblem[] DecisionProblems = 
        [ApiProblem.NotFound, ApiProblem.AlreadyDecided, ApiProblem.Changed, ApiProblem.NoLongerWaiting, ApiProblem.Barred, ApiProblem.Claimed, ApiProblem.ApprovedBefore, ApiProblem.Busy];

    public static void MapApprovalsResource(this IEndpointRouteBuilder api)
    {
        api.Get("/approvals", Operation.ReadApprovals, new("listApprovals", "Lists approvals of one status, a page at a time.", Tag)
        {
            Description = "A page can be shorter than its limit where a filter lets little through; the list ends where there is no `next`.",
            Parameters =
            [
                new("status", "Where they stand.") { Choice = Statuses, Default = "pending" },
                new("machine", "The name of the state machine that asked."),
                new("text", "What their name has in it."),
                new("order", "The order of asking.") { Choice = ["newest", "oldest"], Default = "newest" },
                Limit, Cursor,
            ],
            Answer = typeof(ApprovalsPageView),
        }, ListAsync);
        api.Get("/approvals/{id}", Operation.ReadApprovals, new("getApproval", "Reads an approval with its record.", Tag)
        {
            Parameters = [Id],
            Answer = typeof(ApprovalDetailsView),
            Problems = [ApiProblem.NotFound],
        }, GetAsync);
        api.Post("/approvals/{id}/decision", Operation.Decide, new("decide", "Approves or denies.", Tag)
        {
            Description = "The first decision stands. It can be taken back for a few seconds, and then the run is told. `version` is what the caller saw. Where several people have to approve, one approval is answered with 202 as long as it takes more.",
            Parameters = [Id],
            Body = typeof(DecisionRequest),
            BodyExample = """{"approved":false,"comment":"Not ours","version":1}""",
            Answer = typeof(DecidedView),
            Others = [StatusCodes.Status202Accepted],
            Problems = DecisionProblems,
        }, DecideAsync);
        api.Delete("/approvals/{id}/decision", Operation.UndoDecision, new("undoDecision", "Takes the caller's decision back, as long as the run was not told.", Tag)
        {
            Parameters = [Id],
            Answer = typeof(ApprovalView),
            Problems = [ApiProblem.NotFound, ApiProblem.NotYours, ApiProblem.TooLate, ApiProblem.Busy],
        }, UndoAsync);
        api.Post("/approvals/decisions", Operation.Decide, new("decideMany", "Approves or denies several approvals, each by itself.", Tag)
        {
            Description = "Each is answered as it would have been alone: some can be taken in while others are not.",
            Body = typeof(DecisionsRequest),
            BodyExample = """{"items":[{"id":"47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU","approved":true,"version":1}]}""",
            Answer = typeof(DecisionResultsView),
        }, DecideManyAsync);
    }

    private static async Task<ApiAnswer> ListAsync(HttpContext http, ApprovalsQuery approvals)
    {
        QueryReader query = new(http);
        if (query.Problem is { } problem) return problem;
        ApprovalStatus status = Enum.Parse<ApprovalStatus>(query.Text("status") ?? "pending", ignoreCase: true);
        ApprovalsFilter filter = new(status, query.Text("machine"), query.Text("text"), query.Text("order") != "oldest");
        return await approvals.ReadAsync(filter, query.Number("limit", NormalAPage), query.Text("cursor"), http.RequestAborted) is { } page
            ? ApiAnswer.Ok(new ApprovalsPageView([.. page.Items.Select(ApprovalView.Of)], page.Next))
            : ApiProblem.Field("cursor", "cursor is the next of a page of this very list.");
    }

    private static async Task<ApiAnswer> GetAsync(HttpContext http, ApprovalsStore store)
    {
        if (new QueryReader(http).Problem is { } problem) return problem;
        string id = http.Route("id");
        return id.Length <= 100 && await store.GetRecordAsync(id, http.RequestAborted) is { } record ? ApiAnswer.Ok(ApprovalDetailsView.Of(record)) : DecisionService.Unknown();
    }

    private static async Task<ApiAnswer> DecideAsync(HttpContext http, DecisionService decisions)
    {
        if (new QueryReader(http).Problem is { } inQuery) return inQuery;
        ApiBody body = ApiBody.Of(http);
        (BodyReader? reader, ApiAnswer? problem) = BodyReader.Open(body.Bytes);
        if (reader is null) return problem!;
        DecisionRequest request = DecisionRequest.Read(reader);
        reader.End();
        return reader.Problem() ?? await decisions.DecideAsync(http.Route("id"), request, body.IsTakenOver, http.RequestAborted);
    }

    private static async Task<ApiAnswer> UndoAsync(HttpContext http, DecisionService decisions) =>
        new QueryReader(http).Problem ?? NoBody(http) ?? await decisions.UndoAsync(http.Route("id"), http.RequestAborted);

    private static async Task<ApiAnswer> DecideManyAsync(HttpContext http, DecisionService decisions)
    {
        if (new QueryReader(http).Problem is { } inQuery) return inQuery;
        ApiBody body = ApiBody.Of(http);
        (BodyReader? reader, ApiAnswer? problem) = BodyReader.Open(body.Bytes);
        if (reader is null) return problem!;
        IReadOnlyList<(string Id, DecisionRequest Decision)> items = DecisionsRequest.Read(reader);
        if (reader.Problem() is { } wrong) return wrong;
        DecisionResultView[] results = new DecisionResultView[items.Count];
        await Parallel.ForEachAsync(items.Index(), new ParallelOptions { MaxDegreeOfParallelism = DecisionsAtOnce }, async (item, _) =>
        {
            ApiAnswer answer = await decisions.DecideOneAsync(item.Item.Id, item.Item.Decision, body.IsTakenOver);
            JsonNode? said = JsonNode.Parse(answer.Body.Span);
            results[item.Index] = new DecisionResultView(item.Item.Id, answer.Status, answer.IsDone ? said : null, answer.IsDone ? null : said);
        });
        return ApiAnswer.Ok(new DecisionResultsView(results));
    }

    /// <summary>Refuses a body where there is nothing to say in one.</summary>
    public static ApiAnswer? NoBody(HttpContext http)
    {
        (BodyReader? reader, ApiAnswer? problem) = BodyReader.Open(ApiBody.Of(http).Bytes);
        if (reader is null) return problem;
        reader.End();
        return reader.Problem();
    }
}
