using Archiver.CrashSubject;
using Archiver.Web.Approvals.Decisions;
using Archiver.Web.Approvals.Inbox;

namespace Archiver.Web.Tests.Faults;

/// <summary>Two dashboards over one cloud; the clock of one is a minute off.</summary>
[Collection(AloneCollection.Name)]
public sealed class ClockTests
{
    private const int Speed = 5;
    private const int UndoSeconds = 20; // four of the machine's own, in which it has to be done what can still be taken back
    private const int Patience = 120_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory(Timeout = Patience)]
    [InlineData(-60)]
    [InlineData(60)]
    public async Task Undo_BetweenDashboardsAMinuteApart_TakesBackWhatIsNotSentAndNothingElse(int secondsOff)
    {
        await using OwnCloud cloud = await OwnCloud.StartAsync(TestContext.Current.CancellationToken);
        await using DashboardReplica right = Dashboard(cloud), off = Dashboard(cloud, secondsOff);
        await Task.WhenAll(right.StartAsync(), off.StartAsync());
        await cloud.AskAsync(4);
        IReadOnlyList<Approval> waiting = await OwnCloud.WaitingAsync(right, 4);
        List<JournalLine> told = [];

        // Decided on one, taken back on the other by the same person, and decided anew where it was taken back.
        foreach ((Approval seen, DashboardReplica here, DashboardReplica there) in new[] { (waiting[0], right, off), (waiting[1], off, right) })
        {
            Approval decided = await DecideAsync(here, seen, true, "first thought");
            Approval again = Assert.IsType<UndoOutcome.Undone>(await there.Get<ApprovalDecisions>().UndoAsync(Permits.Undo("Ann"), decided, Cancel)).Approval;
            Assert.IsType<DecisionOutcome.Changed>(await here.Get<ApprovalDecisions>().DecideAsync(Permits.Decide("Bob"), seen, true, "of what was there", Cancel));
            await DecideAsync(there, again, false, "second thought");
            told.Add(new JournalLine(seen.Id, false, "Ann", "second thought"));
        }
        // Decided and left alone; then it is too late on both.
        await Task.WhenAll(new[] { (waiting[2], right, off), (waiting[3], off, right) }.Select(async one =>
        {
            (Approval seen, DashboardReplica here, DashboardReplica there) = one;
            Approval decided = await DecideAsync(here, seen, true, "only thought");
            await OwnCloud.UntilAsync(here, seen.Id, row => row.Status == ApprovalStatus.Delivered);
            Assert.IsType<UndoOutcome.TooLate>(await here.Get<ApprovalDecisions>().UndoAsync(Permits.Undo("Ann"), decided, Cancel));
            Assert.IsType<UndoOutcome.TooLate>(await there.Get<ApprovalDecisions>().UndoAsync(Permits.Undo("Ann"), decided, Cancel));
        }));
        told.AddRange(new[] { waiting[2], waiting[3] }.Select(seen => new JournalLine(seen.Id, true, "Ann", "only thought")));

        await cloud.Ledger.WaitUntilQuietAsync();
        await cloud.Ledger.CheckAsync(told);
    }

    [Theory(Timeout = Patience)]
    [InlineData(-60)]
    [InlineData(60)]
    public async Task TakeOver_OfADashboardAMinuteOff_WaitsOutUndoAndLeaseAndDeliversOnce(int secondsOff)
    {
        TestClock clock = new(Speed);
        await using OwnCloud cloud = await OwnCloud.StartAsync(TestContext.Current.CancellationToken);
        await using DashboardReplica right = new(cloud.Fixture, clock, UndoSeconds);
        DashboardReplica off = Dashboard(cloud, secondsOff);
        await Task.WhenAll(right.StartAsync(), off.StartAsync());
        await cloud.AskAsync(1);
        Approval seen = Assert.Single(await OwnCloud.WaitingAsync(off, 1));
        clock.Skip(TimeSpan.FromMinutes(1)); // what is found soon after a start is not another's
        long before = clock.GetTimestamp();

        await DecideAsync(off, seen, true, "last words");
        await HeardAsync(right, seen.Id, ApprovalStatus.Decided);
        await off.DisposeAsync();
        await OwnCloud.UntilAsync(right, seen.Id, one => one.Status == ApprovalStatus.Delivered);

        TimeSpan took = clock.GetElapsedTime(before), due = TimeSpan.FromSeconds(UndoSeconds) + DeliveryWorker.Lease;
        Assert.True(took >= due, $"It was sent after {took.TotalSeconds:0.0} s: nobody knew that its dashboard would not do it.");
        Assert.True(took < due + TimeSpan.FromSeconds(55), $"It was sent after {took.TotalSeconds:0.0} s: by the other's clock.");
        await cloud.Ledger.WaitUntilQuietAsync();
        await cloud.Ledger.CheckAsync([new JournalLine(seen.Id, true, "Ann", "last words")]);
    }

    private static DashboardReplica Dashboard(OwnCloud cloud, int secondsOff = 0) =>
        new(cloud.Fixture, new TestClock(Speed, TimeSpan.FromSeconds(secondsOff)), UndoSeconds);

    private static async Task<Approval> DecideAsync(DashboardReplica dashboard, Approval seen, bool approved, string comment) =>
        Assert.IsType<DecisionOutcome.Accepted>(await dashboard.Get<ApprovalDecisions>().DecideAsync(Permits.Decide("Ann"), seen, approved, comment, Cancel)).Approval;

    // In its feed, not in the table: what it has heard of.
    private static async Task HeardAsync(DashboardReplica dashboard, string id, ApprovalStatus status)
    {
        while (true)
        {
            // A stream ends when what there was at the start has been read, and another begins.
            using ApprovalsSubscription inbox = dashboard.Get<ApprovalsFeed>().Subscribe();
            if (inbox.Open.Any(one => one.Id == id && one.Status == status)) return;
            await foreach (Approval change in inbox.Changes.ReadAllAsync(Cancel))
            {
                if (change.Id != id) continue;
                if (change.Status == status) return;
                Assert.Fail($"It was {change.Status} before it was heard of.");
            }
        }
    }
}
