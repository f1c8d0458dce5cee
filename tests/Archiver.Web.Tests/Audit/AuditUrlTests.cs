using Archiver.Web.Audit;
using Archiver.Web.Audit.Pages;
using Archiver.Web.Identity.Access;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Archiver.Web.Tests.Audit;

public sealed class AuditUrlTests
{
    public static TheoryData<AuditView> Views =>
    [
        AuditView.Default,
        new AuditView(new AuditFilter(new DateTime(2026, 3, 1, 14, 2, 0), new DateTime(2026, 3, 2), "Ann & Bob", Operation.StopRun, AuditPhase.Refused, "ledger <2>.pdf")),
        new AuditView(AuditFilter.Any, Before: 12),
        new AuditView(new AuditFilter(Person: "Ann"), After: 0),
    ];

    [Theory]
    [MemberData(nameof(Views))]
    public void Parse_WhatToWrote_IsTheView(AuditView view)
    {
        (AuditView read, IReadOnlyList<string> problems) = Parse(AuditUrl.To(view));

        Assert.Equal(view, read);
        Assert.Empty(problems);
    }

    [Theory]
    [InlineData("from=yesterday", "from is 'yesterday'")]
    [InlineData("until=0001-01-01T00:00", "until is '0001-01-01T00:00'")]
    [InlineData("from=2026-03-02T00:00&until=2026-03-01T00:00", "from is not before until.")]
    [InlineData("operation=3", "operation is '3'")]
    [InlineData("operation=decide", "operation is 'decide'")]
    [InlineData("phase=Maybe", "phase is 'Maybe'")]
    [InlineData("before=-1", "before is '-1'")]
    [InlineData("after=99999999999999999999", "after is '99999999999999999999'")]
    public void Parse_WhatIsNotUnderstood_IsLeftOutAndSaid(string query, string problem)
    {
        (AuditView view, IReadOnlyList<string> problems) = Parse($"/audit?{query}");

        Assert.Equal(AuditView.Default, view);
        Assert.StartsWith(problem, Assert.Single(problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_TextThatIsTooLong_IsLeftOutAndSaid() =>
        Assert.Equal("subject is longer than 200 characters.", Assert.Single(Parse($"/audit?subject={new string('x', 201)}").Problems));

    private static ParsedAuditView Parse(string address)
    {
        Dictionary<string, StringValues> query = QueryHelpers.ParseQuery(new Uri(new Uri("http://localhost"), address).Query);
        return AuditUrl.Parse(name => query.GetValueOrDefault(name));
    }
}
