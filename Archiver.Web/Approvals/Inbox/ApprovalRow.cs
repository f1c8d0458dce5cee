using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.Model;
using Archiver.Lambdas.Contracts;

namespace Archiver.Web.Approvals.Inbox;

/// <summary>An approval as attributes of its row, there and back.</summary>
internal static class ApprovalRow
{
    public const string Id = "Id";
    public const string Status = "Status";
    public const string TaskToken = "TaskToken";

    public static Dictionary<string, AttributeValue> Write(Approval approval)
    {
        Dictionary<string, AttributeValue> row = new()
        {
            [Id] = Text(approval.Id),
            [Status] = Text(approval.Status.ToString()),
            ["Version"] = new AttributeValue { N = approval.Version.ToString(CultureInfo.InvariantCulture) },
            ["RequestedAt"] = Text(UtcTimestamp.Format(approval.RequestedAt)),
        };
        if (approval.ExpiresAt is { } expiresAt) row["ExpiresAt"] = Text(UtcTimestamp.Format(expiresAt));
        if (approval.ExecutionArn is { Length: > 0 } arn) row["ExecutionArn"] = Text(arn);
        if (approval.Recommendation is { Length: > 0 } recommendation) row["Recommendation"] = Text(recommendation);
        if (approval.File is { } file) row["File"] = Text(JsonSerializer.Serialize(file, ContractsJson.Default.FileMetadata));
        if (approval.Other.Count > 0) row["Other"] = Text(approval.Other.ToJsonString());
        if (approval.Decision is { } decision) row["Decision"] = new AttributeValue { M = WriteDecision(decision) };
        if (approval.ClosedBecause is { } because) row["ClosedBecause"] = Text(because);
        return row;
    }

    public static Approval Read(Dictionary<string, AttributeValue> row) => new()
    {
        Id = row[Id].S,
        Status = Enum.Parse<ApprovalStatus>(row[Status].S),
        Version = long.Parse(row["Version"].N, CultureInfo.InvariantCulture),
        RequestedAt = ParseStamp(row["RequestedAt"].S),
        ExpiresAt = row.TryGetValue("ExpiresAt", out AttributeValue? expiresAt) ? ParseStamp(expiresAt.S) : null,
        ExecutionArn = row.GetValueOrDefault("ExecutionArn")?.S,
        Recommendation = row.GetValueOrDefault("Recommendation")?.S,
        File = row.TryGetValue("File", out AttributeValue? file) ? JsonSerializer.Deserialize(file.S, ContractsJson.Default.FileMetadata) : null,
        Other = row.TryGetValue("Other", out AttributeValue? other) ? JsonNode.Parse(other.S)!.AsObject() : [],
        Decision = row.TryGetValue("Decision", out AttributeValue? decision) ? ReadDecision(decision.M) : null,
        ClosedBecause = row.GetValueOrDefault("ClosedBecause")?.S,
    };

    public static Dictionary<string, AttributeValue> WriteDecision(Decision decision)
    {
        Dictionary<string, AttributeValue> map = new() { ["Approved"] = new AttributeValue { BOOL = decision.Approved } };
        if (decision.Reviewer is { Length: > 0 } reviewer) map["Reviewer"] = Text(reviewer);
        if (decision.Comment is { Length: > 0 } comment) map["Comment"] = Text(comment);
        if (decision.DecidedAt is { } decidedAt) map["DecidedAt"] = Text(UtcTimestamp.Format(decidedAt));
        return map;
    }

    private static DateTimeOffset ParseStamp(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    private static Decision ReadDecision(Dictionary<string, AttributeValue> map) => new()
    {
        Approved = map["Approved"].BOOL ?? false,
        Reviewer = map.GetValueOrDefault("Reviewer")?.S,
        Comment = map.GetValueOrDefault("Comment")?.S,
        DecidedAt = map.TryGetValue("DecidedAt", out AttributeValue? decidedAt) ? ParseStamp(decidedAt.S) : null,
    };

    private static AttributeValue Text(string value) => new() { S = value };
}
