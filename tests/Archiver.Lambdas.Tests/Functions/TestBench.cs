using System.Text;
using System.Text.Json.Nodes;
using Archiver.Lambdas.Contracts;
using Archiver.Lambdas.Functions;
using Microsoft.Extensions.Time.Testing;

namespace Archiver.Lambdas.Tests.Functions;

/// <summary>The functions' surroundings for a test, and the state machine's part: what it passes from one function to the next.</summary>
internal sealed class TestBench
{
    public const string ExecutionArn = "arn:aws:states:us-east-1:000000000000:execution:archiver-ArchiverStateMachine:run-1";
    public const string EnteredAt = "2026-03-26T20:14:13.192Z";

    public TestBench(bool versioned = true)
    {
        S3.Now = Time.GetUtcNow;
        foreach (string bucket in (string[])["inbox", "archive", "rejected"]) S3.CreateBucket(bucket, versioned);
        Services = new FunctionServices(S3.Client(), Environment, Time, new Random(1));
    }

    public FakeS3 S3 { get; } = new();

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 26, 20, 14, 13, TimeSpan.Zero));

    public Dictionary<string, string> Environment { get; } = new()
    {
        ["QUALITY_THRESHOLD"] = "50",
        ["APPROVAL_TIMEOUT_DAYS"] = "7",
        ["ARCHIVE_BUCKET"] = "archive",
        ["REJECTED_BUCKET"] = "rejected",
    };

    public FunctionServices Services { get; }

    /// <summary>Invokes ReadMetadata with a run's input, as JSON.</summary>
    public Task<JsonObject> ReadAsync(string input) => ReadAsync(new ReadMetadata(Services), input);

    public static Task<JsonObject> ReadAsync(ReadMetadata function, string input, string name = "run-1") => InvokeAsync(
        function.HandleAsync, new JsonObject { ["Input"] = JsonNode.Parse(input), ["ExecutionArn"] = ExecutionArn, ["ExecutionName"] = name });

    public Task<JsonObject> ReadFileAsync(string key, string bucket = "inbox") =>
        ReadAsync(new JsonObject { ["bucket"] = bucket, ["key"] = key }.ToJsonString());

    /// <summary>Invokes an action on a run's state.</summary>
    /// <param name="enteredAt">When the run came to the action; every attempt at it is told the same.</param>
    public Task<JsonObject> ActAsync(string function, JsonObject run, DateTimeOffset? enteredAt = null) =>
        InvokeAsync(Handler(function), Request(run, enteredAt));

    /// <summary>What the machine gives an action.</summary>
    public static JsonObject Request(JsonObject run, DateTimeOffset? enteredAt = null) =>
        new() { ["Run"] = run.DeepClone(), ["EnteredAt"] = enteredAt is { } time ? UtcTimestamp.Format(time) : EnteredAt };

    public Func<Stream, Task<Stream>> Handler(string function) => function switch
    {
        nameof(Archive) => new Archive(Services).HandleAsync,
        nameof(QualityFail) => new QualityFail(Services).HandleAsync,
        nameof(Unarchivable) => new Unarchivable(Services).HandleAsync,
        nameof(Deny) => new Deny(Services).HandleAsync,
        nameof(Expire) => new Expire(Services).HandleAsync,
        nameof(ExplainError) => new ExplainError(Services).HandleAsync,
        _ => throw new ArgumentOutOfRangeException(nameof(function), function, "There is no such function."),
    };

    public static async Task<JsonObject> InvokeAsync(Func<Stream, Task<Stream>> handler, JsonObject input)
    {
        await using Stream output = await handler(new MemoryStream(Encoding.UTF8.GetBytes(input.ToJsonString())));
        return (await JsonNode.ParseAsync(output))!.AsObject();
    }
}
