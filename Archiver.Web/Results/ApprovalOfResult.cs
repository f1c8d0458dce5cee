using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Approvals.Record;
using Archiver.Web.Results.Store;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Archiver.Web.Results;

/// <summary>Leads from a result to its approval, which the result's record does not name.</summary>
internal static class ApprovalOfResult
{
    /// <summary>Answers with the way there: to the approval that was asked for last, where the run asked more than once.</summary>
    public static async Task<Results<RedirectHttpResult, NotFound>> HandleAsync(
        string id, [FromServices] ResultsStore results, [FromServices] ApprovalsStore approvals, CancellationToken cancellationToken)
    {
        if (await results.GetAsync(id, cancellationToken) is not { ExecutionArn: { } run }) return TypedResults.NotFound();
        IReadOnlyList<ApprovalRecord> asked = await approvals.GetOfRunAsync(run, cancellationToken);
        return asked is [.., { Approval.Id: var approval }] ? TypedResults.LocalRedirect($"~/approvals/{Uri.EscapeDataString(approval)}") : TypedResults.NotFound();
    }
}
