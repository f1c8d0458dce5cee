using System.Collections.Frozen;
using static Archiver.Web.Identity.IdentityWords;

namespace Archiver.Web.Identity.Access;

/// <summary>Which roles may do what: the one table that every page, endpoint and command is held to.</summary>
internal static class AccessRules
{
    private static readonly Role[] Everyone = [Role.Viewer, Role.Reviewer, Role.Operator];

    private static readonly FrozenDictionary<Operation, Role[]> Table = new Dictionary<Operation, Role[]>
    {
        [Operation.ReadApprovals] = Everyone,
        [Operation.Decide] = [Role.Reviewer],
        [Operation.UndoDecision] = [Role.Reviewer],
        [Operation.ClaimApproval] = [Role.Reviewer],
        [Operation.ReassignApproval] = [Role.Operator],
        [Operation.ExportApproval] = Everyone,
        [Operation.PreviewFile] = Everyone,
        [Operation.DownloadFile] = Everyone,
        [Operation.SendBackDeadLetters] = [Role.Operator],
        [Operation.ReadRuns] = Everyone,
        [Operation.UploadFile] = [Role.Operator],
        [Operation.StartRun] = [Role.Operator],
        [Operation.StopRun] = [Role.Operator],
        [Operation.RedriveRun] = [Role.Operator],
        [Operation.ReadResults] = Everyone,
        [Operation.ExportResults] = Everyone,
        [Operation.ClearResults] = [Role.Operator],
        [Operation.ReadAudit] = Everyone,
        [Operation.ExportAudit] = Everyone,
        [Operation.IssueApiToken] = Everyone,
        // Who signs in has no role yet, and who signs out needs none any more.
        [Operation.SignIn] = [],
        [Operation.SignOut] = [],
        // Whoever acts as somebody without a role must be able to come back.
        [Operation.ActAs] = [],
    }.ToFrozenDictionary();

    /// <summary>The operations that need no role.</summary>
    private static readonly FrozenSet<Operation> Open = [Operation.SignIn, Operation.SignOut, Operation.ActAs];

    /// <summary>The roles of which one is enough; none for what everybody may do.</summary>
    /// <exception cref="KeyNotFoundException">The operation has no rule, which is a bug.</exception>
    public static IReadOnlyList<Role> RolesFor(Operation operation) => Table[operation];

    /// <summary>Whether somebody with these roles may do it.</summary>
    public static bool Allows(Operation operation, IReadOnlySet<Role> roles) => Open.Contains(operation) || Table[operation].Any(roles.Contains);

    /// <summary>Why somebody who may not do it may not, as a sentence in the language of the moment.</summary>
    public static string Refusal(Operation operation) => Table[operation] is { Length: 1 } only
        ? L["This takes the role {0}, which you don't have.", RoleText.Of(only[0])]
        : L["This takes a role, and you have none."];
}
