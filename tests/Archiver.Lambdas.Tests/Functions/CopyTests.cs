using System.Text.Json.Nodes;
using Archiver.Lambdas.Functions;

namespace Archiver.Lambdas.Tests.Functions;

/// <summary>What is copied and how it is known again: evidence, checksums, own copies, checksum files, tags.</summary>
public sealed class CopyTests
{
    private const string Archived = "2026/03/26/a.txt";

    private readonly TestBench _bench = new();

    private FakeS3 S3 => _bench.S3;

    [Fact]
    public async Task HandleAsync_File_KeepsItsOwnMetadataBesideTheEvidence()
    {
        StoredObject file = S3.Put("inbox", "a.txt", "first", "text/plain");
        file.Metadata["owner"] = "ann";
        JsonObject run = await _bench.ReadFileAsync("a.txt");

        await _bench.ActAsync(nameof(Archive), run);

        StoredObject copy = Assert.Single(S3.Versions("archive", Archived));
        Assert.Equal("text/plain", copy.ContentType);
        Assert.Equal("ann", copy.Metadata["owner"]);
        Assert.Equal("run-1", copy.Metadata["archiver-run"]);
        Assert.Equal((string?)run["File"]!["Sha256"], copy.Metadata["archiver-sha256"]);
    }

    [Fact]
    public async Task HandleAsync_S3SaysNoChecksumOfTheWhole_ReadsTheCopy()
    {
        S3.GivesChecksums = false;
        JsonObject run = await PrepareAsync();

        await _bench.ActAsync(nameof(Archive), run);

        Assert.Contains($"GET archive {Archived}", S3.Calls);
        Assert.Empty(S3.Versions("inbox", "a.txt"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task HandleAsync_CopyWithOtherContent_LeavesTheFileAndCopiesItAgainAtTheNextAttempt(bool givesChecksums)
    {
        S3.GivesChecksums = givesChecksums;
        JsonObject run = await PrepareAsync();
        string sha256 = (string)run["File"]!["Sha256"]!;
        run["File"]!["Sha256"] = new string('0', 64); // as if the copy were damaged

        await Assert.ThrowsAsync<StorageUnavailableException>(() => _bench.ActAsync(nameof(Archive), run));

        Assert.Single(S3.Versions("inbox", "a.txt"));
        run["File"]!["Sha256"] = sha256;
        JsonObject output = await _bench.ActAsync(nameof(Archive), run);
        Assert.Equal(S3.Versions("archive", Archived)[^1].VersionId, (string?)output["Result"]!["VersionId"]);
        Assert.Empty(S3.Versions("inbox", "a.txt"));
    }

    [Fact]
    public async Task HandleAsync_OwnCopyBelowThoseOfOtherRuns_FindsItAndCopiesNothing()
    {
        JsonObject run = await PrepareAsync();
        JsonObject first = await _bench.ActAsync(nameof(Archive), run);
        for (int number = 0; number < 30; number++) S3.Put("archive", Archived, number % 2 == 0 ? "other" : "longer than the file").Metadata["archiver-run"] = "run-2";
        int versions = S3.Versions("archive", Archived).Count;

        JsonObject second = await _bench.ActAsync(nameof(Archive), run);

        Assert.Equal(first.ToJsonString(), second.ToJsonString());
        Assert.Equal(versions, S3.Versions("archive", Archived).Count);
    }

    [Fact]
    public async Task HandleAsync_FilesOfOneNameAtOnce_LooksAtFewOfTheOthersCopies()
    {
        for (int number = 0; number < 100; number++) S3.Put("archive", Archived, "other").Metadata["archiver-run"] = "run-2";
        JsonObject run = await PrepareAsync();
        S3.Calls.Clear();

        await _bench.ActAsync(nameof(Archive), run);

        Assert.InRange(S3.Calls.Count, 7, 30);
        Assert.Equal(101, S3.Versions("archive", Archived).Count);
    }

    [Fact]
    public async Task HandleAsync_ChecksumFilesBesideIt_MoveAlong()
    {
        JsonObject run = await PrepareAsync();
        S3.Put("inbox", "a.txt.sha256", "abc  a.txt");
        S3.Put("inbox", "a.txt.md5", "def  a.txt");
        S3.Put("inbox", "a.txt.sig", "stays");

        await _bench.ActAsync(nameof(Archive), run);

        Assert.Empty(S3.Versions("inbox", "a.txt.sha256"));
        Assert.Empty(S3.Versions("inbox", "a.txt.md5"));
        Assert.Single(S3.Versions("inbox", "a.txt.sig"));
        StoredObject moved = Assert.Single(S3.Versions("archive", $"{Archived}.sha256"));
        Assert.Equal("run-1", moved.Metadata["archiver-run"]);
        Assert.False(moved.Metadata.ContainsKey("archiver-sha256"));
        Assert.Single(S3.Versions("archive", $"{Archived}.md5"));
    }

    [Fact]
    public async Task HandleAsync_ChecksumFileOfANewerFile_Stays()
    {
        JsonObject run = await PrepareAsync();
        DateTimeOffset enteredAt = _bench.Time.GetUtcNow();
        _bench.Time.Advance(TimeSpan.FromSeconds(2));
        S3.Put("inbox", "a.txt.sha256", "of the next");

        await _bench.ActAsync(nameof(Archive), run, enteredAt);

        Assert.Single(S3.Versions("inbox", "a.txt.sha256"));
        Assert.Empty(S3.Versions("archive", $"{Archived}.sha256"));
    }

    [Fact]
    public async Task HandleAsync_ChecksumFileThatCanNotBeMoved_FailsNothing()
    {
        JsonObject run = await PrepareAsync();
        S3.Put("inbox", "a.txt.sha256", "abc  a.txt");
        S3.Before = call => call.EndsWith(".sha256", StringComparison.Ordinal) ? FakeS3.Error(System.Net.HttpStatusCode.Forbidden, "AccessDenied") : null;

        JsonObject output = await _bench.ActAsync(nameof(Archive), run);

        Assert.Equal("Archived", (string?)output["Result"]!["Action"]);
        Assert.Single(S3.Versions("inbox", "a.txt.sha256"));
    }

    [Theory]
    [InlineData(0, new[] { "archiver-action", "archiver-expired-at" })]
    [InlineData(9, new[] { "archiver-action" })]
    [InlineData(10, new string[0])]
    public async Task HandleAsync_Expired_TagsTheFileBesideItsOwnTagsAndNoMoreThanTen(int before, string[] added)
    {
        StoredObject file = S3.Put("inbox", "a.txt", "text");
        for (int number = 0; number < before; number++) file.Tags[$"own-{number}"] = "x";
        JsonObject run = await _bench.ReadFileAsync("a.txt");

        await _bench.ActAsync(nameof(Expire), run);
        await _bench.ActAsync(nameof(Expire), run);

        Dictionary<string, string> tags = Assert.Single(S3.Versions("inbox", "a.txt")).Tags;
        Assert.Equal([.. Enumerable.Range(0, before).Select(number => $"own-{number}"), .. added], tags.Keys);
        if (added.Length > 1) Assert.Equal(("Expired", "2026-03-26T20:14:13.192Z"), (tags["archiver-action"], tags["archiver-expired-at"]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task HandleAsync_ExpiredFileThatWasReplaced_LeavesWhatIsThereNow(bool versioned)
    {
        TestBench bench = new(versioned);
        bench.S3.Put("inbox", "a.txt", "text");
        JsonObject run = await bench.ReadFileAsync("a.txt");
        bench.S3.Remove("inbox", "a.txt");
        bench.S3.Put("inbox", "a.txt", "newer");

        JsonObject output = await bench.ActAsync(nameof(Expire), run);

        Assert.Equal("Expired", (string?)output["Result"]!["Action"]);
        Assert.Empty(Assert.Single(bench.S3.Versions("inbox", "a.txt")).Tags);
    }

    [Theory]
    [InlineData(6L * 1024 * 1024 * 1024, 24, 256L * 1024 * 1024)]
    [InlineData(5L * 1024 * 1024 * 1024 * 1024, 10_000, 549_755_814L)]
    [InlineData((256L * 1024 * 1024) + 1, 2, 256L * 1024 * 1024)]
    public void Parts_OfASize_AreWithinS3sLimitsAndCoverIt(long size, int count, long first)
    {
        (int Number, long First, long Last)[] parts = [.. CopyLimits.S3.Parts(size)];

        Assert.Equal(count, parts.Length);
        Assert.Equal((1, 0, first - 1), parts[0]);
        Assert.Equal(size - 1, parts[^1].Last);
        Assert.All(parts.Zip(parts.Skip(1)), pair => Assert.Equal((pair.First.Number + 1, pair.First.Last + 1), (pair.Second.Number, pair.Second.First)));
    }

    private Task<JsonObject> PrepareAsync()
    {
        S3.Put("inbox", "a.txt", "first", "text/plain");
        return _bench.ReadFileAsync("a.txt");
    }
}
