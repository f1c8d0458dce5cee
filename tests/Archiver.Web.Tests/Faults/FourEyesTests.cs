using System.Globalization;
using Archiver.Lambdas.Contracts;
using Archiver.Web.Approvals.Decisions;
using Archiver.Web.Approvals.FourEyes;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Approvals.Record;
using Archiver.Web.Cloud;
using Archiver.Web.Identity;
using Archiver.Web.Identity.Access;
using Archiver.Web.Tests.Approvals;
using Microsoft.Extensions.Time.Testing;

namespace Archiver.Web.Tests.Faults;

/// <summary>The rules of four eyes on two dashboards over one table: what either is told holds on both.</summary>
public sealed class FourEyesTests : IAsyncLifetime
{
    private static readonly (string, string)[] Settings =
    [
        ("Approvals:FourEyes:StarterMayNotDecide", "true"), ("Approvals:FourEyes:ClaimMinutes", "30"),
        ("Approvals:FourEyes:Rules:0:Approvals", "3"), ("Approvals:FourEyes:Rules:0:Recommendation", ResultAction.QualityFail),
        ("Approvals:FourEyes:Rules:1:Approvals", "2"),
    ];

    private readonly FakeTimeProvider _time = new(Samples.Asked);
    private readonly FakeTimeProvider _ahead = new(Samples.Asked.AddMinutes(7)); // the other one's clock is wrong
    private readonly NextCallPlan _faults = new();
    private readonly DashboardReplica _first;
    private readonly DashboardReplica _second;
    private readonly DashboardReplica _hasty;

    public FourEyesTests(CloudFixture cloud)
    {
        _first = new DashboardReplica(cloud, _time, 5, _faults, 1, Settings);
        _second = new DashboardReplica(cloud, _ahead, 5, null, 0, Settings);
        _hasty = new DashboardReplica(cloud, _time, 5, _faults, 0, Settings);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _first.DisposeAsync();
        await _second.DisposeAsync();
        await _hasty.DisposeAsync();
    }

    [Fact]
    public async Task Decide_ThreePeopleOnTwoDashboards_TheThirdSettlesItWithAllOfTheirNames()
    {
        Approval seen = await AskAsync();

        DecisionOutcome ann = await ApproveAsync(_first, "Ann", seen, "fine");
        DecisionOutcome bob = await ApproveAsync(_second, "Bob", seen);
        DecisionOutcome cy = await ApproveAsync(_first, "Cy", seen, "agreed"); // who heard of neither

        Assert.Equal((1, 3), (Assert.IsType<DecisionOutcome.Endorsed>(ann).Count, ((DecisionOutcome.Endorsed)ann).Needed));
        Assert.Equal(2, Assert.IsType<DecisionOutcome.Endorsed>(bob).Count);
        Approval decided = Assert.IsType<DecisionOutcome.Accepted>(cy).Approval;
        Assert.Equal((true, "Ann, Bob and Cy", "Ann: fine\nCy: agreed"), (decided.Decision!.Approved, decided.Decision.Reviewer, decided.Decision.Comment));
        Assert.Equal("test|Cy", decided.ReviewerId);
        Assert.Equal(["test|Ann", "test|Bob", "test|Cy"], decided.Votes.Select(vote => vote.PersonId));
        ApprovalRecord record = await AssertRecordAsync(seen.Id, ApprovalStatus.Decided, 4, ApprovalEventKind.Asked, ApprovalEventKind.Endorsed, ApprovalEventKind.Endorsed, ApprovalEventKind.Approved);
        Assert.Equal(["1 of 3: fine", "2 of 3", "3 of 3: agreed"], record.Events.Skip(1).Select(line => line.Detail));
        Assert.Equal(["test|Ann", "test|Bob", "test|Cy"], record.Events.Skip(1).Select(line => line.ById));
    }

