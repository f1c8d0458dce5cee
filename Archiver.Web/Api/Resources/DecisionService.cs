using Archiver.Web.Api.Answers;
using Archiver.Web.Approvals.Decisions;
using Archiver.Web.Approvals.FourEyes;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Cloud;
using Archiver.Web.Identity;
using Archiver.Web.Identity.Access;

namespace Archiver.Web.Api.Resources;

/// <summary>Decides for programs, by the same gate, rules and writes as the page.</summary>
internal sealed class DecisionService(ApprovalsStore store, ApprovalDecisions decisions, CommandGate gate)
{
    /// <summary>Approves or denies.</summary>
    /// <param name="id">The approval.</param>
    /// <param name="request">The decision.</param>
    /// <param name="isTakenOver">Whether an earlier request for it ended without an answer: what it decided is this one's.</param>
    public async Task<ApiAnswer> DecideAsync(string id, DecisionRequest request, bool isTakenOver, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } seen) return Unknown();
        return ApiAnswer.Of(await gate.RunAsync(
            Operation.Decide, ApprovalAudit.Subject(seen with { Version = request.Version }), permit => DecideAsync(permit, seen, request, isTakenOver), answer => answer.End(), cancellationToken));
    }

    /// <summary>Approves or denies, one of several: a cloud that fails one fails that one.</summary>
    /// <inheritdoc cref="DecideAsync(string, DecisionRequest, bool, CancellationToken)" path="/param"/>
    public async Task<ApiAnswer> DecideOneAsync(string id, DecisionRequest request, bool isTakenOver)
    {
        try
        {
            return await DecideAsync(id, request, isTakenOver, CancellationToken.None);
        }
        catch (Exception exception) when (CloudFailure.Is(exception))
        {
            return ApiProblem.Cloud.Answer("The cloud did not answer as it should. What was asked for may have been done; ask again.");
        }
    }

    /// <summary>Takes a decision back.</summary>
    public async Task<ApiAnswer> UndoAsync(string id, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } seen) return Unknown();
        return ApiAnswer.Of(await gate.RunAsync(Operation.UndoDecision, ApprovalAudit.Subject(seen), permit => UndoAsync(permit, seen), answer => answer.End(), cancellationToken));
    }

    /// <summary>Finds an approval; what can be no id costs no look into the table.</summary>
    public async Task<Approval?> FindAsync(string id, CancellationToken cancellationToken) =>
        id.Length is > 0 and <= 100 ? await store.GetAsync(id, cancellationToken) : null;

    /// <summary>There is no such approval.</summary>
    public static ApiAnswer Unknown() => ApiProblem.NotFound.Answer("There is no such approval.");

    private async Task<ApiAnswer> DecideAsync(Permit permit, Approval seen, DecisionRequest request, bool isTakenOver)
    {
        if (seen.Status == ApprovalStatus.Pending && seen.Version != request.Version) return Changed(seen);
        return await decisions.DecideAsync(permit, seen, request.Approved, request.Comment, CancellationToken.None) switch
        {
            DecisionOutcome.Accepted accepted => ApiAnswer.Ok(
                new DecidedView(ApprovalView.Of(accepted.Approval), (int)accepted.Undo.TotalSeconds), $"{(request.Approved ? "Approved" : "Denied")} {seen.Name}."),
            DecisionOutcome.AlreadyDecided already when isTakenOver && IsOurs(already.Approval, permit.Person, request) =>
                ApiAnswer.Ok(new DecidedView(ApprovalView.Of(already.Approval), 0), "It was decided by an earlier attempt of this request."),
            DecisionOutcome.AlreadyDecided already => AlreadyDecided(already.Approval),
            DecisionOutcome.Changed changed => Changed(changed.Approval),
            DecisionOutcome.NoLongerWaiting closed => Settled(closed.Approval),
            DecisionOutcome.Endorsed endorsed => ApiAnswer.Ok(
                new DecidedView(ApprovalView.Of(endorsed.Approval), 0), $"Approved {seen.Name}: {endorsed.Count} of {endorsed.Needed}.", StatusCodes.Status202Accepted),
            DecisionOutcome.ApprovedBefore before when isTakenOver => ApiAnswer.Ok(
                new DecidedView(ApprovalView.Of(before.Approval), 0), "It was approved by an earlier attempt of this request.", StatusCodes.Status202Accepted),
            DecisionOutcome.ApprovedBefore before => ApiProblem.ApprovedBefore.Answer(
                $"You approved {seen.Name} already. {FourEyesText.Endorsed(before.Count, before.Needed)}", ("version", before.Approval.Version)),
            DecisionOutcome.Barred barred => Barred(seen, barred.Bar),
            DecisionOutcome.Busy busy => Busy(busy.Approval),
            DecisionOutcome.Unknown => Unknown(),
            DecisionOutcome other => throw new System.Diagnostics.UnreachableException(other.ToString()),
        };
    }

    private async Task<ApiAnswer> UndoAsync(Permit permit, Approval seen)
    {
        return await decisions.UndoAsync(permit, seen, CancellationToken.None) switch
        {
            UndoOutcome.Undone undone => ApiAnswer.Ok(ApprovalView.Of(undone.Approval), $"Taken back: {seen.Name} waits again."),
            UndoOutcome.TooLate late => ApiProblem.TooLate.Answer(
                $"{seen.Name} can't be taken back any more.", ("decision", DecisionView.Of(late.Approval.Decision)), ("version", late.Approval.Version)),
            UndoOutcome.NotYours other => ApiProblem.NotYours.Answer(
                $"Only who decided on {seen.Name} can take it back.", ("decision", DecisionView.Of(other.Approval.Decision)), ("version", other.Approval.Version)),
            UndoOutcome.Busy busy => Busy(busy.Approval),
            UndoOutcome.Unknown => Unknown(),
            UndoOutcome other => throw new System.Diagnostics.UnreachableException(other.ToString()),
        };
    }

    private static bool IsOurs(Approval approval, Person person, DecisionRequest request) =>
        approval.Decision is { } decision && (approval.ReviewerId == person.Id || approval.Votes.Any(vote => vote.PersonId == person.Id)) && decision.Approved == request.Approved;

    /// <summary>It is not this person's to decide.</summary>
    public static ApiAnswer Barred(Approval seen, Bar bar) => bar switch
    {
        Bar.StartedIt => ApiProblem.Barred.Answer($"You started the run of {seen.Name}: somebody else has to decide on it."),
        Bar.SomebodyIsOnIt other => ApiProblem.Claimed.Answer(
            $"{other.Claim.Name} is on {seen.Name} since {Lambdas.Contracts.UtcTimestamp.Format(other.Claim.Since)}.", ("claim", ClaimView.Of(other.Claim)), ("version", seen.Version)),
        _ => throw new System.Diagnostics.UnreachableException(bar.ToString()),
    };

    /// <summary>So many were at it at once that this one did not get a turn.</summary>
    public static ApiAnswer Busy(Approval approval) => ApiProblem.Busy.Answer($"Many people were at {approval.Name} at once. Try again.") with { RetryAfter = 1 };

    /// <summary>It does not wait any more: it was decided, or its run went on.</summary>
    public static ApiAnswer Settled(Approval approval) => approval.Status != ApprovalStatus.Closed ? AlreadyDecided(approval) : ApiProblem.NoLongerWaiting.Answer(
        approval.Closing is { } closing ? ClosingText.Plain(closing) : "The run no longer waits.",
        ("closing", ClosingView.Of(approval.Closing)), ("decision", DecisionView.Of(approval.Decision)), ("version", approval.Version));

    private static ApiAnswer AlreadyDecided(Approval approval)
    {
        string by = approval.Decision?.Reviewer is { Length: > 0 } reviewer ? $" by {reviewer}" : "";
        string at = approval.Decision?.DecidedAt is { } decidedAt ? $" at {Lambdas.Contracts.UtcTimestamp.Format(decidedAt)}" : "";
        return ApiProblem.AlreadyDecided.Answer(
            $"{approval.Name} was {(approval.Decision?.Approved == true ? "approved" : "denied")}{by}{at}.",
            ("decision", DecisionView.Of(approval.Decision)), ("version", approval.Version));
    }

    private static ApiAnswer Changed(Approval approval) => ApiProblem.Changed.Answer(
        $"{approval.Name} changed since the version that you name. Look once more, then decide.", ("version", approval.Version));
}
