using System.Diagnostics;
using System.Text;
using Amazon.S3.Model;
using Archiver.Infra.LocalCloud.Inbox;
using Archiver.Infra.LocalCloud.S3;
using Archiver.Infra.LocalCloud.S3.State;
using Archiver.Infra.LocalCloud.Storage;
using Archiver.Infra.Tests.LocalCloud.Events;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Archiver.Infra.Tests.LocalCloud.Inbox;

/// <summary>The folder that files are dropped in, with a stack that has an inbox bucket and nothing behind it.</summary>
public sealed class InboxFolderTests : IAsyncLifetime
{
    private const string Template = "Resources:\n  InboxBucket: {Type: AWS::S3::Bucket, Properties: {BucketName: drops, VersioningConfiguration: {Status: Enabled}}}";

    private readonly string _directory = Directory.CreateTempSubdirectory("archiver-inbox-").FullName;
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly Said _said = new();
    private EventsCloud? _cloud;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Folder => Path.Combine(_directory, "inbox");

    public async ValueTask InitializeAsync() => await RestartAsync();

    public async ValueTask DisposeAsync()
    {
        await _cloud!.DisposeAsync();
        _said.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task Look_FileThatSettled_BecomesAnObjectAndGoes()
    {
        Write("a.txt", "words");
        Write("2026/09/b c.txt", "more");
        await LookAsync();
        Assert.Empty(await VersionsAsync());

        await LookAsync(TimeSpan.FromSeconds(2));

        Assert.Equal([("2026/09/b c.txt", "more"), ("a.txt", "words")], await VersionsAsync());
        Assert.Empty(Files());
    }

    [Fact]
    public async Task Look_FileThatIsStillWritten_WaitsUntilItSettles()
    {
        Write("a.txt", "one");
        await LookAsync();
        Write("a.txt", "one two");
        await LookAsync(TimeSpan.FromSeconds(2));
        await LookAsync(TimeSpan.FromSeconds(1.9));
        Assert.Empty(await VersionsAsync());

        await LookAsync(TimeSpan.FromSeconds(0.1));

        Assert.Equal([("a.txt", "one two")], await VersionsAsync());
    }

    [Fact]
    public async Task Look_SameNameAgain_BecomesAnotherVersion()
    {
        foreach (string content in (string[])["first", "second"])
        {
            Write("a.txt", content);
            await LookAsync();
            await LookAsync(TimeSpan.FromSeconds(2));
        }

        Assert.Equal([("a.txt", "first"), ("a.txt", "second")], (await VersionsAsync()).Order());
    }

    [Theory]
    [InlineData(".hidden")]
    [InlineData("a.part")]
    [InlineData("a.crdownload")]
    [InlineData("a.TMP")]
    [InlineData("~$a.docx")]
    [InlineData(".git/config")]
    [InlineData("x/.y/z.txt")]
    public async Task Look_HiddenOrPartialFile_IsLeftAlone(string name)
    {
        Write(name, "words");
        await LookAsync();
        await LookAsync(TimeSpan.FromSeconds(2));

        Assert.Empty(await VersionsAsync());
        Assert.True(File.Exists(Path.Combine(Folder, name)));
        Assert.Empty(_said.Warnings);
    }

    [Fact]
    public async Task Look_Links_AreLeftAlone()
    {
        string outside = Directory.CreateDirectory(Path.Combine(_directory, "outside")).FullName;
        await File.WriteAllTextAsync(Path.Combine(outside, "secret.txt"), "secret", Cancel);
        File.CreateSymbolicLink(Path.Combine(Folder, "file.txt"), Path.Combine(outside, "secret.txt"));
        Directory.CreateSymbolicLink(Path.Combine(Folder, "folder"), outside);
        Directory.CreateSymbolicLink(Path.Combine(Folder, "loop"), Folder);

        await LookAsync();
        await LookAsync(TimeSpan.FromSeconds(2));

        Assert.Empty(await VersionsAsync());
        Assert.True(File.Exists(Path.Combine(outside, "secret.txt")));
    }

    [Fact]
    public async Task Look_FileThatCannotBeTaken_StaysAndIsToldOnce()
    {
        string name = string.Join('/', Enumerable.Repeat(new string('x', 200), 6)); // more than a key can have
        Write(name, "words");
        using Process? pipe = OperatingSystem.IsWindows() ? null : Process.Start("mkfifo", [Path.Combine(Folder, "pipe")]);
        await (pipe?.WaitForExitAsync(Cancel) ?? Task.CompletedTask);
        Write("good.txt", "words");

        for (int i = 0; i < 4; i++)
            await LookAsync(TimeSpan.FromSeconds(2));

        Assert.Equal([("good.txt", "words")], await VersionsAsync());
        Assert.True(File.Exists(Path.Combine(Folder, name)));
        Assert.Equal(pipe is null ? 1 : 2, _said.Warnings.Count);
        Assert.Contains(_said.Warnings, warning => warning.Contains("1024 bytes", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Look_ChecksumBesideAFile_IsTakenFirst()
    {
        Write("a.txt", "words");
        Write("b.txt.sha256", "00");
        await LookAsync();
        await LookAsync(TimeSpan.FromSeconds(2));

        ListVersionsResponse versions = await _cloud!.S3.ListVersionsAsync(new ListVersionsRequest { BucketName = "drops" }, Cancel);
        Assert.Equal(["b.txt.sha256", "a.txt"], _said.Taken);
        Assert.Equal(2, versions.Versions.Count);
    }

    [Fact]
    public async Task Start_FileThatWasThereBefore_IsTaken()
    {
        await _cloud!.DisposeAsync();
        Write("a.txt", "words");
        File.SetLastWriteTimeUtc(Path.Combine(Folder, "a.txt"), new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        await RestartAsync();
        await LookAsync();
        await LookAsync(TimeSpan.FromSeconds(2));

        Assert.Equal([("a.txt", "words")], await VersionsAsync());
    }

    [Theory]
    [InlineData(0)] // a folder for the claim, and the file not yet in it
    [InlineData(1)] // claimed, not put
    [InlineData(2)] // put, not removed
    [InlineData(3)] // removed, its folder not
    public async Task Start_AfterAKillAtAnyPoint_NeitherLosesNorDoubles(int point)
    {
        await _cloud!.DisposeAsync();
        Write("x/a.txt", "words");
        InboxFiles files = new(Folder);
        if (point == 0)
        {
            Directory.CreateDirectory(Path.Combine(Folder, ".taken", "unused", "x"));
        }
        else
        {
            string claim = files.Claim(Assert.Single(files.Find()))!;
            string path = files.Claimed(claim)!.Value.Path;
            if (point >= 2)
                Assert.True(await PutAsync(claim, "x/a.txt", path, _ => true));
            if (point == 3)
                File.Delete(path);
        }

        await RestartAsync();
        await LookAsync();
        await LookAsync(TimeSpan.FromSeconds(2));
        await LookAsync(TimeSpan.FromSeconds(2));

        Assert.Equal([("x/a.txt", "words")], await VersionsAsync());
        Assert.Empty(Files());
        Assert.Empty(Directory.EnumerateDirectories(Path.Combine(Folder, ".taken")));
    }

    [Fact]
    public async Task Put_WriterThatGoesOnAfterTheClaim_WaitsForIt()
    {
        await _cloud!.DisposeAsync();
        Write("a.txt", "half");
        InboxFiles files = new(Folder);
        string claim = files.Claim(Assert.Single(files.Find()))!;
        FoundFile claimed = files.Claimed(claim)!.Value;
        await File.AppendAllTextAsync(claimed.Path, " and half", Cancel);
        Assert.False(await PutAsync(claim, "a.txt", claimed.Path, length => length == claimed.Length));

        await RestartAsync();
        await LookAsync();

        Assert.Equal([("a.txt", "half and half")], await VersionsAsync());
    }

    [Fact]
    public async Task Drop_ByCopyingIntoTheFolder_StartsOneRun()
    {
        await using EventsCloud cloud = await EventsCloud.StartAsync(configure: options => options.InboxSettleTime = TimeSpan.Zero);
        string folder = Path.Combine(cloud.Cloud.DataDirectory, "inbox");
        Directory.CreateDirectory(Path.Combine(folder, "2026"));
        string source = Path.GetTempFileName();
        await File.WriteAllTextAsync(source, "words", Cancel);
        File.Move(source, Path.Combine(folder, "2026", "a.txt"));

        await cloud.Get<InboxFolder>().Pump.RunNowAsync(Cancel);
        await cloud.SettleAsync();

        Amazon.StepFunctions.Model.ListExecutionsResponse runs = await cloud.StepFunctions.ListExecutionsAsync(
            new Amazon.StepFunctions.Model.ListExecutionsRequest { StateMachineArn = "arn:aws:states:us-east-1:000000000000:stateMachine:archiver-ArchiverStateMachine" }, Cancel);
        Assert.StartsWith("drop-", Assert.Single(runs.Executions).Name, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder, "2026", "a.txt")));
    }

    [Fact]
    public async Task Watch_FileThatIsDropped_IsTakenWithoutBeingAsked()
    {
        TaskCompletionSource<ObjectChange> changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using EventsCloud cloud = await EventsCloud.StartAsync(Template, configure: options => options.InboxSettleTime = TimeSpan.FromMilliseconds(50));
        cloud.Get<ObjectEvents>().Changed += change => changed.TrySetResult(change);

        await File.WriteAllTextAsync(Path.Combine(cloud.Cloud.DataDirectory, "inbox", "a.txt"), "words", Cancel);

        Assert.Equal(("drops", "a.txt", 5L), await changed.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancel) is var change ? (change.Bucket, change.Key, change.Size) : default);
    }

    private async Task RestartAsync() => _cloud = await EventsCloud.StartAsync(Template, _directory, _time, loggers: _said);

    // A write as a process makes it that is killed right after.
    private async Task<bool> PutAsync(string claim, string key, string path, Func<long, bool> isWhole)
    {
        using DataDirectory data = new(_directory);
        using S3Store store = new(data, NullLogger<S3Store>.Instance);
        using FileStream content = File.OpenRead(path);
        return await new S3Service(store, new ObjectEvents(), _time).PutOnceAsync("drops", key, claim, content, isWhole, Cancel);
    }

    private async Task LookAsync(TimeSpan after = default)
    {
        // The loop may look, too: looks never overlap, and one more changes nothing.
        _time.Advance(after);
        await _cloud!.Get<InboxFolder>().Pump.RunNowAsync(Cancel);
    }

    private void Write(string name, string content)
    {
        string path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }

    private string[] Files() => Directory.GetFiles(Folder, "*", SearchOption.AllDirectories);

    private async Task<List<(string Key, string Content)>> VersionsAsync()
    {
        List<(string, string)> found = [];
        ListVersionsResponse versions = await _cloud!.S3.ListVersionsAsync(new ListVersionsRequest { BucketName = "drops" }, Cancel);
        foreach (S3ObjectVersion version in versions.Versions ?? [])
        {
            using GetObjectResponse stored = await _cloud.S3.GetObjectAsync(
                new GetObjectRequest { BucketName = "drops", Key = version.Key, VersionId = version.VersionId }, Cancel);
            using StreamReader reader = new(stored.ResponseStream, Encoding.UTF8);
            found.Add((version.Key, await reader.ReadToEndAsync(Cancel)));
        }
        return found;
    }

    /// <summary>What the inbox folder logged.</summary>
    private sealed class Said : ILoggerFactory, ILogger
    {
        private readonly Lock _lock = new();
        private readonly List<string> _warnings = [];
        private readonly List<string> _taken = [];

        public IReadOnlyList<string> Warnings
        {
            get { lock (_lock) return [.. _warnings]; }
        }

        public IReadOnlyList<string> Taken
        {
            get { lock (_lock) return [.. _taken]; }
        }

        public ILogger CreateLogger(string categoryName) =>
            categoryName.EndsWith(nameof(InboxFolder), StringComparison.Ordinal) ? this : NullLogger.Instance;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            string text = formatter(state, exception);
            lock (_lock)
            {
                if (logLevel >= LogLevel.Warning)
                    _warnings.Add(text);
                else if (text.StartsWith("Took ", StringComparison.Ordinal))
                    _taken.Add(text.Split(' ')[1]);
            }
        }

        public void Dispose()
        {
        }
    }
}