    [Fact]
    public async Task Decide_TheSamePersonAgain_CountsOnceWhateverTheyAreCalled()
    {
        Approval seen = await AskAsync();
        await ApproveAsync(_first, "Ann", seen);
        Permit renamed = Permits.For(Operation.Decide, new Person("test|Ann", "Anna", Person.EveryRole));

        DecisionOutcome again = await _second.Get<ApprovalDecisions>().DecideAsync(renamed, seen, true, null, Cancel);

        Assert.Equal((1, 3), (Assert.IsType<DecisionOutcome.ApprovedBefore>(again).Count, ((DecisionOutcome.ApprovedBefore)again).Needed));
        await AssertRecordAsync(seen.Id, ApprovalStatus.Pending, 2, ApprovalEventKind.Asked, ApprovalEventKind.Endorsed);
    }

    [Fact]
    public async Task Decide_TwoPeopleOfOneName_CountTwice()
    {
        Approval seen = await AskAsync(recommendation: ResultAction.Archived);
        Person other = new("elsewhere|7", "Ann", Person.EveryRole);
        await ApproveAsync(_first, "Ann", seen);

        Approval decided = Assert.IsType<DecisionOutcome.Accepted>(
            await _second.Get<ApprovalDecisions>().DecideAsync(Permits.For(Operation.Decide, other), seen, true, null, Cancel)).Approval;

        Assert.Equal("Ann and Ann", decided.Decision!.Reviewer);
        // Whose decision it is goes by who they are: of one name is not enough to take it back.
        Assert.IsType<UndoOutcome.NotYours>(await _first.Get<ApprovalDecisions>().UndoAsync(Permits.Undo("Ann"), decided, Cancel));
        Approval again = Assert.IsType<UndoOutcome.Undone>(
            await _first.Get<ApprovalDecisions>().UndoAsync(Permits.For(Operation.UndoDecision, other), decided, Cancel)).Approval;
        Assert.Equal(["test|Ann"], again.Votes.Select(vote => vote.PersonId));
    }

    [Fact]
    public async Task Decide_OneDenies_ItIsDeniedAtOnceAndByThemAlone()
    {
        Approval seen = await AskAsync();
        await ApproveAsync(_first, "Ann", seen, "fine");

        Approval denied = Assert.IsType<DecisionOutcome.Accepted>(await DenyAsync(_second, "Bob", seen, "no")).Approval;

        Assert.Equal((false, "Bob", "no"), (denied.Decision!.Approved, denied.Decision.Reviewer, denied.Decision.Comment));
        Assert.Equal("test|Bob", denied.ReviewerId);
        Decision told = Assert.IsType<DecisionOutcome.AlreadyDecided>(await ApproveAsync(_first, "Cy", seen)).Approval.Decision!;
        Assert.Equal("Bob", told.Reviewer);
        Assert.IsType<UndoOutcome.TooLate>(await UndoAsync(_first, "Ann", denied with { Status = ApprovalStatus.Pending }));
    }

    [Fact]
    public async Task Undo_AVoteWhileMoreAreWaitedFor_TakesBackOnesOwnAndNoOther()
    {
        Approval seen = await AskAsync();
        await ApproveAsync(_first, "Ann", seen);
        Approval two = Assert.IsType<DecisionOutcome.Endorsed>(await ApproveAsync(_second, "Bob", seen)).Approval;

        Assert.IsType<UndoOutcome.NotYours>(await UndoAsync(_first, "Cy", two));
        Approval one = Assert.IsType<UndoOutcome.Undone>(await UndoAsync(_second, "Ann", seen)).Approval; // on a page that shows neither yet

        Assert.Equal(["test|Bob"], one.Votes.Select(vote => vote.PersonId));
        Assert.Equal(0, one.Reopened);
        Assert.Equal(2, Assert.IsType<DecisionOutcome.Endorsed>(await ApproveAsync(_first, "Ann", seen)).Count); // and they may think again
        await AssertRecordAsync(
            seen.Id, ApprovalStatus.Pending, 5, ApprovalEventKind.Asked, ApprovalEventKind.Endorsed, ApprovalEventKind.Endorsed, ApprovalEventKind.Withdrawn, ApprovalEventKind.Endorsed);
    }

