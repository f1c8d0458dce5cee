using Archiver.Lambdas.Contracts;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Approvals.Review;

namespace Archiver.Web.Tests.Approvals.Review;

/// <summary>Approvals that differ in all that they can be filtered and sorted by.</summary>
internal static class Inboxes
{
    public static readonly DateTimeOffset Now = Samples.Asked.AddHours(6);

    /// <summary>An approval made of numbers: equal numbers make equal ones.</summary>
    public static Approval Of(int id, int seed, long version = 1) => new()
    {
        Id = $"{id:x12}",
        Status = seed % 5 == 0 ? ApprovalStatus.Decided : ApprovalStatus.Pending,
        Version = version,
        RequestedAt = Samples.Asked.AddMinutes(id % 7 * 45),
        ExpiresAt = id % 3 == 0 ? null : Samples.Asked.AddHours(2 + (id % 11)),
        ExecutionArn = $"arn:aws:states:us-east-1:000000000000:execution:machine-{id % 2}:run-{id}",
        Recommendation = (id % 4) switch { 0 => ResultAction.Archived, 1 => ResultAction.QualityFail, 2 => ResultAction.Unarchivable, _ => null },
        File = id % 6 == 5 ? null : Samples.File($"file-{id % 4}.{(id % 2 == 0 ? "pdf" : "png")}") with
        {
            Archive = id % 2 == 0,
            Quality = id * 7 % 101,
            ContentType = id % 2 == 0 ? "application/pdf" : "image/png; charset=binary",
        },
        Other = id % 4 == 3 ? new() { ["order"] = new System.Text.Json.Nodes.JsonArray("red shoes", 4711) } : [],
    };

    /// <summary>A filter made of a number.</summary>
    public static InboxFilter Filter(int seed) => new()
    {
        Archive = (seed % 3) switch { 0 => true, 1 => false, _ => null },
        LeastQuality = seed / 3 % 3 == 0 ? 30 : null,
        MostQuality = seed / 9 % 3 == 0 ? 80 : null,
        Recommendation = (seed / 27 % 4) switch { 0 => ResultAction.Archived, 1 => InboxFilter.NoRecommendation, _ => null },
        Older = seed / 108 % 3 == 0 ? TimeSpan.FromHours(2) : null,
        Younger = seed / 324 % 3 == 0 ? TimeSpan.FromHours(4) : null,
        Left = seed / 972 % 3 == 0 ? TimeSpan.FromHours(3) : null,
        Text = seed / 2916 % 3 == 0 ? "file-1" : null,
    };
}
