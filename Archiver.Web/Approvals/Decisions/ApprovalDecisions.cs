using System.Globalization;
using Archiver.Lambdas.Contracts;
using Archiver.Web.Approvals.FourEyes;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Identity;
using Archiver.Web.Identity.Access;
using Microsoft.Extensions.Options;

namespace Archiver.Web.Approvals.Decisions;

/// <summary>How a decision went.</summary>
internal abstract record DecisionOutcome
{
    private DecisionOutcome() { }

    /// <summary>It stands, and is on its way to the run.</summary>
    /// <param name="Approval">The approval as decided.</param>
    /// <param name="Undo">For how long it can be taken back; zero where it can't.</param>
    public sealed record Accepted(Approval Approval, TimeSpan Undo) : DecisionOutcome;

    /// <summary>Somebody decided before; <see cref="Approval.Decision"/> of the row says who, what and when.</summary>
    public sealed record AlreadyDecided(Approval Approval) : DecisionOutcome;

    /// <summary>The approval is not what the reviewer had in front of them any more: it waits again after a decision that was taken back.</summary>
    public sealed record Changed(Approval Approval) : DecisionOutcome;

    /// <summary>The approval counts, and it takes more of them.</summary>
    /// <param name="Approval">The approval as it stands.</param>
    /// <param name="Count">How many have approved.</param>
    /// <param name="Needed">How many different people have to.</param>
    public sealed record Endorsed(Approval Approval, int Count, int Needed) : DecisionOutcome;

    /// <summary>The person approved before, and it takes somebody else.</summary>
    /// <param name="Approval">The approval as it stands.</param>
    /// <param name="Count">How many have approved.</param>
    /// <param name="Needed">How many different people have to.</param>
    public sealed record ApprovedBefore(Approval Approval, int Count, int Needed) : DecisionOutcome;

    /// <summary>It is not this person's to decide.</summary>
    public sealed record Barred(Approval Approval, Bar Bar) : DecisionOutcome;

    /// <summary>So many were at it at once that this one did not get a turn; it waits still.</summary>
    public sealed record Busy(Approval Approval) : DecisionOutcome;

    /// <summary>The run no longer waits; <see cref="Approval.Closing"/> says why.</summary>
    public sealed record NoLongerWaiting(Approval Approval) : DecisionOutcome;

    /// <summary>There is no such approval.</summary>
    public sealed record Unknown : DecisionOutcome;
}

/// <summary>How taking a decision back went.</summary>
internal abstract record UndoOutcome
{
    private UndoOutcome() { }

    /// <summary>The approval waits again, or goes on waiting without this person's vote.</summary>
    public sealed record Undone(Approval Approval) : UndoOutcome;

    /// <summary>The decision was on its way or delivered already.</summary>
    public sealed record TooLate(Approval Approval) : UndoOutcome;

    /// <summary>There is nothing of this person's to take back.</summary>
    public sealed record NotYours(Approval Approval) : UndoOutcome;

    /// <summary>So many were at it at once that this one did not get a turn.</summary>
    public sealed record Busy(Approval Approval) : UndoOutcome;

    /// <summary>There is no such approval.</summary>
    public sealed record Unknown : UndoOutcome;
}

/// <summary>
/// Decides on approvals, by the rules of four eyes: one conditional write settles it, and the delivery to the run follows when it can't be
/// taken back any more. The rules are held against the very version of the row that is written on, so that they hold on every replica.
/// </summary>
internal sealed class ApprovalDecisions(RowTurn rows, ApprovalsStore store, FourEyesRules rules, DeliverySchedule deliveries, IOptions<ApprovalsOptions> options, TimeProvider time)
{
    /// <summary>The longest comment, in characters.</summary>
    public const int LongestComment = 2000;

    /// <summary>Approves or denies. A denial settles it; an approval does when enough different people gave theirs.</summary>
    /// <param name="permit">Who decides, and that they may.</param>
    /// <param name="seen">The approval as the reviewer had it in front of them. Other people's votes and claims may have come since; a decision that was taken back may not.</param>
    /// <param name="approved">What they decided.</param>
    /// <param name="comment">Why; required for a denial.</param>
    /// <exception cref="ArgumentException">A denial without a comment, or a comment that is too long.</exception>
    public Task<DecisionOutcome> DecideAsync(Permit permit, Approval seen, bool approved, string? comment, CancellationToken cancellationToken)
    {
        permit.Demand(Operation.Decide);
        if (!approved) ArgumentException.ThrowIfNullOrWhiteSpace(comment);
        if (comment?.Length > LongestComment) throw new ArgumentException($"A comment has {LongestComment} characters at most.", nameof(comment));

        return rows.TakeAsync<DecisionOutcome>(
            seen,
            current =>
            {
                DateTimeOffset now = time.GetUtcNow();
                Vote vote = new(permit.Person.Id, permit.Person.Name, now, comment);
                if (Refusal(current, seen, vote.PersonId, now) is { } refusal) return new Turn<DecisionOutcome>.Tell(refusal);
                return approved ? Approve(current, vote, cancellationToken) : Settle(
                    current,
                    new Settlement(new Decision { Approved = false, Reviewer = vote.Name, Comment = comment, DecidedAt = now }, vote, comment),
                    cancellationToken);
            },
            new DecisionOutcome.Unknown(), current => new DecisionOutcome.Busy(current), cancellationToken);
    }

