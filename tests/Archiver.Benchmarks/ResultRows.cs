using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Archiver.EndToEnd;
using Archiver.Lambdas.Contracts;

namespace Archiver.Benchmarks;

/// <summary>Results of the last thirty days, as rows of the table that look as the workflow writes them.</summary>
internal static class ResultRows
{
    private const int Days = 30;

    /// <summary>Puts them into the table of a directory in which no dashboard has started yet.</summary>
    public static async Task FillAsync(string directory, int count)
    {
        await using DashboardProcess cloud = await DashboardProcess.StartCloudAsync(directory);
        using LocalClients clients = new(cloud.CloudEndpoint);
        string table = (await clients.DynamoDb.ListTablesAsync()).TableNames.Single(name => name.Contains("ArchiveTable", StringComparison.Ordinal));
        DateTimeOffset end = TimeProvider.System.GetUtcNow().AddMinutes(-1);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, count).Chunk(25),
            new ParallelOptions { MaxDegreeOfParallelism = 4 },
            async (numbers, token) => await clients.DynamoDb.BatchWriteItemAsync(
                new BatchWriteItemRequest { RequestItems = new() { [table] = [.. numbers.Select(number => new WriteRequest(new PutRequest(Row(number, end - (TimeSpan.FromDays(Days) * number / count)))))] } }, token));
        await cloud.StopAsync();
    }

    private static Dictionary<string, AttributeValue> Row(int number, DateTimeOffset at)
    {
        string name = $"receipt-{number:D7}.pdf";
        bool asked = number % 3 == 0, approved = number % 6 == 0;
        int quality = number * 37 % 101;
        Dictionary<string, AttributeValue> row = new()
        {
            ["Id"] = Text($"{number:x32}"),
            ["Timestamp"] = Text(UtcTimestamp.Format(at)),
            ["Day"] = Text(UtcTimestamp.Day(at)),
            ["Archive"] = new() { BOOL = number % 7 > 0 },
            ["Quality"] = new() { N = quality.ToString(CultureInfo.InvariantCulture) },
            ["Action"] = Text(asked ? approved ? ResultAction.Archived : ResultAction.Denied : number % 7 == 0 ? ResultAction.Unarchivable : quality < 50 ? ResultAction.QualityFail : ResultAction.Archived),
            ["Approval"] = new() { BOOL = asked },
            ["FileName"] = Text(name),
            ["Bucket"] = Text("archiver-archive-000000000000"),
            ["Key"] = Text($"archive/a1b2c3d4e5f6-{number:D7}/{name}"),
            ["Size"] = new() { N = (1_400_000 + number).ToString(CultureInfo.InvariantCulture) },
            ["ContentType"] = Text("application/pdf"),
            ["Sha256"] = Text($"{number:x64}"),
            ["ExecutionArn"] = Text($"arn:aws:states:us-east-1:000000000000:execution:archiver-ArchiverStateMachine:{number:x32}"),
        };
        if (!asked) return row;
        row["Approved"] = new() { BOOL = approved };
        row["Reviewer"] = Text(number % 2 == 0 ? "Ann" : "Bob");
        if (!approved) row["Comment"] = Text(number % 5 == 0 ? "Blurred" : "Not ours");
        return row;
    }

    private static AttributeValue Text(string value) => new() { S = value };
}
