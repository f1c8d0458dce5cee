using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;
using Archiver.Web.Cloud;
using Archiver.Web.Approvals;
using Archiver.Web.Approvals.Fate;
using Archiver.Web.Approvals.FourEyes;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Approvals.Replicas;
using Archiver.Web.Tests.Approvals.Fate;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Archiver.Web.Tests.Approvals;

/// <summary>What real runs no longer wait for leaves the inbox, with the reason.</summary>
public sealed class ReconcilerTests : IDisposable
{
    private static readonly TimeProvider Time = TimeProvider.System;

    private readonly CloudFixture _cloud;
    private readonly ApprovalsFeed _feed = new();
    private readonly OnScreen _screen = new();
    private readonly HistoryPace _pace = new(Time);
    private readonly ReconcileOrder _order;
    private readonly ApprovalsStore _store;

    public ReconcilerTests(CloudFixture cloud)
    {
        _cloud = cloud;
        _order = new ReconcileOrder(_screen);
        _store = new ApprovalsStore(cloud.DynamoDb, cloud.Resources, new Replica(Time), Options.Create(new ApprovalsOptions()), Time);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _pace.Dispose();

    [Fact]
    public async Task CheckNext_ARunThatWaits_LeavesItsApproval()
    {
        WaitingRuns runs = await WaitingRuns.CreateAsync(_cloud);
        (Approval approval, _, _) = await AskAsync(runs);

        await CheckAsync();

        Assert.Equal(ApprovalStatus.Pending, (await _store.GetAsync(approval.Id, Cancel))!.Status);
        Assert.NotNull(_feed.Find(approval.Id));
    }

    [Fact]
    public async Task CheckNext_AnsweredFromAShell_ClosesItAndSaysSo()
    {
        WaitingRuns runs = await WaitingRuns.CreateAsync(_cloud);
        (Approval approval, _, string token) = await AskAsync(runs);
        await _cloud.StepFunctions.SendTaskSuccessAsync(new SendTaskSuccessRequest { TaskToken = token, Output = """{"approved":false}""" }, Cancel);

        Assert.Equal((ClosedReason.AnsweredElsewhere, "denied"), await ClosedAsync(approval));
    }

    [Fact]
    public async Task CheckNext_TimedOut_ClosesIt()
    {
        WaitingRuns runs = await WaitingRuns.CreateAsync(_cloud, """ "TimeoutSeconds":1, """);
        (Approval approval, string arn, _) = await AskAsync(runs);
        await runs.EndAsync(arn);

        Assert.Equal((ClosedReason.TimedOut, null), await ClosedAsync(approval));
    }

    [Fact]
    public async Task CheckNext_StoppedAndRedriven_ClosesTheOldOneAndLeavesTheNew()
    {
        WaitingRuns runs = await WaitingRuns.CreateAsync(_cloud);
        (Approval first, string arn, _) = await AskAsync(runs);
        await _cloud.StepFunctions.StopExecutionAsync(new StopExecutionRequest { ExecutionArn = arn, Cause = "Stopped by Bob." }, Cancel);
        await _cloud.StepFunctions.RedriveExecutionAsync(new RedriveExecutionRequest { ExecutionArn = arn }, Cancel);
        Approval second = await TakeInAsync(arn, await runs.NextTokenAsync(), first.RequestedAt.AddSeconds(1));

        Assert.Equal((ClosedReason.Superseded, null), await ClosedAsync(first));
        Assert.Equal(ApprovalStatus.Pending, (await _store.GetAsync(second.Id, Cancel))!.Status);

        await _cloud.StepFunctions.StopExecutionAsync(new StopExecutionRequest { ExecutionArn = arn, Cause = "Stopped by Bob." }, Cancel);
        Assert.Equal((ClosedReason.RunStopped, "Stopped by Bob."), await ClosedAsync(second));
    }

    [Fact]
    public async Task CheckNext_DecidedInTheMeantime_LeavesTheDecision()
    {
        WaitingRuns runs = await WaitingRuns.CreateAsync(_cloud);
        (Approval approval, string arn, _) = await AskAsync(runs);
        await _cloud.StepFunctions.StopExecutionAsync(new StopExecutionRequest { ExecutionArn = arn }, Cancel);
        ChangeOutcome decided = await _store.DecideAsync(approval, Samples.Settle(true, "Ann", null, Time.GetUtcNow()), Cancel);

        await CheckAsync();

        Assert.Equal(decided.Approval!.Version, (await _store.GetAsync(approval.Id, Cancel))!.Version);
        Assert.Equal(decided.Approval.Status, _feed.Find(approval.Id)!.Status);
    }

    [Fact]
    public async Task CheckNext_ClaimedInTheMeantime_IsClosedAllTheSame()
    {
        WaitingRuns runs = await WaitingRuns.CreateAsync(_cloud);
        (Approval approval, string arn, _) = await AskAsync(runs);
        await _cloud.StepFunctions.StopExecutionAsync(new StopExecutionRequest { ExecutionArn = arn }, Cancel);
        await _store.ClaimAsync(
            approval, new ApprovalClaim("test|Ann", "Ann", Time.GetUtcNow()), Archiver.Web.Approvals.Record.ApprovalEventKind.Claimed, Permits.Someone("Ann"), null, Cancel);

        await CheckAsync();

        Assert.Equal((3, ApprovalStatus.Closed), ((await _store.GetAsync(approval.Id, Cancel))!.Version, (await _store.GetAsync(approval.Id, Cancel))!.Status));
        Assert.Null(_feed.Find(approval.Id));
    }

    [Fact]
    public async Task CheckNext_TheHistoryCantBeRead_IsTriedAgain()
    {
        using FakeHistory histories = new() { Failure = _ => new AmazonStepFunctionsException("Rate exceeded") { ErrorCode = "ThrottlingException" } };
        Reconciler reconciler = Reconciler(histories);
        Approval approval = await TakeInAsync("run", $"token {Guid.NewGuid():N}", Time.GetUtcNow().AddHours(-1));
        _order.Restart(_feed.Open(), Time.GetUtcNow());

        await Assert.ThrowsAsync<AmazonStepFunctionsException>(() => reconciler.CheckNextAsync(CallPriority.Background, Cancel));

        RunToAsk again = _order.Next(CallPriority.Background, Time.GetUtcNow() + ReconcileOrder.AtMostEvery)!;
        Assert.Equal(approval.Id, Assert.Single(again.Approvals).Id);
    }

    [Fact]
    public async Task Worker_WhatIsOnAScreenOrInTheInbox_LeavesByItself()
    {
        WaitingRuns runs = await WaitingRuns.CreateAsync(_cloud);
        (Approval before, string first, _) = await AskAsync(runs);
        (Approval shown, string second, _) = await AskAsync(runs);
        await _cloud.StepFunctions.StopExecutionAsync(new StopExecutionRequest { ExecutionArn = first }, Cancel);
        await _cloud.StepFunctions.StopExecutionAsync(new StopExecutionRequest { ExecutionArn = second }, Cancel);
        using ApprovalsSubscription changes = _feed.Subscribe();
        using OnScreen.View view = _screen.Show([shown.Id]);
        using ReconcileWorker worker = new(Reconciler(_cloud.StepFunctions), _order, _screen, Time, NullLogger<ReconcileWorker>.Instance);

        await worker.StartAsync(Cancel);
        HashSet<string> closed = [];
        while (closed.Count < 2)
        {
            Approval change = await changes.Changes.ReadAsync(Cancel).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Cancel);
            Assert.Equal(ClosedReason.RunStopped, change.Closing!.Reason);
            closed.Add(change.Id);
        }
        await worker.StopAsync(Cancel);

        Assert.Equal(new[] { before.Id, shown.Id }.Order(), closed.Order());
    }

