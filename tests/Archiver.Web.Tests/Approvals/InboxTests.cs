using System.Text.Json.Nodes;
using Amazon.SQS.Model;
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;
using Archiver.Lambdas.Contracts;
using Archiver.Web.Approvals;
using Archiver.Web.Approvals.Decisions;
using Archiver.Web.Approvals.Fate;
using Archiver.Web.Approvals.FourEyes;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Approvals.Intake;
using Archiver.Web.Cloud;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Archiver.Web.Tests.Approvals;

/// <summary>From the queue to the run's end, over the real wire: intake, decision, delivery, reconciling.</summary>
public sealed class InboxTests : IAsyncLifetime
{
    private readonly CloudFixture _cloud;
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private readonly ApprovalsFeed _feed = new();
    private readonly DeliverySchedule _deliveries;
    private readonly ApprovalsOptions _options = new();
    private readonly IntakeStatus _status;
    private CloudResources _resources = null!;
    private ApprovalsStore _store = null!;
    private ApprovalIntake _intake = null!;
    private ApprovalDecisions _decisions = null!;
    private DecisionDelivery _delivery = null!;
    private readonly ReconcileOrder _order = new(new OnScreen());
    private Reconciler _reconciler = null!;

    public InboxTests(CloudFixture cloud)
    {
        _cloud = cloud;
        _status = new IntakeStatus(_time);
        _deliveries = new DeliverySchedule(_time);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Each test has a queue of its own: whoever receives from a shared one takes another test's messages.</summary>
    public async ValueTask InitializeAsync()
    {
        string name = $"inbox-{Guid.NewGuid():N}";
        string deadLetters = (await _cloud.Sqs.CreateQueueAsync(name + "-dead", Cancel)).QueueUrl;
        string deadLettersArn = (await _cloud.Sqs.GetQueueAttributesAsync(deadLetters, ["QueueArn"], Cancel)).QueueARN;
        string queue = (await _cloud.Sqs.CreateQueueAsync(
            new CreateQueueRequest
            {
                QueueName = name,
                Attributes = new() { ["RedrivePolicy"] = $$"""{"deadLetterTargetArn":"{{deadLettersArn}}","maxReceiveCount":2}""" },
            },
            Cancel)).QueueUrl;
        _resources = _cloud.Resources with { HumanQueueUrl = queue, DeadLetterQueueUrl = deadLetters };
        TaskFateReader fates = new(_cloud.StepFunctions, new HistoryPace(_time));
        IOptions<ApprovalsOptions> options = Options.Create(_options);
        _store = new ApprovalsStore(_cloud.DynamoDb, _resources, new Archiver.Web.Approvals.Replicas.Replica(_time), options, _time);
        _intake = new ApprovalIntake(_cloud.Sqs, _store, _feed, _status, _resources, new NoApprovalEvents(), _time, NullLogger<ApprovalIntake>.Instance);
        RowTurn rows = new(_store, _feed, new DoubtfulWrites(_store, _feed, _time, NullLogger<DoubtfulWrites>.Instance));
        _decisions = new ApprovalDecisions(rows, _store, new FourEyesRules(Options.Create(new FourEyesOptions())), _deliveries, options, _time);
        _delivery = new DecisionDelivery(_cloud.StepFunctions, _store, _feed, _deliveries, fates, new SendPace(options, _time), new NoApprovalEvents(), NullLogger<DecisionDelivery>.Instance);
        _reconciler = new Reconciler(_store, _feed, new TaskFateReader(_cloud.StepFunctions, new HistoryPace(_time)), _order, _time);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Receive_AMessage_PutsItIntoTheInboxAndOffTheQueue()
    {
        await SendAsync("""{"TaskToken":"receive-1","Order":7}""");

        Assert.Equal(1, await _intake.ReceiveAsync(Cancel));

        Approval approval = (await _store.GetAsync(TaskTokenHash.Of("receive-1"), Cancel))!;
        Assert.Equal(ApprovalStatus.Pending, approval.Status);
        Assert.Equal("""{"Order":7}""", approval.Other.ToJsonString());
        Assert.Equal(approval.Id, _feed.Find(approval.Id)!.Id);
        await _intake.CountAsync(Cancel);
        Assert.Equal(0, _status.State.Waiting);
        Assert.Equal(0, await InFlightAsync());
    }

    [Fact]
    public async Task Receive_TheSameTokenAgain_ChangesNothingAndDeletesTheMessage()
    {
        await SendAsync("""{"TaskToken":"twice-1","RequestedAt":"2026-03-01T14:00:00.000Z"}""");
        await _intake.ReceiveAsync(Cancel);
        Approval first = _feed.Find(TaskTokenHash.Of("twice-1"))!;
        await _decisions.DecideAsync(Permits.Decide("Ann"), first, true, null, Cancel);

        await SendAsync("""{"TaskToken":"twice-1","RequestedAt":"2026-03-01T15:00:00.000Z"}""");
        await _intake.ReceiveAsync(Cancel);

        Approval after = (await _store.GetAsync(first.Id, Cancel))!;
        Assert.Equal(ApprovalStatus.Decided, after.Status);
        Assert.Equal(first.RequestedAt, after.RequestedAt);
        Assert.Equal(ApprovalStatus.Decided, _feed.Find(first.Id)!.Status);
        Assert.Equal(0, await InFlightAsync());
    }

    [Theory]
    [InlineData("this is not JSON")]
    [InlineData("{\"File\":{}}")]
    [InlineData("5KB")]
    public async Task Receive_WhatIsNoApproval_EndsAmongTheDeadLettersAndIsCounted(string body)
    {
        await SendAsync(body == "5KB" ? $$"""{"TaskToken":"{{new string('t', 5120)}}"}""" : body);
        await SendAsync("""{"TaskToken":"beside-1"}""");

        int received = 0;
        while (received < 3) received += await _intake.ReceiveAsync(Cancel); // the good one once, the bad one twice
        Assert.Equal(1, _status.State.Rejected);
        Assert.NotNull(_status.State.LastRejection);

        // The receive that would be its third moves it; nothing comes, so it is made without a wait.
        Assert.Empty((await _cloud.Sqs.ReceiveMessageAsync(new ReceiveMessageRequest { QueueUrl = _resources.HumanQueueUrl, WaitTimeSeconds = 0 }, Cancel)).Messages ?? []);
        await _intake.CountAsync(Cancel);
        Assert.Equal(1, _status.State.DeadLetters);
        Assert.Equal(1, _status.State.Rejected);
        Assert.Equal(0, _status.State.OnTheirWayOut);
    }

    [Fact]
    public async Task Decide_TwoReviewersAtOnce_TheFirstWinsAndTheSecondIsToldWhoAndWhen()
    {
        Approval seen = await TakeInAsync("""{"TaskToken":"race-1"}""", "race-1");

        DecisionOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => _decisions.DecideAsync(Permits.Decide($"reviewer {i}"), seen, i % 2 == 0, "why", Cancel)));

        DecisionOutcome.Accepted won = Assert.Single(outcomes.OfType<DecisionOutcome.Accepted>());
        DecisionOutcome.AlreadyDecided[] lost = [.. outcomes.OfType<DecisionOutcome.AlreadyDecided>()];
        Assert.Equal(9, lost.Length);
        Assert.All(lost, one => Assert.Equal(won.Approval.Decision, one.Approval.Decision));
        Assert.All(lost, one => Assert.NotNull(one.Approval.Decision!.DecidedAt));
    }

