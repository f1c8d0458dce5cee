using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Archiver.Lambdas.Contracts;
using Archiver.Lambdas.Functions;

namespace Archiver.Lambdas.Tests.Functions;

public sealed class ReadMetadataFileTests
{
    private readonly TestBench _bench = new();

    public static TheoryData<string> OddKeys => new(
        "plain.txt",
        "folder/дело № 5.txt",
        "契約書 最終版.txt",
        "عقد.txt",
        "<script>alert('x')</script>.txt",
        "\"quoted\" & 'single'.txt",
        "a+b c%20d?versionId=1#e.txt",
        "../../etc/passwd.txt",
        "./a/../b//c/.txt",
        "a//double.txt",
        "back\\slash.txt",
        "emoji 📁.txt",
        new string('n', 900) + ".txt");

    [Fact]
    public async Task HandleAsync_RealFile_GivesItsMetadata()
    {
        byte[] content = Quality.Samples.Pdf(new string(' ', 5000));
        StoredObject stored = _bench.S3.Put("inbox", "2026/invoice.pdf", content, "binary/octet-stream");

        JsonObject run = await _bench.ReadFileAsync("2026/invoice.pdf");

        FileMetadata file = run["File"].Deserialize(ContractsJson.Default.FileMetadata)!;
        Assert.Equal(
            new FileMetadata
            {
                Id = "run-1",
                Name = "invoice.pdf",
                Bucket = "inbox",
                Key = "2026/invoice.pdf",
                VersionId = stored.VersionId,
                ETag = stored.ETag,
                Size = content.Length,
                ContentType = "application/pdf",
                Sha256 = Convert.ToHexStringLower(SHA256.HashData(content)),
                Archive = true,
                Quality = 100,
                QualityThreshold = 50,
            },
            file with { Checks = [] });
        Assert.Equal(["Not empty", "Type", "Integrity", "Malware"], file.Checks.Select(check => check.Name));
        Assert.All(file.Checks, check => Assert.True(check.Passed, check.Detail));
    }

    [Fact]
    public async Task HandleAsync_RealFile_GivesWhatTheMachineNeeds()
    {
        _bench.S3.Put("inbox", "a.txt", "text");

        JsonObject run = await _bench.ReadAsync("""{"bucket":"inbox","key":"a.txt","approval_needed":true,"starter":"a script"}""");

        Assert.True((bool)run["ApprovalNeeded"]!);
        Assert.Equal(
            """{"Recommendation":"Archived","RequestedAt":"2026-03-26T20:14:13.000Z","ExpiresAt":"2026-04-02T20:14:13.000Z","TimeoutSeconds":604800,"StartedBy":null}""",
            run["Approval"]!.ToJsonString());
        JsonObject item = run["Item"]!.AsObject();
        Assert.Equal(
            ["Id", "Archive", "Quality", "Approval", "FileName", "Size", "QualityThreshold", "ExecutionArn", "Bucket", "Key", "VersionId", "ContentType", "Sha256", "RequestedAt"],
            item.Select(attribute => attribute.Key));
        Assert.Equal("""{"S":"run-1"}""", item["Id"]!.ToJsonString());
        Assert.Equal("""{"BOOL":true}""", item["Approval"]!.ToJsonString());
        Assert.Equal("""{"N":"4"}""", item["Size"]!.ToJsonString());
        Assert.Equal("""{"N":"50"}""", item["QualityThreshold"]!.ToJsonString());
        Assert.Equal("""{"S":"2026-03-26T20:14:13.000Z"}""", item["RequestedAt"]!.ToJsonString());
    }

    [Theory]
    [MemberData(nameof(OddKeys))]
    public async Task HandleAsync_OddKey_ReadsExactlyThatKey(string key)
    {
        _bench.S3.Put("inbox", key, "the content");

        JsonObject run = await _bench.ReadFileAsync(key);

        Assert.Equal(key, (string?)run["File"]!["Key"]);
        Assert.Equal(key[(key.LastIndexOf('/') + 1)..], (string?)run["File"]!["Name"]);
        Assert.Equal(11, (int)run["File"]!["Size"]!);
    }

    [Fact]
    public async Task HandleAsync_OverwrittenMeanwhile_StaysWithTheVersionItRead()
    {
        StoredObject first = _bench.S3.Put("inbox", "a.txt", "first");
        _bench.S3.After = call =>
        {
            if (call.StartsWith("GET", StringComparison.Ordinal))
                _bench.S3.Put("inbox", "a.txt", "second, and not to be archived").Tags["archive"] = "false";
        };

        JsonObject run = await _bench.ReadFileAsync("a.txt");

        Assert.Equal(first.VersionId, (string?)run["File"]!["VersionId"]);
        Assert.True((bool)run["File"]!["Archive"]!);
    }

