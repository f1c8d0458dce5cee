using Archiver.Lambdas.Contracts;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Cloud;
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

    /// <summary>The run no longer waits; <see cref="Approval.Closing"/> says why.</summary>
    public sealed record NoLongerWaiting(Approval Approval) : DecisionOutcome;

    /// <summary>There is no such approval.</summary>
    public sealed record Unknown : DecisionOutcome;
}

/// <summary>How taking a decision back went.</summary>
internal abstract record UndoOutcome
{
    private UndoOutcome() { }

    /// <summary>The approval waits again.</summary>
    public sealed record Undone(Approval Approval) : UndoOutcome;

    /// <summary>The decision was on its way or delivered already.</summary>
    public sealed record TooLate(Approval Approval) : UndoOutcome;

    /// <summary>The decision is another reviewer's.</summary>
    public sealed record NotYours(Approval Approval) : UndoOutcome;

    /// <summary>There is no such approval.</summary>
    public sealed record Unknown : UndoOutcome;
}

/// <summary>Decides on approvals: one conditional write settles it, and the delivery to the run follows when it can't be taken back any more.</summary>
internal sealed class ApprovalDecisions(
    ApprovalsStore store, ApprovalsFeed feed, DeliverySchedule deliveries, DoubtfulWrites doubtful, IOptions<ApprovalsOptions> options, TimeProvider time)
{
    /// <summary>The longest comment, in characters.</summary>
    public const int LongestComment = 2000;

    /// <summary>Approves or denies.</summary>
    /// <param name="permit">Who decides, and that they may.</param>
    /// <param name="seen">The approval as the reviewer had it in front of them.</param>
    /// <param name="approved">What they decided.</param>
    /// <param name="comment">Why; required for a denial.</param>
    /// <exception cref="ArgumentException">A denial without a comment, or a comment that is too long.</exception>
    public async Task<DecisionOutcome> DecideAsync(Permit permit, Approval seen, bool approved, string? comment, CancellationToken cancellationToken)
    {
        permit.Demand(Operation.Decide);
        if (!approved) ArgumentException.ThrowIfNullOrWhiteSpace(comment);
        if (comment?.Length > LongestComment) throw new ArgumentException($"A comment has {LongestComment} characters at most.", nameof(comment));

        Decision decision = new() { Approved = approved, Reviewer = permit.Person.Name, Comment = comment, DecidedAt = time.GetUtcNow() };
        ChangeOutcome change = await WriteAsync(seen.Id, () => store.DecideAsync(seen.Id, seen.Version, decision, cancellationToken));
        if (change.Approval is not { } approval) return new DecisionOutcome.Unknown();

        TimeSpan undo = options.Value.Undo;
        if (change.Won) deliveries.Add(new DueDelivery(approval, change.TaskToken), approval.Status == ApprovalStatus.Decided ? undo : TimeSpan.Zero);
        feed.Publish(approval);
        if (change.Won) return new DecisionOutcome.Accepted(approval, undo);
        return approval.Status switch
        {
            ApprovalStatus.Closed => new DecisionOutcome.NoLongerWaiting(approval),
            ApprovalStatus.Pending => new DecisionOutcome.Changed(approval),
            _ => new DecisionOutcome.AlreadyDecided(approval),
        };
    }

    /// <summary>Takes a decision back before it is sent. Only the reviewer who decided can.</summary>
    /// <param name="permit">Who takes it back.</param>
    /// <param name="decided">The approval as it was decided.</param>
    public async Task<UndoOutcome> UndoAsync(Permit permit, Approval decided, CancellationToken cancellationToken)
    {
        permit.Demand(Operation.UndoDecision);
        string reviewer = permit.Person.Name;
        if (decided.Decision?.Reviewer != reviewer) return new UndoOutcome.NotYours(decided);
        ChangeOutcome change = await WriteAsync(decided.Id, () => store.UndoAsync(decided.Id, decided.Version, reviewer, cancellationToken));
        if (change.Approval is not { } approval) return new UndoOutcome.Unknown();
        feed.Publish(approval);
        // It waits again also where an earlier call got through whose answer was lost.
        return change.Won || approval.Status == ApprovalStatus.Pending ? new UndoOutcome.Undone(approval) : new UndoOutcome.TooLate(approval);
    }

    // Whoever gave the command is told that there was no answer; what came of it is found out without them.
    private async Task<ChangeOutcome> WriteAsync(string id, Func<Task<ChangeOutcome>> write)
    {
        try
        {
            return await write();
        }
        catch (Exception exception) when (CloudFailure.Is(exception))
        {
            doubtful.Add(id);
            throw;
        }
    }
}
