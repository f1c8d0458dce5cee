using Archiver.Lambdas.Contracts;
using Archiver.Web.Approvals.Bulk;
using Archiver.Web.Approvals.FourEyes;
using Archiver.Web.Approvals.Inbox;
using Microsoft.Extensions.Options;

namespace Archiver.Web.Tests.Approvals.Bulk;

/// <summary>What a decision on many would do, before it does.</summary>
public sealed class BulkPreviewTests
{
    private const string Ann = "test|Ann";

    [Fact]
    public void Of_WhatAllCanBeDecided_CountsFilesAndSizesAndWhatIsAgainstTheRecommendation()
    {
        Approval[] seen =
        [
            Samples.Pending("a"),
            Samples.Pending("b") with { Recommendation = ResultAction.Archived, File = Samples.File("b") with { Bucket = "bucket", Key = "key", Size = 10 } },
            Samples.Pending("c") with { Recommendation = ResultAction.Unarchivable, File = Samples.File("c") with { Bucket = "bucket", Key = "other", Size = 5 } },
            Samples.Pending("d") with { Recommendation = "Ask_Mother", File = null },
            Samples.Pending("e") with { Recommendation = null },
        ];

        BulkPreview approve = Preview(seen, true), deny = Preview(seen, false);

        Assert.Equal(["a", "b", "c", "d", "e"], approve.Included.Select(one => one.Id));
        Assert.Empty(approve.LeftOut);
        Assert.Equal((2, 2, 1, 15L), (approve.Real, approve.Simulated, approve.WithoutFile, approve.Bytes));
        Assert.Equal(2, approve.AgainstRecommendation);
        Assert.Equal(1, deny.AgainstRecommendation);
    }

    [Fact]
    public void Of_WhatIsNotThisPersonsOrNotThereAnyMore_IsLeftOutWithTheReason()
    {
        Approval free = Samples.Pending("free"), started = Samples.Pending("started") with { StartedBy = new Starter(Ann, "Ann") };
        Approval claimed = Samples.Pending("claimed"), lapsed = Samples.Pending("lapsed"), mine = Samples.Pending("mine");
        Approval decided = Samples.Pending("decided"), gone = Samples.Pending("gone"), reopened = Samples.Pending("reopened"), voted = Samples.Pending("voted");
        Dictionary<string, Approval> now = new[]
        {
            free, started,
            claimed with { Claim = new ApprovalClaim("test|Bob", "Bob", Samples.Asked) },
            lapsed with { Claim = new ApprovalClaim("test|Bob", "Bob", Samples.Asked.AddMinutes(-61)) },
            mine with { Claim = new ApprovalClaim(Ann, "Ann", Samples.Asked) },
            Samples.Denied(decided, "Bob"),
            reopened with { Reopened = 1, Version = 4 },
            voted with { Votes = [new Vote(Ann, "Ann", Samples.Asked, null)], Version = 2 },
        }.ToDictionary(one => one.Id);
        Approval[] seen = [free, started, claimed, lapsed, mine, decided, gone, reopened, voted];

        BulkPreview approve = Preview(seen, true, now), deny = Preview(seen, false, now);

        Assert.Equal(["free", "lapsed", "mine"], approve.Included.Select(one => one.Id));
        Assert.Equal(
            [
                (BulkGap.Settled, "decided gone"), (BulkGap.Changed, "reopened"), (BulkGap.Started, "started"), (BulkGap.Claimed, "claimed"), (BulkGap.Approved, "voted"),
            ],
            approve.LeftOut.Select(group => (group.Gap, string.Join(' ', group.Approvals.Select(one => one.Id)))));
        Assert.Equal(3, approve.NotLast);
        Assert.Equal(["free", "lapsed", "mine", "voted"], deny.Included.Select(one => one.Id)); // who approved can still deny
        Assert.Equal(0, deny.NotLast);
    }

    private static BulkPreview Preview(Approval[] seen, bool approved, Dictionary<string, Approval>? now = null)
    {
        now ??= seen.ToDictionary(one => one.Id);
        FourEyesRules rules = new(Options.Create(new FourEyesOptions { StarterMayNotDecide = true, Rules = seen.Length > 5 ? [new QuorumRule(2, null, null, null)] : [] }));
        return BulkPreview.Of(seen, approved, Ann, rules, now.GetValueOrDefault, Samples.Asked);
    }
}