    [Theory]
    [InlineData(null, null, true)]
    [InlineData("false", null, false)]
    [InlineData("False", null, false)]
    [InlineData("true", null, true)]
    [InlineData(null, "false", false)]
    [InlineData("true", "false", true)]
    [InlineData("false", "true", false)]
    public async Task HandleAsync_ArchiveFlag_TagBeforeMetadataBeforeTrue(string? tag, string? metadata, bool expected)
    {
        StoredObject stored = _bench.S3.Put("inbox", "a.txt", "text");
        if (tag is not null) stored.Tags["archive"] = tag;
        if (metadata is not null) stored.Metadata["archive"] = metadata;

        JsonObject run = await _bench.ReadFileAsync("a.txt");

        Assert.Equal(expected, (bool)run["File"]!["Archive"]!);
        Assert.Equal(expected ? "Archived" : "Unarchivable", (string?)run["Approval"]!["Recommendation"]);
    }

    [Theory]
    [InlineData("tag")]
    [InlineData("metadata entry")]
    public async Task HandleAsync_ArchiveFlagNeitherTrueNorFalse_SaysWhatItIs(string where)
    {
        StoredObject stored = _bench.S3.Put("inbox", "a.txt", "text");
        (where == "tag" ? stored.Tags : stored.Metadata)["archive"] = "maybe";

        InvalidArchiveFlagException exception = await Assert.ThrowsAsync<InvalidArchiveFlagException>(() => _bench.ReadFileAsync("a.txt"));

        Assert.StartsWith($"The {where} “archive” of ", exception.Message, StringComparison.Ordinal);
        Assert.Contains("“maybe”", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HandleAsync_EmptyFile_HasQualityZero()
    {
        _bench.S3.Put("inbox", "empty.pdf", "");

        JsonObject run = await _bench.ReadFileAsync("empty.pdf");

        Assert.Equal(0, (int)run["File"]!["Size"]!);
        Assert.Equal(0, (int)run["File"]!["Quality"]!);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData([])), (string?)run["File"]!["Sha256"]);
        Assert.Equal("Quality_Fail", (string?)run["Approval"]!["Recommendation"]);
        Assert.Equal("""[{"Name":"Not empty","Passed":false,"Detail":"The file is empty."}]""", run["File"]!["Checks"]!.ToJsonString());
    }

    [Fact]
    public async Task HandleAsync_VersionInTheInput_ReadsThatVersion()
    {
        StoredObject first = _bench.S3.Put("inbox", "a.txt", "first");
        _bench.S3.Put("inbox", "a.txt", "the second");

        JsonObject run = await _bench.ReadAsync($$"""{"bucket":"inbox","key":"a.txt","version_id":"{{first.VersionId}}"}""");

        Assert.Equal(first.VersionId, (string?)run["File"]!["VersionId"]);
        Assert.Equal(5, (int)run["File"]!["Size"]!);
    }

