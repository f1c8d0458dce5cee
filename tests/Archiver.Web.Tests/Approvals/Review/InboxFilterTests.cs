using System.Text.Json.Nodes;
using Archiver.Lambdas.Contracts;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Approvals.Review;

namespace Archiver.Web.Tests.Approvals.Review;

public sealed class InboxFilterTests
{
    private static readonly Approval Ledger = Samples.Pending() with
    {
        ExecutionArn = "arn:aws:states:us-east-1:000000000000:execution:archiver-Machine:run-17",
        ExpiresAt = Samples.Asked.AddHours(10),
        File = Samples.File("ledger.pdf") with { Bucket = "inbox", Key = "2026/march/Ledger.pdf" },
        Other = new JsonObject { ["order"] = new JsonObject { ["colours"] = new JsonArray("Dark Red", 4711) } },
    };

    [Fact]
    public void Window_NoFilter_IsAlways()
    {
        Assert.Equal(new MatchWindow(DateTimeOffset.MinValue, DateTimeOffset.MaxValue), InboxFilter.None.Window(Ledger));
        Assert.False(InboxFilter.None.Narrows);
    }

    [Theory]
    [InlineData("ledg", true)]
    [InlineData("MARCH/", true)]
    [InlineData("run-17", true)]
    [InlineData("dark red", true)]
    [InlineData("colours", false)]
    [InlineData("4711", false)]
    [InlineData("nothing", false)]
    public void Text_NameKeyRunAndOtherTexts_AreLookedThrough(string text, bool found) => Assert.Equal(found, Lets(new() { Text = text }, Ledger));

    [Theory]
    [InlineData("pdf", true)]
    [InlineData(".PDF", true)]
    [InlineData("application", true)]
    [InlineData("application/pdf", true)]
    [InlineData("image", false)]
    [InlineData("df", false)]
    public void Type_ContentTypeEitherHalfOrExtension_IsMeant(string type, bool found) => Assert.Equal(found, Lets(new() { Type = type }, Ledger));

    [Fact]
    public void Type_WithParameters_AreLeftAside() =>
        Assert.True(Lets(new() { Type = "text/plain" }, Ledger with { File = Samples.File("a") with { ContentType = "text/plain; charset=utf-8" } }));

    [Fact]
    public void Conditions_OfTheFile_LetNothingThroughThatHasNone()
    {
        Approval bare = Ledger with { File = null, Other = [] };

        Assert.All(
            (InboxFilter[])[new() { Archive = false }, new() { LeastQuality = 0 }, new() { MostQuality = 100 }, new() { Type = "pdf" }],
            filter => Assert.False(Lets(filter, bare)));
        Assert.True(Lets(new() { Text = "run-17" }, bare));
    }

    [Fact]
    public void Quality_IsWithinTheRange_BothEndsIncluded()
    {
        Assert.True(Lets(new() { LeastQuality = 35, MostQuality = 35 }, Ledger));
        Assert.False(Lets(new() { LeastQuality = 36 }, Ledger));
        Assert.False(Lets(new() { MostQuality = 34 }, Ledger));
    }

    [Fact]
    public void Recommendation_OneOrNone_IsTheWorkflowsOwnWord()
    {
        Assert.True(Lets(new() { Recommendation = ResultAction.QualityFail }, Ledger));
        Assert.False(Lets(new() { Recommendation = ResultAction.Archived }, Ledger));
        Assert.False(Lets(new() { Recommendation = InboxFilter.NoRecommendation }, Ledger));
        Assert.True(Lets(new() { Recommendation = InboxFilter.NoRecommendation }, Ledger with { Recommendation = null }));
    }

    [Theory]
    [InlineData("arn:aws:states:us-east-1:000000000000:execution:archiver-Machine:run-17", "archiver-Machine")]
    [InlineData("arn:aws:states:us-east-1", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Machine_OfARun_IsInItsArn(string? arn, string? machine) => Assert.Equal(machine, InboxFilter.MachineOf(Ledger with { ExecutionArn = arn }));

    [Fact]
    public void Ages_FromTheMomentOn_OrUntilIt()
    {
        DateTimeOffset asked = Ledger.RequestedAt;

        Assert.Equal(new MatchWindow(asked.AddHours(4), DateTimeOffset.MaxValue), new InboxFilter { Older = TimeSpan.FromHours(4) }.Window(Ledger));
        Assert.Equal(new MatchWindow(DateTimeOffset.MinValue, asked.AddHours(4)), new InboxFilter { Younger = TimeSpan.FromHours(4) }.Window(Ledger));
        Assert.Equal(new MatchWindow(asked.AddHours(9), DateTimeOffset.MaxValue), new InboxFilter { Left = TimeSpan.FromHours(1) }.Window(Ledger));
        Assert.Null(new InboxFilter { Older = TimeSpan.FromHours(4), Younger = TimeSpan.FromHours(4) }.Window(Ledger));
        Assert.Null(new InboxFilter { Left = TimeSpan.FromDays(1) }.Window(Ledger with { ExpiresAt = null }));
    }

    [Fact]
    public void Ages_OfMomentsAtTheEndsOfTime_DoNotOverflow()
    {
        Approval early = Ledger with { RequestedAt = DateTimeOffset.MinValue, ExpiresAt = DateTimeOffset.MinValue };
        Approval late = Ledger with { RequestedAt = DateTimeOffset.MaxValue, ExpiresAt = DateTimeOffset.MaxValue };

        Assert.True(Lets(new() { Older = TimeSpan.FromDays(366), Left = TimeSpan.FromDays(366) }, early));
        Assert.False(Lets(new() { Older = TimeSpan.FromDays(366) }, late));
    }

    private static bool Lets(InboxFilter filter, Approval approval) => filter.Window(approval)?.Has(Samples.Asked.AddMinutes(1)) == true;
}
