using System.Globalization;
using Archiver.Web.Audit;
using Archiver.Web.Audit.Chain;
using Archiver.Web.Audit.Store;
using Archiver.Web.Audit.Trail;
using Archiver.Web.Cloud;
using Archiver.Web.Tests.Faults;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Archiver.Web.Tests.Audit;

/// <summary>The trail over the local cloud's table, through the real SDK.</summary>
public sealed class AuditTrailTests(CloudFixture cloud) : IAsyncLifetime
{
    private const string Put = "PutItem";

    private AuditTables _table = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _table = await AuditTables.CreateAsync(cloud);

    public ValueTask DisposeAsync()
    {
        _table.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Append_OnReturn_IsInTheTableAfterAllThatWasAddedBefore()
    {
        AuditTrail trail = _table.Trail();
        trail.Add(Chains.Entry("before"));

        await trail.AppendAsync(Chains.Entry("a"), Cancel);

        Assert.Equal(["before", "a"], (await _table.RecordsAsync()).Select(record => record.On.Id));
    }

    [Fact]
    public async Task Append_FromManyTasksOfThreeDashboards_IsOneChainWithEveryEntryOnce()
    {
        AuditTrail[] trails = [_table.Trail(), _table.Trail(), _table.Trail()];
        const int Tasks = 12, Each = 25;

        await Task.WhenAll(trails.SelectMany((trail, replica) => Enumerable.Range(0, Tasks).Select(task => Task.Run(async () =>
        {
            for (int i = 0; i < Each; i++)
            {
                string id = string.Create(CultureInfo.InvariantCulture, $"{replica}-{task}-{i}");
                await trail.AppendAsync(Chains.Entry(id, phase: AuditPhase.Attempted), Cancel);
                trail.Add(Chains.Entry(id));
            }
        }, Cancel))));
        foreach (AuditTrail trail in trails) await trail.DrainAsync(Cancel);

        List<AuditRecord> records = await _table.RecordsAsync();
        Assert.Equal(trails.Length * Tasks * Each * 2, records.Count);
        Assert.Equal(records.Count, records.Select(record => (record.On.Id, record.Phase)).Distinct().Count());
        Assert.All(records.GroupBy(record => record.On.Id), attempt => Assert.Equal(["Attempted", "Done"], attempt.Select(record => record.Phase)));
        // One task's entries stand in its order.
        Assert.All(records.GroupBy(record => record.On.Id[..record.On.Id.LastIndexOf('-')]), task => Assert.Equal(
            Enumerable.Range(0, Each).Select(i => i.ToString(CultureInfo.InvariantCulture)),
            task.Where(record => record.Phase == "Attempted").Select(record => record.On.Id.Split('-')[2])));
    }

    [Fact]
    public async Task Add_ManyAtOnce_TakesFewBlocks()
    {
        AuditTrail trail = _table.Trail();
        for (int i = 0; i < 1200; i++) trail.Add(Chains.Entry(i.ToString(CultureInfo.InvariantCulture)));
        await trail.DrainAsync(Cancel);

        List<AuditBlock> blocks = await _table.BlocksAsync();

        Assert.InRange(blocks.Count, 3, 10);
        Assert.All(blocks, block => Assert.InRange(block.Links.Count, 1, AuditBatch.MostEntries));
        Assert.Equal(Enumerable.Range(0, 1200).Select(i => i.ToString(CultureInfo.InvariantCulture)), (await _table.RecordsAsync()).Select(record => record.On.Id));
        Assert.Equal((0, blocks[^1].Head), (trail.State.Pending, trail.State.Head));
    }

    [Fact]
    public async Task Add_LongTexts_StayWithinTheItemsThatATableTakes()
    {
        AuditTrail trail = _table.Trail();
        string word = string.Concat(Enumerable.Repeat("日本 ", 3000));
        for (int i = 0; i < 100; i++)
            trail.Add(Chains.Entry() with { Detail = word, On = new AuditSubject("approval", word, word, word), By = new AuditActor(word, word, []) });
        await trail.DrainAsync(Cancel);

        Assert.Equal(100, (await _table.RecordsAsync()).Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Append_FaultsOfEveryKind_WritesEverythingOnce(int seed)
    {
        AuditTrail calm = _table.Trail();
        AuditTrail disturbed = _table.Trail(new FractionPlan(CloudCall.DynamoDb, 0.3, seed), new TestClock(speed: 20));
        for (int i = 0; i < 60; i++)
        {
            disturbed.Add(Chains.Entry($"d{i.ToString(CultureInfo.InvariantCulture)}"));
            if (i % 3 == 0) await calm.AppendAsync(Chains.Entry($"c{i.ToString(CultureInfo.InvariantCulture)}"), Cancel);
            if (i % 10 == 0) await disturbed.DrainAsync(Cancel);
        }
        await disturbed.DrainAsync(Cancel);

        List<AuditRecord> records = await _table.RecordsAsync();
        Assert.Equal(80, records.Count);
        Assert.Equal(Enumerable.Range(0, 60).Select(i => $"d{i.ToString(CultureInfo.InvariantCulture)}"), records.Select(record => record.On.Id).Where(id => id[0] == 'd'));
    }

    [Fact]
    public async Task Append_AnswerLostAndAnotherDashboardFasterThanTheNextTry_IsWrittenOnce()
    {
        NextCallPlan faults = new();
        CountedTime time = new();
        AuditTrail unlucky = _table.Trail(faults, time);
        AuditTrail other = _table.Trail();
        faults.Disturb(Put, Fault.LoseAnswer);

        Task append = unlucky.AppendAsync(Chains.Entry("unlucky"), Cancel);
        await UntilAsync(() => time.Timers == 2); // the append's patience, and the pause before the next try
        await other.AppendAsync(Chains.Entry("other"), Cancel);
        time.Advance(TimeSpan.FromSeconds(1));

        await append;
        Assert.Equal(["unlucky", "other"], (await _table.RecordsAsync()).Select(record => record.On.Id));
        await unlucky.AppendAsync(Chains.Entry("next"), Cancel);
        Assert.Equal(3, (await _table.RecordsAsync()).Count);
    }

    [Fact]
    public async Task Append_TheProcessDiesWithItsAnswerOnTheWay_LeavesAChainThatOthersGoOnFrom()
    {
        NextCallPlan faults = new();
        AuditTrail dying = _table.Trail(faults, new FakeTimeProvider());
        faults.Disturb(Put, Fault.LoseAnswer);
        Task append = dying.AppendAsync(Chains.Entry("last words"), Cancel);
        await UntilAsync(() => dying.State.FailingSince is not null);
        dying.Dispose();
        await Assert.ThrowsAsync<TimeoutException>(() => append);

        AuditTrail next = _table.Trail();
        await next.AppendAsync(Chains.Entry("next"), Cancel);

        Assert.Equal(["last words", "next"], (await _table.RecordsAsync()).Select(record => record.On.Id));
    }

    [Fact]
    public async Task Append_TheTableIsAway_FailsInTimeAndWhatWasAddedIsWrittenWhenItIsBack()
    {
        FakeTimeProvider time = new(Chains.Start);
        OutagePlan outage = new(CloudCall.DynamoDb, time);
        AuditTrail trail = _table.Trail(outage, time);
        AuditHealth health = new(trail, time);
        outage.GoDown(TimeSpan.FromMinutes(2));
        trail.Add(Chains.Entry("added"));
        await UntilAsync(() => trail.State.FailingSince is not null);
        Task append = trail.AppendAsync(Chains.Entry("given up"), Cancel);

        time.Advance(AuditTrail.Patience);

        TimeoutException failure = await Assert.ThrowsAsync<TimeoutException>(() => append);
        Assert.True(CloudFailure.Is(failure));
        Assert.StartsWith("The audit trail can't be written: ", failure.Message, StringComparison.Ordinal);
        HealthCheckResult weak = await health.CheckHealthAsync(new HealthCheckContext(), Cancel);
        Assert.Equal((HealthStatus.Degraded, 1), (weak.Status, weak.Data["pending"]));
        time.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal(HealthStatus.Unhealthy, (await health.CheckHealthAsync(new HealthCheckContext(), Cancel)).Status);

        await AdvanceUntilAsync(time, trail.DrainAsync(Cancel));

        Assert.Equal(["added"], (await _table.RecordsAsync()).Select(record => record.On.Id));
        Assert.Equal(HealthStatus.Healthy, (await health.CheckHealthAsync(new HealthCheckContext(), Cancel)).Status);
    }

    [Fact]
    public async Task Append_GivenUpByItsCaller_IsNoLongerWaitedFor()
    {
        FakeTimeProvider time = new(Chains.Start);
        OutagePlan outage = new(CloudCall.DynamoDb, time);
        AuditTrail trail = _table.Trail(outage, time);
        outage.GoDown(TimeSpan.FromMinutes(1));
        trail.Add(Chains.Entry("added"));
        await UntilAsync(() => trail.State.FailingSince is not null);
        using CancellationTokenSource left = new();
        Task append = trail.AppendAsync(Chains.Entry("left"), left.Token);
        await left.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => append);

        await AdvanceUntilAsync(time, trail.DrainAsync(Cancel));
        Assert.Equal(["added"], (await _table.RecordsAsync()).Select(record => record.On.Id));
    }

    [Fact]
    public async Task Worker_FromStartToStop_WritesWhatIsLeftAndLogsHeads()
    {
        Lines lines = new();
        AuditTrail trail = _table.Trail(logger: lines);
        using AuditWorker worker = new(trail, TimeProvider.System, NullLogger<AuditWorker>.Instance);
        await worker.StartAsync(Cancel);
        await worker.ExecuteTask!;
        for (int i = 0; i < 1001; i++) trail.Add(Chains.Entry(i.ToString(CultureInfo.InvariantCulture)));

        await worker.StopAsync(Cancel);

        List<AuditBlock> blocks = await _table.BlocksAsync();
        Assert.Equal(1001, blocks[^1].Last);
        Assert.Equal($"audit head 0 {AuditHead.Start.Hash}", lines.All[0]);
        Assert.Contains($"audit head {blocks.First(block => block.Last >= 1000).Last.ToString(CultureInfo.InvariantCulture)} {blocks.First(block => block.Last >= 1000).Hash}", lines.All);
        Assert.Equal($"audit head 1001 {blocks[^1].Hash}", lines.All[^1]);
    }

    [Fact]
    public async Task Worker_StopsWhileTheTableIsAway_SaysWhatIsLost()
    {
        Lines lines = new();
        FakeTimeProvider time = new(Chains.Start);
        OutagePlan outage = new(CloudCall.DynamoDb, time);
        AuditTrail trail = _table.Trail(outage, time, logger: lines);
        outage.GoDown(TimeSpan.FromDays(1));
        using AuditWorker worker = new(trail, time, NullLogger<AuditWorker>.Instance);
        trail.Add(Chains.Entry("one"));
        trail.Add(Chains.Entry("two"));

        using CancellationTokenSource timeUp = new();
        Task stop = worker.StopAsync(timeUp.Token);
        await timeUp.CancelAsync();
        await stop;

        Assert.Equal(2, lines.All.Count(line => line.StartsWith("Not on record, and lost with this process: Decide Done, attempt attempt-", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Append_WithAKey_IsAChainThatNeedsIt()
    {
        byte[] key = new byte[32];
        await _table.Trail().AppendAsync(Chains.Entry("plain"), Cancel);
        await _table.Trail(key: key).AppendAsync(Chains.Entry("keyed"), Cancel);

        Assert.Equal([null, new AuditHasher(key).KeyName], (await _table.RecordsAsync(key)).Select(record => record.Key));
        Assert.IsType<ChainFinding.Unknown>(Chains.Follow(await _table.BlocksAsync()));
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            Cancel.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static async Task AdvanceUntilAsync(FakeTimeProvider time, Task task)
    {
        while (!task.IsCompleted)
        {
            Cancel.ThrowIfCancellationRequested();
            time.Advance(TimeSpan.FromMilliseconds(20));
            await Task.Yield();
        }
    }

    private sealed class CountedTime : FakeTimeProvider
    {
        private int _timers;

        public int Timers => Volatile.Read(ref _timers);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            ITimer timer = base.CreateTimer(callback, state, dueTime, period);
            Interlocked.Increment(ref _timers);
            return timer;
        }
    }

    private sealed class Lines : ILogger<AuditTrail>
    {
        private readonly Lock _lock = new();
        private readonly List<string> _lines = [];

        public IReadOnlyList<string> All
        {
            get { lock (_lock) return [.. _lines]; }
        }

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (_lock) _lines.Add(formatter(state, exception));
        }
    }
}
