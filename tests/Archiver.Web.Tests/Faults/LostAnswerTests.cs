using Archiver.Lambdas.Contracts;
using Archiver.Web.Approvals.Decisions;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Approvals.Record;
using Archiver.Web.Approvals.Replicas;
using Archiver.Web.Cloud;
using Archiver.Web.Tests.Approvals;
using Archiver.Web.Tests.Approvals.Fate;

namespace Archiver.Web.Tests.Faults;

/// <summary>
/// A write that succeeds and whose answer is lost: the SDK repeats it by itself, or gives up and whoever called does it again.
/// Either way it happened once, and the caller hears what is true.
/// </summary>
public sealed class LostAnswerTests(CloudFixture cloud) : IAsyncLifetime
{
    private const string Put = "PutItem";
    private const string Update = "UpdateItem";
    private const string Send = "SendTaskSuccess";

    private readonly NextCallPlan _faults = new();
    private DashboardReplica _patient = null!;
    private DashboardReplica _hasty = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Two dashboards: for one the SDK repeats a call, for the other it does not.</summary>
    public ValueTask InitializeAsync()
    {
        _patient = new DashboardReplica(cloud, undoSeconds: 5, faults: _faults, retries: 1);
        _hasty = new DashboardReplica(cloud, undoSeconds: 5, faults: _faults);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _patient.DisposeAsync();
        await _hasty.DisposeAsync();
    }

    [Fact]
    public async Task Add_AnswerLostAndRepeated_IsOneRowThatWasAdded()
    {
        Approval asked = Samples.Pending(Guid.NewGuid().ToString("N"));
        _faults.Disturb(Put, Fault.LoseAnswer);

        ChangeOutcome outcome = await _patient.Get<ApprovalsStore>().AddAsync(asked, "a token", Cancel);

        Assert.True(outcome.Won);
        await AssertRecordAsync(asked.Id, ApprovalStatus.Pending, 1, ApprovalEventKind.Asked);
    }

    [Fact]
    public async Task Add_AnswerLostForGood_FindsTheRowWhenTheMessageComesAgain()
    {
        Approval asked = Samples.Pending(Guid.NewGuid().ToString("N"));
        _faults.Disturb(Put, Fault.LoseAnswer);
        await AssertCloudFailsAsync(() => _hasty.Get<ApprovalsStore>().AddAsync(asked, "a token", Cancel));

        ChangeOutcome again = await _hasty.Get<ApprovalsStore>().AddAsync(asked, "a token", Cancel);

        Assert.Equal(asked.Id, again.Approval!.Id);
        await AssertRecordAsync(asked.Id, ApprovalStatus.Pending, 1, ApprovalEventKind.Asked);
    }

    [Fact]
    public async Task Decide_AnswerLostAndRepeated_IsAccepted()
    {
        Approval seen = await AddAsync();
        _faults.Disturb(Update, Fault.LoseAnswer);

        DecisionOutcome outcome = await _patient.Get<ApprovalDecisions>().DecideAsync(Permits.Decide("Ann"), seen, true, "fine", Cancel);

        Assert.IsType<DecisionOutcome.Accepted>(outcome);
        await AssertRecordAsync(seen.Id, ApprovalStatus.Decided, 2, ApprovalEventKind.Asked, ApprovalEventKind.Approved);
    }

    [Fact]
    public async Task Decide_AnswerLostForGood_FindsItsOwnDecisionAndNoOther()
    {
        Approval seen = await AddAsync();
        _faults.Disturb(Update, Fault.LoseAnswer);
        await AssertCloudFailsAsync(() => _hasty.Get<ApprovalDecisions>().DecideAsync(Permits.Decide("Ann"), seen, true, "fine", Cancel));

        DecisionOutcome again = await _hasty.Get<ApprovalDecisions>().DecideAsync(Permits.Decide("Ann"), seen, false, "not fine", Cancel);

        Decision told = Assert.IsType<DecisionOutcome.AlreadyDecided>(again).Approval.Decision!;
        Assert.Equal((true, "Ann", "fine"), (told.Approved, told.Reviewer, told.Comment));
        await AssertRecordAsync(seen.Id, ApprovalStatus.Decided, 2, ApprovalEventKind.Asked, ApprovalEventKind.Approved);
    }

