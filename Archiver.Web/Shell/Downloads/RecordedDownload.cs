using Archiver.Web.Audit;
using Archiver.Web.Identity.Access;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using static Archiver.Web.Shell.ShellWords;

namespace Archiver.Web.Shell.Downloads;

/// <summary>
/// A file that a person takes away, on record through the gate: that they asked before anything of it is sent, and what came of
/// it after. It is streamed, so that its size takes no memory.
/// </summary>
internal sealed class RecordedDownload : IResult
{
    /// <summary>What it is to the rules.</summary>
    public required Operation Operation { get; init; }

    /// <summary>What of.</summary>
    public required AuditSubject Subject { get; init; }

    /// <summary>Its content type.</summary>
    public required string ContentType { get; init; }

    /// <summary>The name that the browser gives it.</summary>
    public required string FileName { get; init; }

    /// <summary>Writes it, and says for the record what it was, a sentence. What it throws before the first byte is an error in place of a file; after it, the file breaks off.</summary>
    public required Func<Stream, CancellationToken, Task<string>> WriteAsync { get; init; }

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        CommandGate gate = httpContext.RequestServices.GetRequiredService<CommandGate>();
        CancellationToken gone = httpContext.RequestAborted;
        GateOutcome<string> outcome = await gate.RunAsync(
            Operation, Subject,
            async permit =>
            {
                permit.Demand(Operation);
                ContentDispositionHeaderValue disposition = new("attachment");
                disposition.SetHttpFileName(FileName);
                httpContext.Response.ContentType = ContentType;
                httpContext.Response.Headers.CacheControl = "no-store";
                httpContext.Response.Headers.ContentDisposition = disposition.ToString();
                return await WriteAsync(httpContext.Response.Body, gone);
            },
            said => new CommandEnd(AuditPhase.Done, said), gone);
        ProblemHttpResult? refusal = outcome switch
        {
            GateOutcome<string>.Refused refused => TypedResults.Problem(refused.Reason, statusCode: StatusCodes.Status403Forbidden, title: L["You may not do this."]),
            GateOutcome<string>.NotRecorded missing => TypedResults.Problem(missing.Reason, statusCode: StatusCodes.Status503ServiceUnavailable, title: L["It was not done."]),
            _ => null,
        };
        if (refusal is not null) await refusal.ExecuteAsync(httpContext);
    }
}
