using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Archiver.Lambdas.Contracts;
using Archiver.Lambdas.Functions;

namespace Archiver.Lambdas.Tests.Functions;

/// <summary>The four actions that move a file.</summary>
public sealed class MoveTests
{
    /// <summary>Where Archive puts <c>a.txt</c>.</summary>
    private const string Archived = "2026/03/26/a.txt";

    public static TheoryData<string, string, string> Actions => new()
    {
        { nameof(Archive), "archive", "Archived" },
        { nameof(QualityFail), "rejected", "Quality_Fail" },
        { nameof(Unarchivable), "rejected", "Unarchivable" },
        { nameof(Deny), "rejected", "Denied" },
    };

    /// <summary>Where an action puts a file.</summary>
    private static string Target(string function, string key) => function switch
    {
        nameof(Archive) => $"2026/03/26/{key}",
        nameof(Unarchivable) => $"unarchivable/{key}",
        _ => key,
    };

    [Theory]
    [MemberData(nameof(Actions))]
    public async Task HandleAsync_RealFile_MovesItAndSaysSo(string function, string bucket, string action)
    {
        TestBench bench = new();
        bench.S3.Put("inbox", "2026/a.txt", "text", "text/plain");
        JsonObject run = await bench.ReadFileAsync("2026/a.txt");

        JsonObject output = await bench.ActAsync(function, run);

        Assert.Empty(bench.S3.Versions("inbox", "2026/a.txt"));
        StoredObject moved = Assert.Single(bench.S3.Versions(bucket, Target(function, "2026/a.txt")));
        ResultRecord result = output["Result"].Deserialize(ContractsJson.Default.ResultRecord)!;
        Assert.Equal(
            new ResultRecord
            {
                Id = "run-1",
                Timestamp = DateTimeOffset.Parse(TestBench.EnteredAt, null),
                Archive = true,
                Quality = 100,
                Action = action,
                Approval = false,
                FileName = "a.txt",
                Bucket = bucket,
                Key = Target(function, "2026/a.txt"),
                VersionId = moved.VersionId,
                Size = 4,
                ContentType = "text/plain",
                Sha256 = (string?)run["File"]!["Sha256"],
                QualityThreshold = 50,
                ExecutionArn = TestBench.ExecutionArn,
            },
            result);
        AssertSameAsItem(output);
    }

    [Theory]
    [MemberData(nameof(Actions))]
    public async Task HandleAsync_SimulatedFile_TouchesNothing(string function, string bucket, string action)
    {
        TestBench bench = new();
        JsonObject run = await bench.ReadAsync("{}");

        JsonObject output = await bench.ActAsync(function, run);

        Assert.Empty(bench.S3.Calls);
        Assert.Equal(action, (string?)output["Result"]!["Action"]);
        Assert.False(output["Item"]!.AsObject().ContainsKey("Bucket"), $"A simulated file is not in {bucket}.");
        AssertSameAsItem(output);
    }