    [Fact]
    public async Task Undo_TheDecision_RemovesItWithTheLastVoteAndWhoSawItBeforeLooksAgain()
    {
        Approval seen = await AskAsync();
        await ApproveAsync(_first, "Ann", seen);
        await ApproveAsync(_first, "Bob", seen);
        Approval decided = Assert.IsType<DecisionOutcome.Accepted>(await ApproveAsync(_second, "Cy", seen)).Approval;
        Assert.IsType<UndoOutcome.NotYours>(await UndoAsync(_first, "Bob", decided));

        Approval again = Assert.IsType<UndoOutcome.Undone>(await UndoAsync(_first, "Cy", decided)).Approval;

        Assert.Equal(["test|Ann", "test|Bob"], again.Votes.Select(vote => vote.PersonId));
        Assert.Equal((1, null, null), (again.Reopened, again.Decision, again.ReviewerId));
        Assert.IsType<DecisionOutcome.Changed>(await ApproveAsync(_second, "Di", seen));
        Assert.Equal("Ann, Bob and Di", Assert.IsType<DecisionOutcome.Accepted>(await ApproveAsync(_second, "Di", again)).Approval.Decision!.Reviewer);
    }

    [Fact]
    public async Task Decide_WhoStartedTheRun_IsRefusedOnBothDashboardsWhateverTheySay()
    {
        Approval seen = await AskAsync(starter: "Ann");

        foreach (DashboardReplica dashboard in new[] { _first, _second })
        {
            Assert.IsType<Bar.StartedIt>(Assert.IsType<DecisionOutcome.Barred>(await ApproveAsync(dashboard, "Ann", seen)).Bar);
            Assert.IsType<Bar.StartedIt>(Assert.IsType<DecisionOutcome.Barred>(await DenyAsync(dashboard, "Ann", seen, "no")).Bar);
            Assert.IsType<Bar.StartedIt>(Assert.IsType<ClaimOutcome.Barred>(await ClaimAsync(dashboard, "Ann", seen)).Bar);
            // What the caller says of the row is not what is judged.
            Assert.IsType<DecisionOutcome.Barred>(await ApproveAsync(dashboard, "Ann", seen with { StartedBy = null, Version = 99 }));
        }

        await AssertRecordAsync(seen.Id, ApprovalStatus.Pending, 1, ApprovalEventKind.Asked);
    }

    [Fact]
    public async Task Decide_VotesThatTheCallerMadeUp_DoNotCount()
    {
        Approval seen = await AskAsync();
        Approval forged = seen with { Votes = [new Vote("x|1", "X", Samples.Asked), new Vote("x|2", "Y", Samples.Asked)] };

        Assert.Equal(1, Assert.IsType<DecisionOutcome.Endorsed>(await ApproveAsync(_first, "Ann", forged)).Count);
    }

    [Fact]
    public async Task Claim_OneIsOnIt_OthersAreToldWhoAndSinceWhenAndOnlyTheyDecide()
    {
        Approval seen = await AskAsync();

        Approval claimed = Assert.IsType<ClaimOutcome.Done>(await ClaimAsync(_first, "Ann", seen)).Approval;

        Assert.Equal(new ApprovalClaim("test|Ann", "Ann", Samples.Asked), claimed.Claim);
        Assert.Equal(claimed.Claim, Assert.IsType<Bar.SomebodyIsOnIt>(Assert.IsType<DecisionOutcome.Barred>(await ApproveAsync(_second, "Bob", seen)).Bar).Claim);
        Assert.IsType<DecisionOutcome.Barred>(await DenyAsync(_second, "Bob", seen, "no"));
        Assert.IsType<Bar.SomebodyIsOnIt>(Assert.IsType<ClaimOutcome.Barred>(await ClaimAsync(_second, "Bob", seen)).Bar);
        Assert.IsType<ClaimOutcome.SomebodyElse>(await ReleaseAsync(_second, "Bob", seen));
        Assert.IsType<ClaimOutcome.Done>(await ClaimAsync(_second, "Ann", seen)); // again is no news
        Approval endorsed = Assert.IsType<DecisionOutcome.Endorsed>(await ApproveAsync(_second, "Ann", seen)).Approval;
        Assert.Null(endorsed.Claim); // the next one's turn
        Assert.IsType<ClaimOutcome.ApprovedBefore>(await ClaimAsync(_first, "Ann", endorsed));
        Assert.IsType<ClaimOutcome.Done>(await ClaimAsync(_first, "Bob", seen));
        Assert.Null(Assert.IsType<DecisionOutcome.Accepted>(await DenyAsync(_first, "Bob", seen, "no")).Approval.Claim);
        await AssertRecordAsync(
            seen.Id, ApprovalStatus.Decided, 5, ApprovalEventKind.Asked, ApprovalEventKind.Claimed, ApprovalEventKind.Endorsed, ApprovalEventKind.Claimed, ApprovalEventKind.Denied);
        Assert.IsType<ClaimOutcome.NotWaiting>(await ClaimAsync(_first, "Cy", seen));
    }

