using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;
using Archiver.Web.Api.Answers;
using Archiver.Web.Api.Requests;
using Archiver.Web.Audit;
using Archiver.Web.Cloud;
using Archiver.Web.Identity.Access;
using Archiver.Web.Runs;

namespace Archiver.Web.Api.Resources;

/// <summary>Runs: the state machine's executions.</summary>
internal static class RunsResource
{
    private const string Tag = "Runs";
    private const int LongestName = 80;

    private static readonly string[] Statuses = ["running", "succeeded", "failed", "timed_out", "aborted", "pending_redrive"];

    private static readonly ApiParameter Name = new("name", "The run's name.", ParameterPlace.Path) { IsRequired = true };

    public static void MapRunsResource(this IEndpointRouteBuilder api)
    {
        api.Get("/runs", Operation.ReadRuns, new("listRuns", "Lists runs, newest first, a page at a time.", Tag)
        {
            Parameters =
            [
                new("status", "Where they stand.") { Choice = Statuses },
                new("limit", "How many at most.") { Range = (1, 200), Default = "50" },
                new("cursor", "The `next` of the page before.") { Longest = ApiCursor.Longest },
            ],
            Answer = typeof(RunsPageView),
        }, ListAsync);
        api.Get("/runs/{name}", Operation.ReadRuns, new("getRun", "Reads a run with its events.", Tag)
        {
            Description = "Step Functions keeps nothing of an express run: what is left of one is its result.",
            Parameters = [Name],
            Answer = typeof(RunDetailsView),
            Problems = [ApiProblem.NotFound],
        }, GetAsync);
        api.Post("/runs", Operation.StartRun, new("startRuns", "Starts runs: on a file of the inbox bucket, or on simulated metadata.", Tag)
        {
            Description = "With an Idempotency-Key, a request that is repeated starts nothing twice, even where its answer was lost.",
            Body = typeof(StartRequest),
            BodyExample = """{"approvalNeeded":true,"count":2}""",
            Answer = typeof(StartedView),
            Status = StatusCodes.Status201Created,
        }, StartAsync);
        api.Post("/runs/{name}/stop", Operation.StopRun, new("stopRun", "Stops a run that is under way.", Tag)
        {
            Parameters = [Name],
            Answer = typeof(RunView),
            Problems = [ApiProblem.NotFound, ApiProblem.RunState],
        }, (HttpContext http, RunsClient runs, CommandGate gate) => CommandAsync(
            http, runs, gate, Operation.StopRun, run => run.Summary.StoppedAt is null, "The run has ended already.", "The run is stopped.", runs.StopAsync));
        api.Post("/runs/{name}/redrive", Operation.RedriveRun, new("redriveRun", "Lets a failed run go on from where it failed.", Tag)
        {
            Parameters = [Name],
            Answer = typeof(RunView),
            Problems = [ApiProblem.NotFound, ApiProblem.RunState],
        }, (HttpContext http, RunsClient runs, CommandGate gate) => CommandAsync(
            http, runs, gate, Operation.RedriveRun, run => run.CanRedrive, "The run can't go on: it did not fail, or it did so too long ago.", "The run goes on from where it failed.", runs.RedriveAsync));
    }

    private static async Task<ApiAnswer> ListAsync(HttpContext http, RunsClient runs)
    {
        QueryReader query = new(http);
        if (query.Problem is { } problem) return problem;
        string? token = null;
        if (query.Text("cursor") is { } cursor && (token = ApiCursor.Read(cursor, 1)?[0]) is null) return BadCursor();
        ExecutionStatus? status = query.Text("status") is { } text ? ExecutionStatus.FindValue(text.ToUpperInvariant()) : null;
        try
        {
            RunsPage page = await runs.ListAsync(status, token, http.RequestAborted, query.Number("limit", RunsClient.PageSize));
            return ApiAnswer.Ok(new RunsPageView([.. page.Runs.Select(RunView.Of)], page.NextToken is { } next ? ApiCursor.Write(next) : null));
        }
        catch (AmazonStepFunctionsException exception) when (token is not null && exception is InvalidTokenException or { ErrorCode: "ValidationException" })
        {
            return BadCursor();
        }
    }

