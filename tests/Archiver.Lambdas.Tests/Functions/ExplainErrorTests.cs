using System.Text.Json.Nodes;
using Archiver.Lambdas.Functions;

namespace Archiver.Lambdas.Tests.Functions;

public sealed class ExplainErrorTests
{
    private readonly TestBench _bench = new();

    [Theory]
    [InlineData("ObjectNotFoundException", """{"errorType":"ObjectNotFoundException","errorMessage":"There is no object.","stackTrace":["at X"]}""", "There is no object.")]
    [InlineData("InvalidDecisionException", "It does not decide.", "It does not decide.")]
    [InlineData("NullReferenceException", """{"errorType":"NullReferenceException","errorMessage":"Object reference not set."}""", "NullReferenceException: Object reference not set.")]
    [InlineData("Sandbox.Timedout", """{"errorMessage":"Task timed out after 900.00 seconds"}""", "Sandbox.Timedout: Task timed out after 900.00 seconds")]
    [InlineData("Lambda.TooManyRequestsException", "Rate exceeded (Service: Lambda)", "Lambda.TooManyRequestsException: Rate exceeded (Service: Lambda)")]
    [InlineData("Mine", """{"errorMessage":"cut of""", """Mine: {"errorMessage":"cut of""")]
    [InlineData("Mine", """{"reason":"not a function's"}""", """Mine: {"reason":"not a function's"}""")]
    [InlineData("States.Timeout", "", "States.Timeout, without a cause.")]
    [InlineData("States.Timeout", null, "States.Timeout, without a cause.")]
    [InlineData(null, "Sent by hand.", "States.TaskFailed: Sent by hand.")]
    [InlineData(null, null, "States.TaskFailed, without a cause.")]
    public async Task HandleAsync_AnyFailure_PutsItIntoWords(string? error, string? cause, string words)
    {
        JsonObject failure = [];
        if (error is not null) failure["Error"] = error;
        if (cause is not null) failure["Cause"] = cause;

        JsonObject output = await ExplainAsync(new JsonObject { ["Failure"] = failure, ["Item"] = Base() });

        Assert.Equal(words, (string?)output["Failure"]!["Cause"]);
        Assert.Equal(error ?? "States.TaskFailed", (string?)output["Failure"]!["Error"]);
        Assert.Equal(words, (string?)output["Outcome"]!["Comment"]!["S"]);
        Assert.Equal("Error", (string?)output["Outcome"]!["Action"]!["S"]);
        Assert.Equal(TestBench.EnteredAt, (string?)output["Outcome"]!["Timestamp"]!["S"]);
        Assert.Equal("2026-03-26", (string?)output["Outcome"]!["Day"]!["S"]);
    }

    [Fact]
    public async Task HandleAsync_NothingRead_NamesTheFileOfTheInput()
    {
        JsonObject output = await ExplainAsync(new JsonObject
        {
            ["Failure"] = new JsonObject { ["Error"] = "ObjectNotFoundException", ["Cause"] = "Gone." },
            ["Item"] = Base(),
            ["Input"] = new JsonObject { ["bucket"] = "inbox", ["key"] = "2026/a.txt" },
        });

        JsonObject item = output["Item"]!.AsObject();
        Assert.Equal("a.txt", (string?)item["FileName"]!["S"]);
        Assert.Equal("inbox", (string?)item["Bucket"]!["S"]);
        Assert.Equal("2026/a.txt", (string?)item["Key"]!["S"]);
        Assert.Equal("run-1", (string?)item["Id"]!["S"]);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("\"text\"")]
    [InlineData("""{"bucket":1,"key":{}}""")]
    public async Task HandleAsync_NothingReadOfAnOddInput_KeepsWhatIsKnown(string input)
    {
        JsonObject output = await ExplainAsync(new JsonObject
        {
            ["Failure"] = new JsonObject { ["Error"] = "InvalidRunInputException", ["Cause"] = "No." },
            ["Item"] = Base(),
            ["Input"] = JsonNode.Parse(input),
        });

        Assert.True(JsonNode.DeepEquals(Base(), output["Item"]), output["Item"]!.ToJsonString());
    }

    [Fact]
    public async Task HandleAsync_ActionFailedAfterADecision_KeepsTheDecision()
    {
        JsonObject run = await _bench.ReadAsync("""{"approval_needed":true}""");
        run["Decision"] = new JsonObject { ["approved"] = true, ["reviewer"] = "ada", ["comment"] = "Fine." };
        run["Failure"] = new JsonObject { ["Error"] = "ObjectNotFoundException", ["Cause"] = "Gone." };

        JsonObject output = await ExplainAsync(run);

        JsonObject item = output["Item"]!.AsObject();
        Assert.True((bool)item["Approved"]!["BOOL"]!);
        Assert.True((bool)item["Approval"]!["BOOL"]!);
        Assert.Equal("ada", (string?)item["Reviewer"]!["S"]);
        Assert.Equal("Gone.", (string?)output["Outcome"]!["Comment"]!["S"]);
        Assert.Equal((string?)run["File"]!["Name"], (string?)item["FileName"]!["S"]);
    }

    [Theory]
    [InlineData("\"yes\"")]
    [InlineData("""{"approved":"yes","reviewer":1}""")]
    public async Task HandleAsync_AnswerThatIsNoDecision_TakesNothingFromIt(string decision)
    {
        JsonObject output = await ExplainAsync(new JsonObject
        {
            ["Failure"] = new JsonObject { ["Error"] = "InvalidDecisionException", ["Cause"] = "No." },
            ["Item"] = Base(),
            ["Decision"] = JsonNode.Parse(decision),
        });

        Assert.True(JsonNode.DeepEquals(Base(), output["Item"]), output["Item"]!.ToJsonString());
    }

    private static JsonObject Base() => new()
    {
        ["Id"] = new JsonObject { ["S"] = "run-1" },
        ["Archive"] = new JsonObject { ["BOOL"] = false },
        ["Quality"] = new JsonObject { ["N"] = "0" },
    };

    private Task<JsonObject> ExplainAsync(JsonObject run) => _bench.ActAsync(nameof(ExplainError), run);
}
