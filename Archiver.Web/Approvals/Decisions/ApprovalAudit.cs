using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Audit;

namespace Archiver.Web.Approvals.Decisions;

/// <summary>An approval as the audit trail names it.</summary>
internal static class ApprovalAudit
{
    /// <summary>The approval in the version that the person had in front of them, and the version of the file that it is about.</summary>
    public static AuditSubject Subject(Approval seen)
    {
        string file = seen.File switch
        {
            { VersionId: { Length: > 0 } version } => $", file version {version}",
            { Sha256: { Length: > 0 } hash } => $", file SHA-256 {hash}",
            _ => "",
        };
        return new AuditSubject("approval", seen.Id, $"{seen.Version}{file}", seen.Name);
    }
}
