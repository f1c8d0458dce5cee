using Archiver.Web.Approvals.Intake;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Time.Testing;

namespace Archiver.Web.Tests.Approvals;

public sealed class IntakeStatusTests
{
    private readonly FakeTimeProvider _time = new(Samples.Asked);
    private readonly IntakeStatus _status;

    public IntakeStatusTests() => _status = new IntakeStatus(_time);

    [Fact]
    public void Failed_Again_KeepsTheFirstTimeAndTheLastReason()
    {
        _status.Failed("one");
        _time.Advance(TimeSpan.FromSeconds(5));
        _status.Failed("two");

        Assert.Equal(Samples.Asked, _status.State.FailingSince);
        Assert.Equal("two", _status.State.FailingBecause);

        _status.Succeeded();
        Assert.Null(_status.State.FailingSince);
        Assert.Null(_status.State.FailingBecause);
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

        _status.Succeeded();
        _status.Counted(0, 0, 0);
        Assert.Equal(0, changes);

        _status.Counted(1, 0, 0);
        Assert.Equal(1, changes);
    }

    [Theory]
    [InlineData(0, HealthStatus.Degraded)]
    [InlineData(29, HealthStatus.Degraded)]
    [InlineData(30, HealthStatus.Unhealthy)]
    public async Task CheckHealth_Failing_IsUnhealthyWhenItLasts(int seconds, HealthStatus expected)
    {
        IntakeHealth health = new(_status, _time);
        Assert.Equal(HealthStatus.Healthy, (await health.CheckHealthAsync(new HealthCheckContext(), TestContext.Current.CancellationToken)).Status);

        _status.Failed("The queue does not answer.");
        _time.Advance(TimeSpan.FromSeconds(seconds));

        HealthCheckResult result = await health.CheckHealthAsync(new HealthCheckContext(), TestContext.Current.CancellationToken);
        Assert.Equal(expected, result.Status);
        Assert.Contains("The queue does not answer.", result.Description, StringComparison.Ordinal);
    }
}
