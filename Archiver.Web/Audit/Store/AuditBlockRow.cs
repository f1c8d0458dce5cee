using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Archiver.Web.Audit.Chain;

namespace Archiver.Web.Audit.Store;

/// <summary>A block as an item of the table, there and back. What is read may have been written over: it is taken as it is, and judged by <see cref="AuditChain"/>.</summary>
internal static class AuditBlockRow
{
    public const string Chain = "Chain";
    public const string First = "First";
    public const string Last = "Last";
    public const string Hash = "Hash";
    public const string At = "At";
    public const string Links = "Entries";

    /// <summary>Which writer's block it is, and which of theirs: a write whose answer was lost is known by it.</summary>
    public const string Stamp = "Stamp";

    /// <summary>The chain; one table has one.</summary>
    public const string Main = "main";

    private const string Entry = "Entry";
    private const string Previous = "Previous";

    public static AttributeValue Text(string text) => new() { S = text };

    public static AttributeValue Number(long number) => new() { N = number.ToString(CultureInfo.InvariantCulture) };

    public static Dictionary<string, AttributeValue> Write(AuditBlock block, string stamp) => new()
    {
        [Chain] = Text(Main),
        [First] = Number(block.First),
        [Last] = Number(block.Last),
        [Hash] = Text(block.Hash),
        [At] = Text(block.At),
        [Stamp] = Text(stamp),
        [Links] = new AttributeValue
        {
            L = [.. block.Links.Select(link => new AttributeValue
            {
                M = new() { [Entry] = Text(link.Entry), [Previous] = Text(link.Previous), [Hash] = Text(link.Hash) },
            })],
        },
    };

    public static AuditBlock Read(Dictionary<string, AttributeValue> item) => new(
        ReadNumber(item, First), ReadNumber(item, Last), ReadText(item, Hash), ReadText(item, At),
        [.. (item.GetValueOrDefault(Links)?.L ?? []).Select(link => new AuditLink(ReadText(link.M, Entry), ReadText(link.M, Previous), ReadText(link.M, Hash)))]);

    public static AuditHead ReadHead(Dictionary<string, AttributeValue> item) => new(ReadNumber(item, Last), ReadText(item, Hash));

    public static string ReadText(Dictionary<string, AttributeValue>? item, string name) => item?.GetValueOrDefault(name)?.S ?? "";

    private static long ReadNumber(Dictionary<string, AttributeValue> item, string name) =>
        long.TryParse(item.GetValueOrDefault(name)?.N, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : 0;
}
