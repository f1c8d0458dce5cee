using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Approvals.Record;
using Archiver.Web.Identity.Access;

namespace Archiver.Web.Approvals.FourEyes;

/// <summary>How a claim, a release or a reassignment went.</summary>
internal abstract record ClaimOutcome
{
    private ClaimOutcome() { }

    /// <summary>It is as was asked for; <see cref="Approval.Claim"/> of the row says who is on it.</summary>
    public sealed record Done(Approval Approval) : ClaimOutcome;

    /// <summary>It is not this person's to claim.</summary>
    public sealed record Barred(Approval Approval, Bar Bar) : ClaimOutcome;

    /// <summary>The person approved already: on it can only be somebody else.</summary>
    public sealed record ApprovedBefore(Approval Approval) : ClaimOutcome;

    /// <summary>Somebody else is on it than was thought, or nobody any more.</summary>
    public sealed record SomebodyElse(Approval Approval) : ClaimOutcome;

    /// <summary>It does not wait any more.</summary>
    public sealed record NotWaiting(Approval Approval) : ClaimOutcome;

    /// <summary>So many were at it at once that this one did not get a turn.</summary>
    public sealed record Busy(Approval Approval) : ClaimOutcome;

    /// <summary>There is no such approval.</summary>
    public sealed record Unknown : ClaimOutcome;

    /// <summary>There is nobody of this id to give it to.</summary>
    public sealed record UnknownPerson : ClaimOutcome;
}

/// <summary>Says who is on an approval: one at a time, settled by the same conditional writes as decisions.</summary>
internal sealed class ApprovalClaims(RowTurn rows, ApprovalsStore store, ApprovalsFeed feed, FourEyesRules rules, TimeProvider time)
{
    /// <summary>"I am on it."</summary>
    /// <param name="permit">Who is.</param>
    /// <param name="seen">The approval as they had it in front of them.</param>
    public Task<ClaimOutcome> ClaimAsync(Permit permit, Approval seen, CancellationToken cancellationToken)
    {
        permit.Demand(Operation.ClaimApproval);
        return TakeAsync(
            seen,
            (current, now) =>
            {
                if (Refusal(current, permit.Person.Id, now) is { } refusal) return new Turn<ClaimOutcome>.Tell(refusal);
                if (rules.InForce(current, now) is not null) return new Turn<ClaimOutcome>.Tell(new ClaimOutcome.Done(current)); // theirs: nobody else's lets them get here
                return Write(() => store.ClaimAsync(
                    current, new ApprovalClaim(permit.Person.Id, permit.Person.Name, now), ApprovalEventKind.Claimed, permit.Person, null, cancellationToken));
            },
            cancellationToken);
    }

    /// <summary>"I am not on it any more." Only who is can say so.</summary>
    /// <param name="permit">Who was.</param>
    /// <param name="seen">The approval as they had it in front of them.</param>
    public Task<ClaimOutcome> ReleaseAsync(Permit permit, Approval seen, CancellationToken cancellationToken)
    {
        permit.Demand(Operation.ClaimApproval);
        return TakeAsync(
            seen,
            (current, _) => current switch
            {
                { Status: not ApprovalStatus.Pending } => new Turn<ClaimOutcome>.Tell(new ClaimOutcome.NotWaiting(current)),
                { Claim: null } => new Turn<ClaimOutcome>.Tell(new ClaimOutcome.Done(current)),
                { Claim: { } claim } when claim.PersonId != permit.Person.Id => new Turn<ClaimOutcome>.Tell(new ClaimOutcome.SomebodyElse(current)),
                _ => Write(() => store.ClaimAsync(current, null, ApprovalEventKind.Released, permit.Person, null, cancellationToken)),
            },
            cancellationToken);
    }

    /// <summary>Gives somebody's claim to somebody else, or to nobody.</summary>
    /// <param name="permit">Who does.</param>
    /// <param name="seen">The approval as they had it in front of them, with whose claim it was then.</param>
    /// <param name="to">Whose it is to be: the id of somebody out of <see cref="Candidates"/>; nothing for nobody.</param>
    public Task<ClaimOutcome> ReassignAsync(Permit permit, Approval seen, string? to, CancellationToken cancellationToken)
    {
        permit.Demand(Operation.ReassignApproval);
        // The name is the one that is known here: nobody gets to say what somebody else is called.
        KnownPerson? heir = null;
        if (to is not null && (heir = Candidates().FirstOrDefault(one => one.Id == to)) is null) return Task.FromResult<ClaimOutcome>(new ClaimOutcome.UnknownPerson());
        return TakeAsync(
            seen,
            (current, now) =>
            {
                if (current.Status != ApprovalStatus.Pending) return new Turn<ClaimOutcome>.Tell(new ClaimOutcome.NotWaiting(current));
                ApprovalClaim? claim = rules.InForce(current, now);
                if (claim?.PersonId == heir?.Id) return new Turn<ClaimOutcome>.Tell(new ClaimOutcome.Done(current));
                if (claim is null || claim.PersonId != seen.Claim?.PersonId) return new Turn<ClaimOutcome>.Tell(new ClaimOutcome.SomebodyElse(current));
                if (heir is not null && Refusal(current with { Claim = null }, heir.Id, now) is { } refusal) return new Turn<ClaimOutcome>.Tell(refusal);
                return Write(() => store.ClaimAsync(
                    current, heir is null ? null : new ApprovalClaim(heir.Id, heir.Name, now), ApprovalEventKind.Reassigned, permit.Person,
                    $"from {claim.Name} to {heir?.Name ?? "nobody"}", cancellationToken));
            },
            cancellationToken);
    }

    /// <summary>To whom something can be given: whoever the open approvals tell of.</summary>
    public IReadOnlyList<KnownPerson> Candidates() => People.Of(feed.Open());

    private ClaimOutcome? Refusal(Approval current, string personId, DateTimeOffset now)
    {
        if (current.Status != ApprovalStatus.Pending) return new ClaimOutcome.NotWaiting(current);
        if (rules.BarFor(current, personId, now) is { } bar) return new ClaimOutcome.Barred(current, bar);
        return current.Votes.Any(vote => vote.PersonId == personId) ? new ClaimOutcome.ApprovedBefore(current) : null;
    }

    private Task<ClaimOutcome> TakeAsync(Approval seen, Func<Approval, DateTimeOffset, Turn<ClaimOutcome>> judge, CancellationToken cancellationToken) => rows.TakeAsync(
        seen, current => judge(current, time.GetUtcNow()), new ClaimOutcome.Unknown(), current => new ClaimOutcome.Busy(current), cancellationToken);

    private static Turn<ClaimOutcome> Write(Func<Task<ChangeOutcome>> change) => new Turn<ClaimOutcome>.Write(change, won => new ClaimOutcome.Done(won.Approval!));
}