    /// <summary>Takes a decision back before it is sent, or a vote while more are waited for. Only whose it is can.</summary>
    /// <param name="permit">Who takes it back.</param>
    /// <param name="given">The approval as it was decided or voted on.</param>
    public Task<UndoOutcome> UndoAsync(Permit permit, Approval given, CancellationToken cancellationToken)
    {
        permit.Demand(Operation.UndoDecision);
        return rows.TakeAsync(
            given, current => given.Status == ApprovalStatus.Pending ? Withdraw(permit.Person, given, current, cancellationToken) : Undo(permit.Person, given, current, cancellationToken),
            new UndoOutcome.Unknown(), current => new UndoOutcome.Busy(current), cancellationToken);
    }

    private DecisionOutcome? Refusal(Approval current, Approval seen, string personId, DateTimeOffset now) => current.Status switch
    {
        ApprovalStatus.Closed => new DecisionOutcome.NoLongerWaiting(current),
        not ApprovalStatus.Pending => new DecisionOutcome.AlreadyDecided(current),
        _ when current.Reopened != seen.Reopened => new DecisionOutcome.Changed(current),
        _ => rules.BarFor(current, personId, now) is { } bar ? new DecisionOutcome.Barred(current, bar) : null,
    };

    private Turn<DecisionOutcome> Approve(Approval current, Vote vote, CancellationToken cancellationToken)
    {
        int needed = rules.Needed(current);
        Vote? before = current.Votes.FirstOrDefault(one => one.PersonId == vote.PersonId);
        IReadOnlyList<Vote> counted = rules.Counted(current, before is null ? [.. current.Votes, vote] : current.Votes);
        if (counted.Count >= needed)
        {
            // Whose vote is there already gets here only when the rules ask for fewer than they did: their first word stands.
            Vote last = before ?? vote;
            return Settle(current, new Settlement(Approvers.Decide(counted, vote.At, LongestComment), last, Detail(counted.Count, needed, last.Comment)), cancellationToken);
        }
        if (before is not null) return new Turn<DecisionOutcome>.Tell(new DecisionOutcome.ApprovedBefore(current, counted.Count, needed));
        return new Turn<DecisionOutcome>.Write(
            () => store.EndorseAsync(current, vote, Detail(counted.Count, needed, vote.Comment)!, cancellationToken),
            change => new DecisionOutcome.Endorsed(change.Approval!, rules.Counted(change.Approval!, change.Approval!.Votes).Count, needed));
    }

    private Turn<DecisionOutcome> Settle(Approval current, Settlement settlement, CancellationToken cancellationToken) => new Turn<DecisionOutcome>.Write(
        () => store.DecideAsync(current, settlement, cancellationToken),
        change =>
        {
            TimeSpan undo = options.Value.Undo;
            deliveries.Add(new DueDelivery(change.Approval!, change.TaskToken), change.Approval!.Status == ApprovalStatus.Decided ? undo : TimeSpan.Zero);
            return new DecisionOutcome.Accepted(change.Approval, undo);
        });

    private Turn<UndoOutcome> Withdraw(Person person, Approval given, Approval current, CancellationToken cancellationToken)
    {
        bool isThere = Has(current, person.Id);
        if (!isThere && !Has(given, person.Id)) return new Turn<UndoOutcome>.Tell(new UndoOutcome.NotYours(current));
        if (current.Status != ApprovalStatus.Pending) return new Turn<UndoOutcome>.Tell(new UndoOutcome.TooLate(current));
        // It is gone also where an earlier call got through whose answer was lost.
        return isThere
            ? new Turn<UndoOutcome>.Write(() => store.WithdrawAsync(current, person, cancellationToken), change => new UndoOutcome.Undone(change.Approval!))
            : new Turn<UndoOutcome>.Tell(new UndoOutcome.Undone(current));
    }

    private Turn<UndoOutcome> Undo(Person person, Approval given, Approval current, CancellationToken cancellationToken)
    {
        // Of the version that the person speaks of, the table says whose it is.
        string? reviewer = current.Version == given.Version ? current.ReviewerId : given.ReviewerId;
        if (reviewer != person.Id) return new Turn<UndoOutcome>.Tell(new UndoOutcome.NotYours(current));
        // It waits again also where an earlier call got through whose answer was lost.
        if (current.Status == ApprovalStatus.Pending) return new Turn<UndoOutcome>.Tell(new UndoOutcome.Undone(current));
        return current.Status == ApprovalStatus.Decided && current.Version == given.Version
            ? new Turn<UndoOutcome>.Write(() => store.UndoAsync(current, person, cancellationToken), change => new UndoOutcome.Undone(change.Approval!))
            : new Turn<UndoOutcome>.Tell(new UndoOutcome.TooLate(current));
    }

    private static bool Has(Approval approval, string personId) => approval.Votes.Any(vote => vote.PersonId == personId);

    // Of one who decides alone there is nothing to count.
    private static string? Detail(int count, int needed, string? comment)
    {
        if (needed == 1) return comment;
        string counted = string.Create(CultureInfo.InvariantCulture, $"{count} of {needed}");
        return comment is { Length: > 0 } ? $"{counted}: {comment}" : counted;
    }
}