    [Fact]
    public async Task Release_ByWhoIsOnIt_LetsOthersDecide()
    {
        Approval seen = await AskAsync();
        Approval claimed = Assert.IsType<ClaimOutcome.Done>(await ClaimAsync(_first, "Ann", seen)).Approval;

        Assert.Null(Assert.IsType<ClaimOutcome.Done>(await ReleaseAsync(_second, "Ann", seen)).Approval.Claim);

        // The first dashboard has not heard of it, and refuses nobody for that.
        Assert.NotNull(_first.Get<ApprovalsFeed>().Find(seen.Id)!.Claim);
        Assert.IsType<DecisionOutcome.Accepted>(await DenyAsync(_first, "Bob", claimed, "no"));
    }

    [Fact]
    public async Task Claim_LeftAlone_LapsesForEverybodyAndNothingStaysStuck()
    {
        Approval seen = await AskAsync();
        await ClaimAsync(_first, "Ann", seen);
        Advance(TimeSpan.FromMinutes(20));
        Assert.IsType<DecisionOutcome.Barred>(await ApproveAsync(_first, "Bob", seen));
        Assert.IsType<DecisionOutcome.Barred>(await ApproveAsync(_second, "Bob", seen)); // seven minutes ahead

        Advance(TimeSpan.FromMinutes(4));
        Assert.IsType<DecisionOutcome.Barred>(await ApproveAsync(_first, "Bob", seen));
        Approval taken = Assert.IsType<ClaimOutcome.Done>(await ClaimAsync(_second, "Bob", seen)).Approval;

        // By whichever clock: there is one who is on it, and the one before is told.
        Assert.Equal("Bob", taken.Claim!.Name);
        Assert.Equal("Bob", Assert.IsType<Bar.SomebodyIsOnIt>(Assert.IsType<DecisionOutcome.Barred>(await ApproveAsync(_first, "Ann", seen)).Bar).Claim.Name);
        Advance(TimeSpan.FromMinutes(38));
        Assert.IsType<DecisionOutcome.Endorsed>(await ApproveAsync(_first, "Ann", seen));
    }