    [Fact]
    public async Task Decide_WithoutAReason_DeniesNothing()
    {
        Approval seen = await TakeInAsync("""{"TaskToken":"reason-1"}""", "reason-1");

        await Assert.ThrowsAnyAsync<ArgumentException>(() => _decisions.DecideAsync(Permits.Decide("Ann"), seen, false, " ", Cancel));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => _decisions.DecideAsync(Permits.Decide("Ann"), seen, true, new string('x', ApprovalDecisions.LongestComment + 1), Cancel));

        Assert.Equal(ApprovalStatus.Pending, (await _store.GetAsync(seen.Id, Cancel))!.Status);
    }

    [Fact]
    public async Task Decide_OnAnApprovalThatNeverWas_SaysSo() =>
        Assert.IsType<DecisionOutcome.Unknown>(await _decisions.DecideAsync(Permits.Decide("Ann"), Samples.Pending("never"), true, null, Cancel));

    [Theory]
    [InlineData(true, "Archived")]
    [InlineData(false, "Denied")]
    public async Task Deliver_ADecision_EndsTheRunAsDecided(bool approved, string action)
    {
        (Approval seen, string arn) = await StartRunAsync();

        DecisionOutcome.Accepted accepted = Assert.IsType<DecisionOutcome.Accepted>(await _decisions.DecideAsync(Permits.Decide("Ann"), seen, approved, "because", Cancel));
        await DeliverAsync(accepted.Approval);

        Assert.Equal(ApprovalStatus.Delivered, (await _store.GetAsync(seen.Id, Cancel))!.Status);
        JsonObject output = JsonNode.Parse(await OutputAsync(arn))!.AsObject();
        Assert.Equal(action, (string?)output["Action"]);
        Assert.Equal("Ann", (string?)output["Reviewer"]);
        Assert.Equal("because", (string?)output["Comment"]);
    }

    [Fact]
    public async Task Deliver_AgainAfterALostReply_FindsItsOwnDecisionInTheRun()
    {
        (Approval seen, string arn) = await StartRunAsync();
        DecisionOutcome.Accepted accepted = Assert.IsType<DecisionOutcome.Accepted>(await _decisions.DecideAsync(Permits.Decide("Ann"), seen, true, "because", Cancel));

        // The call gets through, and the process dies before it records that.
        string token = (await _store.GetTaskTokenAsync(seen.Id, Cancel))!;
        await _cloud.StepFunctions.SendTaskSuccessAsync(
            new SendTaskSuccessRequest { TaskToken = token, Output = System.Text.Json.JsonSerializer.Serialize(accepted.Approval.Decision!, ContractsJson.Default.Decision) }, Cancel);
        await OutputAsync(arn);
        await DeliverAsync(accepted.Approval);

        Assert.Equal(ApprovalStatus.Delivered, (await _store.GetAsync(seen.Id, Cancel))!.Status);
    }

    [Fact]
    public async Task Deliver_ToARunThatWasStopped_ClosesTheApprovalAndSaysSo()
    {
        (Approval seen, string arn) = await StartRunAsync();
        await _cloud.StepFunctions.StopExecutionAsync(new StopExecutionRequest { ExecutionArn = arn, Cause = "Stopped by Bob in the dashboard." }, Cancel);

        DecisionOutcome.Accepted accepted = Assert.IsType<DecisionOutcome.Accepted>(await _decisions.DecideAsync(Permits.Decide("Ann"), seen, true, null, Cancel));
        await DeliverAsync(accepted.Approval);

        Approval closed = (await _store.GetAsync(seen.Id, Cancel))!;
        Assert.Equal(ApprovalStatus.Closed, closed.Status);
        Assert.Equal(ClosedReason.RunStopped, closed.Closing!.Reason);
        Assert.Equal("Stopped by Bob in the dashboard.", closed.Closing.Detail);
    }

    [Fact]
    public async Task Deliver_ATokenThatNeverWas_ClosesTheApproval()
    {
        Approval seen = await TakeInAsync("""{"TaskToken":"no-real-token"}""", "no-real-token");

        DecisionOutcome.Accepted accepted = Assert.IsType<DecisionOutcome.Accepted>(await _decisions.DecideAsync(Permits.Decide("Ann"), seen, true, null, Cancel));
        await DeliverAsync(accepted.Approval);

        Assert.Equal(ApprovalStatus.Closed, (await _store.GetAsync(seen.Id, Cancel))!.Status);
    }

    [Fact]
    public async Task Check_ARunThatWasStopped_TakesItsApprovalOutOfTheInbox()
    {
        (Approval stopped, string arn) = await StartRunAsync();
        (Approval waiting, _) = await StartRunAsync();
        await _cloud.StepFunctions.StopExecutionAsync(new StopExecutionRequest { ExecutionArn = arn }, Cancel);

        _order.Restart(_feed.Open(), _time.GetUtcNow());
        _time.Advance(ReconcileOrder.RoundEvery + ReconcileOrder.RoundEvery);
        while (await _reconciler.CheckNextAsync(CallPriority.Background, Cancel)) { }

        Assert.Null(_feed.Find(stopped.Id));
        Assert.Equal(ApprovalStatus.Closed, (await _store.GetAsync(stopped.Id, Cancel))!.Status);
        Assert.NotNull(_feed.Find(waiting.Id));
        Assert.IsType<DecisionOutcome.NoLongerWaiting>(await _decisions.DecideAsync(Permits.Decide("Ann"), stopped, true, null, Cancel));
    }

    [Fact]
    public async Task Row_OfAnApproval_KeepsEveryMember()
    {
        Approval approval = Samples.Pending(Guid.NewGuid().ToString("N")) with
        {
            ExpiresAt = Samples.Asked.AddDays(7),
            ExecutionArn = "arn:aws:states:us-east-1:000000000000:execution:m:n",
            StartedBy = new Starter("issuer|1", "Änn"),
            ReviewerId = "issuer|2",
            Claim = new ApprovalClaim("issuer|3", "Bob", Samples.Asked),
            Reopened = 2,
            Votes = [new Vote("issuer|2", "Cy", Samples.Asked, "fine") { Stamp = "s" }, new Vote("issuer|4", "Di", Samples.Asked)],
            Other = new JsonObject { ["Note"] = "ünï" },
        };
        Assert.True((await _store.AddAsync(approval, "row-token", Cancel)).Won);
        Assert.False((await _store.AddAsync(approval, "row-token", Cancel)).Won);

        Approval read = (await _store.GetAsync(approval.Id, Cancel))!;

        Assert.Equal("""{"Note":"\u00FCn\u00EF"}""", read.Other.ToJsonString());
        Assert.Equal(approval.File!.Checks, read.File!.Checks);
        Assert.Equal(approval.Votes, read.Votes);
        Assert.Equal(approval with { Other = read.Other, File = read.File, Votes = read.Votes }, read);
    }

    private async Task DeliverAsync(Approval decided)
    {
        if (await _delivery.BeginAsync(new DueDelivery(decided), Cancel) is { } begun) await _delivery.SendAsync(begun, Cancel);
    }

    private async Task SendAsync(string body) => await _cloud.Sqs.SendMessageAsync(_resources.HumanQueueUrl, body, Cancel);

    private async Task<int> InFlightAsync() =>
        (await _cloud.Sqs.GetQueueAttributesAsync(_resources.HumanQueueUrl, ["ApproximateNumberOfMessagesNotVisible"], Cancel)).ApproximateNumberOfMessagesNotVisible;

    private async Task<Approval> TakeInAsync(string body, string token)
    {
        // A token of one's own for every run of the test: the table outlives it.
        string unique = $"{token}-{Guid.NewGuid():N}";
        await SendAsync(body.Replace(token, unique, StringComparison.Ordinal));
        await _intake.ReceiveAsync(Cancel);
        return _feed.Find(TaskTokenHash.Of(unique))!;
    }

    /// <summary>Starts a real run that asks, and takes its message from the stack's queue to this test's.</summary>
    private async Task<(Approval Approval, string ExecutionArn)> StartRunAsync()
    {
        string arn = (await _cloud.StepFunctions.StartExecutionAsync(
            new StartExecutionRequest
            {
                StateMachineArn = _cloud.Resources.StateMachineArn,
                Input = """{"approval_needed":true,"simulate":{"archive":true,"quality":35}}""",
            },
            Cancel)).ExecutionArn;
        while (true)
        {
            ReceiveMessageResponse response = await _cloud.Sqs.ReceiveMessageAsync(
                new ReceiveMessageRequest { QueueUrl = _cloud.Resources.HumanQueueUrl, WaitTimeSeconds = 20, VisibilityTimeout = 0 }, Cancel);
            foreach (Message message in response.Messages ?? [])
            {
                // Another test's message goes back at once, for whoever waits for it.
                if ((string?)JsonNode.Parse(message.Body)!["ExecutionArn"] != arn) continue;
                await _cloud.Sqs.DeleteMessageAsync(_cloud.Resources.HumanQueueUrl, message.ReceiptHandle, Cancel);
                await SendAsync(message.Body);
                await _intake.ReceiveAsync(Cancel);
                return (_feed.PendingIds().Select(id => _feed.Find(id)!).Single(approval => approval.ExecutionArn == arn), arn);
            }
        }
    }

    private async Task<string> OutputAsync(string arn)
    {
        while (true)
        {
            DescribeExecutionResponse run = await _cloud.StepFunctions.DescribeExecutionAsync(new DescribeExecutionRequest { ExecutionArn = arn }, Cancel);
            if (run.Status == ExecutionStatus.RUNNING) continue;
            Assert.Equal(ExecutionStatus.SUCCEEDED, run.Status);
            return run.Output;
        }
    }
}
