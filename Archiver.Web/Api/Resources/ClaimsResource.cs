using System.ComponentModel;
using Archiver.Web.Api.Answers;
using Archiver.Web.Api.Requests;
using Archiver.Web.Approvals.Decisions;
using Archiver.Web.Approvals.FourEyes;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Identity.Access;

namespace Archiver.Web.Api.Resources;

/// <summary>To whom an approval is given.</summary>
internal sealed record ReassignRequest
{
    /// <summary>Who gets it.</summary>
    [Description("The id of who gets it, somebody whom the open approvals tell of; left out for nobody.")]
    public string? To { get; init; }
}

/// <summary>Who is on an approval.</summary>
internal static class ClaimsResource
{
    private const string Tag = "Approvals";
    private const string Address = "/approvals/{id}/claim";
    private const int LongestPerson = 1000;

    private static readonly ApiParameter Id = new("id", "The approval's id.", ParameterPlace.Path) { IsRequired = true };

    private static readonly ApiProblem[] Problems =
        [ApiProblem.NotFound, ApiProblem.AlreadyDecided, ApiProblem.NoLongerWaiting, ApiProblem.Barred, ApiProblem.Claimed, ApiProblem.ApprovedBefore, ApiProblem.Busy];

    public static void MapClaimsResource(this IEndpointRouteBuilder api)
    {
        api.Post(Address, Operation.ClaimApproval, About("claim", "Says that the caller is on it: nobody else decides meanwhile.") with { Body = null }, (HttpContext http, DecisionService decisions, ApprovalClaims claims, CommandGate gate) =>
            RunAsync(http, decisions, gate, Operation.ClaimApproval, (permit, seen) => claims.ClaimAsync(permit, seen, CancellationToken.None)));
        api.Delete(Address, Operation.ClaimApproval, About("release", "Says that the caller is not on it any more."), (HttpContext http, DecisionService decisions, ApprovalClaims claims, CommandGate gate) =>
            RunAsync(http, decisions, gate, Operation.ClaimApproval, (permit, seen) => claims.ReleaseAsync(permit, seen, CancellationToken.None)));
        api.Put(
            Address, Operation.ReassignApproval,
            About("reassign", "Gives somebody's claim to somebody else, or to nobody.") with { Body = typeof(ReassignRequest), BodyExample = """{"to":"https://provider.example|7c1e"}""" }, ReassignAsync);
    }

    private static ApiOperation About(string id, string summary) => new(id, summary, Tag) { Parameters = [Id], Answer = typeof(ApprovalView), Problems = Problems };

    private static async Task<ApiAnswer> ReassignAsync(HttpContext http, DecisionService decisions, ApprovalClaims claims, CommandGate gate)
    {
        if (new QueryReader(http).Problem is { } inQuery) return inQuery;
        (BodyReader? reader, ApiAnswer? problem) = BodyReader.Open(ApiBody.Of(http).Bytes);
        if (reader is null) return problem!;
        string? to = reader.Text("to", LongestPerson);
        reader.End();
        return reader.Problem() ?? await CommandAsync(http, decisions, gate, Operation.ReassignApproval, (permit, seen) => claims.ReassignAsync(permit, seen, to, CancellationToken.None));
    }

    private static async Task<ApiAnswer> RunAsync(HttpContext http, DecisionService decisions, CommandGate gate, Operation operation, Func<Permit, Approval, Task<ClaimOutcome>> act) =>
        new QueryReader(http).Problem ?? ApprovalsResource.NoBody(http) ?? await CommandAsync(http, decisions, gate, operation, act);

    private static async Task<ApiAnswer> CommandAsync(HttpContext http, DecisionService decisions, CommandGate gate, Operation operation, Func<Permit, Approval, Task<ClaimOutcome>> act)
    {
        if (await decisions.FindAsync(http.Route("id"), http.RequestAborted) is not { } seen) return DecisionService.Unknown();
        return ApiAnswer.Of(await gate.RunAsync(
            operation, ApprovalAudit.Subject(seen), async permit => Said(seen, await act(permit, seen)), answer => answer.End(), http.RequestAborted));
    }

    private static ApiAnswer Said(Approval seen, ClaimOutcome outcome) => outcome switch
    {
        ClaimOutcome.Done done => ApiAnswer.Ok(ApprovalView.Of(done.Approval), $"{done.Approval.Claim?.Name ?? "Nobody"} is on {seen.Name} now."),
        ClaimOutcome.Barred barred => DecisionService.Barred(seen, barred.Bar),
        ClaimOutcome.ApprovedBefore before => ApiProblem.ApprovedBefore.Answer($"{seen.Name} has this person's approval already: somebody else has to.", ("version", before.Approval.Version)),
        ClaimOutcome.SomebodyElse other => ApiProblem.Claimed.Answer(
            other.Approval.Claim is { } claim ? $"{claim.Name} is on {seen.Name}." : $"Nobody is on {seen.Name} any more.", ("claim", ClaimView.Of(other.Approval.Claim)), ("version", other.Approval.Version)),
        ClaimOutcome.NotWaiting settled => DecisionService.Settled(settled.Approval),
        ClaimOutcome.Busy busy => DecisionService.Busy(busy.Approval),
        ClaimOutcome.UnknownPerson => ApiProblem.Field("to", "to is the id of somebody whom the open approvals tell of."),
        ClaimOutcome.Unknown => DecisionService.Unknown(),
        _ => throw new System.Diagnostics.UnreachableException(outcome.ToString()),
    };
}
