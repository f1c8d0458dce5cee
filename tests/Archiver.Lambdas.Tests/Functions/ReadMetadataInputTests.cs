using System.Text.Json;
using System.Text.Json.Nodes;
using Archiver.Lambdas.Contracts;
using Archiver.Lambdas.Functions;

namespace Archiver.Lambdas.Tests.Functions;

public sealed class ReadMetadataInputTests
{
    private readonly TestBench _bench = new();

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"approval_needed":false}""")]
    [InlineData("""{"comment":"started by hand"}""")]
    public async Task HandleAsync_NoFile_SimulatesOneWithoutApproval(string input)
    {
        JsonObject run = await _bench.ReadAsync(input);

        FileMetadata file = run["File"].Deserialize(ContractsJson.Default.FileMetadata)!;
        Assert.False((bool)run["ApprovalNeeded"]!);
        Assert.False(file.IsReal);
        Assert.Equal("run-1", file.Id);
        Assert.Matches(@"^[a-z-]+-\d{4}\.[a-z]{3,4}$", file.Name);
        Assert.InRange(file.Quality, 0, 100);
        Assert.Equal(file.Quality >= 50, Assert.Single(file.Checks).Passed);
        Assert.Empty(_bench.S3.Calls);
        Assert.False(run["File"]!.AsObject().ContainsKey("Bucket"));
    }

    [Theory]
    [InlineData("""{"id":"https://id.example|42","name":"Ann"}""", """{"id":"https://id.example|42","name":"Ann"}""")]
    [InlineData("""{"id":"i","name":" A\nnn ","more":1}""", """{"id":"i","name":"Ann"}""")]
    [InlineData("""{"id":"i"}""", """{"id":"i","name":"somebody without a name"}""")]
    [InlineData("""{"id":5,"name":"Ann"}""", null)]
    [InlineData("""{"name":"Ann"}""", null)]
    [InlineData("\"Ann\"", null)]
    [InlineData("null", null)]
    public async Task HandleAsync_StarterInTheInput_IsTheOneOfThatIdOrNobody(string starter, string? expected)
    {
        JsonObject run = await _bench.ReadAsync($$"""{"startedBy":{{starter}}}""");

        Assert.True(run["Approval"]!.AsObject().TryGetPropertyValue("StartedBy", out JsonNode? read));
        Assert.Equal(expected, read?.ToJsonString());
    }

    [Fact]
    public async Task HandleAsync_NoFile_DrawsEveryKindOfFile()
    {
        ReadMetadata function = new(_bench.Services);
        HashSet<string> recommendations = [];
        for (int i = 0; i < 200; i++)
        {
            JsonObject run = await TestBench.ReadAsync(function, "{}");
            recommendations.Add((string)run["Approval"]!["Recommendation"]!);
        }

        Assert.Equal(ResultAction.Recommendations.Order(), recommendations.Order());
    }

    [Theory]
    [InlineData("""{"archive":true,"quality":35}""", true, 35, "Quality_Fail")]
    [InlineData("""{"archive":true,"quality":50}""", true, 50, "Archived")]
    [InlineData("""{"archive":true,"quality":49}""", true, 49, "Quality_Fail")]
    [InlineData("""{"archive":false,"quality":100}""", false, 100, "Unarchivable")]
    [InlineData("""{"archive":true,"quality":0}""", true, 0, "Quality_Fail")]
    public async Task HandleAsync_Simulate_PinsWhatItNames(string simulate, bool archive, int quality, string recommendation)
    {
        JsonObject run = await _bench.ReadAsync($$"""{"simulate":{{simulate}}}""");

        Assert.Equal(archive, (bool)run["File"]!["Archive"]!);
        Assert.Equal(quality, (int)run["File"]!["Quality"]!);
        Assert.Equal(recommendation, (string?)run["Approval"]!["Recommendation"]);
    }

    [Fact]
    public async Task HandleAsync_SimulateOneOfThem_LeavesTheOtherToChance()
    {
        ReadMetadata function = new(_bench.Services);
        HashSet<int> qualities = [];
        HashSet<bool> flags = [];
        for (int i = 0; i < 50; i++)
        {
            JsonObject pinned = await TestBench.ReadAsync(function, """{"simulate":{"archive":false}}""");
            Assert.False((bool)pinned["File"]!["Archive"]!);
            qualities.Add((int)pinned["File"]!["Quality"]!);
            flags.Add((bool)(await TestBench.ReadAsync(function, """{"simulate":{"quality":7}}"""))["File"]!["Archive"]!);
        }

        Assert.True(qualities.Count > 5, "the quality is not drawn");
        Assert.Equal(2, flags.Count);
    }

    [Theory]
    [InlineData("[]", "must be a JSON object")]
    [InlineData("\"approve\"", "it is a string")]
    [InlineData("5", "it is a number")]
    [InlineData("true", "it is a boolean")]
    [InlineData("""{"approval_needed":"true"}""", "“approval_needed” must be true or false; it is a string")]
    [InlineData("""{"approval_needed":1}""", "“approval_needed” must be true or false; it is a number")]
    [InlineData("""{"approval_needed":null}""", "“approval_needed” must be true or false; it is null")]
    [InlineData("""{"bucket":"inbox"}""", "only one of them")]
    [InlineData("""{"key":"a.txt"}""", "only one of them")]
    [InlineData("""{"bucket":"inbox","key":7}""", "“key” must be a string; it is a number")]
    [InlineData("""{"bucket":["inbox"],"key":"a"}""", "“bucket” must be a string; it is an array")]
    [InlineData("""{"bucket":"inbox","key":""}""", "1 to 1024 bytes")]
    [InlineData("""{"version_id":"v1"}""", "“version_id” without the “bucket” and “key”")]
    [InlineData("""{"bucket":"inbox","key":"a","version_id":""}""", "“version_id” must have 1 to 1024 bytes")]
    [InlineData("""{"bucket":"inbox","key":"a","version_id":1}""", "“version_id” must be a string; it is a number")]
    [InlineData("""{"bucket":"../inbox","key":"a"}""", "“../inbox” is not a bucket's name")]
    [InlineData("""{"bucket":"in","key":"a"}""", "“in” is not a bucket's name")]
    [InlineData("""{"bucket":"inbox\n","key":"a"}""", "is not a bucket's name")]
    [InlineData("""{"bucket":"inbox","key":"a","simulate":{}}""", "both a file and “simulate”")]
    [InlineData("""{"simulate":true}""", "“simulate” must be an object")]
    [InlineData("""{"simulate":{"archive":"no"}}""", "“archive” must be true or false; it is a string")]
    [InlineData("""{"simulate":{"quality":101}}""", "whole number from 0 to 100; it is 101")]
    [InlineData("""{"simulate":{"quality":-1}}""", "whole number from 0 to 100; it is -1")]
    [InlineData("""{"simulate":{"quality":3.5}}""", "whole number from 0 to 100; it is 3.5")]
    [InlineData("""{"simulate":{"quality":"35"}}""", "whole number from 0 to 100; it is a string")]
    public async Task HandleAsync_InvalidInput_SaysWhatIsWrong(string input, string reason)
    {
        InvalidRunInputException exception = await Assert.ThrowsAsync<InvalidRunInputException>(() => _bench.ReadAsync(input));

        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
        Assert.Empty(_bench.S3.Calls);
    }

    [Fact]
    public async Task HandleAsync_KeyOfMoreThan1024Bytes_SaysSo()
    {
        string key = new('契', 342); // three bytes each

        await Assert.ThrowsAsync<InvalidRunInputException>(() => _bench.ReadFileAsync(key));
    }
}
