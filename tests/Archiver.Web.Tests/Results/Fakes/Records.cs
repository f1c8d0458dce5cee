using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Archiver.Lambdas.Contracts;
using Archiver.Web.Cloud;
using Archiver.Web.Results;
using Archiver.Web.Results.Store;

namespace Archiver.Web.Tests.Results.Fakes;

/// <summary>Records as the workflow writes them, and what a test says about them.</summary>
internal static class Records
{
    /// <summary>The time that it is in these tests.</summary>
    public static readonly DateTimeOffset Now = new(2026, 3, 26, 20, 14, 13, 192, TimeSpan.Zero);

    public static readonly CloudResources Cloud = new(
        "arn:aws:states:us-east-1:000000000000:stateMachine:archiver-ArchiverStateMachine", "", "", "", "", "", "", FakeResultsTable.Name, "", "", "", "", "", "");

    public static Dictionary<string, AttributeValue> Item(
        string id, DateTimeOffset time, string action = ResultAction.Archived, int quality = 80, bool asked = false, string? name = null, long size = 1024) => new()
        {
            ["Id"] = Text(id),
            ["Timestamp"] = Text(UtcTimestamp.Format(time)),
            ["Day"] = Text(UtcTimestamp.Day(time)),
            ["Action"] = Text(action),
            ["Archive"] = new AttributeValue { BOOL = true },
            ["Quality"] = Number(quality),
            ["Approval"] = new AttributeValue { BOOL = asked },
            ["FileName"] = Text(name ?? $"{id}.pdf"),
            ["Size"] = Number(size),
            ["ContentType"] = Text("application/pdf"),
            ["ExecutionArn"] = Text($"arn:aws:states:us-east-1:000000000000:execution:archiver-ArchiverStateMachine:{id}"),
        };

    public static Dictionary<string, AttributeValue> With(this Dictionary<string, AttributeValue> item, string name, AttributeValue? value)
    {
        if (value is null) item.Remove(name);
        else item[name] = value;
        return item;
    }

    public static ResultRow Row(
        string id, DateTimeOffset time, string action = ResultAction.Archived, int quality = 80, bool asked = false, string? name = null, long size = 1024) =>
        ResultRowReader.Read(Item(id, time, action, quality, asked, name, size));

    public static AttributeValue Text(string text) => new() { S = text };

    public static AttributeValue Number(long number) => new() { N = number.ToString(CultureInfo.InvariantCulture) };

    /// <summary>What the default view asks for: thirty UTC days.</summary>
    public static ResultsSelection Month(ResultsFilter? filter = null) =>
        (filter ?? ResultsFilter.Default).Select(DateOnly.FromDateTime(Now.UtcDateTime), TimeZoneInfo.Utc);
}
