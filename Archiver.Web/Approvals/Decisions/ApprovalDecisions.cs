using System.Threading.Channels;
using Archiver.Lambdas.Contracts;
using Archiver.Web.Approvals.Inbox;

namespace Archiver.Web.Approvals.Decisions;

/// <summary>How a decision went.</summary>
internal abstract record DecisionOutcome
{
    private DecisionOutcome() { }

    /// <summary>It stands, and is on its way to the run.</summary>
    public sealed record Accepted(Approval Approval) : DecisionOutcome;

    /// <summary>Somebody decided before; <see cref="Approval.Decision"/> of the row says who, what and when.</summary>
    public sealed record AlreadyDecided(Approval Approval) : DecisionOutcome;

    /// <summary>The run no longer waits; <see cref="Approval.ClosedBecause"/> says why.</summary>
    public sealed record NoLongerWaiting(Approval Approval) : DecisionOutcome;

    /// <summary>There is no such approval.</summary>
    public sealed record Unknown : DecisionOutcome;
}

/// <summary>Decides on approvals: one conditional write settles it, and the delivery to the run follows.</summary>
internal sealed class ApprovalDecisions(ApprovalsStore store, ApprovalsFeed feed, DeliveryQueue deliveries, TimeProvider time)
{
    /// <summary>The longest comment, in characters.</summary>
    public const int LongestComment = 2000;

    /// <summary>Approves or denies.</summary>
    /// <param name="seen">The approval as the reviewer had it in front of them.</param>
    /// <param name="approved">What they decided.</param>
    /// <param name="reviewer">Who they are.</param>
    /// <param name="comment">Why; required for a denial.</param>
    /// <exception cref="ArgumentException">A denial without a comment, or a comment that is too long.</exception>
    public async Task<DecisionOutcome> DecideAsync(Approval seen, bool approved, string reviewer, string? comment, CancellationToken cancellationToken)
    {
        if (!approved) ArgumentException.ThrowIfNullOrWhiteSpace(comment);
        if (comment?.Length > LongestComment) throw new ArgumentException($"A comment has {LongestComment} characters at most.", nameof(comment));

        Decision decision = new() { Approved = approved, Reviewer = reviewer, Comment = comment, DecidedAt = time.GetUtcNow() };
        ChangeOutcome change = await store.DecideAsync(seen.Id, seen.Version, decision, cancellationToken);
        if (change.Approval is not { } approval) return new DecisionOutcome.Unknown();
        feed.Publish(approval);
        if (!change.Won) return approval.Status == ApprovalStatus.Closed ? new DecisionOutcome.NoLongerWaiting(approval) : new DecisionOutcome.AlreadyDecided(approval);
        deliveries.Add(approval);
        return new DecisionOutcome.Accepted(approval);
    }
}

/// <summary>The decisions that are on their way to their runs. A crash empties it; the table refills it.</summary>
internal sealed class DeliveryQueue
{
    private readonly Channel<Approval> _channel = Channel.CreateUnbounded<Approval>();

    public ChannelReader<Approval> Reader => _channel.Reader;

    public void Add(Approval approval) => _channel.Writer.TryWrite(approval);
}
