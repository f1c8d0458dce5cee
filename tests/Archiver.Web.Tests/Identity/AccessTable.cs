using Archiver.Web.Identity;
using Archiver.Web.Identity.Access;

namespace Archiver.Web.Tests.Identity;

/// <summary>
/// Who gets where, and who may do what, written down once more by hand: what the code says of it is held against this. Columns are
/// nobody, somebody without a role, a viewer, a reviewer, an operator; <c>x</c> is let through.
/// </summary>
internal static class AccessTable
{
    private const string Anybody = "x x x x x", SignedIn = "- x x x x", AnyRole = "- - x x x", Reviewer = "- - - x -", Operator = "- - - - x";

    /// <summary>The columns' people.</summary>
    public static readonly (string Column, Person? Person)[] People =
    [
        ("nobody", null),
        ("no role", new Person("test|Nora", "Nora", new HashSet<Role>())),
        ("viewer", Permits.Someone("Vic", Role.Viewer)),
        ("reviewer", Permits.Someone("Rita", Role.Reviewer)),
        ("operator", Permits.Someone("Olga", Role.Operator)),
    ];

    /// <summary>Every endpoint but the static files, which are open; with an address to try it at.</summary>
    public static readonly (string Endpoint, string Address, string Who)[] Endpoints =
    [
        ("GET /", "/", Anybody),
        // Static files that are none: what the middleware finds there is looked for only by whoever may see anything.
        ("GET,HEAD /{**path:file}", "/none.js", AnyRole),
        // The addresses of the API go by a token, and by no cookie.
        ("GET,POST /api", "/api", AnyRole),
        ("ANY /api/{**address}", "/api/none", Anybody),
        ("GET /api/docs", "/api/docs", AnyRole),
        ("GET /api/docs/scalar.js", "/api/docs/scalar.js", AnyRole),
        ("GET /api/v1/approvals", "/api/v1/approvals", AnyRole),
        ("POST /api/v1/approvals/decisions", "/api/v1/approvals/decisions", Reviewer),
        ("GET /api/v1/approvals/{id}", "/api/v1/approvals/none", AnyRole),
        ("DELETE /api/v1/approvals/{id}/claim", "/api/v1/approvals/none/claim", Reviewer),
        ("POST /api/v1/approvals/{id}/claim", "/api/v1/approvals/none/claim", Reviewer),
        ("PUT /api/v1/approvals/{id}/claim", "/api/v1/approvals/none/claim", Operator),
        ("DELETE /api/v1/approvals/{id}/decision", "/api/v1/approvals/none/decision", Reviewer),
        ("POST /api/v1/approvals/{id}/decision", "/api/v1/approvals/none/decision", Reviewer),
        ("GET /api/v1/openapi.json", "/api/v1/openapi.json", AnyRole),
        ("GET /api/v1/results", "/api/v1/results", AnyRole),
        ("DELETE /api/v1/results", "/api/v1/results", Operator),
        ("GET /api/v1/runs", "/api/v1/runs", AnyRole),
        ("POST /api/v1/runs", "/api/v1/runs?none=1", Operator),
        ("GET /api/v1/runs/{name}", "/api/v1/runs/none", AnyRole),
        ("POST /api/v1/runs/{name}/redrive", "/api/v1/runs/none/redrive", Operator),
        ("POST /api/v1/runs/{name}/stop", "/api/v1/runs/none/stop", Operator),
        ("POST /api/v1/tokens", "/api/v1/tokens", AnyRole),
        ("GET,POST /approvals", "/approvals", AnyRole),
        ("GET,POST /approvals/dead-letters", "/approvals/dead-letters", AnyRole),
        ("GET,POST /approvals/{Id}", "/approvals/none", AnyRole),
        ("GET /approvals/{id}/file", "/approvals/none/file", AnyRole),
        ("GET /approvals/{id}/document", "/approvals/none/document", AnyRole),
        ("GET /approvals/{id}/picture", "/approvals/none/picture", AnyRole),
        ("GET /approvals/{id}/record.json", "/approvals/none/record.json", AnyRole),
        ("GET,POST /audit", "/audit", AnyRole),
        ("GET /audit/export.jsonl", "/audit/export.jsonl", AnyRole),
        ("GET,POST /error", "/error", Anybody),
        ("ANY /health/live", "/health/live", Anybody),
        ("ANY /health/ready", "/health/ready", Anybody),
        ("GET,POST /identity/act-as", "/identity/act-as", SignedIn),
        ("GET,POST /not-found", "/not-found", Anybody),
        ("GET,POST /results", "/results", AnyRole),
        ("GET /results/export.csv", "/results/export.csv", AnyRole),
        ("GET /results/export.json", "/results/export.json", AnyRole),
        ("GET,POST /results/{Id}", "/results/none", AnyRole),
        ("GET /results/{id}/approval", "/results/none/approval", AnyRole),
        ("GET /results/{id}/file", "/results/none/file", AnyRole),
        ("GET /results/{id}/document", "/results/none/document", AnyRole),
        ("GET /results/{id}/picture", "/results/none/picture", AnyRole),
        ("GET,POST /runs", "/runs", AnyRole),
        ("GET,POST /runs/{Name}", "/runs/none", AnyRole),
        ("GET /runs/uploads/token", "/runs/uploads/token", Operator),
        ("PUT /runs/uploads/{click}/{index}", "/runs/uploads/0123456789ab/0?name=a", Operator),
        ("GET /sign-in", "/sign-in", Anybody),
        ("POST /sign-in/local", "/sign-in/local", Anybody),
        ("POST /sign-out", "/sign-out", Anybody),
        ("GET /signed-out", "/signed-out", Anybody),
    ];

    /// <summary>Every operation.</summary>
    public static readonly (Operation Operation, string Who)[] Operations =
    [
        (Operation.ReadApprovals, AnyRole),
        (Operation.Decide, Reviewer),
        (Operation.UndoDecision, Reviewer),
        (Operation.ClaimApproval, Reviewer),
        (Operation.ReassignApproval, Operator),
        (Operation.ExportApproval, AnyRole),
        (Operation.PreviewFile, AnyRole),
        (Operation.DownloadFile, AnyRole),
        (Operation.SendBackDeadLetters, Operator),
        (Operation.ReadRuns, AnyRole),
        (Operation.UploadFile, Operator),
        (Operation.StartRun, Operator),
        (Operation.StopRun, Operator),
        (Operation.RedriveRun, Operator),
        (Operation.ReadResults, AnyRole),
        (Operation.ExportResults, AnyRole),
        (Operation.ClearResults, Operator),
        (Operation.ReadAudit, AnyRole),
        (Operation.ExportAudit, AnyRole),
        (Operation.IssueApiToken, AnyRole),
        // The gate lets nobody through who is not signed in; signing in has a way of its own.
        (Operation.SignIn, SignedIn),
        (Operation.SignOut, SignedIn),
        (Operation.ActAs, SignedIn),
    ];

    /// <summary>Whether a row lets a column through.</summary>
    public static bool Lets(string who, int column) => who.Split(' ')[column] == "x";
}
