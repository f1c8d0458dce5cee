using Archiver.Web.Cloud;
using Archiver.Web.Approvals.Fate;
using Archiver.Web.Approvals.Inbox;
using FsCheck;
using FsCheck.Xunit;

namespace Archiver.Web.Tests.Approvals;

public sealed class ReconcileOrderTests
{
    private static readonly DateTimeOffset Now = Samples.Asked.AddDays(1);

    private readonly OnScreen _screen = new();
    private readonly ReconcileOrder _order;

    public ReconcileOrderTests() => _order = new ReconcileOrder(_screen);

    [Fact]
    public void Next_InTheBackground_GoesRoundOldestFirst()
    {
        Add("b", minutes: 2);
        Add("c", minutes: 3);
        Add("a", minutes: 1);

        Assert.Equal(["a", "b", "c"], Take(CallPriority.Background, Now));
        Assert.Empty(Take(CallPriority.Background, Now + ReconcileOrder.RoundEvery - TimeSpan.FromTicks(1)));
        Assert.Equal(["a", "b", "c"], Take(CallPriority.Background, Now + ReconcileOrder.RoundEvery));
    }

    [Fact]
    public void Next_WhatAsksOnlyNow_HasItsTurnAfterARound()
    {
        _order.Apply(Of("new", "run new", Now), Now);
        _order.Apply(Of("future", "run future", Now.AddYears(1)), Now);

        Assert.Empty(Take(CallPriority.Background, Now));
        Assert.Equal(ReconcileOrder.RoundEvery, _order.UntilNext(CallPriority.Background, Now));
        Assert.Equal(["future", "new"], Take(CallPriority.Background, Now + ReconcileOrder.RoundEvery));
    }

    [Fact]
    public void Next_AllApprovalsOfARun_AreAskedForAtOnce()
    {
        _order.Apply(Of("a", "run", Samples.Asked), Now);
        _order.Apply(Of("b", "run", Samples.Asked), Now);

        RunToAsk run = _order.Next(CallPriority.Background, Now)!;

        Assert.Equal("run", run.ExecutionArn);
        Assert.Equal(["a", "b"], run.Approvals.Select(approval => approval.Id).Order(StringComparer.Ordinal));
        Assert.Null(_order.Next(CallPriority.Background, Now));
    }

    [Fact]
    public void Next_OnAScreen_AsksForWhatIsShownEveryFewSeconds()
    {
        Add("a");
        Add("b");
        _order.Apply(Of("a2", "run a", Samples.Asked), Now);
        using OnScreen.View view = _screen.Show(["a", "unheard of"]);

        Assert.Equal(["a"], Take(CallPriority.Person, Now));
        Assert.Equal(ReconcileOrder.AtMostEvery, _order.UntilNext(CallPriority.Person, Now));
        Assert.Empty(Take(CallPriority.Person, Now.AddSeconds(4)));
        Assert.Equal(["a"], Take(CallPriority.Person, Now.AddSeconds(5)));

        view.Show([]);
        Assert.Empty(Take(CallPriority.Person, Now.AddSeconds(60)));
    }

    [Fact]
    public void Next_ManyOnAScreen_TakesTheLongestUntoldFirst()
    {
        for (int i = 0; i < 3; i++) Add($"{i}", minutes: i);
        using OnScreen.View view = _screen.Show(["2", "1", "0"]);

        Assert.Equal("0", Assert.Single(_order.Next(CallPriority.Person, Now)!.Approvals).Id);
        Assert.Equal("1", Assert.Single(_order.Next(CallPriority.Person, Now.AddSeconds(1))!.Approvals).Id);
        Assert.Equal("2", Assert.Single(_order.Next(CallPriority.Person, Now.AddSeconds(6))!.Approvals).Id);
        Assert.Equal("0", Assert.Single(_order.Next(CallPriority.Person, Now.AddSeconds(6))!.Approvals).Id);
    }

    [Fact]
    public void Next_PastItsTime_GoesBeforeTheRestAndThenLessAndLessOften()
    {
        for (int i = 0; i < 3; i++) Add($"{i}", minutes: i);
        _order.Apply(Of("late", "run late", Samples.Asked.AddHours(1)) with { ExpiresAt = Now }, Now);

        Assert.Equal("0", Assert.Single(_order.Next(CallPriority.Background, Now)!.Approvals).Id);
        Assert.Equal("late", Assert.Single(_order.Next(CallPriority.Background, Now.AddSeconds(2))!.Approvals).Id);
        Assert.Equal(["1", "2"], Take(CallPriority.Background, Now.AddSeconds(2)));
        Assert.Equal("late", Assert.Single(_order.Next(CallPriority.Background, Now.AddSeconds(7))!.Approvals).Id);
        Assert.Null(_order.Next(CallPriority.Background, Now.AddSeconds(13)));
    }

