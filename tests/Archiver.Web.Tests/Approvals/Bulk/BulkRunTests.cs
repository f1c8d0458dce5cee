using Archiver.Web.Approvals.Bulk;
using FsCheck;
using FsCheck.Xunit;

namespace Archiver.Web.Tests.Approvals.Bulk;

/// <summary>A decision on many: each is begun once or not at all, and ends in one outcome.</summary>
public sealed class BulkRunTests
{
    private static readonly BulkDecision Approve = new(true, null);

    [Property(MaxTest = 100)]
    public bool Decide_Whatever_EveryItemEndsInExactlyOneOutcome(NonEmptyArray<byte> ends)
    {
        FakeWork work = new() { End = (id, _) => Task.FromResult(EndOf(ends.Get, id)) };
        using BulkRun run = Start(ends.Get.Length, work);

        run.DecideAsync().GetAwaiter().GetResult();

        return run.Items.All(item => item.Outcome?.End == EndOf(ends.Get, item.Seen.Id) && work.Decided[item.Seen.Id] == 1)
            && Enum.GetValues<BulkEnd>().Sum(run.Count) == run.Items.Count
            && run is { Untouched: 0, Progress: { IsRunning: false } progress } && progress.Done == run.Items.Count;
    }

    [Property(MaxTest = 100)]
    public bool Stop_AtAnyPoint_LeavesUntouchedWhatWasNotReached(NonEmptyArray<byte> ends, byte at)
    {
        int left = 1 + (at % ends.Get.Length);
        BulkRun? run = null;
        FakeWork work = new()
        {
            End = async (id, _) =>
            {
                if (Interlocked.Decrement(ref left) == 0) run!.Stop();
                await Task.Yield(); // others are under way when it stops
                return EndOf(ends.Get, id);
            },
        };
        using (run = Start(ends.Get.Length, work))
        {
            run.DecideAsync().GetAwaiter().GetResult();

            int touched = work.Decided.Count;
            if (!run.Items.All(item => (item.Outcome is not null) == work.Decided.ContainsKey(item.Seen.Id))) return false;
            if (run.Untouched != run.Items.Count - touched || run.Progress.IsRunning) return false;

            // What was left can be decided later, and what was not is left alone.
            run.DecideAsync().GetAwaiter().GetResult();
            return run.Untouched == 0 && run.Items.All(item => work.Decided[item.Seen.Id] == 1);
        }
    }

    [Property(MaxTest = 100)]
    public bool Retry_AfterAnything_TouchesOnlyWhatFailed(NonEmptyArray<byte> ends)
    {
        FakeWork work = new() { End = (id, tried) => Task.FromResult(tried == 0 ? EndOf(ends.Get, id) : BulkEnd.Decided) };
        using BulkRun run = Start(ends.Get.Length, work);
        run.DecideAsync().GetAwaiter().GetResult();

        run.RetryAsync().GetAwaiter().GetResult();

        return run.Count(BulkEnd.Failed) == 0 && run.Items.All(item =>
            EndOf(ends.Get, item.Seen.Id) == BulkEnd.Failed
                ? work.Decided[item.Seen.Id] == 2 && item.Outcome!.End == BulkEnd.Decided
                : work.Decided[item.Seen.Id] == 1 && item.Outcome!.End == EndOf(ends.Get, item.Seen.Id));
    }

    [Fact]
    public async Task Decide_Many_AreUnderWayAFewAtATime()
    {
        int now = 0, most = 0;
        FakeWork work = new()
        {
            End = async (_, _) =>
            {
                int under = Interlocked.Increment(ref now);
                InterlockedMax(ref most, under);
                await Task.Yield();
                Interlocked.Decrement(ref now);
                return BulkEnd.Decided;
            },
        };
        using BulkRun run = Start(200, work);

        await run.DecideAsync();

        Assert.InRange(most, 1, BulkRun.AtOnce);
    }

