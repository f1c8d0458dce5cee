using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.Model;
using Archiver.Lambdas.Contracts;
using Archiver.Web.Approvals.FourEyes;
using Archiver.Web.Approvals.Record;

namespace Archiver.Web.Approvals.Inbox;

/// <summary>An approval and its record as attributes of a row, there and back.</summary>
internal static class ApprovalRow
{
    public const string Id = "Id";
    public const string Status = "Status";
    public const string Version = "Version";
    public const string ExecutionArn = "ExecutionArn";
    public const string TaskToken = "TaskToken";
    public const string Decision = "Decision";
    public const string DecisionStamp = "DecisionStamp";
    public const string ReviewerId = "ReviewerId";
    public const string Votes = "Votes";
    public const string Claim = "Claim";
    public const string Reopened = "Reopened";
    public const string Closing = "Closing";
    public const string FirstSeenAt = "FirstSeenAt";
    public const string Events = "Events";
    public const string ChangedBy = "ChangedBy";
    public const string ChangedAt = "ChangedAt";

    /// <summary>The time to live, in seconds since 1970: when the table may let the row go.</summary>
    public const string ExpireAfter = "ExpireAfter";

    // As it came: escaped, text that is not ASCII would take up to six times its room in the row.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What <see cref="Read"/> reads, but for the status.</summary>
    public static IReadOnlyList<string> Shown { get; } =
        [Id, Version, "RequestedAt", "ExpiresAt", ExecutionArn, "StartedBy", "Recommendation", "File", "Other", Decision, ReviewerId, Votes, Claim, Reopened, Closing, FirstSeenAt];

    public static Dictionary<string, AttributeValue> Write(Approval approval)
    {
        Dictionary<string, AttributeValue> row = new()
        {
            [Id] = Text(approval.Id),
            [Status] = Text(approval.Status.ToString()),
            [Version] = Number(approval.Version),
            ["RequestedAt"] = Stamp(approval.RequestedAt),
        };
        if (approval.ExpiresAt is { } expiresAt) row["ExpiresAt"] = Stamp(expiresAt);
        if (approval.ExecutionArn is { Length: > 0 } arn) row[ExecutionArn] = Text(arn);
        if (approval.StartedBy is { } starter) row["StartedBy"] = Map(("Id", Text(starter.Id)), ("Name", Text(starter.Name)));
        if (approval.Recommendation is { Length: > 0 } recommendation) row["Recommendation"] = Text(recommendation);
        if (approval.File is { } file) row["File"] = Text(JsonSerializer.Serialize(file, ContractsJson.Default.FileMetadata));
        if (approval.Other.Count > 0) row["Other"] = Text(approval.Other.ToJsonString(Plain));
        if (approval.Decision is { } decision) row[Decision] = Write(decision);
        if (approval.ReviewerId is { Length: > 0 } reviewerId) row[ReviewerId] = Text(reviewerId);
        if (approval.Votes.Count > 0) row[Votes] = Write(approval.Votes);
        if (approval.Claim is { } claim) row[Claim] = Write(claim);
        if (approval.Reopened > 0) row[Reopened] = Number(approval.Reopened);
        if (approval.Closing is { } closing) row[Closing] = Write(closing);
        if (approval.FirstSeenAt is { } firstSeenAt) row[FirstSeenAt] = Stamp(firstSeenAt);
        return row;
    }

    public static Approval Read(Dictionary<string, AttributeValue> row) => new()
    {
        Id = row[Id].S,
        Status = Enum.Parse<ApprovalStatus>(row[Status].S),
        Version = long.Parse(row[Version].N, CultureInfo.InvariantCulture),
        RequestedAt = ReadStamp(row, "RequestedAt") ?? throw new FormatException("The row has no RequestedAt."),
        ExpiresAt = ReadStamp(row, "ExpiresAt"),
        ExecutionArn = row.GetValueOrDefault(ExecutionArn)?.S,
        StartedBy = row.TryGetValue("StartedBy", out AttributeValue? starter) ? ReadStarter(starter.M) : null,
        Recommendation = RepeatedText.Shared.Once(row.GetValueOrDefault("Recommendation")?.S),
        File = row.TryGetValue("File", out AttributeValue? file) ? ReadFile(file.S) : null,
        Other = row.TryGetValue("Other", out AttributeValue? other) ? JsonNode.Parse(other.S)!.AsObject() : [],
        Decision = row.TryGetValue(Decision, out AttributeValue? decision) ? ReadDecision(decision.M) : null,
        ReviewerId = row.GetValueOrDefault(ReviewerId)?.S,
        Votes = row.TryGetValue(Votes, out AttributeValue? votes) ? [.. votes.L.Select(vote => ReadVote(vote.M))] : [],
        Claim = row.TryGetValue(Claim, out AttributeValue? claim) ? ReadClaim(claim.M) : null,
        Reopened = row.TryGetValue(Reopened, out AttributeValue? reopened) ? int.Parse(reopened.N, CultureInfo.InvariantCulture) : 0,
        Closing = row.TryGetValue(Closing, out AttributeValue? closing) ? ReadClosing(closing.M) : null,
        FirstSeenAt = ReadStamp(row, FirstSeenAt),
    };

    /// <summary>The record of a row. A row of before there were records has none.</summary>
    public static IReadOnlyList<ApprovalEvent> ReadEvents(Dictionary<string, AttributeValue> row) =>
        row.TryGetValue(Events, out AttributeValue? events) ? [.. events.L.Select(line => ReadEvent(line.M))] : [];