    [Fact]
    public void Next_ARunThatAskedAgain_IsAskedAfterAtOnce()
    {
        int urgent = 0;
        _order.Urgent += () => urgent++;
        for (int i = 0; i < 3; i++) Add($"{i}", minutes: i);
        Approval first = Of("first", "run", Now.AddSeconds(-1));
        _order.Apply(first, Now);
        Assert.Equal(0, urgent);

        _order.Apply(Of("second", "run", Now), Now);

        Assert.Equal(1, urgent);
        Assert.Equal(TimeSpan.Zero, _order.UntilNext(CallPriority.Background, Now));
        Assert.Equal("run", _order.Next(CallPriority.Background, Now)!.ExecutionArn);
        Assert.Equal(["0", "1", "2"], Take(CallPriority.Background, Now));

        // Another one right after it waits until the run may be asked after again.
        _order.Apply(Of("third", "run", Now.AddSeconds(1)), Now);
        Assert.Empty(Take(CallPriority.Background, Now.AddSeconds(1)));
        Assert.Equal(["first", "second", "third"], Take(CallPriority.Background, Now.AddSeconds(5)));
    }

    [Fact]
    public void Next_WhatIsSettled_IsAskedForNoMore()
    {
        Approval approval = Of("a", "run", Samples.Asked);
        _order.Apply(approval, Now);
        _order.Apply(Samples.Denied(approval) with { ExecutionArn = "run" }, Now);
        _order.Apply(Of("no run", null, Samples.Asked), Now);

        Assert.Empty(Take(CallPriority.Background, Now));

        _order.Apply(approval with { Version = 3 }, Now); // taken back
        Assert.Equal(["a"], Take(CallPriority.Background, Now));
    }

    [Fact]
    public void PutBack_ARunThatCouldNotBeRead_HasItsTurnAgainSoon()
    {
        Add("a");
        Add("b");
        RunToAsk run = _order.Next(CallPriority.Background, Now)!;
        Take(CallPriority.Background, Now);

        _order.PutBack(run);

        Assert.Empty(Take(CallPriority.Background, Now));
        Assert.Equal(["a"], Take(CallPriority.Background, Now + ReconcileOrder.AtMostEvery));
    }

    [Fact]
    public void Restart_ForgetsWhatIsNotThere()
    {
        Add("a");
        _order.Restart([Of("b", "run b", Samples.Asked)], Now);

        Assert.Equal(["b"], Take(CallPriority.Background, Now));
    }

    [Property(MaxTest = 300)]
    public void Next_WhateverHappened_AsksForPendingOnesAndLeavesNoneOut(byte[] steps)
    {
        // One instance of the class serves all cases.
        OnScreen screen = new();
        ReconcileOrder order = new(screen);
        DateTimeOffset now = Now;
        Dictionary<string, Approval> pending = [];
        using OnScreen.View view = screen.Show(["1", "3", "5"]);
        foreach (byte step in steps)
        {
            string id = $"{step % 7}", run = $"run {step % 4}";
            switch (step / 7 % 6)
            {
                case 0 or 1:
                    if (pending.ContainsKey(id)) break;
                    pending[id] = Of(id, run, now.AddSeconds(-step)) with { ExpiresAt = step % 2 == 0 ? now.AddSeconds(step - 100) : null };
                    order.Apply(pending[id], now);
                    break;
                case 2:
                    if (pending.Remove(id, out Approval? settled)) order.Apply(settled with { Status = ApprovalStatus.Closed, Version = 2 }, now);
                    break;
                case 3:
                    now = now.AddSeconds(step % 30);
                    break;
                case 4:
                    Ask(CallPriority.Person);
                    break;
                default:
                    Ask(CallPriority.Background);
                    break;
            }
        }

        // Resting as long as it says and no longer, everything has its turn within two rounds.
        HashSet<string> open = [.. pending.Keys];
        for (DateTimeOffset end = now + (ReconcileOrder.RoundEvery * 2); now <= end;)
        {
            while (Ask(CallPriority.Background) is { } one) open.ExceptWith(one.Approvals.Select(approval => approval.Id));
            TimeSpan rest = order.UntilNext(CallPriority.Background, now);
            Assert.True(rest > TimeSpan.Zero, "Nothing is due, and it is to be looked again at once.");
            now += rest;
        }
        Assert.Empty(open);

        RunToAsk? Ask(CallPriority lane)
        {
            if (order.Next(lane, now) is not { } next) return null;
            Assert.NotEmpty(next.Approvals);
            Assert.All(next.Approvals, approval => Assert.Equal(pending[approval.Id], approval));
            Assert.All(next.Approvals, approval => Assert.Equal(next.ExecutionArn, approval.ExecutionArn));
            return next;
        }
    }

    private void Add(string id, int minutes = 0) => _order.Apply(Of(id, $"run {id}", Samples.Asked.AddMinutes(minutes)), Now);

    private static Approval Of(string id, string? run, DateTimeOffset requestedAt) => Samples.Pending(id, requestedAt: requestedAt) with { ExecutionArn = run };

    // Every approval that is asked for now, in the order of it.
    private List<string> Take(CallPriority lane, DateTimeOffset now)
    {
        List<string> ids = [];
        while (_order.Next(lane, now) is { } run) ids.AddRange(run.Approvals.Select(approval => approval.Id));
        return ids;
    }
}
