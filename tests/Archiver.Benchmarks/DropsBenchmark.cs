using System.Diagnostics;
using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Archiver.EndToEnd;

namespace Archiver.Benchmarks;

/// <summary>
/// A thousand small files dropped at once in the inbox bucket, to the last one's record, on the standard machine and on the express one.
/// The baseline is the same files put where nothing starts.
/// </summary>
internal static class DropsBenchmark
{
    private const int Files = 1_000;
    private const int SideBySide = 16;
    private const string Inbox = "archiver-inbox-000000000000";

    public static async Task RunAsync()
    {
        foreach (string workflow in (string[])["Standard", "Express"])
        {
            using TemporaryDirectory data = new();
            await using DashboardProcess cloud = await DashboardProcess.StartCloudAsync(data.Path, "--parameter", $"DropWorkflow={workflow}");
            using LocalClients clients = new(cloud.CloudEndpoint);
            using AmazonS3Client s3 = new(
                new BasicAWSCredentials("local", "local"),
                new AmazonS3Config { ServiceURL = cloud.CloudEndpoint.ToString(), AuthenticationRegion = "us-east-1", ForcePathStyle = true });

            await PutAsync(s3, "uploads/warm-up", 50);
            long start = Stopwatch.GetTimestamp();
            await PutAsync(s3, "uploads/baseline", Files);
            double baseline = Files / Stopwatch.GetElapsedTime(start).TotalSeconds;

            await PutAsync(s3, "warm-up", 50);
            await RecordedAsync(clients.DynamoDb, 50);
            start = Stopwatch.GetTimestamp();
            await PutAsync(s3, "drops", Files);
            double put = Files / Stopwatch.GetElapsedTime(start).TotalSeconds;
            await RecordedAsync(clients.DynamoDb, 50 + Files);
            double recorded = Files / Stopwatch.GetElapsedTime(start).TotalSeconds;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{workflow,-9} {Files} files: recorded {recorded,7:0} files/s  put meanwhile {put,7:0} files/s  put alone {baseline,7:0} files/s  {recorded / baseline:0.00} x put alone"));
        }
    }

    private static Task PutAsync(AmazonS3Client s3, string prefix, int count) => Parallel.ForEachAsync(
        Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = SideBySide },
        async (i, stop) => await s3.PutObjectAsync(
            new PutObjectRequest { BucketName = Inbox, Key = string.Create(CultureInfo.InvariantCulture, $"{prefix}/{i:D4}.txt"), ContentBody = $"file {i}" }, stop));

    // Until there are so many records, and not one more.
    private static async Task RecordedAsync(AmazonDynamoDBClient dynamoDb, int count)
    {
        int records;
        do
        {
            records = 0;
            Dictionary<string, AttributeValue>? after = null;
            do
            {
                ScanResponse page = await dynamoDb.ScanAsync(new ScanRequest { TableName = "archiver-ArchiveTable", Select = Select.COUNT, ExclusiveStartKey = after });
                records += page.Count ?? 0;
                after = page.LastEvaluatedKey is { Count: > 0 } more ? more : null;
            }
            while (after is not null);
        }
        while (records < count);
        if (records > count) throw new InvalidOperationException($"{records} records of {count} files.");
    }
}
