using System.Globalization;
using System.Text.Json;
using Archiver.CrashSubject;
using Archiver.Web.Cloud;
using Archiver.Web.Tests.Faults;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace Archiver.Crash.Tests;

/// <summary>
/// A load of approvals, reviewers who decide on them, and programs that are killed at random points of it all: at the
/// beginning or the end of any of their calls, from their first on. In the end everything was decided once.
/// </summary>
public abstract class CrashTests(ITestOutputHelper output) : IDisposable
{
    // Where nothing more happens in a life, its point never comes.
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(1);

    private readonly string _directory = Directory.CreateTempSubdirectory("archiver-crash-").FullName;
    private int _lives;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Where the subjects write what their reviewers were told.</summary>
    protected string Journals => Directory.CreateDirectory(Path.Combine(_directory, "journals")).FullName;

    /// <summary>Where a local cloud keeps its state.</summary>
    protected string Data => Path.Combine(_directory, "data");

    private protected Totals Totals { get; } = new();

    public void Dispose()
    {
        Directory.Delete(_directory, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Starts a life; in one of five its decisions can be taken back for a second.</summary>
    private protected Subject Live(Random random, int point, IReadOnlyDictionary<string, string> environment, params string[] settings)
    {
        int life = ++_lives;
        return Subject.Start(point, environment,
        [
            string.Create(CultureInfo.InvariantCulture, $"--Subject:Name=life {life}"),
            string.Create(CultureInfo.InvariantCulture, $"--Subject:Seed={random.Next()}"),
            string.Create(CultureInfo.InvariantCulture, $"--Subject:Journal={Path.Combine(Journals, $"{life}.jsonl")}"),
            $"--Approvals:UndoSeconds={(random.Next(5) == 0 ? 1 : 0)}",
            .. settings,
        ]);
    }

    /// <summary>A point in a life that has so many approvals to bring from the queue to the end; one in ten comes while it starts.</summary>
    private protected static int Point(Random random, int approvals) => random.Next(10) == 0 ? random.Next(1, 12) : random.Next(12, 100 + (10 * approvals));

    /// <summary>Waits for the point in a life at which to end it, and ends it there.</summary>
    private protected async Task KillAsync(Subject subject)
    {
        await Task.WhenAny(subject.Reached, subject.Started).WaitAsync(LongestStart, Cancel);
        if (!subject.Reached.IsCompleted) await Task.WhenAny(subject.Reached, Task.Delay(Idle, TimeProvider.System, Cancel));
        if (subject.Reached.IsFaulted || subject.Started.IsFaulted) await Task.WhenAll(subject.Reached, subject.Started);
        bool reached = subject.Reached.IsCompleted;
        await subject.KillAsync();
        Totals.Killed(reached ? subject.Last : "nothing: it was idle");
    }

    private protected static Ledger Open(Clients clients, CloudResources cloud, Load load) => new(clients.DynamoDb, clients.Sqs, clients.StepFunctions, cloud, load.Names);

    /// <summary>Goes through the books.</summary>
    /// <returns>How many decisions reviewers were told of.</returns>
    private protected async Task<int> CheckAsync(Ledger ledger)
    {
        List<JournalLine> told = [];
        foreach (string file in Directory.EnumerateFiles(Journals))
        {
            // A line that its writer was killed over was told to nobody: it has no end.
            string text = await File.ReadAllTextAsync(file, Cancel);
            string whole = text[..(text.LastIndexOf('\n') + 1)];
            told.AddRange(whole.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JournalLine>(line)!));
        }
        await ledger.CheckAsync(told);
        return told.Count;
    }

    private protected void Report(int runs, int told)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{runs} approvals, of {told} of which a reviewer was told that the decision stands."));
        output.WriteLine(Totals.ToString());
    }

    /// <summary>Says what repeats the points, first of all: a test that fails says no more than that.</summary>
    private protected void SaySeed() => output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ARCHIVER_CRASH_SEED={Plan.Seed}"));
}

/// <summary>The dashboard and its local cloud in one process, all of which dies at once.</summary>
public sealed class OneProcessTests(ITestOutputHelper output) : CrashTests(output)
{
    private static readonly Dictionary<string, string> NoEnvironment = [];