    private Reconciler Reconciler(IAmazonStepFunctions stepFunctions) => new(_store, _feed, new TaskFateReader(stepFunctions, _pace), _order, Time);

    // Everything of this test's inbox, as if its time in the round had come.
    private async Task CheckAsync()
    {
        _order.Restart(_feed.Open(), Time.GetUtcNow());
        Reconciler reconciler = Reconciler(_cloud.StepFunctions);
        while (await reconciler.CheckNextAsync(CallPriority.Background, Cancel)) { }
    }

    private async Task<(ClosedReason Reason, string? Detail)> ClosedAsync(Approval approval)
    {
        await CheckAsync();
        Approval closed = (await _store.GetAsync(approval.Id, Cancel))!;
        Assert.Equal(ApprovalStatus.Closed, closed.Status);
        Assert.NotNull(closed.Closing!.At);
        Assert.Null(_feed.Find(approval.Id));
        return (closed.Closing.Reason, closed.Closing.Detail);
    }

    private async Task<(Approval Approval, string ExecutionArn, string TaskToken)> AskAsync(WaitingRuns runs)
    {
        (string arn, string token) = await runs.StartAsync();
        return (await TakeInAsync(arn, token, Time.GetUtcNow().AddHours(-1)), arn, token);
    }

    // Asked for long ago, so that its turn has come.
    private async Task<Approval> TakeInAsync(string executionArn, string token, DateTimeOffset requestedAt)
    {
        Approval approval = Samples.Pending(TaskTokenHash.Of(token), requestedAt: requestedAt) with { ExecutionArn = executionArn };
        Assert.True((await _store.AddAsync(approval, token, Cancel)).Won);
        _feed.Publish(approval);
        return approval;
    }
}
