using System.Globalization;
using Archiver.Lambdas.Contracts;

namespace Archiver.Lambdas.Functions;

/// <summary>Makes items of the results table. What is not known is no attribute.</summary>
internal static class ResultItem
{
    /// <summary>What an item can say before there is a result: an error on the way is recorded on top of it.</summary>
    /// <param name="file">The file.</param>
    /// <param name="requestedAt">When a person is asked; nothing where none is.</param>
    /// <param name="executionArn">The run.</param>
    public static Dictionary<string, ItemAttribute> Draft(FileMetadata file, DateTimeOffset? requestedAt, string executionArn)
    {
        Dictionary<string, ItemAttribute> item = new()
        {
            ["Id"] = Text(file.Id),
            ["Archive"] = Flag(file.Archive),
            ["Quality"] = Number(file.Quality),
            ["Approval"] = Flag(requestedAt is not null),
            ["FileName"] = Text(file.Name),
            ["Size"] = Number(file.Size),
            ["QualityThreshold"] = Number(file.QualityThreshold),
            ["ExecutionArn"] = Text(executionArn),
        };
        AddText(item, "Bucket", file.Bucket);
        AddText(item, "Key", file.Key);
        AddText(item, "VersionId", file.VersionId);
        AddText(item, "ContentType", file.ContentType);
        AddText(item, "Sha256", file.Sha256);
        if (requestedAt is { } time) item["RequestedAt"] = Text(UtcTimestamp.Format(time));
        return item;
    }

    /// <summary>The item of a result: what was known, and what was done.</summary>
    public static Dictionary<string, ItemAttribute> Complete(IReadOnlyDictionary<string, ItemAttribute> draft, ResultRecord result)
    {
        Dictionary<string, ItemAttribute> item = new(draft);
        AddOutcome(item, result.Action, result.Timestamp);
        AddText(item, "Bucket", result.Bucket);
        AddText(item, "Key", result.Key);
        item.Remove("VersionId"); // of where it was
        AddText(item, "VersionId", result.VersionId);
        if (result.Approved is bool approved) item["Approved"] = Flag(approved);
        AddText(item, "Reviewer", result.Reviewer);
        AddText(item, "Comment", result.Comment);
        if (result.DecidedAt is { } decidedAt) item["DecidedAt"] = Text(UtcTimestamp.Format(decidedAt));
        if (result.DecisionSeconds is { } seconds) item["DecisionSeconds"] = Number(seconds);
        return item;
    }

    /// <summary>Says what was done, and when.</summary>
    public static void AddOutcome(Dictionary<string, ItemAttribute> item, string action, DateTimeOffset timestamp)
    {
        item["Action"] = Text(action);
        item["Timestamp"] = Text(UtcTimestamp.Format(timestamp));
        item["Day"] = Text(UtcTimestamp.Day(timestamp));
    }

    public static void AddText(Dictionary<string, ItemAttribute> item, string name, string? text)
    {
        if (text is not null) item[name] = Text(text);
    }

    public static ItemAttribute Text(string text) => new() { S = text };

    public static ItemAttribute Flag(bool flag) => new() { BOOL = flag };

    private static ItemAttribute Number(long number) => new() { N = number.ToString(CultureInfo.InvariantCulture) };
}
