using Amazon.DynamoDBv2;
using Archiver.Web.Audit;
using Archiver.Web.Identity;
using Archiver.Web.Identity.Access;
using Archiver.Web.Tests.Audit;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Archiver.Web.Tests.Identity;

public sealed class CommandGateTests
{
    private static readonly AuditSubject Subject = new("approval", "a", "3", "ledger.pdf");

    private readonly Caller _caller = new();
    private readonly FakeTrail _trail = new();
    private readonly CommandGate _gate;
    private int _done;

    public CommandGateTests()
    {
        _gate = new CommandGate(_caller, _trail, new FakeTimeProvider(), NullLogger<CommandGate>.Instance);
        _caller.Become(Permits.Someone("Ann"), null);
    }

    [Fact]
    public async Task Run_WhoMay_IsOnRecordBeforeAndAfter()
    {
        _caller.Become(Permits.Someone("Ann", Role.Reviewer), "127.0.0.1");

        GateOutcome<int> outcome = await RunAsync(Operation.Decide);

        Assert.Equal(new GateOutcome<int>.Entered(1), outcome);
        Assert.Equal([AuditPhase.Attempted, AuditPhase.Done], _trail.Entries.Select(entry => entry.Phase));
        Assert.All(_trail.Entries, entry =>
        {
            Assert.Equal(_trail.Entries[0].Attempt, entry.Attempt);
            Assert.Equal(("test|Ann", "127.0.0.1", Subject, Operation.Decide), (entry.By.Id, entry.From, entry.On, entry.Operation));
        });
        Assert.Equal("said 1", _trail.Entries[1].Detail);
    }

    [Fact]
    public async Task Run_WhoMayNot_IsRefusedAndTheRefusalIsOnRecord()
    {
        _caller.Become(Permits.Someone("Vic", Role.Viewer), null);

        GateOutcome<int> outcome = await RunAsync(Operation.Decide);

        Assert.Equal(new GateOutcome<int>.Refused("This takes the role Reviewer, which you don't have."), outcome);
        Assert.Equal(0, _done);
        Assert.Equal((AuditPhase.Refused, "test|Vic"), (Assert.Single(_trail.Entries).Phase, _trail.Entries[0].By.Id));
    }

    [Fact]
    public async Task Run_Nobody_IsRefused()
    {
        _caller.Become(null, null);

        Assert.IsType<GateOutcome<int>.Refused>(await RunAsync(Operation.StopRun));

        Assert.Equal(0, _done);
        Assert.Equal("", Assert.Single(_trail.Entries).By.Id);
    }

    [Fact]
    public async Task Run_ARoleTakenAwaySince_IsRefused()
    {
        _caller.Become(Permits.Someone("Ann", Role.Operator), null);
        await RunAsync(Operation.StopRun);
        _caller.Become(Permits.Someone("Ann", Role.Viewer), null);

        Assert.IsType<GateOutcome<int>.Refused>(await RunAsync(Operation.StopRun));

        Assert.Equal(1, _done);
    }

    [Fact]
    public async Task Run_WhatCanNotBePutOnRecord_IsNotDone()
    {
        _trail.Failure = new AmazonDynamoDBException("The table is away.");

        GateOutcome<int>.NotRecorded outcome = Assert.IsType<GateOutcome<int>.NotRecorded>(await RunAsync(Operation.ClearResults));

        Assert.Contains("The table is away.", outcome.Reason, StringComparison.Ordinal);
        Assert.Equal(0, _done);
        Assert.Equal(AuditPhase.NotDone, Assert.Single(_trail.Entries).Phase);
    }

    [Fact]
    public async Task Run_ACommandThatThrows_IsOnRecordAsFailed()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => _gate.RunAsync<int>(
            Operation.StartRun, Subject, _ => throw new InvalidOperationException("no"), _ => default, TestContext.Current.CancellationToken));

        Assert.Equal((AuditPhase.Failed, "no"), (_trail.Entries[^1].Phase, _trail.Entries[^1].Detail));
    }

    [Fact]
    public void Demand_APermitForSomethingElse_Throws() =>
        Assert.Throws<InvalidOperationException>(() => Permits.For(Operation.Decide).Demand(Operation.ClearResults));

    private Task<GateOutcome<int>> RunAsync(Operation operation) => _gate.RunAsync(
        operation, Subject,
        permit =>
        {
            permit.Demand(operation);
            return Task.FromResult(++_done);
        },
        result => new CommandEnd(AuditPhase.Done, $"said {result}"),
        TestContext.Current.CancellationToken);
}
