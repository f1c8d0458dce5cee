using System.Text.Json.Nodes;
using Archiver.Lambdas.Functions;

namespace Archiver.Lambdas.Tests.Functions;

public sealed class DecisionTests
{
    private readonly TestBench _bench = new();

    [Fact]
    public async Task HandleAsync_Denied_RecordsWhoAndWhy()
    {
        JsonObject run = await AskedAsync("""{"approved":false,"reviewer":"ada","comment":"“Blurred” – <b>again</b>","decidedAt":"2026-03-27T08:00:00Z"}""");

        JsonObject item = (await _bench.ActAsync(nameof(Deny), run))["Item"]!.AsObject();

        Assert.True((bool)item["Approval"]!["BOOL"]!);
        Assert.False((bool)item["Approved"]!["BOOL"]!);
        Assert.Equal("ada", (string?)item["Reviewer"]!["S"]);
        Assert.Equal("“Blurred” – <b>again</b>", (string?)item["Comment"]!["S"]);
    }

    [Theory]
    [InlineData("""{"approved":true}""")]
    [InlineData("""{"approved":true,"reviewer":null,"comment":null,"decidedAt":null}""")]
    [InlineData("""{"approved":true,"ticket":17}""")]
    public async Task HandleAsync_ApprovedAlone_RecordsNoMore(string decision)
    {
        JsonObject run = await AskedAsync(decision);

        JsonObject item = (await _bench.ActAsync(nameof(Archive), run))["Item"]!.AsObject();

        Assert.True((bool)item["Approved"]!["BOOL"]!);
        Assert.False(item.ContainsKey("Reviewer"));
        Assert.False(item.ContainsKey("Comment"));
    }

    [Theory]
    [InlineData(null, TestBench.EnteredAt, 853)] // as a shell answers
    [InlineData("2026-03-26T20:13:13.500Z", "2026-03-26T20:13:13.500Z", 793)]
    [InlineData("2999-01-01T00:00:00Z", TestBench.EnteredAt, 853)] // a clock that is wrong
    [InlineData("2001-01-01T00:00:00Z", "2001-01-01T00:00:00.000Z", 0)]
    public async Task HandleAsync_Answered_RecordsHowLongItTook(string? decidedAt, string expected, long seconds)
    {
        JsonObject run = await AskedAsync(decidedAt is null ? """{"approved":true}""" : $$"""{"approved":true,"decidedAt":"{{decidedAt}}"}""");
        run["Approval"]!["RequestedAt"] = "2026-03-26T20:00:00.000Z";

        JsonObject output = await _bench.ActAsync(nameof(Archive), run);

        JsonObject item = output["Item"]!.AsObject();
        Assert.Equal(expected, (string?)item["DecidedAt"]!["S"]);
        Assert.Equal(seconds.ToString(System.Globalization.CultureInfo.InvariantCulture), (string?)item["DecisionSeconds"]!["N"]);
        Assert.Equal(seconds, (long?)output["Result"]!["DecisionSeconds"]);
    }

    [Theory]
    [InlineData("""{"approved":true,"comment":7}""", "“comment” must be a string")]
    [InlineData("""{"approved":true,"reviewer":["ada"]}""", "“reviewer” must be a string")]
    [InlineData("""{"approved":true,"decidedAt":"yesterday"}""", "“decidedAt” must be a time")]
    [InlineData("""{"approved":"yes"}""", "“approved” must be true or false")]
    [InlineData("""["approved"]""", "“approved” must be true or false")]
    public async Task HandleAsync_InvalidDecision_SaysWhatIsWrongAndMovesNothing(string decision, string reason)
    {
        _bench.S3.Put("inbox", "a.txt", "text");
        JsonObject run = await _bench.ReadAsync("""{"bucket":"inbox","key":"a.txt","approval_needed":true}""");
        run["Decision"] = JsonNode.Parse(decision);

        InvalidDecisionException exception =
            await Assert.ThrowsAsync<InvalidDecisionException>(() => _bench.ActAsync(nameof(Archive), run));

        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
        Assert.Single(_bench.S3.Versions("inbox", "a.txt"));
        Assert.Empty(_bench.S3.Versions("archive", "2026/03/26/a.txt"));
    }

    [Fact]
    public async Task HandleAsync_NobodyAnswered_RecordsThatAndLeavesTheFile()
    {
        _bench.S3.Put("inbox", "a.txt", "text");
        JsonObject run = await _bench.ReadAsync("""{"bucket":"inbox","key":"a.txt","approval_needed":true}""");
        run["Failure"] = new JsonObject { ["Error"] = "States.Timeout", ["Cause"] = "" };

        JsonObject first = await _bench.ActAsync(nameof(Expire), run);
        JsonObject second = await _bench.ActAsync(nameof(Expire), run);

        Assert.Equal(first.ToJsonString(), second.ToJsonString());
        StoredObject stored = Assert.Single(_bench.S3.Versions("inbox", "a.txt"));
        Assert.Equal(stored.VersionId, (string?)first["Result"]!["VersionId"]);
        JsonObject item = first["Item"]!.AsObject();
        Assert.Equal("Expired", (string?)item["Action"]!["S"]);
        Assert.Equal("inbox", (string?)item["Bucket"]!["S"]);
        Assert.True((bool)item["Approval"]!["BOOL"]!);
        Assert.False(item.ContainsKey("Approved"));
    }

    private async Task<JsonObject> AskedAsync(string decision)
    {
        JsonObject run = await _bench.ReadAsync("""{"approval_needed":true,"simulate":{"archive":true,"quality":35}}""");
        run["Decision"] = JsonNode.Parse(decision);
        return run;
    }
}
