using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Archiver.Lambdas.Contracts;

namespace Archiver.Web.Results.Store;

/// <summary>Reads a record, whatever it is: an attribute that is missing or of another type than the workflow's is no error.</summary>
internal static class ResultRowReader
{
    public static ResultRow Read(Dictionary<string, AttributeValue> item)
    {
        string timestamp = Text(item, nameof(ResultRow.Timestamp)) ?? "";
        return new ResultRow
        {
            Id = Text(item, nameof(ResultRow.Id)) ?? "",
            Day = Text(item, nameof(ResultRow.Day)) ?? "",
            Timestamp = timestamp,
            Time = UtcTimestamp.TryParse(timestamp, out DateTimeOffset time) ? time : null,
            Action = Text(item, nameof(ResultRow.Action)),
            Archive = Flag(item, nameof(ResultRow.Archive)),
            Quality = Number(item, nameof(ResultRow.Quality)),
            Approval = Flag(item, nameof(ResultRow.Approval)),
            Approved = Flag(item, nameof(ResultRow.Approved)),
            Reviewer = Text(item, nameof(ResultRow.Reviewer)),
            Comment = Text(item, nameof(ResultRow.Comment)),
            FileName = Text(item, nameof(ResultRow.FileName)),
            Bucket = Text(item, nameof(ResultRow.Bucket)),
            Key = Text(item, nameof(ResultRow.Key)),
            VersionId = Text(item, nameof(ResultRow.VersionId)),
            Size = Number(item, nameof(ResultRow.Size)),
            ContentType = Text(item, nameof(ResultRow.ContentType)),
            Sha256 = Text(item, nameof(ResultRow.Sha256)),
            QualityThreshold = Number(item, nameof(ResultRow.QualityThreshold)),
            RequestedAt = Text(item, nameof(ResultRow.RequestedAt)),
            DecidedAt = Text(item, nameof(ResultRow.DecidedAt)),
            DecisionSeconds = Number(item, nameof(ResultRow.DecisionSeconds)),
            ExecutionArn = Text(item, nameof(ResultRow.ExecutionArn)),
        };
    }

    private static ResultValue<bool>? Flag(Dictionary<string, AttributeValue> item, string name) =>
        Text(item, name) is { } text ? new ResultValue<bool>(item[name].BOOL, text) : null;

    private static ResultValue<decimal>? Number(Dictionary<string, AttributeValue> item, string name)
    {
        if (Text(item, name) is not { } text) return null;
        // DynamoDB's numbers go to 1E125, and a decimal's to 7.9E28.
        bool isNumber = item[name].N is { } digits && decimal.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
        return new ResultValue<decimal>(isNumber ? decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture) : null, text);
    }

    private static string? Text(Dictionary<string, AttributeValue> item, string name) =>
        item.TryGetValue(name, out AttributeValue? attribute) && Text(attribute) is { Length: > 0 } text ? text : null;

    private static string? Text(AttributeValue attribute) => attribute switch
    {
        { S: { } text } => text,
        { N: { } digits } => digits,
        { BOOL: { } flag } => flag ? "true" : "false",
        { SS: { Count: > 0 } texts } => string.Join(", ", texts),
        { NS: { Count: > 0 } numbers } => string.Join(", ", numbers),
        { L: { Count: > 0 } items } => string.Join(", ", items.Select(Text)),
        { M: { Count: > 0 } members } => string.Join(", ", members.Select(member => $"{member.Key}: {Text(member.Value)}")),
        _ => null,
    };
}
