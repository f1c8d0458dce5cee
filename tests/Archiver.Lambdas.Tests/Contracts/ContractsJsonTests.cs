using System.Text.Json;
using System.Text.Json.Nodes;
using Archiver.Lambdas.Contracts;

namespace Archiver.Lambdas.Tests.Contracts;

public sealed class ContractsJsonTests
{
    private static readonly DateTimeOffset Time = new(2026, 3, 26, 21, 14, 13, 192, TimeSpan.FromHours(1));

    private static readonly FileMetadata File = new()
    {
        Id = "run-1",
        Name = "a.pdf",
        Bucket = "inbox",
        Key = "2026/a.pdf",
        VersionId = "v1",
        ETag = "\"e\"",
        Size = 123,
        ContentType = "application/pdf",
        Sha256 = "00",
        Archive = true,
        Quality = 35,
        QualityThreshold = 50,
        Checks = [new FileCheck("Type", false, "It is not.")],
    };

    [Fact]
    public void ApprovalMessage_OnTheWire_HasTheDocumentedNames()
    {
        ApprovalMessage message = new()
        {
            TaskToken = "t",
            ExecutionArn = "arn",
            RequestedAt = Time,
            ExpiresAt = Time.AddDays(7),
            Recommendation = ResultAction.QualityFail,
            StartedBy = new Starter("i|1", "Ann"),
            File = File,
        };

        AssertJson(
            """
            { "TaskToken": "t", "ExecutionArn": "arn", "RequestedAt": "2026-03-26T20:14:13.192Z", "ExpiresAt": "2026-04-02T20:14:13.192Z",
              "Recommendation": "Quality_Fail", "StartedBy": { "id": "i|1", "name": "Ann" },
              "File": { "Id": "run-1", "Name": "a.pdf", "Bucket": "inbox", "Key": "2026/a.pdf", "VersionId": "v1", "ETag": "\"e\"", "Size": 123,
                        "ContentType": "application/pdf", "Sha256": "00", "Archive": true, "Quality": 35, "QualityThreshold": 50,
                        "Checks": [ { "Name": "Type", "Passed": false, "Detail": "It is not." } ] } }
            """,
            JsonSerializer.Serialize(message, ContractsJson.Default.ApprovalMessage));
    }

    [Fact]
    public void ApprovalMessage_TokenAlone_IsEnough()
    {
        ApprovalMessage message = JsonSerializer.Deserialize("""{"TaskToken":"t","Else":1}""", ContractsJson.Default.ApprovalMessage)!;

        Assert.Equal("t", message.TaskToken);
        Assert.Null(message.RequestedAt);
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize("{}", ContractsJson.Default.ApprovalMessage));
    }

    [Fact]
    public void ApprovalMessage_AsText_HidesItsToken() =>
        Assert.DoesNotContain("secret", new ApprovalMessage { TaskToken = "secret", ExecutionArn = "arn" }.ToString(), StringComparison.Ordinal);

    [Fact]
    public void Decision_OnTheWire_HasTheDocumentedNames()
    {
        AssertJson(
            """{"approved":false,"reviewer":"ada","comment":"No.","decidedAt":"2026-03-26T20:14:13.192Z"}""",
            JsonSerializer.Serialize(new Decision { Approved = false, Reviewer = "ada", Comment = "No.", DecidedAt = Time }, ContractsJson.Default.Decision));
        AssertJson("""{"approved":true}""", JsonSerializer.Serialize(new Decision { Approved = true }, ContractsJson.Default.Decision));
    }

    [Fact]
    public void RunInput_OnTheWire_HasTheDocumentedNames()
    {
        AssertJson("{}", JsonSerializer.Serialize(new RunInput(), ContractsJson.Default.RunInput));
        AssertJson(
            """{"bucket":"inbox","key":"a","approval_needed":true,"startedBy":{"id":"i|1","name":"Ann"},"simulate":{"archive":true,"quality":35}}""",
            JsonSerializer.Serialize(
                new RunInput { Bucket = "inbox", Key = "a", ApprovalNeeded = true, StartedBy = new Starter("i|1", "Ann"), Simulate = new Simulation { Archive = true, Quality = 35 } },
                ContractsJson.Default.RunInput));
    }

    [Property]
    public bool FileMetadata_RoundTrip_KeepsEverything(NonNull<string> name, string? key, long size, bool archive, int quality, bool passed)
    {
        FileMetadata file = File with
        {
            Name = Clean(name.Get),
            Key = key is null ? null : Clean(key),
            Size = size,
            Archive = archive,
            Quality = quality,
            Checks = [new FileCheck(Clean(name.Get), passed, "")],
        };
        FileMetadata back = RoundTrip(file, ContractsJson.Default.FileMetadata);
        return back with { Checks = [] } == file with { Checks = [] } && back.Checks.SequenceEqual(file.Checks);
    }

    [Property]
    public bool Decision_RoundTrip_KeepsEverything(bool approved, string? reviewer, string? comment, DateTimeOffset decidedAt)
    {
        Decision decision = new()
        {
            Approved = approved,
            Reviewer = reviewer is null ? null : Clean(reviewer),
            Comment = comment is null ? null : Clean(comment),
            DecidedAt = Milliseconds(decidedAt),
        };
        return RoundTrip(decision, ContractsJson.Default.Decision) == decision;
    }

    [Property]
    public bool ResultRecord_RoundTrip_KeepsEverything(DateTimeOffset timestamp, long? size, bool? approved, NonNull<string> comment, int quality)
    {
        ResultRecord record = new()
        {
            Id = "run-1",
            Timestamp = Milliseconds(timestamp),
            Archive = true,
            Quality = quality,
            Action = ResultAction.Denied,
            Approval = true,
            Size = size,
            Approved = approved,
            Comment = Clean(comment.Get),
        };
        ResultRecord back = RoundTrip(record, ContractsJson.Default.ResultRecord);
        return back == record && back.Day == UtcTimestamp.Format(timestamp)[..10];
    }

    private static T RoundTrip<T>(T value, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(JsonSerializer.Serialize(value, type), type)!;

    // A lone surrogate is no text: neither JSON nor S3 can carry one.
    private static string Clean(string text) => System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));

    private static DateTimeOffset Milliseconds(DateTimeOffset time) =>
        DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());

    private static void AssertJson(string expected, string actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual)), actual);
}
