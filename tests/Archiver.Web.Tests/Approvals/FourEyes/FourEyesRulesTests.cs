using Archiver.Lambdas.Contracts;
using Archiver.Web.Approvals.FourEyes;
using Archiver.Web.Approvals.Inbox;
using Microsoft.Extensions.Options;

namespace Archiver.Web.Tests.Approvals.FourEyes;

public sealed class FourEyesRulesTests
{
    private static readonly DateTimeOffset Now = Samples.Asked.AddHours(1);
    private static readonly Approval Asked = Samples.Pending() with
    {
        StartedBy = new Starter("i|1", "Ann"),
        File = Samples.File("a.pdf") with { Key = "legal/a.pdf", Bucket = "inbox", Size = 1000 },
    };

    [Theory]
    [InlineData(null, null, null, 2)]
    [InlineData("Quality_Fail", null, null, 2)]
    [InlineData("quality_fail", null, null, 1)]
    [InlineData("Archived", null, null, 1)]
    [InlineData(null, 1000L, null, 2)]
    [InlineData(null, 1001L, null, 1)]
    [InlineData(null, null, "legal/", 2)]
    [InlineData(null, null, "Legal/", 1)]
    [InlineData(null, null, "legal/b", 1)]
    [InlineData("Quality_Fail", 1000L, "legal/", 2)]
    [InlineData("Quality_Fail", 1001L, "legal/", 1)]
    public void Needed_ARule_HoldsWhereAllOfItsConditionsDo(string? recommendation, long? size, string? prefix, int needed) =>
        Assert.Equal(needed, Rules(rules: new QuorumRule(2, recommendation, size, prefix)).Needed(Asked));

    [Fact]
    public void Needed_SeveralRules_IsTheLargestOfThoseThatMatch()
    {
        FourEyesRules rules = Rules(rules: [new(3, Prefix: "legal/"), new(2), new(9, "Archived")]);

        Assert.Equal(3, rules.Needed(Asked));
        Assert.Equal(2, rules.Needed(Asked with { File = null }));
        Assert.Equal(9, rules.Needed(Asked with { Recommendation = "Archived" }));
        Assert.Equal(1, Rules().Needed(Asked));
    }

    [Fact]
    public void Needed_WhatDoesNotSay_MatchesNoCondition()
    {
        FourEyesRules rules = Rules(rules: [new(2, "Archived"), new(3, MinSizeBytes: 0), new(4, Prefix: "l")]);

        Assert.Equal(1, rules.Needed(Asked with { File = null, Recommendation = null }));
        Assert.Equal(3, rules.Needed(Asked with { File = Samples.File("legal, but simulated") }));
    }

    [Fact]
    public void BarFor_WhoStartedTheRun_IsBarredBySettingAndById()
    {
        Assert.Null(Rules().BarFor(Asked, "i|1", Now));
        FourEyesRules rules = Rules(starterMayNotDecide: true);
        Assert.IsType<Bar.StartedIt>(rules.BarFor(Asked, "i|1", Now));
        Assert.Null(rules.BarFor(Asked, "i|2", Now));
        Assert.Null(rules.BarFor(Asked with { StartedBy = null }, "i|1", Now));
    }

    [Fact]
    public void BarFor_WhatSomebodyIsOn_BarsAllOthersUntilItLapses()
    {
        Approval claimed = Asked with { Claim = new ApprovalClaim("i|2", "Bob", Now) };
        FourEyesRules rules = Rules(claimMinutes: 10);

        Assert.Null(rules.BarFor(claimed, "i|2", Now));
        Assert.Equal(new Bar.SomebodyIsOnIt(claimed.Claim), rules.BarFor(claimed, "i|3", Now.AddMinutes(10).AddTicks(-1)));
        Assert.Null(rules.BarFor(claimed, "i|3", Now.AddMinutes(10)));
        Assert.NotNull(rules.BarFor(claimed, "i|3", Now.AddDays(-1))); // a clock behind
        Assert.NotNull(Rules(claimMinutes: 0).BarFor(claimed, "i|3", Now.AddYears(1)));
    }

    [Fact]
    public void Counted_Votes_AreThoseOfDifferentPeopleWhoMayDecide()
    {
        Vote[] votes = [new("i|1", "Ann", Now), new("i|2", "Ann", Now), new("i|2", "Bob", Now), new("i|3", "Cy", Now)];

        Assert.Equal(["i|1", "i|2", "i|3"], Rules().Counted(Asked, votes).Select(vote => vote.PersonId));
        Assert.Equal(["i|2", "i|3"], Rules(starterMayNotDecide: true).Counted(Asked, votes).Select(vote => vote.PersonId));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("Ann", "Ann")]
    [InlineData("Ann|Bob", "Ann and Bob")]
    [InlineData("Ann|Bob|Cy", "Ann, Bob and Cy")]
    public void Join_Names_IsASentencesPart(string names, string joined) => Assert.Equal(joined, People.Join(names.Split('|', StringSplitOptions.RemoveEmptyEntries)));

    [Fact]
    public void Decide_OfOne_IsTheirWordAsItIs()
    {
        Decision decision = Approvers.Decide([new("i|1", "Ann", Now, "fine")], Now, 100);

        Assert.Equal(new Decision { Approved = true, Reviewer = "Ann", Comment = "fine", DecidedAt = Now }, decision);
    }

    [Fact]
    public void Decide_OfSeveral_NamesAllAndSaysWhoSaidWhat()
    {
        Decision decision = Approvers.Decide([new("i|1", "Ann", Now, "fine"), new("i|2", "Bob", Now), new("i|3", "Cy", Now, "agreed")], Now, 100);

        Assert.Equal(("Ann, Bob and Cy", "Ann: fine\nCy: agreed"), (decision.Reviewer, decision.Comment));
        Assert.Null(Approvers.Decide([new("i|1", "Ann", Now), new("i|2", "Bob", Now)], Now, 100).Comment);
    }

    [Theory]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(14)]
    public void Decide_CommentsTooLongTogether_AreCutBetweenCharacters(int longest)
    {
        string comment = Approvers.Decide([new("i|1", "Ann", Now, "😀😀😀😀😀😀😀"), new("i|2", "Bob", Now)], Now, longest).Comment!;

        Assert.InRange(comment.Length, longest - 1, longest);
        Assert.EndsWith("…", comment, StringComparison.Ordinal);
        Assert.False(char.IsHighSurrogate(comment[^2]));
    }

    [Fact]
    public void Of_Approvals_KnowsWhoIsOnThemVotedOrDenied()
    {
        Approval[] approvals =
        [
            Asked with { Claim = new("i|2", "Bob", Now), Votes = [new("i|3", "Cy", Now), new("i|2", "Bob", Now)] },
            Asked with { ReviewerId = "i|4", Decision = new Decision { Approved = false, Reviewer = "Ada" } },
            Asked with { ReviewerId = "i|3", Decision = new Decision { Approved = true, Reviewer = "Cy and Di" }, Votes = [new("i|3", "Cy", Now), new("i|5", "Di", Now)] },
        ];

        Assert.Equal([new("i|4", "Ada"), new("i|2", "Bob"), new("i|3", "Cy"), new("i|5", "Di")], People.Of(approvals));
    }

    private static FourEyesRules Rules(bool starterMayNotDecide = false, int claimMinutes = 60, params QuorumRule[] rules) =>
        new(Options.Create(new FourEyesOptions { StarterMayNotDecide = starterMayNotDecide, ClaimMinutes = claimMinutes, Rules = rules }));
}