    [Theory]
    [InlineData("sha256", true)]
    [InlineData("sha256", false)]
    [InlineData("md5", true)]
    [InlineData("md5", false)]
    public async Task HandleAsync_ChecksumBesideIt_IsCompared(string algorithm, bool right)
    {
        byte[] content = "text"u8.ToArray();
        byte[] digest = algorithm == "md5" ? Quality.Samples.Md5(content) : SHA256.HashData(content);
        if (!right) digest[0]++;
        _bench.S3.Put("inbox", "a/b.txt", content);
        _bench.S3.Put("inbox", $"a/b.txt.{algorithm}", $"{Convert.ToHexStringLower(digest)}  b.txt\n");

        JsonObject run = await _bench.ReadFileAsync("a/b.txt");

        Assert.Equal(right ? 100 : 20, (int)run["File"]!["Quality"]!);
        FileCheck check = run["File"].Deserialize(ContractsJson.Default.FileMetadata)!.Checks.Single(one => one.Name == "Checksum");
        Assert.Equal(right, check.Passed);
        Assert.Contains($"file “b.txt.{algorithm}” beside it", check.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HandleAsync_ChecksumInMetadata_IsCompared()
    {
        _bench.S3.Put("inbox", "a.txt", "text").Metadata["md5"] = new string('0', 32);

        Assert.Equal(20, (int)(await _bench.ReadFileAsync("a.txt"))["File"]!["Quality"]!);
    }

    [Theory]
    [InlineData("THREATS_FOUND", false, 0)]
    [InlineData("NO_THREATS_FOUND", true, 100)]
    [InlineData("UNSUPPORTED", null, 100)]
    public async Task HandleAsync_MalwareScan_Counts(string status, bool? passed, int quality)
    {
        _bench.S3.Put("inbox", "a.txt", "text").Tags["GuardDutyMalwareScanStatus"] = status;

        FileMetadata file = (await _bench.ReadFileAsync("a.txt"))["File"].Deserialize(ContractsJson.Default.FileMetadata)!;

        Assert.Equal(quality, file.Quality);
        Assert.Equal(passed, file.Checks.SingleOrDefault(check => check.Name == "Malware scan")?.Passed);
    }

    [Theory]
    [InlineData("ARCHIVABLE_TYPES", "image/*", false)]
    [InlineData("ARCHIVABLE_TYPES", "image/*,text/plain", true)]
    [InlineData("UNARCHIVABLE_TYPES", "text/*", false)]
    [InlineData("UNARCHIVABLE_PREFIXES", "scratch/", false)]
    [InlineData("UNARCHIVABLE_PREFIXES", "", true)]
    public async Task HandleAsync_ArchivableRules_AreTheEnvironments(string variable, string value, bool archived)
    {
        _bench.Environment[variable] = value;
        _bench.S3.Put("inbox", "scratch/a.txt", "text");

        FileMetadata file = (await _bench.ReadFileAsync("scratch/a.txt"))["File"].Deserialize(ContractsJson.Default.FileMetadata)!;

        Assert.Equal((archived, 100), (file.Archive, file.Quality));
        Assert.Equal(!archived, file.Checks.Any(check => check is { Name: "Archivable", Passed: false }));
    }

    [Fact]
    public async Task HandleAsync_NoSuchKey_SaysSo()
    {
        ObjectNotFoundException exception = await Assert.ThrowsAsync<ObjectNotFoundException>(() => _bench.ReadFileAsync("missing.pdf"));

        Assert.Equal("There is no object “missing.pdf” in the bucket “inbox”.", exception.Message);
    }

    [Fact]
    public async Task HandleAsync_NoSuchBucket_SaysSo()
    {
        ObjectNotFoundException exception = await Assert.ThrowsAsync<ObjectNotFoundException>(() => _bench.ReadFileAsync("a.pdf", "elsewhere"));

        Assert.Equal("There is no such bucket: “a.pdf” in the bucket “elsewhere”.", exception.Message);
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden, "AccessDenied", typeof(StorageRefusedException))]
    [InlineData(HttpStatusCode.BadRequest, "KeyTooLongError", typeof(StorageRefusedException))]
    [InlineData(HttpStatusCode.ServiceUnavailable, "SlowDown", typeof(StorageUnavailableException))]
    [InlineData(HttpStatusCode.InternalServerError, "InternalError", typeof(StorageUnavailableException))]
    [InlineData(HttpStatusCode.TooManyRequests, "TooManyRequests", typeof(StorageUnavailableException))]
    public async Task HandleAsync_S3Refuses_SaysWhyAndWhetherToTryAgain(HttpStatusCode status, string code, Type expected)
    {
        _bench.S3.Before = _ => FakeS3.Error(status, code, "Because.");

        Exception exception = await Assert.ThrowsAsync(expected, () => _bench.ReadFileAsync("a.txt"));

        Assert.Contains("“a.txt” in the bucket “inbox”", exception.Message, StringComparison.Ordinal);
        Assert.Contains($"Because. ({code})", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HandleAsync_S3OutOfReach_IsToBeTriedAgain()
    {
        _bench.S3.Before = _ => throw new HttpRequestException("No route to host.");

        StorageUnavailableException exception = await Assert.ThrowsAsync<StorageUnavailableException>(() => _bench.ReadFileAsync("a.txt"));

        Assert.Contains("No route to host", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HandleAsync_ContentBreaksOff_IsToBeTriedAgain()
    {
        _bench.S3.Put("inbox", "a.txt", 100, () => new MemoryStream(new byte[60]));

        await Assert.ThrowsAsync<StorageUnavailableException>(() => _bench.ReadFileAsync("a.txt"));
    }

    [Fact]
    public async Task HandleAsync_ConnectionBreaks_IsToBeTriedAgain()
    {
        _bench.S3.Put("inbox", "a.txt", 1000, () => new GeneratedStream(1000, breakAt: 500));

        await Assert.ThrowsAsync<StorageUnavailableException>(() => _bench.ReadFileAsync("a.txt"));
    }

    [Fact]
    public async Task HandleAsync_ManyAtOnce_KeepsThemApart()
    {
        for (int i = 0; i < 50; i++) _bench.S3.Put("inbox", $"{i}.txt", new string('x', i + 1));
        ReadMetadata function = new(_bench.Services);

        JsonObject[] runs = await Task.WhenAll(Enumerable.Range(0, 50)
            .Select(i => TestBench.ReadAsync(function, $$"""{"bucket":"inbox","key":"{{i}}.txt"}""", $"run-{i}")));

        for (int i = 0; i < 50; i++)
        {
            Assert.Equal($"run-{i}", (string?)runs[i]["File"]!["Id"]);
            Assert.Equal(i + 1, (int)runs[i]["File"]!["Size"]!);
        }
    }
}