    [Theory]
    [MemberData(nameof(Actions))]
    public async Task HandleAsync_KilledAnywhereAndRunAgain_EndsTheSameAndSaysTheSame(string function, string bucket, string action)
    {
        foreach (bool versioned in (bool[])[true, false])
        {
            (string expectedState, string expectedOutput, int calls) = await UndisturbedAsync(function, versioned);
            Assert.Equal(6, calls); // is it in the target, is it still the one, copy, delete, and has it a checksum file of the two kinds
            for (int kill = 1; kill <= calls; kill++)
            {
                foreach (bool takesEffect in (bool[])[false, true])
                {
                    TestBench bench = new(versioned);
                    JsonObject run = await PrepareAsync(bench);
                    KillAt(bench.S3, kill, takesEffect);
                    await KilledAsync(bench, function, run);

                    JsonObject output = await bench.ActAsync(function, run);

                    Assert.Equal(expectedState, bench.S3.Describe());
                    Assert.Equal(expectedOutput, output.ToJsonString());
                    Assert.Single(bench.S3.Versions(bucket, Target(function, "a.txt")));
                    Assert.Equal(action, (string?)output["Result"]!["Action"]);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Actions))]
    public async Task HandleAsync_RunTwice_ChangesNothingTheSecondTime(string function, string bucket, string action)
    {
        TestBench bench = new();
        JsonObject run = await PrepareAsync(bench);
        JsonObject first = await bench.ActAsync(function, run);
        string state = bench.S3.Describe();

        JsonObject second = await bench.ActAsync(function, run);

        Assert.Equal(first.ToJsonString(), second.ToJsonString());
        Assert.Equal(state, bench.S3.Describe());
        Assert.Single(bench.S3.Versions(bucket, Target(function, "a.txt")));
        Assert.Equal(action, (string?)second["Result"]!["Action"]);
    }

    [Theory]
    [MemberData(nameof(ReadMetadataFileTests.OddKeys), MemberType = typeof(ReadMetadataFileTests))]
    public async Task HandleAsync_OddKey_KeepsIt(string key)
    {
        TestBench bench = new();
        bench.S3.Put("inbox", key, "text");
        JsonObject run = await bench.ReadFileAsync(key);

        JsonObject output = await bench.ActAsync(nameof(Archive), run);

        Assert.Equal(Target(nameof(Archive), key), (string?)output["Item"]!["Key"]!["S"]);
        Assert.Single(bench.S3.Versions("archive", Target(nameof(Archive), key)));
        Assert.Empty(bench.S3.Versions("inbox", key));
    }

    [Theory]
    [MemberData(nameof(Actions))]
    public async Task HandleAsync_KilledAnywhereAndChangedBeforeTheNextRun_FinishesWhatWasCopiedAndElseLeavesAll(string function, string bucket, string action)
    {
        foreach (bool versioned in (bool[])[true, false])
        {
            for (int kill = 1; kill <= 6; kill++)
            {
                foreach (bool takesEffect in (bool[])[false, true])
                {
                    TestBench bench = new(versioned);
                    StoredObject older = bench.S3.Put("inbox", "a.txt", "older");
                    JsonObject run = await PrepareAsync(bench);
                    StoredObject reviewed = bench.S3.Versions("inbox", "a.txt")[^1];
                    KillAt(bench.S3, kill, takesEffect);
                    await KilledAsync(bench, function, run);
                    bench.Time.Advance(TimeSpan.FromMinutes(1));
                    StoredObject newer = bench.S3.Put("inbox", "a.txt", "newer");
                    bool copied = kill >= 4 || (kill == 3 && takesEffect);

                    if (copied)
                    {
                        JsonObject output = await bench.ActAsync(function, run);
                        Assert.Equal(action, (string?)output["Result"]!["Action"]);
                        Assert.Equal(reviewed.ETag, Assert.Single(bench.S3.Versions(bucket, Target(function, "a.txt"))).ETag);
                        Assert.Equal(versioned ? [older, newer] : [newer], bench.S3.Versions("inbox", "a.txt"));
                    }
                    else
                    {
                        await Assert.ThrowsAsync<ObjectChangedException>(() => bench.ActAsync(function, run));
                        Assert.Empty(bench.S3.Versions(bucket, Target(function, "a.txt")));
                        Assert.Equal(versioned ? [older, reviewed, newer] : [newer], bench.S3.Versions("inbox", "a.txt"));
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task HandleAsync_RunAgainAfterTheMove_IsDoneWhateverLiesThereNow(bool versioned)
    {
        foreach (Action<FakeS3> afterwards in (Action<FakeS3>[])[s3 => s3.Hide("inbox", "a.txt"), s3 => s3.Put("inbox", "a.txt", "newer"), s3 => s3.Put("inbox", "a.txt", "first")])
        {
            TestBench bench = new(versioned);
            bench.S3.Put("inbox", "a.txt", "older");
            JsonObject run = await PrepareAsync(bench);
            JsonObject first = await bench.ActAsync(nameof(Archive), run);
            afterwards(bench.S3);
            if (versioned) Assert.Equal(2, bench.S3.Versions("inbox", "a.txt").Count);

            JsonObject second = await bench.ActAsync(nameof(Archive), run);

            Assert.Equal(first.ToJsonString(), second.ToJsonString());
            Assert.Single(bench.S3.Versions("archive", Archived));
            if (versioned) Assert.Equal(2, bench.S3.Versions("inbox", "a.txt").Count);
        }
    }

    [Theory]
    [MemberData(nameof(Actions))]
    public async Task HandleAsync_ChangedSinceItWasRead_SaysWhenAndTouchesNothing(string function, string bucket, string action)
    {
        foreach (bool versioned in (bool[])[true, false])
        {
            TestBench bench = new(versioned);
            StoredObject first = bench.S3.Put("inbox", "a.txt", "first");
            JsonObject run = await bench.ReadFileAsync("a.txt");
            bench.Time.Advance(TimeSpan.FromHours(1));
            StoredObject second = bench.S3.Put("inbox", "a.txt", "second");
            string state = bench.S3.Describe();
            bench.S3.Calls.Clear();

            ObjectChangedException exception = await Assert.ThrowsAsync<ObjectChangedException>(() => bench.ActAsync(function, run));

            Assert.Equal(
                "The file “a.txt” in the bucket “inbox” is no longer the one whose metadata was read: another was put in its place, stored on "
                + "2026-03-26 at 21:14:13 UTC. Nothing was moved or removed. Start a run on the new file to have it decided.",
                exception.Message);
            Assert.Equal(state, bench.S3.Describe());
            Assert.Equal(versioned ? [first, second] : [second], bench.S3.Versions("inbox", "a.txt"));
            Assert.DoesNotContain(bench.S3.Calls, call => call.StartsWith("COPY", StringComparison.Ordinal) || call.StartsWith("DELETE", StringComparison.Ordinal));
            Assert.True(bench.S3.Versions(bucket, Target(function, "a.txt")).Count == 0, $"{action} moved it.");
        }
    }

    [Fact]
    public async Task HandleAsync_TheSameContentStoredAgain_IsAnotherVersionAndStays()
    {
        TestBench bench = new();
        JsonObject run = await PrepareAsync(bench);
        bench.S3.Put("inbox", "a.txt", "first", "text/plain");

        await Assert.ThrowsAsync<ObjectChangedException>(() => bench.ActAsync(nameof(Archive), run));

        Assert.Equal(2, bench.S3.Versions("inbox", "a.txt").Count);
        Assert.Empty(bench.S3.Versions("archive", Archived));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task HandleAsync_SameContentArchivedByAnEarlierRun_IsNotTakenForThisRunsCopy(bool versioned)
    {
        TestBench bench = new(versioned);
        StoredObject earlier = bench.S3.Put("archive", Archived, "first", "text/plain");
        bench.Time.Advance(TimeSpan.FromHours(1));
        JsonObject run = await PrepareAsync(bench);
        StoredObject newer = bench.S3.Put("inbox", "a.txt", "newer");
        DateTimeOffset enteredAt = bench.Time.GetUtcNow();

        await Assert.ThrowsAsync<ObjectChangedException>(() => bench.ActAsync(nameof(Archive), run, enteredAt));

        Assert.Equal(earlier, Assert.Single(bench.S3.Versions("archive", Archived)));
        Assert.Equal(newer, bench.S3.Versions("inbox", "a.txt")[^1]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task HandleAsync_SameContentArchivedByAnEarlierRun_IsCopiedAgainSoThatALaterAttemptKnows(bool versioned)
    {
        TestBench bench = new(versioned);
        bench.S3.Put("archive", Archived, "first", "text/plain");
        bench.Time.Advance(TimeSpan.FromHours(1));
        JsonObject run = await PrepareAsync(bench);
        DateTimeOffset enteredAt = bench.Time.GetUtcNow();
        JsonObject first = await bench.ActAsync(nameof(Archive), run, enteredAt);
        StoredObject newer = bench.S3.Put("inbox", "a.txt", "newer");

        JsonObject second = await bench.ActAsync(nameof(Archive), run, enteredAt);

        Assert.Equal(first.ToJsonString(), second.ToJsonString());
        Assert.Equal(versioned ? 2 : 1, bench.S3.Versions("archive", Archived).Count);
        Assert.Equal(newer, Assert.Single(bench.S3.Versions("inbox", "a.txt")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task HandleAsync_OverwrittenBetweenCheckAndCopy_CopiesTheReviewedOneOrNone(bool versioned)
    {
        TestBench bench = new(versioned);
        JsonObject run = await PrepareAsync(bench);
        StoredObject reviewed = Assert.Single(bench.S3.Versions("inbox", "a.txt"));
        StoredObject? newer = null;
        bench.S3.Before = call =>
        {
            if (call.StartsWith("COPY", StringComparison.Ordinal)) newer ??= bench.S3.Put("inbox", "a.txt", "newer");
            return null;
        };

        if (versioned)
        {
            await bench.ActAsync(nameof(Archive), run);
            Assert.Equal(reviewed.ETag, Assert.Single(bench.S3.Versions("archive", Archived)).ETag);
        }
        else
        {
            ObjectChangedException exception = await Assert.ThrowsAsync<ObjectChangedException>(() => bench.ActAsync(nameof(Archive), run));
            Assert.Contains("is no longer the one whose metadata was read", exception.Message, StringComparison.Ordinal);
            Assert.Empty(bench.S3.Versions("archive", Archived));
        }

        Assert.Equal(newer, Assert.Single(bench.S3.Versions("inbox", "a.txt")));
    }

    [Fact]
    public async Task HandleAsync_AnotherAttemptWasQuicker_IsDone()
    {
        TestBench bench = new();
        JsonObject run = await PrepareAsync(bench);
        // Between this attempt's look and its copy an attempt that was taken for dead moves the file.
        bench.S3.Before = call =>
        {
            if (!call.StartsWith("COPY", StringComparison.Ordinal)) return null;
            bench.S3.Before = null;
            StoredObject moved = bench.S3.Put("archive", Archived, "first", "text/plain");
            moved.Metadata["archiver-run"] = "run-1";
            bench.S3.Remove("inbox", "a.txt");
            return null;
        };

        JsonObject output = await bench.ActAsync(nameof(Archive), run);

        Assert.Equal("Archived", (string?)output["Result"]!["Action"]);
        Assert.Single(bench.S3.Versions("archive", Archived));
    }

    [Fact]
    public async Task HandleAsync_OverwrittenBetweenCopyAndDelete_LeavesTheNewFile()
    {
        TestBench bench = new(versioned: false);
        bench.S3.Put("inbox", "a.txt", "first");
        JsonObject run = await bench.ReadFileAsync("a.txt");
        StoredObject? second = null;
        bench.S3.After = call =>
        {
            if (call.StartsWith("COPY", StringComparison.Ordinal)) second = bench.S3.Put("inbox", "a.txt", "second");
        };

        JsonObject output = await bench.ActAsync(nameof(Archive), run);

        Assert.Equal("Archived", (string?)output["Result"]!["Action"]);
        Assert.Equal(second, Assert.Single(bench.S3.Versions("inbox", "a.txt")));
    }

    [Theory]
    [InlineData("other")] // as long as the file
    [InlineData("something longer")]
    public async Task HandleAsync_AnotherFileOfThatName_IsNotTakenForThisOne(string content)
    {
        TestBench bench = new();
        StoredObject other = bench.S3.Put("archive", Archived, content);
        bench.S3.Put("inbox", "a.txt", "first");
        JsonObject run = await bench.ReadFileAsync("a.txt");

        await bench.ActAsync(nameof(Archive), run);

        IReadOnlyList<StoredObject> versions = bench.S3.Versions("archive", Archived);
        Assert.Equal(2, versions.Count);
        Assert.Equal(other, versions[0]);
        Assert.Empty(bench.S3.Versions("inbox", "a.txt"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task HandleAsync_GoneFromTheInboxAndNotMoved_SaysSo(bool versioned)
    {
        TestBench bench = new(versioned);
        JsonObject run = await PrepareAsync(bench);
        bench.S3.Hide("inbox", "a.txt");
        string state = bench.S3.Describe();

        ObjectNotFoundException exception = await Assert.ThrowsAsync<ObjectNotFoundException>(() => bench.ActAsync(nameof(Archive), run));

        Assert.Equal(
            "The file “a.txt” in the bucket “inbox” is gone: it was removed after its metadata was read, and is not in the bucket “archive”.", exception.Message);
        Assert.Equal(state, bench.S3.Describe());
    }

    [Fact]
    public async Task HandleAsync_FileInTheTargetBucket_StaysThere()
    {
        TestBench bench = new();
        bench.S3.Put("archive", "a.txt", "text");
        JsonObject run = await bench.ReadFileAsync("a.txt", "archive");

        JsonObject output = await bench.ActAsync(nameof(Archive), run);

        Assert.Equal(("archive", "a.txt"), ((string?)output["Result"]!["Bucket"], (string?)output["Result"]!["Key"]));
        Assert.Single(bench.S3.Versions("archive", "a.txt"));
    }

    [Theory]
    [InlineData("HEAD", HttpStatusCode.Forbidden, "AccessDenied", typeof(StorageRefusedException))]
    [InlineData("COPY", HttpStatusCode.Forbidden, "AccessDenied", typeof(StorageRefusedException))]
    [InlineData("DELETE", HttpStatusCode.Forbidden, "AccessDenied", typeof(StorageRefusedException))]
    [InlineData("HEAD", HttpStatusCode.ServiceUnavailable, "SlowDown", typeof(StorageUnavailableException))]
    [InlineData("COPY", HttpStatusCode.ServiceUnavailable, "SlowDown", typeof(StorageUnavailableException))]
    [InlineData("DELETE", HttpStatusCode.InternalServerError, "InternalError", typeof(StorageUnavailableException))]
    [InlineData("COPY", HttpStatusCode.NotFound, "NoSuchBucket", typeof(ObjectNotFoundException))]
    public async Task HandleAsync_S3Refuses_SaysWhyAndLosesNothing(string call, HttpStatusCode status, string code, Type expected)
    {
        TestBench bench = new();
        JsonObject run = await PrepareAsync(bench);
        bench.S3.Before = made => made.StartsWith(call, StringComparison.Ordinal) ? FakeS3.Error(status, code) : null;

        await Assert.ThrowsAsync(expected, () => bench.ActAsync(nameof(Archive), run));

        Assert.Single(bench.S3.Versions("inbox", "a.txt"));
    }

    private static async Task<JsonObject> PrepareAsync(TestBench bench)
    {
        bench.S3.Put("inbox", "a.txt", "first", "text/plain");
        return await bench.ReadFileAsync("a.txt");
    }

    private static async Task<(string State, string Output, int Calls)> UndisturbedAsync(string function, bool versioned)
    {
        TestBench bench = new(versioned);
        JsonObject run = await PrepareAsync(bench);
        bench.S3.Calls.Clear();
        JsonObject output = await bench.ActAsync(function, run);
        return (bench.S3.Describe(), output.ToJsonString(), bench.S3.Calls.Count);
    }

    /// <summary>An attempt whose process dies; what it would have said nobody hears.</summary>
    private static async Task KilledAsync(TestBench bench, string function, JsonObject run)
    {
        await Record.ExceptionAsync(() => bench.ActAsync(function, run));
        bench.S3.Before = null;
        bench.S3.After = null;
    }

    /// <summary>Breaks a call off, before or after it took effect, and lets none after it through.</summary>
    private static void KillAt(FakeS3 s3, int call, bool takesEffect)
    {
        int made = 0;
        s3.Before = _ => ++made > call || (made == call && !takesEffect) ? throw new InvalidOperationException("The process is killed.") : null;
        s3.After = _ =>
        {
            if (made == call) throw new InvalidOperationException("The process is killed.");
        };
    }

    /// <summary>The record and the run's output must not tell different stories.</summary>
    private static void AssertSameAsItem(JsonObject output)
    {
        JsonObject flat = [];
        foreach ((string name, JsonNode? attribute) in output["Item"]!.AsObject())
        {
            (string type, JsonNode? value) = Assert.Single(attribute!.AsObject());
            flat[name] = type == "N" ? JsonNode.Parse((string)value!) : value!.DeepClone();
        }

        Assert.True(JsonNode.DeepEquals(output["Result"], flat), $"{output["Result"]} is not {flat}");
    }
}
