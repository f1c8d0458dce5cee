using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Amazon.DynamoDBv2.Model;
using Amazon.S3.Model;
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;
using Archiver.Infra.Tests.Stack;
using S3Tag = Amazon.S3.Model.Tag;

namespace Archiver.Infra.Tests.Corpus;

/// <summary>
/// Real files of every kind, good and broken, go through the deployed state machine in one go; what it says of each and where each ends is
/// compared with <c>verdicts.txt</c>.
/// </summary>
public sealed partial class CorpusTests : IAsyncLifetime
{
    private const string Prefix = "uploads/corpus/"; // no drop rule is about what lies here: the test starts the runs itself

    private DeployedStack _stack = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _stack = await DeployedStack.StartAsync();

    public ValueTask DisposeAsync() => _stack.DisposeAsync();

    [Fact]
    public async Task Machine_Corpus_GivesEachFileItsVerdictAndPlace()
    {
        IReadOnlyList<CorpusFile> files = CorpusFiles.All(await FetchAsync(), NuGetFolder());
        Assert.True(files.Count(file => file.Key.StartsWith("good/", StringComparison.Ordinal)) >= 40);

        string[] runs = await Task.WhenAll(files.Select(StartAsync));
        StringBuilder table = new();
        for (int i = 0; i < files.Count; i++) table.AppendLine(await VerdictAsync(files[i], runs[i]));

        string actual = table.ToString();
        string expected = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Corpus", "verdicts.txt"), Cancel);
        TestContext.Current.AddAttachment("verdicts.txt", actual);
        if (Lines(expected).SequenceEqual(Lines(actual))) return;
        IEnumerable<string> missing = Lines(expected).Except(Lines(actual)).Select(line => $"- {line}"), unexpected = Lines(actual).Except(Lines(expected)).Select(line => $"+ {line}");
        Assert.Fail($"Verdicts differ:\n{string.Join('\n', missing.Concat(unexpected))}");
    }

    private async Task<string> StartAsync(CorpusFile file)
    {
        string key = Prefix + file.Key;
        PutObjectRequest put = new() { BucketName = DeployedStack.Inbox, Key = key, InputStream = new MemoryStream(file.Content), TagSet = [.. file.Tags.Select(tag => new S3Tag { Key = tag.Key, Value = tag.Value })] };
        foreach ((string name, string value) in file.Metadata) put.Metadata[name] = value;
        if (file.Sidecar is { } sidecar) await _stack.S3.PutObjectAsync(new PutObjectRequest { BucketName = DeployedStack.Inbox, Key = $"{key}.{sidecar.Extension}", ContentBody = sidecar.Text }, Cancel);
        string version = (await _stack.S3.PutObjectAsync(put, Cancel)).VersionId;
        string input = new JsonObject { ["bucket"] = DeployedStack.Inbox, ["key"] = key, ["version_id"] = version }.ToJsonString();
        return (await _stack.StepFunctions.StartExecutionAsync(new StartExecutionRequest { StateMachineArn = DeployedStack.Machine, Input = input }, Cancel)).ExecutionArn;
    }

    /// <summary>A line of the table: the file, its quality, the checks that failed, what was done, and where it is now.</summary>
    private async Task<string> VerdictAsync(CorpusFile file, string run)
    {
        DescribeExecutionResponse ended = await _stack.EndAsync(run);
        Dictionary<string, AttributeValue> record = await _stack.RecordAsync(ended.Name);
        (string bucket, string key) = (record["Bucket"].S, record["Key"].S);
        using GetObjectResponse stored = await _stack.S3.GetObjectAsync(new GetObjectRequest { BucketName = bucket, Key = key }, Cancel);
        using MemoryStream content = new();
        await stored.ResponseStream.CopyToAsync(content, Cancel);
        Assert.Equal(file.Content, content.ToArray());
        Assert.Equal(file.Content.Length.ToString(System.Globalization.CultureInfo.InvariantCulture), record["Size"].N);
        string place = $"{bucket.Split('-')[1]}:{Day().Replace(key, "DAY/")}";
        return $"{file.Key,-42} {record["Quality"].N,3} {await FailedChecksAsync(run),-14} {record["Action"].S,-13} {record["ContentType"].S,-32} {place}";
    }

    private async Task<string> FailedChecksAsync(string run)
    {
        GetExecutionHistoryResponse history = await _stack.StepFunctions.GetExecutionHistoryAsync(
            new GetExecutionHistoryRequest { ExecutionArn = run, IncludeExecutionData = true }, Cancel);
        string output = history.Events.First(one => one.StateExitedEventDetails?.Name == "ReadMetadata").StateExitedEventDetails.Output;
        string[] failed = [.. JsonNode.Parse(output)!["File"]!["Checks"]!.AsArray().Where(check => !(bool)check!["Passed"]!).Select(check => (string)check!["Name"]!)];
        return failed.Length == 0 ? "-" : string.Join(',', failed);
    }

    /// <summary>Has the files of Debian's packages fetched, once for the machine.</summary>
    private static async Task<string> FetchAsync()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("The corpus is fetched from Debian's packages, which takes Debian.");
        using Process fetch = Process.Start(new ProcessStartInfo("bash", [Path.Combine(AppContext.BaseDirectory, "Corpus", "fetch.sh")]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> output = fetch.StandardOutput.ReadToEndAsync(Cancel), errors = fetch.StandardError.ReadToEndAsync(Cancel);
        await fetch.WaitForExitAsync(Cancel);
        if (fetch.ExitCode == 3) Assert.Skip("The corpus is fetched from Debian's packages, which takes Debian.");
        Assert.True(fetch.ExitCode == 0, $"fetch.sh ended with {fetch.ExitCode}: {await errors}");
        return (await output).Trim();
    }

    private static string NuGetFolder() => Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } folder
        ? folder
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex(@"\A\d{4}/\d\d/\d\d/")]
    private static partial Regex Day();
}
