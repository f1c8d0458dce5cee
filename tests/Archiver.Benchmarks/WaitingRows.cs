using System.Globalization;
using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using Archiver.EndToEnd;

namespace Archiver.Benchmarks;

/// <summary>Approvals that wait, as rows of the table that look as the intake writes them.</summary>
internal static class WaitingRows
{
    /// <summary>Puts them into the table of a directory in which no dashboard has started yet.</summary>
    public static async Task FillAsync(string directory, int count)
    {
        await using DashboardProcess cloud = await DashboardProcess.StartCloudAsync(directory);
        using LocalClients clients = new(cloud.CloudEndpoint);
        string table = (await clients.DynamoDb.ListTablesAsync()).TableNames.Single(name => name.Contains("ApprovalsTable", StringComparison.Ordinal));
        await Parallel.ForEachAsync(
            Enumerable.Range(0, count).Chunk(25),
            new ParallelOptions { MaxDegreeOfParallelism = 4 },
            async (numbers, token) => await clients.DynamoDb.BatchWriteItemAsync(
                new BatchWriteItemRequest { RequestItems = new() { [table] = [.. numbers.Select(number => new WriteRequest(new PutRequest(Row(number))))] } }, token));
        await cloud.StopAsync();
    }

    private static Dictionary<string, AttributeValue> Row(int number)
    {
        string name = $"ledger-{number:D6}.pdf";
        string file = JsonSerializer.Serialize(new
        {
            Id = $"run-{number:D6}",
            Name = name,
            Bucket = "archiver-inbox-000000000000",
            Key = $"uploads/a1b2c3d4e5f6-{number:D4}/{name}",
            VersionId = $"{number:x32}",
            ETag = $"\"{number:x32}\"",
            Size = 1_400_000 + number,
            ContentType = "application/pdf",
            Sha256 = $"{number:x64}",
            Archive = true,
            Quality = number % 101,
            QualityThreshold = 50,
            Checks = new[]
            {
                new { Name = "NotEmpty", Passed = true, Detail = "It has content." },
                new { Name = "Type", Passed = number % 2 == 0, Detail = "Its name says pdf, and its content agrees: %PDF-1.7." },
            },
        });
        string asked = new DateTime(2026, 3, 1).AddSeconds(number).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        return new()
        {
            ["Id"] = new() { S = $"{number:x43}" },
            ["Status"] = new() { S = "Pending" },
            ["Version"] = new() { N = "1" },
            ["RequestedAt"] = new() { S = asked },
            ["Recommendation"] = new() { S = "Archived" },
            ["File"] = new() { S = file },
            ["TaskToken"] = new() { S = $"{number:x512}" },
            ["ChangedBy"] = new() { S = "benchmark" },
            ["ChangedAt"] = new() { S = asked },
        };
    }
}