    [Fact]
    public async Task Pause_InTheMiddle_BeginsNothingMoreUntilItGoesOn()
    {
        TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously), go = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int under = 0;
        FakeWork work = new()
        {
            End = async (_, _) =>
            {
                if (Interlocked.Increment(ref under) == 1) begun.SetResult();
                await go.Task;
                return BulkEnd.Decided;
            },
        };
        using BulkRun run = Start(50, work);
        Task deciding = run.DecideAsync();
        await begun.Task;
        TaskCompletionSource settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        run.Pause();
        int reached = -1;
        run.Changed += () =>
        {
            // All that were begun before the pause have come to their end.
            if (run.Progress.Done == work.Decided.Count && run.Progress.Done > 0) settled.TrySetResult();
        };
        go.SetResult();
        await settled.Task;
        reached = work.Decided.Count;

        Assert.InRange(reached, 1, BulkRun.AtOnce);
        Assert.True(run.Progress is { IsRunning: true, IsPaused: true });
        Assert.False(deciding.IsCompleted);

        run.Resume();
        await deciding;

        Assert.Equal(50, work.Decided.Count);
        Assert.False(run.Progress.IsRunning);
    }

    [Fact]
    public async Task Stop_WhilePaused_Ends()
    {
        BulkRun? run = null;
        FakeWork work = new()
        {
            End = (_, _) =>
            {
                run!.Pause();
                return Task.FromResult(BulkEnd.Decided);
            },
        };
        using (run = Start(100, work))
        {
            Task deciding = run.DecideAsync();
            while (!run.Progress.IsPaused && !deciding.IsCompleted) await Task.Yield();
            run.Stop();
            await deciding;

            Assert.False(run.Progress.IsRunning);
            Assert.False(run.Progress.IsPaused);
            Assert.Equal(100 - work.Decided.Count, run.Untouched);
            Assert.True(run.Untouched > 0);
        }
    }

    [Fact]
    public async Task Undo_AfterSomeTime_TakesBackOnlyWhatStillCanBe()
    {
        FakeWork work = new() { End = (id, _) => Task.FromResult(id == "0" ? BulkEnd.Refused : BulkEnd.Decided) };
        using BulkRun run = Start(3, work);
        await run.DecideAsync();

        await run.UndoAsync(Samples.Asked.AddMinutes(2)); // too late for all
        Assert.Empty(work.Undone);

        await run.UndoAsync(Samples.Asked);
        Assert.Equal(["1", "2"], work.Undone.Keys.Order(StringComparer.Ordinal));
        Assert.Equal([BulkEnd.Refused, BulkEnd.Undone, BulkEnd.Undone], run.Items.Select(item => item.Outcome!.End));
        Assert.Equal(0, run.Count(BulkEnd.Decided));
    }

    [Fact]
    public async Task Dispose_InTheMiddle_BeginsNothingMoreEver()
    {
        BulkRun? run = null;
        FakeWork work = new()
        {
            End = (_, _) =>
            {
                run!.Dispose();
                return Task.FromResult(BulkEnd.Decided);
            },
        };
        run = Start(100, work);

        await run.DecideAsync();
        int decided = work.Decided.Count;
        await run.DecideAsync();
        await run.RetryAsync();

        Assert.InRange(decided, 1, BulkRun.AtOnce);
        Assert.Equal(decided, work.Decided.Count);
        Assert.Equal(decided, run.Count(BulkEnd.Decided));
    }

    private static BulkRun Start(int count, FakeWork work) =>
        new(Enumerable.Range(0, count).Select(number => Samples.Pending(number.ToString(System.Globalization.CultureInfo.InvariantCulture))), Approve, work);

    private static BulkEnd EndOf(byte[] ends, string id) =>
        (BulkEnd)(ends[int.Parse(id, System.Globalization.CultureInfo.InvariantCulture)] % Enum.GetValues<BulkEnd>().Length);

    private static void InterlockedMax(ref int most, int value)
    {
        for (int before = Volatile.Read(ref most); value > before; before = Volatile.Read(ref most)) Interlocked.CompareExchange(ref most, value, before);
    }
}