    [Fact]
    public async Task Kill_DashboardAndCloudAtOnce_EveryApprovalIsDecidedOnce()
    {
        int kills = Plan.KillsOfOneProcess, runs = Plan.Runs(kills);
        SaySeed();
        Random random = new(Plan.Seed);
        Load load = new(runs);
        string[] settings = ["--Cloud:Mode=Local", "--Cloud:Local:Port=0", $"--Cloud:Local:DataDirectory={Data}"];

        for (int kill = 1; kill <= kills; kill++)
        {
            await using Subject subject = Live(random, Point(random, runs / kills), NoEnvironment, settings);
            Task starting = StartRunsAsync(subject, load, runs * kill / kills);
            await KillAsync(subject);
            await starting;
            Totals.Left(subject.Found ?? 0);
        }

        await using Subject last = Live(random, int.MaxValue, NoEnvironment, settings);
        await StartRunsAsync(last, load, runs);
        using Clients clients = new(await last.Cloud);
        Ledger ledger = Open(clients, await last.Resources, load);
        await ledger.WaitUntilQuietAsync(last.MustLive);
        Totals.Left(last.Found ?? 0);
        Report(runs, await CheckAsync(ledger));
        Assert.Equal(kills, Totals.Kills);
        Assert.True(Totals.KillsWithDecisionsUnderWay > 0, "No kill fell between a decision and its delivery: the test is too gentle.");
    }

    private static async Task StartRunsAsync(Subject subject, Load load, int first)
    {
        try
        {
            using Clients clients = new(await subject.Cloud);
            await load.StartAsync(clients, await subject.Resources, first);
        }
        catch (OperationCanceledException)
        {
            // It was killed before it served.
        }
    }
}

/// <summary>Two dashboards over one cloud that lives on; one dies, then the other.</summary>
public sealed class ReplicaTests(ITestOutputHelper output) : CrashTests(output)
{
    [Fact]
    public async Task Kill_OneOfTwoDashboards_EveryApprovalIsDecidedOnce()
    {
        int seed = Plan.Seed + 1, kills = Plan.KillsOfReplicas, runs = Plan.Runs(kills);
        SaySeed();
        Random random = new(seed);
        Load load = new(runs);
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Cloud:Local:Port"] = "0", ["Cloud:Local:DataDirectory"] = Data }).Build();
        await using CloudConnection cloud = await CloudConnection.OpenAsync(configuration, TimeProvider.System, NullLoggerFactory.Instance, Cancel);
        Uri endpoint = new(cloud.Options.DefaultClientConfig.ServiceURL);
        Dictionary<string, string> environment = new()
        {
            ["AWS_ENDPOINT_URL"] = endpoint.ToString(),
            ["AWS_REGION"] = "us-east-1",
            ["AWS_ACCESS_KEY_ID"] = "local",
            ["AWS_SECRET_ACCESS_KEY"] = "local",
        };
        using Clients clients = new(endpoint);
        Ledger ledger = Open(clients, cloud.Resources, load);
        await ShortQueue.SetAsync(clients.Sqs, cloud.Resources);

        Subject[] subjects = [Next(), Next()];
        try
        {
            for (int kill = 1; kill <= kills; kill++)
            {
                Task starting = load.StartAsync(clients, cloud.Resources, runs * kill / kills);
                int turn = kill % subjects.Length;
                await KillAsync(subjects[turn]);
                Totals.Left(await ledger.DecisionsUnderWayAsync());
                await subjects[turn].DisposeAsync();
                subjects[turn] = kill + subjects.Length <= kills ? Next() : Live(random, int.MaxValue, environment, "--Cloud:Mode=Aws");
                await starting;
            }
            await load.StartAsync(clients, cloud.Resources, runs);
            await ledger.WaitUntilQuietAsync(subjects[0].MustLive);
            Report(runs, await CheckAsync(ledger));
        }
        finally
        {
            foreach (Subject subject in subjects) await subject.DisposeAsync();
        }
        Assert.Equal(kills, Totals.Kills);
        Assert.True(Totals.KillsWithDecisionsUnderWay > 0, "No kill fell between a decision and its delivery: the test is too gentle.");

        // Two share the work.
        Subject Next() => Live(random, Point(random, runs / kills / 2), environment, "--Cloud:Mode=Aws");
    }
}
