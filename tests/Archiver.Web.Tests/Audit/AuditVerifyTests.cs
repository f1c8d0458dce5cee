using System.Diagnostics;
using System.Globalization;
using System.Text;
using Archiver.Web.Audit.Chain;
using Archiver.Web.Audit.Export;
using Archiver.Web.Audit.Store;
using Archiver.Web.Audit.Trail;
using Archiver.Web.Audit.Verify;
using Archiver.Web.Shell;
using Microsoft.Extensions.Configuration;

namespace Archiver.Web.Tests.Audit;

/// <summary>The command over a table and over a file, whole and broken by hand in one byte.</summary>
public sealed class AuditVerifyTests(CloudFixture cloud) : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("archiver-audit-").FullName;
    private AuditTables _table = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _table = await AuditTables.CreateAsync(cloud);

    public ValueTask DisposeAsync()
    {
        _table.Dispose();
        Directory.Delete(_directory, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Follow_ATableBrokenInOneByte_SaysWhere()
    {
        await FillAsync(700);
        AuditVerifyCommand command = new(null, null);
        Assert.Equal(700, Assert.IsType<ChainFinding.Intact>(await command.FollowAsync(_table.Store, Chains.Plain, Cancel)).Head.Sequence);

        await _table.FlipAsync(417);

        ChainFinding.Broken found = Assert.IsType<ChainFinding.Broken>(await command.FollowAsync(_table.Store, Chains.Plain, Cancel));
        long block = (await _table.BlocksAsync()).Last(one => one.First <= 417).First;
        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"The chain is broken at entry 417 (block {block}): its content or its hash was changed."), found.Sentence);
    }

    [Fact]
    public async Task Run_AsTheProgram_SaysWhatItFoundAndWhereItIsBroken()
    {
        await FillAsync(30);

        (int code, string said, _) = await RunProgramAsync();
        AuditHead head = (await _table.BlocksAsync())[^1].Head;
        Assert.Equal((0, $"The chain is intact: entries 1 to 30, head {head}."), (code, said));
        Assert.Equal(1, (await RunProgramAsync("--head", $"31:{head.Hash}")).Code);
        Assert.Equal(2, (await RunProgramAsync("--head", "31")).Code);

        await _table.FlipAsync(12);

        (code, said, string failed) = await RunProgramAsync();
        Assert.Equal((1, ""), (code, said));
        Assert.StartsWith("The chain is broken at entry 12 (block ", failed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OverAFile_SaysWhatItFound()
    {
        List<AuditLink> links = Chains.Links(20);
        string file = await WriteAsync(links.SelectMany(AuditLine.Write));

        Assert.Equal((0, $"The chain is intact: entries 1 to 20, head 20:{links[^1].Hash}."), await RunAsync(file));
        Assert.Equal(0, (await RunAsync(file, $"--head=20:{links[^1].Hash}")).Code);
        Assert.Equal((1, "The chain is broken at entry 21 (the end): it ends with entry 20, and the head that was written down is entry 25: its end was cut off."), await RunAsync(file, $"--head=25:{links[^1].Hash}"));
        Assert.Equal((0, "The audit trail has no entries."), await RunAsync(await WriteAsync([])));
    }

    [Fact]
    public async Task Run_OverAFileWithOneByteChanged_NamesTheLine()
    {
        byte[] whole = [.. Chains.Links(6).SelectMany(AuditLine.Write)];
        Random random = new(4);
        for (int i = 0; i < 200; i++)
        {
            byte[] bytes = [.. whole];
            int place = random.Next(bytes.Length);
            bytes[place] ^= (byte)(1 << random.Next(8));
            // A line that is cut in two is broken where it begins; one that runs into the next, too.
            int line = whole.Take(place).Count(one => one == '\n') + 1;

            (int code, string said) = await RunAsync(await WriteAsync(bytes));

            Assert.Equal(1, code);
            Assert.StartsWith(line == 1 ? "The chain is broken at line 1: " : $"The chain is broken at entry {line} (line {line}): ", said, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Run_OverAFileThatWasCutWithinALine_NamesTheLine()
    {
        byte[] whole = [.. Chains.Links(3).SelectMany(AuditLine.Write)];

        Assert.StartsWith("The chain is broken at entry 3 (line 3)", (await RunAsync(await WriteAsync(whole[..^1]))).Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OverALineThatNeverEnds_GivesUpOnIt()
    {
        string file = await WriteAsync(Enumerable.Repeat((byte)'x', 4 * AuditLine.Longest));

        Assert.StartsWith("The chain is broken at line 1: ", (await RunAsync(file)).Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_WhatCanNotBeRead_IsNeitherWholeNorBroken()
    {
        Assert.Equal(2, (await RunAsync(Path.Combine(_directory, "no such file"))).Code);
        Assert.Equal(2, (await RunAsync(_directory)).Code);
        (int code, string said) = await CommandAsync(new() { ["Cloud:Local:DataDirectory"] = Path.Combine(_directory, "nothing") }, "audit", "verify");
        Assert.Equal(2, code);
        Assert.Contains("where no local cloud has kept anything", said, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_directory, "nothing")));
    }

    [Fact]
    public async Task Run_AKeyedFile_TakesTheKey()
    {
        byte[] key = [.. Enumerable.Repeat((byte)7, 32)];
        List<AuditLink> links = Chains.Links(4, new AuditHasher(key));
        string file = await WriteAsync(links.SelectMany(AuditLine.Write));

        Assert.Equal(2, (await RunAsync(file)).Code);
        Assert.Equal(
            (0, $"The chain is intact: entries 1 to 4, head 4:{links[^1].Hash}. Every entry is hashed with the key."),
            await CommandAsync(new() { ["Audit:Key"] = Convert.ToBase64String(key) }, "audit", "verify", file));
        Assert.Equal(1, (await CommandAsync(new() { ["Audit:Key"] = Convert.ToBase64String(new byte[32]) }, "audit", "verify", file)).Code);
        (int code, string said) = await CommandAsync(new() { ["Audit:Key"] = "c2hvcnQ=" }, "audit", "verify", file);
        Assert.Equal(2, code);
        Assert.Contains("Audit:Key is no key", said, StringComparison.Ordinal);
        Assert.DoesNotContain("c2hvcnQ=", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("audit")]
    [InlineData("audit", "prove")]
    [InlineData("audit", "verify", "one", "two")]
    [InlineData("verify")]
    [InlineData("audit", "verify", "--head", "nonsense")]
    public async Task Run_WordsThatAreNoCommand_SaysHowItIsUsed(params string[] args)
    {
        (int code, string said) = await CommandAsync([], args);

        Assert.True(ConsoleCommands.IsCommand(args));
        Assert.Equal(2, code);
        Assert.StartsWith("Usage: audit verify", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("--Cloud:Mode=Aws")]
    [InlineData("--urls", "http://localhost:5081")]
    [InlineData("Cloud:Mode=Aws")]
    [InlineData("/Cloud:Mode=Aws")]
    public void IsCommand_SettingsAlone_IsNone(params string[] args) => Assert.False(ConsoleCommands.IsCommand(args));

    private async Task FillAsync(int count)
    {
        AuditTrail trail = _table.Trail();
        for (int i = 1; i <= count; i++)
        {
            trail.Add(Chains.Entry(i.ToString(CultureInfo.InvariantCulture), Chains.Start.AddSeconds(i)));
            if (i % 10 == 0) await trail.DrainAsync(Cancel);
        }
        await trail.DrainAsync(Cancel);
    }

    private async Task<string> WriteAsync(IEnumerable<byte> bytes)
    {
        string file = Path.Combine(_directory, Guid.NewGuid().ToString("N"));
        await File.WriteAllBytesAsync(file, [.. bytes], Cancel);
        return file;
    }

    private static Task<(int Code, string Said)> RunAsync(string file, params string[] more) => CommandAsync([], ["audit", "verify", file, .. more]);

    private static async Task<(int Code, string Said)> CommandAsync(Dictionary<string, string?> settings, params string[] args)
    {
        IConfiguration configuration = new ConfigurationBuilder().AddCommandLine(args).AddInMemoryCollection(settings).Build();
        using StringWriter output = new(CultureInfo.InvariantCulture), error = new(CultureInfo.InvariantCulture);
        int code = await ConsoleCommands.RunAsync(args, configuration, output, error);
        Assert.True(code == 0 ? error.ToString().Length == 0 : output.ToString().Length == 0);
        return (code, (output.ToString() + error).TrimEnd());
    }

    // As an operator runs it, beside a cloud that serves.
    private async Task<(int Code, string Said, string Failed)> RunProgramAsync(params string[] more)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal) ? Environment.ProcessPath : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        foreach (string argument in (string[])[typeof(AuditVerifyCommand).Assembly.Location, "audit", "verify", "--Cloud:Mode=Aws", $"--Cloud:AuditTable={_table.Resources.AuditTable}", .. more])
            start.ArgumentList.Add(argument);
        start.Environment["AWS_ENDPOINT_URL"] = cloud.Connection.Options.DefaultClientConfig.ServiceURL;
        start.Environment["AWS_REGION"] = "us-east-1";
        start.Environment["AWS_ACCESS_KEY_ID"] = "local";
        start.Environment["AWS_SECRET_ACCESS_KEY"] = "local";
        using Process program = Process.Start(start)!;
        string[] said = await Task.WhenAll(program.StandardOutput.ReadToEndAsync(Cancel), program.StandardError.ReadToEndAsync(Cancel));
        await program.WaitForExitAsync(Cancel);
        return (program.ExitCode, said[0].TrimEnd(), said[1].TrimEnd());
    }
}