    [Fact]
    public async Task Reassign_ByAnOperator_GoesToWhomTheInboxKnowsOrToNobody()
    {
        Approval seen = await AskAsync(starter: "Sue"), other = await AskAsync();
        await ApproveAsync(_first, "Bob", other);
        Approval claimed = Assert.IsType<ClaimOutcome.Done>(await ClaimAsync(_first, "Ann", seen)).Approval;
        Approval sues = Assert.IsType<ClaimOutcome.Done>(await ClaimAsync(_first, "Sue", await AskAsync())).Approval;
        Assert.NotNull(sues.Claim);

        Assert.IsType<ClaimOutcome.UnknownPerson>(await ReassignAsync(claimed, "test|Nobody"));
        Assert.IsType<ClaimOutcome.Barred>(await ReassignAsync(claimed, "test|Sue")); // who started it
        Approval bobs = Assert.IsType<ClaimOutcome.Done>(await ReassignAsync(claimed, "test|Bob")).Approval;
        Assert.Equal(("test|Bob", "Bob"), (bobs.Claim!.PersonId, bobs.Claim.Name));
        Assert.IsType<DecisionOutcome.Barred>(await ApproveAsync(_second, "Ann", seen));
        Assert.IsType<ClaimOutcome.SomebodyElse>(await ReassignAsync(claimed, null)); // which was thought to be Ann's
        Assert.Null(Assert.IsType<ClaimOutcome.Done>(await ReassignAsync(bobs, null)).Approval.Claim);
        Assert.IsType<DecisionOutcome.Endorsed>(await ApproveAsync(_second, "Ann", seen));

        ApprovalRecord record = await AssertRecordAsync(
            seen.Id, ApprovalStatus.Pending, 5,
            ApprovalEventKind.Asked, ApprovalEventKind.Claimed, ApprovalEventKind.Reassigned, ApprovalEventKind.Reassigned, ApprovalEventKind.Endorsed);
        Assert.Equal(("Olga", "from Ann to Bob"), (record.Events[2].By, record.Events[2].Detail));
        Assert.Equal("from Bob to nobody", record.Events[3].Detail);
    }