    [Fact]
    public async Task Decide_AnswerLostForGoodAndNobodyTriesAgain_IsFoundAllTheSame()
    {
        Approval seen = await AddAsync();
        _hasty.Get<ApprovalsFeed>().Publish(seen);
        _faults.Disturb(Update, Fault.LoseAnswer);
        await AssertCloudFailsAsync(() => _hasty.Get<ApprovalDecisions>().DecideAsync(Permits.Decide("Ann"), seen, true, "fine", Cancel));
        Assert.Equal(ApprovalStatus.Pending, _hasty.Get<ApprovalsFeed>().Find(seen.Id)!.Status);

        await _hasty.Get<DoubtfulWrites>().ReadAsync(Cancel);

        // What is in the feed as decided is delivered when its time has come.
        Assert.Equal(ApprovalStatus.Decided, _hasty.Get<ApprovalsFeed>().Find(seen.Id)!.Status);
    }

    [Fact]
    public async Task Undo_AnswerLostAndRepeated_IsUndone()
    {
        Approval decided = await DecideAsync(await AddAsync());
        _faults.Disturb(Update, Fault.LoseAnswer);

        UndoOutcome outcome = await _patient.Get<ApprovalDecisions>().UndoAsync(Permits.Undo("Ann"), decided, Cancel);

        Assert.IsType<UndoOutcome.Undone>(outcome);
        await AssertRecordAsync(decided.Id, ApprovalStatus.Pending, 3, ApprovalEventKind.Asked, ApprovalEventKind.Approved, ApprovalEventKind.Undone);
    }

    [Fact]
    public async Task Undo_AnswerLostForGood_IsToldThatItWaitsAgain()
    {
        Approval decided = await DecideAsync(await AddAsync());
        _faults.Disturb(Update, Fault.LoseAnswer);
        await AssertCloudFailsAsync(() => _hasty.Get<ApprovalDecisions>().UndoAsync(Permits.Undo("Ann"), decided, Cancel));

        UndoOutcome again = await _hasty.Get<ApprovalDecisions>().UndoAsync(Permits.Undo("Ann"), decided, Cancel);

        Assert.IsType<UndoOutcome.Undone>(again);
        await AssertRecordAsync(decided.Id, ApprovalStatus.Pending, 3, ApprovalEventKind.Asked, ApprovalEventKind.Approved, ApprovalEventKind.Undone);
    }

    [Fact]
    public async Task Begin_AnswerLostAndRepeated_IsOnItsWayWithItsToken()
    {
        Approval decided = await DecideAsync(await AddAsync());
        _faults.Disturb(Update, Fault.LoseAnswer);

        DueDelivery begun = (await _patient.Get<DecisionDelivery>().BeginAsync(new DueDelivery(decided), Cancel))!;

        Assert.Equal((ApprovalStatus.Sending, 3, true), (begun.Approval.Status, begun.Approval.Version, begun.TaskToken is not null));
        await AssertRecordAsync(decided.Id, ApprovalStatus.Sending, 3, ApprovalEventKind.Asked, ApprovalEventKind.Approved);
    }

