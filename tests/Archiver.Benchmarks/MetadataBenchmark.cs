using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Transfer;
using Archiver.EndToEnd;
using Archiver.Lambdas.Functions;

namespace Archiver.Benchmarks;

/// <summary>
/// ReadMetadata over a file of 1 GB: how much memory it grows by at its peak, and its speed beside that of <c>sha256sum</c> on the same file. The cloud it reads from is in a
/// process of its own, as S3 would be, but on the same processors.
/// </summary>
internal static class MetadataBenchmark
{
    private const long Length = 1L << 30;
    private const int Counted = 5;
    private const string Inbox = "archiver-inbox-000000000000";
    private const string Key = "uploads/benchmark/large.bin"; // no drop rule is about it

    public static async Task RunAsync()
    {
        using TemporaryDirectory work = new();
        string file = Path.Combine(work.Path, "large.bin");
        await WriteAsync(file);
        await using DashboardProcess dashboard = await DashboardProcess.StartAsync(Path.Combine(work.Path, "data"));
        using AmazonS3Client s3 = new(new BasicAWSCredentials("local", "local"), new AmazonS3Config
        {
            ServiceURL = dashboard.CloudEndpoint.ToString(),
            AuthenticationRegion = "us-east-1",
            ForcePathStyle = true,
        });
        using (TransferUtility transfer = new(s3)) await transfer.UploadAsync(file, Inbox, Key);
        ReadMetadata function = new(new FunctionServices(
            s3, new Dictionary<string, string> { ["QUALITY_THRESHOLD"] = "50", ["APPROVAL_TIMEOUT_DAYS"] = "7" }, TimeProvider.System, Random.Shared));
        string expected = await Sha256SumAsync(file); // also brings the file into memory
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive); // what the upload took counts for nothing
        long before = Environment.WorkingSet;
        await File.WriteAllTextAsync("/proc/self/clear_refs", "5"); // the peak begins anew
        await ReadAsync(function, expected); // not timed, but part of the peak: what the code itself takes when it first runs
        Figures baseline = new("sha256sum of 1 GB"), reading = new("ReadMetadata over 1 GB");
        for (int i = 0; i < Counted; i++)
        {
            long start = Stopwatch.GetTimestamp();
            await Sha256SumAsync(file);
            baseline.Add(Stopwatch.GetElapsedTime(start));
            start = Stopwatch.GetTimestamp();
            await ReadAsync(function, expected);
            reading.Add(Stopwatch.GetElapsedTime(start));
        }

        using Process self = Process.GetCurrentProcess();
        baseline.Print();
        reading.Print(baseline);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"speed beside sha256sum {baseline.Percentile(.5) / reading.Percentile(.5):0.00}; memory at its peak grew by {(self.PeakWorkingSet64 - before) / 1048576.0:0.0} MB"));
    }

    private static async Task WriteAsync(string file)
    {
        await using FileStream stream = new(file, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 20, useAsync: true);
        byte[] buffer = new byte[1 << 20];
        for (long written = 0; written < Length; written += buffer.Length)
        {
            RandomNumberGenerator.Fill(buffer);
            await stream.WriteAsync(buffer);
        }
    }

    private static async Task<string> Sha256SumAsync(string file)
    {
        using Process process = Process.Start(new ProcessStartInfo("sha256sum", [file]) { RedirectStandardOutput = true })!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output[..64];
    }

    private static async Task ReadAsync(ReadMetadata function, string expected)
    {
        JsonObject request = new()
        {
            ["Input"] = new JsonObject { ["bucket"] = Inbox, ["key"] = Key },
            ["ExecutionArn"] = "arn:aws:states:us-east-1:000000000000:execution:benchmark:1",
            ["ExecutionName"] = "1",
        };
        using MemoryStream input = new(System.Text.Encoding.UTF8.GetBytes(request.ToJsonString()));
        await using Stream output = await function.HandleAsync(input);
        JsonNode file = (await JsonNode.ParseAsync(output))!["File"]!;
        if ((string?)file["Sha256"] != expected || (long?)file["Size"] != Length) throw new InvalidOperationException($"ReadMetadata read something else: {file}");
    }
}
