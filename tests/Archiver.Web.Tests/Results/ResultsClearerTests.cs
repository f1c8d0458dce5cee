using Archiver.Web.Identity.Access;
using Archiver.Web.Results.Store;
using Archiver.Web.Tests.Results.Fakes;

namespace Archiver.Web.Tests.Results;

public sealed class ResultsClearerTests : IDisposable
{
    private readonly FakeResultsTable _table = new();
    private readonly InstantTime _time = new();
    private readonly ResultsClearer _clearer;
    private readonly Reports _reports = new();

    public ResultsClearerTests() => _clearer = new ResultsClearer(_table, Records.Cloud, _time);

    public void Dispose() => _table.Dispose();

    [Fact]
    public async Task CountAsync_SeveralPages_CountsAllOfThem()
    {
        Fill(1234);
        _table.PageSize = 100;
        _table.Add(Records.Item("in no index", Records.Now).With("Day", null));

        Assert.Equal(1235, await _clearer.CountAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task ClearAsync_AnyTable_DeletesAllInBatchesOfTwentyFive()
    {
        Fill(1234);
        _table.Add(Records.Item("in no index", Records.Now).With("Day", null));

        ClearOutcome outcome = await _clearer.ClearAsync(Permits.For(Operation.ClearResults), _reports, TestContext.Current.CancellationToken);

        Assert.Equal(new ClearOutcome(1235, false, false), outcome);
        Assert.Equal(0, _table.Count);
        Assert.All(_table.Batches, batch => Assert.InRange(batch.Count, 1, 25));
        Assert.Equal([500, 1000, 1235], _reports.Values);
    }

    [Fact]
    public async Task ClearAsync_DeletionsLeftUndone_AreAskedForAgainAfterAPause()
    {
        Fill(25);
        _table.Unprocessed = batch => batch switch { 0 => 20, 1 => 20, 2 => 5, _ => 0 };

        ClearOutcome outcome = await _clearer.ClearAsync(Permits.For(Operation.ClearResults), _reports, TestContext.Current.CancellationToken);

        Assert.Equal(new ClearOutcome(25, false, false), outcome);
        Assert.Equal([25, 20, 20, 5], _table.Batches.Select(batch => batch.Count));
        Assert.Equal(3, _time.Pauses);
        Assert.Equal(0, _table.Count);
    }

    [Fact]
    public async Task ClearAsync_TableThatTakesNoMore_GivesUpAndSaysHowManyWent()
    {
        Fill(30);
        _table.Unprocessed = batch => batch == 0 ? 0 : 25;

        ClearOutcome outcome = await _clearer.ClearAsync(Permits.For(Operation.ClearResults), _reports, TestContext.Current.CancellationToken);

        Assert.True(outcome.IsRefused);
        Assert.Equal(30 - _table.Count, outcome.Deleted);
        Assert.InRange(_table.Count, 1, 25);
    }

    [Fact]
    public async Task ClearAsync_Cancelled_SaysHowManyWent()
    {
        Fill(1200);
        using CancellationTokenSource stop = new();
        _reports.Reported = _ => stop.Cancel();

        ClearOutcome outcome = await _clearer.ClearAsync(Permits.For(Operation.ClearResults), _reports, stop.Token);

        Assert.Equal(new ClearOutcome(500, true, false), outcome);
        Assert.Equal(700, _table.Count);
    }

    private void Fill(int count)
    {
        for (int i = 0; i < count; i++) _table.Add(Records.Item($"r{i:D4}", Records.Now.AddSeconds(-i)));
    }

    private sealed class Reports : IProgress<int>
    {
        public List<int> Values { get; } = [];

        public Action<int> Reported { get; set; } = _ => { };

        public void Report(int value)
        {
            Values.Add(value);
            Reported(value);
        }
    }

    /// <summary>A clock whose timers are due at once.</summary>
    private sealed class InstantTime : TimeProvider
    {
        public int Pauses { get; private set; }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Pauses++;
            return System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }
}