    [Fact]
    public async Task Begin_AnswerLostForGood_IsShownToBeOnItsWayAndCantBeTakenBack()
    {
        Approval decided = await DecideAsync(await AddAsync());
        _faults.Disturb(Update, Fault.LoseAnswer);
        await AssertCloudFailsAsync(() => _hasty.Get<DecisionDelivery>().BeginAsync(new DueDelivery(decided), Cancel));

        // Who begins finds another at it, and the row goes to whoever delivers what was left on its way.
        Assert.Null(await _hasty.Get<DecisionDelivery>().BeginAsync(new DueDelivery(decided), Cancel));

        Assert.Equal(ApprovalStatus.Sending, _hasty.Get<ApprovalsFeed>().Find(decided.Id)!.Status);
        Assert.IsType<UndoOutcome.TooLate>(await _hasty.Get<ApprovalDecisions>().UndoAsync(Permits.Undo("Ann"), decided, Cancel));
        await AssertRecordAsync(decided.Id, ApprovalStatus.Sending, 3, ApprovalEventKind.Asked, ApprovalEventKind.Approved);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Close_AnswerLost_IsClosedOnce(bool repeats)
    {
        Approval seen = await AddAsync();
        _faults.Disturb(Update, Fault.LoseAnswer);
        ApprovalsStore store = (repeats ? _patient : _hasty).Get<ApprovalsStore>();
        Closing closing = new(ClosedReason.RunStopped);
        if (!repeats) await AssertCloudFailsAsync(() => store.CloseAsync(seen, closing, Cancel));

        ChangeOutcome outcome = await store.CloseAsync(seen, closing, Cancel);

        Assert.Equal(repeats, outcome.Won);
        Assert.Equal(closing, outcome.Approval!.Closing);
        await AssertRecordAsync(seen.Id, ApprovalStatus.Closed, 2, ApprovalEventKind.Asked, ApprovalEventKind.Closed);
    }

    [Theory]
    [InlineData(Send, true)]
    [InlineData(Send, false)]
    [InlineData(Update, true)]
    [InlineData(Update, false)]
    public async Task Send_AnswerLost_IsDeliveredOnceAndTheRunHasIt(string action, bool repeats)
    {
        WaitingRuns runs = await WaitingRuns.CreateAsync(cloud);
        (string arn, string token) = await runs.StartAsync();
        DashboardReplica dashboard = repeats ? _patient : _hasty;
        DecisionDelivery delivery = dashboard.Get<DecisionDelivery>();
        Approval seen = Samples.Pending(TaskTokenHash.Of(token)) with { ExecutionArn = arn };
        await dashboard.Get<ApprovalsStore>().AddAsync(seen, token, Cancel);
        DueDelivery begun = (await delivery.BeginAsync(new DueDelivery(await DecideAsync(seen)), Cancel))!;
        _faults.Disturb(action, Fault.LoseAnswer);

        if (!repeats) await AssertCloudFailsAsync(() => delivery.SendAsync(begun, Cancel));
        await delivery.SendAsync(begun, Cancel);

        ApprovalRecord record = await AssertRecordAsync(
            seen.Id, ApprovalStatus.Delivered, 4, ApprovalEventKind.Asked, ApprovalEventKind.Approved, ApprovalEventKind.Delivered);
        // The record says so where an answer of the run was missed; of the table's answers there is nothing to say.
        Assert.Equal(action == Send ? "An earlier attempt had got through; only its answer was lost." : null, record.Events[^1].Detail);
        Assert.Equal(Amazon.StepFunctions.ExecutionStatus.SUCCEEDED, await runs.EndAsync(arn));
    }

    private static async Task AssertCloudFailsAsync(Func<Task> call)
    {
        Exception? thrown = await Record.ExceptionAsync(call);
        Assert.NotNull(thrown);
        Assert.True(CloudFailure.Is(thrown), $"Nobody waits for a {thrown.GetType()}.");
    }

    private async Task<Approval> AddAsync()
    {
        Approval asked = Samples.Pending(Guid.NewGuid().ToString("N"));
        Assert.True((await _patient.Get<ApprovalsStore>().AddAsync(asked, "a token", Cancel)).Won);
        return asked;
    }

    private async Task<Approval> DecideAsync(Approval seen) =>
        Assert.IsType<DecisionOutcome.Accepted>(await _patient.Get<ApprovalDecisions>().DecideAsync(Permits.Decide("Ann"), seen, true, "fine", Cancel)).Approval;

    private async Task<ApprovalRecord> AssertRecordAsync(string id, ApprovalStatus status, long version, params ApprovalEventKind[] events)
    {
        Assert.True(_faults.IsDone, "The fault did not happen.");
        ApprovalRecord record = (await _patient.Get<ApprovalsStore>().GetRecordAsync(id, Cancel))!;
        Assert.Equal((status, version), (record.Approval.Status, record.Approval.Version));
        Assert.Equal(events, record.Events.Select(one => one.Kind));
        return record;
    }
}
