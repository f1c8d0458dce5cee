using Archiver.Lambdas.Contracts;
using Archiver.Web.Approvals.FourEyes;
using Archiver.Web.Approvals.Inbox;

namespace Archiver.Web.Tests.Approvals;

/// <summary>Approvals to test with.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Asked = new(2026, 3, 1, 14, 0, 0, TimeSpan.Zero);

    public static Approval Pending(string id = "a", string name = "ledger.pdf", DateTimeOffset? requestedAt = null, long version = 1) => new()
    {
        Id = id,
        Status = ApprovalStatus.Pending,
        Version = version,
        RequestedAt = requestedAt ?? Asked,
        Recommendation = ResultAction.QualityFail,
        File = File(name),
    };

    public static Approval Denied(Approval pending, string reviewer = "Ann") => pending with
    {
        Status = ApprovalStatus.Sending,
        Version = pending.Version + 1,
        Decision = new Decision { Approved = false, Reviewer = reviewer, Comment = "No", DecidedAt = Asked.AddMinutes(1) },
    };

    /// <summary>A decision of one person, as the store takes it.</summary>
    public static Settlement Settle(bool approved, string reviewer, string? comment, DateTimeOffset at) => new(
        new Decision { Approved = approved, Reviewer = reviewer, Comment = comment, DecidedAt = at }, new Vote(Permits.Someone(reviewer).Id, reviewer, at, comment), comment);

    public static FileMetadata File(string name) => new()
    {
        Id = "run-1",
        Name = name,
        Size = 1_400_000,
        ContentType = "application/pdf",
        Archive = true,
        Quality = 35,
        QualityThreshold = 50,
        Checks = [new FileCheck("NotEmpty", true, "It has content."), new FileCheck("Extension", false, "The extension .pdf disagrees with the content.")],
    };
}