    public static AttributeValue Write(Decision decision)
    {
        Dictionary<string, AttributeValue> map = new() { ["Approved"] = new AttributeValue { BOOL = decision.Approved } };
        if (decision.Reviewer is { Length: > 0 } reviewer) map["Reviewer"] = Text(reviewer);
        if (decision.Comment is { Length: > 0 } comment) map["Comment"] = Text(comment);
        if (decision.DecidedAt is { } decidedAt) map["DecidedAt"] = Stamp(decidedAt);
        return new AttributeValue { M = map };
    }

    public static AttributeValue Write(IReadOnlyList<Vote> votes) => new()
    {
        L =
        [
            .. votes.Select(vote =>
            {
                AttributeValue map = Map(("PersonId", Text(vote.PersonId)), ("Name", Text(vote.Name)), ("At", Stamp(vote.At)));
                if (vote.Comment is { Length: > 0 } comment) map.M["Comment"] = Text(comment);
                if (vote.Stamp is { } stamp) map.M["Stamp"] = Text(stamp);
                return map;
            }),
        ],
    };

    public static AttributeValue Write(ApprovalClaim claim) => Map(("PersonId", Text(claim.PersonId)), ("Name", Text(claim.Name)), ("Since", Stamp(claim.Since)));

    public static AttributeValue Write(Closing closing)
    {
        Dictionary<string, AttributeValue> map = new() { ["Reason"] = Text(closing.Reason.ToString()) };
        if (closing.At is { } at) map["At"] = Stamp(at);
        if (closing.Detail is { Length: > 0 } detail) map["Detail"] = Text(detail);
        return new AttributeValue { M = map };
    }

    /// <summary>A record's line, as the list that is appended.</summary>
    public static AttributeValue Write(ApprovalEvent line)
    {
        Dictionary<string, AttributeValue> map = new() { ["At"] = Stamp(line.At), ["Kind"] = Text(line.Kind.ToString()) };
        if (line.By is { Length: > 0 } by) map["By"] = Text(by);
        if (line.Detail is { Length: > 0 } detail) map["Detail"] = Text(detail);
        if (line.ById is { Length: > 0 } id) map["ById"] = Text(id);
        return new AttributeValue { L = [new AttributeValue { M = map }] };
    }

    public static AttributeValue Text(string value) => new() { S = value };

    public static AttributeValue Number(long value) => new() { N = value.ToString(CultureInfo.InvariantCulture) };

    public static AttributeValue Stamp(DateTimeOffset moment) => Text(UtcTimestamp.Format(moment));

    // Very many files can wait at once, and much of what is said of them is the same.
    private static FileMetadata? ReadFile(string json) => JsonSerializer.Deserialize(json, ContractsJson.Default.FileMetadata) is { } file
        ? file with
        {
            Bucket = RepeatedText.Shared.Once(file.Bucket),
            ContentType = RepeatedText.Shared.Once(file.ContentType),
            Checks = [.. file.Checks.Select(check => new FileCheck(RepeatedText.Shared.Once(check.Name), check.Passed, RepeatedText.Shared.Once(check.Detail)))],
        }
        : null;

    private static Decision ReadDecision(Dictionary<string, AttributeValue> map) => new()
    {
        Approved = map["Approved"].BOOL ?? false,
        Reviewer = map.GetValueOrDefault("Reviewer")?.S,
        Comment = map.GetValueOrDefault("Comment")?.S,
        DecidedAt = ReadStamp(map, "DecidedAt"),
    };

    // Few people start many runs.
    private static Starter ReadStarter(Dictionary<string, AttributeValue> map) => new(RepeatedText.Shared.Once(map["Id"].S), RepeatedText.Shared.Once(map["Name"].S));

    private static Vote ReadVote(Dictionary<string, AttributeValue> map) =>
        new(map["PersonId"].S, map["Name"].S, ReadStamp(map, "At") ?? throw new FormatException("A vote has no time."), map.GetValueOrDefault("Comment")?.S)
        {
            Stamp = map.GetValueOrDefault("Stamp")?.S,
        };

    private static ApprovalClaim ReadClaim(Dictionary<string, AttributeValue> map) =>
        new(map["PersonId"].S, map["Name"].S, ReadStamp(map, "Since") ?? throw new FormatException("A claim has no time."));

    private static AttributeValue Map(params (string Name, AttributeValue Value)[] members) => new() { M = members.ToDictionary(one => one.Name, one => one.Value) };

    private static Closing ReadClosing(Dictionary<string, AttributeValue> map) =>
        new(Enum.Parse<ClosedReason>(map["Reason"].S), ReadStamp(map, "At"), map.GetValueOrDefault("Detail")?.S);

    private static ApprovalEvent ReadEvent(Dictionary<string, AttributeValue> map) => new(
        ReadStamp(map, "At") ?? throw new FormatException("A line of the record has no time."),
        Enum.Parse<ApprovalEventKind>(map["Kind"].S),
        map.GetValueOrDefault("By")?.S,
        map.GetValueOrDefault("Detail")?.S,
        map.GetValueOrDefault("ById")?.S);

    private static DateTimeOffset? ReadStamp(Dictionary<string, AttributeValue> row, string name) =>
        row.TryGetValue(name, out AttributeValue? stamp) && UtcTimestamp.TryParse(stamp.S, out DateTimeOffset moment) ? moment : null;
}