    [Fact]
    public async Task Reassign_ToWhoApprovedAlready_IsRefused()
    {
        Approval seen = await AskAsync();
        await ApproveAsync(_first, "Bob", seen);
        Approval claimed = Assert.IsType<ClaimOutcome.Done>(await ClaimAsync(_first, "Ann", seen)).Approval;

        Assert.IsType<ClaimOutcome.ApprovedBefore>(await ReassignAsync(claimed, "test|Bob"));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Decide_AnswerOfAVoteLostAndRepeated_CountsOnce(int voters)
    {
        Approval seen = await AskAsync();
        for (int i = 1; i < voters; i++) await ApproveAsync(_second, $"voter {i.ToString(CultureInfo.InvariantCulture)}", seen);
        _faults.Disturb("UpdateItem", Fault.LoseAnswer);

        DecisionOutcome outcome = await ApproveAsync(_first, "Ann", (await _first.Get<ApprovalsStore>().GetAsync(seen.Id, Cancel))!);

        if (voters == 2) Assert.Equal(2, Assert.IsType<DecisionOutcome.Endorsed>(outcome).Count);
        else Assert.IsType<DecisionOutcome.Accepted>(outcome);
        Assert.True(_faults.IsDone);
        ApprovalRecord record = (await _first.Get<ApprovalsStore>().GetRecordAsync(seen.Id, Cancel))!;
        Assert.Equal((voters, voters + 1), (record.Approval.Votes.Count, record.Events.Count));
    }

    [Fact]
    public async Task Decide_AnswerOfAVoteLostForGood_IsToldThatItCounts()
    {
        Approval seen = await AskAsync();
        _faults.Disturb("UpdateItem", Fault.LoseAnswer);
        Exception? thrown = await Record.ExceptionAsync(() => ApproveAsync(_hasty, "Ann", seen));
        Assert.True(thrown is not null && CloudFailure.Is(thrown));

        Assert.Equal(1, Assert.IsType<DecisionOutcome.ApprovedBefore>(await ApproveAsync(_hasty, "Ann", seen)).Count);
        await AssertRecordAsync(seen.Id, ApprovalStatus.Pending, 2, ApprovalEventKind.Asked, ApprovalEventKind.Endorsed);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Undo_AnswerOfAVoteTakenBackLost_IsTakenBackOnce(bool repeats)
    {
        Approval seen = await AskAsync();
        DashboardReplica dashboard = repeats ? _first : _hasty;
        Approval voted = Assert.IsType<DecisionOutcome.Endorsed>(await ApproveAsync(dashboard, "Ann", seen)).Approval;
        _faults.Disturb("UpdateItem", Fault.LoseAnswer);
        if (!repeats) Assert.NotNull(await Record.ExceptionAsync(() => UndoAsync(dashboard, "Ann", voted)));

        Assert.Empty(Assert.IsType<UndoOutcome.Undone>(await UndoAsync(dashboard, "Ann", voted)).Approval.Votes);

        await AssertRecordAsync(seen.Id, ApprovalStatus.Pending, 3, ApprovalEventKind.Asked, ApprovalEventKind.Endorsed, ApprovalEventKind.Withdrawn);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Claim_AnswerLost_IsClaimedOnce(bool repeats)
    {
        Approval seen = await AskAsync();
        DashboardReplica dashboard = repeats ? _first : _hasty;
        _faults.Disturb("UpdateItem", Fault.LoseAnswer);
        if (!repeats) Assert.NotNull(await Record.ExceptionAsync(() => ClaimAsync(dashboard, "Ann", seen)));

        Assert.Equal("Ann", Assert.IsType<ClaimOutcome.Done>(await ClaimAsync(dashboard, "Ann", seen)).Approval.Claim!.Name);

        await AssertRecordAsync(seen.Id, ApprovalStatus.Pending, 2, ApprovalEventKind.Asked, ApprovalEventKind.Claimed);
    }

    [Fact]
    public async Task Decide_TenAtOnceWhereThreeAreNeeded_ThreeDecideAndEverybodyIsToldTheTruth()
    {
        Approval seen = await AskAsync();

        DecisionOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(number => Task.Run(
            () => ApproveAsync(number % 2 == 0 ? _first : _second, $"voter {number.ToString(CultureInfo.InvariantCulture)}", seen), Cancel)));

        Approval row = (await _first.Get<ApprovalsStore>().GetAsync(seen.Id, Cancel))!;
        Assert.Equal(3, row.Votes.Select(vote => vote.PersonId).Distinct().Count());
        Assert.Equal(People.Join([.. row.Votes.Select(vote => vote.Name)]), row.Decision!.Reviewer);
        Assert.Equal([1, 2], outcomes.OfType<DecisionOutcome.Endorsed>().Select(one => one.Count).Order());
        Assert.Single(outcomes.OfType<DecisionOutcome.Accepted>());
        Assert.Equal(7, outcomes.OfType<DecisionOutcome.AlreadyDecided>().Count());
        Assert.All(outcomes.OfType<DecisionOutcome.AlreadyDecided>(), one => Assert.Equal(row.Decision.Reviewer, one.Approval.Decision!.Reviewer));
        // Who was told that theirs counts is who is named.
        for (int number = 0; number < 10; number++)
            Assert.Equal(outcomes[number] is not DecisionOutcome.AlreadyDecided, row.Votes.Any(vote => vote.Name == $"voter {number.ToString(CultureInfo.InvariantCulture)}"));
    }

    [Fact]
    public async Task Decide_ApprovalsAndDenialsAtOnce_OneOutcome()
    {
        Approval seen = await AskAsync(recommendation: ResultAction.Archived);

        DecisionOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(number => Task.Run(
            () => number < 5
                ? ApproveAsync(number % 2 == 0 ? _first : _second, $"yes {number.ToString(CultureInfo.InvariantCulture)}", seen)
                : DenyAsync(number % 2 == 0 ? _first : _second, $"no {number.ToString(CultureInfo.InvariantCulture)}", seen, "no"),
            Cancel)));

        Approval row = (await _first.Get<ApprovalsStore>().GetAsync(seen.Id, Cancel))!;
        Decision won = Assert.Single(outcomes.OfType<DecisionOutcome.Accepted>()).Approval.Decision!;
        Assert.Equal((won.Approved, won.Reviewer), (row.Decision!.Approved, row.Decision.Reviewer));
        Assert.InRange(outcomes.OfType<DecisionOutcome.Endorsed>().Count(), 0, 1);
        Assert.All(outcomes.OfType<DecisionOutcome.AlreadyDecided>(), one => Assert.Equal(won.Reviewer, one.Approval.Decision!.Reviewer));
        Assert.DoesNotContain(outcomes, one => one is DecisionOutcome.Changed or DecisionOutcome.Busy);
    }

    [Fact]
    public async Task Claim_TenAtOnce_OneIsOnItAndTheOthersAreToldWho()
    {
        Approval seen = await AskAsync();

        ClaimOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(number => Task.Run(
            () => ClaimAsync(number % 2 == 0 ? _first : _second, $"claimer {number.ToString(CultureInfo.InvariantCulture)}", seen), Cancel)));

        ApprovalClaim claim = Assert.Single(outcomes.OfType<ClaimOutcome.Done>()).Approval.Claim!;
        Assert.Equal(claim.PersonId, (await _first.Get<ApprovalsStore>().GetAsync(seen.Id, Cancel))!.Claim!.PersonId);
        Assert.All(outcomes.OfType<ClaimOutcome.Barred>(), one => Assert.Equal(claim.PersonId, Assert.IsType<Bar.SomebodyIsOnIt>(one.Bar).Claim.PersonId));
        Assert.Equal(9, outcomes.OfType<ClaimOutcome.Barred>().Count());
    }

