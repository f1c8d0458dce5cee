using Archiver.Web.Approvals.Intake;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Time.Testing;

namespace Archiver.Web.Tests.Approvals.Intake;

public sealed class IntakeStatusTests
{
    private static readonly IntakePart First = new(IntakeWork.Receiver, 1);
    private static readonly IntakePart Second = new(IntakeWork.Receiver, 2);
    private static readonly IntakePart Count = new(IntakeWork.Count);

    private readonly FakeTimeProvider _time = new(Samples.Asked);
    private readonly IntakeStatus _status;

    public IntakeStatusTests() => _status = new IntakeStatus(_time);

    [Fact]
    public void Failed_Again_KeepsTheFirstTimeAndTheLastReason()
    {
        _status.Failed(First, "one");
        _time.Advance(TimeSpan.FromSeconds(5));
        _status.Failed(First, "two");

        Assert.Equal(new IntakeTrouble(Samples.Asked, "two", 1), _status.State.Failing);

        _status.Succeeded(First);
        Assert.Null(_status.State.Failing);
    }

    [Fact]
    public void Succeeded_OneOfTwoThatFail_LeavesTheOther()
    {
        _status.Failed(First, "one");
        _time.Advance(TimeSpan.FromSeconds(5));
        _status.Failed(Second, "two");

        _status.Succeeded(First);

        Assert.Equal(new IntakeTrouble(Samples.Asked.AddSeconds(5), "two", 1), _status.State.Failing);
    }

    [Fact]
    public void Succeeded_ACount_DoesNotHideAReceiverThatFails()
    {
        _status.Failed(First, "The queue refuses.");

        _status.Counted(1, 0, 0);
        _status.Succeeded(Count);

        Assert.Equal("The queue refuses.", _status.State.Failing!.Because);
    }

    [Fact]
    public void Failed_ACount_IsNoFailureOfTheReceivers()
    {
        _status.Failed(Count, "No answer.");

        Assert.Null(_status.State.Failing);
        Assert.Null(_status.State.StalledSince);
        Assert.Equal("No answer.", _status.State.Blind!.Because);
    }

    [Fact]
    public void StalledSince_OneFailsAndOneIsPaused_IsFromTheLaterOfTheTwo()
    {
        _status.Started(2);
        _status.Failed(First, "queue");
        Assert.Null(_status.State.StalledSince);

        _time.Advance(TimeSpan.FromSeconds(7));
        _status.Paused(Second, "table");
        Assert.Equal(Samples.Asked.AddSeconds(7), _status.State.StalledSince);

        _status.Resumed(Second);
        Assert.Null(_status.State.StalledSince);
        Assert.Null(_status.State.Paused);
    }

    [Fact]
    public void Stopped_WhileFailing_FailsNoMore()
    {
        _status.Started(1);
        _status.Failed(First, "one");

        _status.Stopped();

        Assert.Equal(new IntakeState(), _status.State);
    }

    [Fact]
    public void Counted_AfterReceives_HasTheLongestLagSinceTheLastCountInWholeSeconds()
    {
        _status.Received(TimeSpan.FromSeconds(3));
        _status.Received(TimeSpan.FromSeconds(61.7));
        _status.Received(TimeSpan.FromSeconds(2));
        Assert.Null(_status.State.Lag);

        _status.Counted(5, 0, 0);
        Assert.Equal(TimeSpan.FromSeconds(61), _status.State.Lag);
        Assert.True(_status.State.IsBehind);

        _status.Counted(5, 0, 0);
        Assert.Null(_status.State.Lag);
        Assert.False(_status.State.IsBehind);
    }

    [Theory]
    [InlineData(1_000, false)]
    [InlineData(1_001, true)]
    public void IsBehind_ManyWaiting_IsTrueAboveAThousand(long waiting, bool expected)
    {
        _status.Counted(waiting, 0, 0);

        Assert.Equal(expected, _status.State.IsBehind);
    }

    [Fact]
    public void Rejected_TheSameMessageAtEveryReceive_CountsOnce()
    {
        _status.Rejected("m1", "It is not a JSON object.");
        _status.Rejected("m1", "It is not a JSON object.");
        _status.Rejected("m2", "It has no TaskToken.");

        Assert.Equal(2, _status.State.Rejected);
        Assert.Equal("It has no TaskToken.", _status.State.LastRejection);
    }

    [Fact]
    public void Counted_QueueEmpty_WhatWasOnItsWayIsAmongTheDeadLetters()
    {
        _status.Rejected("m1", "why");

        _status.Counted(waiting: 0, invisible: 0, deadLetters: 1);

        Assert.Equal(1, _status.State.Rejected);
        Assert.Equal(0, _status.State.OnTheirWayOut);
    }

    [Fact]
    public void Changed_NothingNew_StaysQuiet()
    {
        int changes = 0;
        _status.Changed += () => changes++;

        _status.Succeeded(First);
        _status.Resumed(First);
        _status.Received(TimeSpan.FromSeconds(1));
        Assert.Equal(0, changes);

        _status.Counted(1, 0, 0);
        Assert.Equal(1, changes);
    }

    [Theory]
    [InlineData(true, 0, HealthStatus.Degraded)]
    [InlineData(true, 29, HealthStatus.Degraded)]
    [InlineData(true, 30, HealthStatus.Unhealthy)]
    [InlineData(false, 29, HealthStatus.Degraded)]
    [InlineData(false, 30, HealthStatus.Unhealthy)]
    public async Task CheckHealth_NothingComesIn_IsUnhealthyWhenItLasts(bool queueFails, int seconds, HealthStatus expected)
    {
        _status.Started(1);
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync()).Status);

        if (queueFails) _status.Failed(First, "It does not answer.");
        else _status.Paused(First, "It does not answer.");
        _time.Advance(TimeSpan.FromSeconds(seconds));

        HealthCheckResult result = await CheckAsync();
        Assert.Equal(expected, result.Status);
        Assert.Contains("It does not answer.", result.Description, StringComparison.Ordinal);
        Assert.Equal("2026-03-01T14:00:00.0000000+00:00", result.Data[queueFails ? "failingSince" : "pausedSince"]);
    }

    [Fact]
    public async Task CheckHealth_OneReceiverOfTwoFails_IsDegradedHoweverLong()
    {
        _status.Started(2);
        _status.Failed(First, "It does not answer.");
        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(HealthStatus.Degraded, (await CheckAsync()).Status);
    }

    [Fact]
    public async Task CheckHealth_TheQueuesCanNotBeCounted_IsDegradedHoweverLong()
    {
        _status.Started(2);
        _status.Failed(Count, "It does not answer.");
        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(HealthStatus.Degraded, (await CheckAsync()).Status);
    }

    [Fact]
    public async Task CheckHealth_Behind_SaysByHowMuch()
    {
        _status.Started(4);
        _status.Received(TimeSpan.FromSeconds(90));
        _status.Counted(5_000, 10, 3);

        HealthCheckResult result = await CheckAsync();

        Assert.Equal(HealthStatus.Healthy, result.Status);
        Assert.Equal(4, result.Data["receivers"]);
        Assert.Equal(5_000L, result.Data["waiting"]);
        Assert.Equal(90L, result.Data["oldestSeconds"]);
        Assert.Equal(3L, result.Data["deadLetters"]);
    }

    private Task<HealthCheckResult> CheckAsync() => new IntakeHealth(_status, _time).CheckHealthAsync(new HealthCheckContext(), TestContext.Current.CancellationToken);
}
