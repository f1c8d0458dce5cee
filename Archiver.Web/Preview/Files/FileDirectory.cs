using Archiver.Web.Approvals.Decisions;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Audit;
using Archiver.Web.Results.Store;

namespace Archiver.Web.Preview.Files;

/// <summary>What names a file.</summary>
public enum FileOwner
{
    /// <summary>An approval: the file that it is about.</summary>
    Approval,

    /// <summary>A result: the file where it is now.</summary>
    Result,
}

/// <summary>A file, and what names it as the audit trail knows it.</summary>
internal sealed record OwnedFile(FileRef File, AuditSubject Subject);

/// <summary>
/// Finds files by what names them. A browser never names a bucket or a key: what it may look at is what an approval or a result is about.
/// </summary>
internal sealed class FileDirectory(ApprovalsStore approvals, ResultsStore results)
{
    /// <summary>Finds one; nothing where there is no such approval or result, or its file was simulated.</summary>
    public async Task<OwnedFile?> FindAsync(FileOwner owner, string id, CancellationToken cancellationToken)
    {
        if (owner == FileOwner.Approval)
        {
            return await approvals.GetAsync(id, cancellationToken) is { } approval && FileRef.Of(approval.File) is { } asked
                ? new OwnedFile(asked, ApprovalAudit.Subject(approval))
                : null;
        }
        return await results.GetAsync(id, cancellationToken) is { } row && FileRef.Of(row) is { } file
            ? new OwnedFile(file, new AuditSubject("result", row.Id, row.VersionId is { } version ? $"file version {version}" : null, row.Name))
            : null;
    }
}