    private static Task<DecisionOutcome> ApproveAsync(DashboardReplica dashboard, string name, Approval seen, string? comment = null) =>
        dashboard.Get<ApprovalDecisions>().DecideAsync(Permits.Decide(name), seen, true, comment, Cancel);

    private static Task<DecisionOutcome> DenyAsync(DashboardReplica dashboard, string name, Approval seen, string reason) =>
        dashboard.Get<ApprovalDecisions>().DecideAsync(Permits.Decide(name), seen, false, reason, Cancel);

    private static Task<UndoOutcome> UndoAsync(DashboardReplica dashboard, string name, Approval given) =>
        dashboard.Get<ApprovalDecisions>().UndoAsync(Permits.Undo(name), given, Cancel);

    private static Task<ClaimOutcome> ClaimAsync(DashboardReplica dashboard, string name, Approval seen) =>
        dashboard.Get<ApprovalClaims>().ClaimAsync(Permits.For(Operation.ClaimApproval, name), seen, Cancel);

    private static Task<ClaimOutcome> ReleaseAsync(DashboardReplica dashboard, string name, Approval seen) =>
        dashboard.Get<ApprovalClaims>().ReleaseAsync(Permits.For(Operation.ClaimApproval, name), seen, Cancel);

    private Task<ClaimOutcome> ReassignAsync(Approval seen, string? to) =>
        _first.Get<ApprovalClaims>().ReassignAsync(Permits.For(Operation.ReassignApproval, "Olga"), seen, to, Cancel);

    private void Advance(TimeSpan by)
    {
        _time.Advance(by);
        _ahead.Advance(by);
    }

    /// <summary>An approval that both have on their pages.</summary>
    private async Task<Approval> AskAsync(string? starter = null, string recommendation = ResultAction.QualityFail)
    {
        Approval asked = Samples.Pending(Guid.NewGuid().ToString("N")) with
        {
            Recommendation = recommendation,
            StartedBy = starter is null ? null : new Starter(Permits.Someone(starter).Id, starter),
        };
        Assert.True((await _second.Get<ApprovalsStore>().AddAsync(asked, "a token", Cancel)).Won);
        _first.Get<ApprovalsFeed>().Publish(asked);
        _second.Get<ApprovalsFeed>().Publish(asked);
        return asked;
    }

    private async Task<ApprovalRecord> AssertRecordAsync(string id, ApprovalStatus status, long version, params ApprovalEventKind[] events)
    {
        Assert.True(_faults.IsDone, "The fault did not happen.");
        ApprovalRecord record = (await _second.Get<ApprovalsStore>().GetRecordAsync(id, Cancel))!;
        Assert.Equal((status, version), (record.Approval.Status, record.Approval.Version));
        Assert.Equal(events, record.Events.Select(one => one.Kind));
        return record;
    }
}
