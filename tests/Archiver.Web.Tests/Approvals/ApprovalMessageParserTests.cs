using Archiver.Lambdas.Contracts;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Approvals.Intake;

namespace Archiver.Web.Tests.Approvals;

public sealed class ApprovalMessageParserTests
{
    private static readonly DateTimeOffset SentAt = new(2026, 3, 1, 14, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Parse_MessageOfTheContract_ReadsEveryMember()
    {
        ParsedMessage parsed = ApprovalMessageParser.Parse(
            """
            {"TaskToken":"tok","ExecutionArn":"arn:aws:states:us-east-1:000000000000:execution:m:run-7","RequestedAt":"2026-03-01T13:59:58.120Z",
             "ExpiresAt":"2026-03-08T13:59:58.120Z","Recommendation":"Quality_Fail",
             "File":{"Id":"run-7","Name":"a.pdf","Bucket":"b","Key":"k/a.pdf","VersionId":"v1","Size":123,"ContentType":"application/pdf",
                     "Sha256":"00ff","Archive":true,"Quality":35,"QualityThreshold":50,"Checks":[{"Name":"n","Passed":false,"Detail":"d"}]}}
            """,
            SentAt);

        Assert.Equal("tok", parsed.TaskToken);
        Approval approval = Assert.IsType<Approval>(parsed.Approval);
        Assert.Equal(TaskTokenHash.Of("tok"), approval.Id);
        Assert.Equal(ApprovalStatus.Pending, approval.Status);
        Assert.Equal("run-7", approval.RunName);
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 13, 59, 58, 120, TimeSpan.Zero), approval.RequestedAt);
        Assert.Equal(new DateTimeOffset(2026, 3, 8, 13, 59, 58, 120, TimeSpan.Zero), approval.ExpiresAt);
        Assert.Equal("Quality_Fail", approval.Recommendation);
        Assert.Equal("a.pdf", approval.Name);
        Assert.Equal("d", Assert.Single(approval.File!.Checks).Detail);
        Assert.Empty(approval.Other);
    }

    [Fact]
    public void Parse_OnlyAToken_IsAnApprovalAskedWhenItWasSent()
    {
        ParsedMessage parsed = ApprovalMessageParser.Parse("""{"TaskToken":"tok"}""", SentAt);

        Assert.Equal(SentAt, parsed.Approval!.RequestedAt);
        Assert.Null(parsed.Approval.File);
        Assert.Equal(TaskTokenHash.Of("tok")[..12], parsed.Approval.Name);
    }

    [Fact]
    public void Parse_MembersOfAnotherForm_AreKeptAsTheyCame()
    {
        ParsedMessage parsed = ApprovalMessageParser.Parse(
            """{"TaskToken":"tok","RequestedAt":7,"File":"just a name","Order":{"total":12.50,"lines":[1,2]}}""", SentAt);

        Assert.Equal("""{"RequestedAt":7,"File":"just a name","Order":{"total":12.50,"lines":[1,2]}}""", parsed.Approval!.Other.ToJsonString());
        Assert.Equal(SentAt, parsed.Approval.RequestedAt);
    }

    [Fact]
    public void Parse_MessageThatNamesTheStarter_KeepsThem()
    {
        Approval approval = ApprovalMessageParser.Parse("""{"TaskToken":"tok","StartedBy":{"id":"https://id.example|42","name":" Ann\nB. "}}""", SentAt).Approval!;

        Assert.Equal(new Starter("https://id.example|42", "AnnB."), approval.StartedBy);
        Assert.Empty(approval.Other);
    }

    [Fact]
    public void Parse_StarterNull_IsNobodyAndNothingToShow()
    {
        Approval approval = ApprovalMessageParser.Parse("""{"TaskToken":"tok","StartedBy":null}""", SentAt).Approval!;

        Assert.Null(approval.StartedBy);
        Assert.Empty(approval.Other);
    }

    [Theory]
    [InlineData("\"Ann\"")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"id":" ","name":"Ann"}""")]
    [InlineData("""{"id":["x"],"name":"Ann"}""")]
    [InlineData("""{"id":"a\u0000b","name":"Ann"}""")]
    public void Parse_StarterOfAnotherForm_IsKeptAsItCame(string starter)
    {
        Approval approval = ApprovalMessageParser.Parse($$"""{"TaskToken":"tok","StartedBy":{{starter}}}""", SentAt).Approval!;

        Assert.Null(approval.StartedBy);
        Assert.True(approval.Other.ContainsKey("StartedBy"));
    }

    [Fact]
    public void Parse_StarterWithALongName_IsTheSamePersonUnderAShortOne()
    {
        string name = new string('x', Starter.LongestName - 1) + "😀😀";

        Starter starter = ApprovalMessageParser.Parse($$"""{"TaskToken":"tok","StartedBy":{"id":"i","name":"{{name}}"} }""", SentAt).Approval!.StartedBy!;

        Assert.Equal(new Starter("i", new string('x', Starter.LongestName - 1)), starter);
        Assert.Null(ApprovalMessageParser.Parse($$"""{"TaskToken":"tok","StartedBy":{"id":"{{new string('i', Starter.LongestId + 1)}}","name":"n"} }""", SentAt).Approval!.StartedBy);
    }

    [Theory]
    [InlineData("", "not a JSON object")]
    [InlineData("moo", "not a JSON object")]
    [InlineData("[]", "not a JSON object")]
    [InlineData("\"text\"", "not a JSON object")]
    [InlineData("null", "not a JSON object")]
    [InlineData("{\"TaskToken\":\"a\",\"TaskToken\":\"b\"}", "twice")]
    [InlineData("{}", "no TaskToken")]
    [InlineData("{\"TaskToken\":\"\"}", "no TaskToken")]
    [InlineData("{\"TaskToken\":5}", "no TaskToken")]
    [InlineData("{\"tasktoken\":\"a\"}", "no TaskToken")]
    public void Parse_NoApproval_SaysWhy(string body, string reason)
    {
        ParsedMessage parsed = ApprovalMessageParser.Parse(body, SentAt);

        Assert.Null(parsed.Approval);
        Assert.Null(parsed.TaskToken);
        Assert.Contains(reason, parsed.Rejection, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_TokenOfFiveKilobytes_IsRejectedWithoutShowingIt()
    {
        string token = new('x', 5 * 1024);

        ParsedMessage parsed = ApprovalMessageParser.Parse($$"""{"TaskToken":"{{token}}"}""", SentAt);

        Assert.Null(parsed.Approval);
        Assert.Contains("5120", parsed.Rejection, StringComparison.Ordinal);
        Assert.DoesNotContain("xxx", parsed.Rejection, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_TokenOfTheLongestLength_IsTaken() =>
        Assert.NotNull(ApprovalMessageParser.Parse($$"""{"TaskToken":"{{new string('x', ApprovalMessageParser.LongestTaskToken)}}"}""", SentAt).Approval);

    [Fact]
    public void Parse_BodyThatNoRowHolds_IsRejected() =>
        Assert.Contains("380 KB", ApprovalMessageParser.Parse($$"""{"TaskToken":"t","Text":"{{new string('ä', 200 * 1024)}}"}""", SentAt).Rejection, StringComparison.Ordinal);

    [Theory]
    [InlineData("\"Name\":\"a.pdf\"", true)] // no checks at all
    [InlineData("\"Name\":\"a.pdf\",\"Checks\":[]", true)]
    [InlineData("\"Name\":null", false)]
    [InlineData("\"Name\":\"a.pdf\",\"Checks\":[null]", false)]
    [InlineData("\"Name\":\"a.pdf\",\"Checks\":[{\"Name\":null,\"Passed\":true,\"Detail\":\"\"}]", false)]
    [InlineData("\"Name\":\"a.pdf\",\"Checks\":[{\"Name\":\"x\"}]", false)]
    public void Parse_AFileThatIsNotWhole_IsUnderstoodOrKeptAsItCame(string members, bool understood)
    {
        string body = """{"TaskToken":"t","File":{"Id":"f","Size":1,"Archive":true,"Quality":5,"QualityThreshold":50,""" + members + "}}";

        Approval approval = ApprovalMessageParser.Parse(body, default).Approval!;

        Assert.Equal(understood, approval.File is { Checks: not null });
        Assert.Equal(!understood, approval.Other.ContainsKey("File"));
    }
}