    private static async Task<ApiAnswer> GetAsync(HttpContext http, RunsClient runs)
    {
        if (new QueryReader(http).Problem is { } problem) return problem;
        if (await FindAsync(http, runs) is not { } run) return Unknown();
        return ApiAnswer.Ok(RunDetailsView.Of(run, await runs.EventsAsync(run.Summary.Arn, 0, http.RequestAborted)));
    }

    private static async Task<ApiAnswer> StartAsync(HttpContext http, RunStarter starter, CommandGate gate, CloudResources cloud)
    {
        if (new QueryReader(http).Problem is { } inQuery) return inQuery;
        ApiBody body = ApiBody.Of(http);
        (BodyReader? reader, ApiAnswer? problem) = BodyReader.Open(body.Bytes);
        if (reader is null) return problem!;
        StartRequest request = StartRequest.Read(reader, cloud.InboxBucket);
        if (reader.Problem() is { } wrong) return wrong;
        AuditSubject subject = request.Key is { } key ? new AuditSubject("file", key, Name: key) : new AuditSubject("run", RunStarter.Name(body.Cause, 0));
        return ApiAnswer.Of(await gate.RunAsync(
            Operation.StartRun, subject, async permit => Started(await StartRequestedAsync(permit, starter, request, body.Cause)), answer => answer.End(), http.RequestAborted));
    }

    private static async Task<StartOutcome> StartRequestedAsync(Permit permit, RunStarter starter, StartRequest request, string cause)
    {
        if (request is { Key: null, Input: null })
            return await starter.StartSimulatedAsync(permit, cause, request.Count ?? 1, request.Kind, null, CancellationToken.None);
        string? failure = request.Key is { } key
            ? await starter.StartOnFileAsync(permit, cause, 0, key, request.Kind, CancellationToken.None)
            : await starter.StartWithInputAsync(permit, cause, request.Input!.Value, request.Express, CancellationToken.None);
        return failure is null ? new StartOutcome([RunStarter.Name(cause, 0)], []) : new StartOutcome([], [failure]);
    }

    private static ApiAnswer Started(StartOutcome outcome) => outcome.Started.Count > 0
        ? ApiAnswer.Ok(new StartedView(outcome.Started, outcome.Failed), $"Started: {outcome.Started.Count}, not started: {outcome.Failed.Count}.", StatusCodes.Status201Created)
        : ApiProblem.Cloud.Answer($"Nothing was started: {outcome.Failed[0]}");

    private static async Task<ApiAnswer> CommandAsync(
        HttpContext http, RunsClient runs, CommandGate gate, Operation operation, Func<RunDetails, bool> can, string cannot, string done, Func<Permit, string, CancellationToken, Task> act)
    {
        if ((new QueryReader(http).Problem ?? ApprovalsResource.NoBody(http)) is { } problem) return problem;
        if (await FindAsync(http, runs) is not { } run) return Unknown();
        return ApiAnswer.Of(await gate.RunAsync(
            operation, new AuditSubject("run", run.Summary.Arn, Name: run.Summary.Name),
            async permit =>
            {
                if (!can(run)) return State(run, cannot);
                try
                {
                    await act(permit, run.Summary.Arn, CancellationToken.None);
                }
                catch (AmazonStepFunctionsException exception) when (exception.ErrorCode is "ExecutionNotRedrivable" or "ValidationException")
                {
                    return State(run, cannot); // it changed between the look and the call
                }
                return ApiAnswer.Ok(RunView.Of((await FindAsync(http, runs))?.Summary ?? run.Summary), done);
            },
            answer => answer.End(), http.RequestAborted));
    }

    private static ApiAnswer State(RunDetails run, string cannot) => ApiProblem.RunState.Answer(cannot, ("runStatus", run.Summary.Status.Value));

    // What can't be a name is asked for nowhere.
    private static async Task<RunDetails?> FindAsync(HttpContext http, RunsClient runs) =>
        http.Route("name") is { Length: > 0 and <= LongestName } name && name.All(character => character > ' ' && character < '\x7f' && !"<>{}[]?*\"#%\\^|~`$&,;:/".Contains(character, StringComparison.Ordinal))
            ? await runs.DescribeAsync(name, http.RequestAborted)
            : null;

    private static ApiAnswer Unknown() => ApiProblem.NotFound.Answer("There is no such run.");

    private static ApiAnswer BadCursor() => ApiProblem.Field("cursor", "cursor is the next of a page of this very list.");
}
