using Archiver.Web.Approvals.Decisions;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Cloud;
using Archiver.Web.Identity;
using Archiver.Web.Identity.Access;
using Archiver.Web.Shell;
using Archiver.Web.Shell.Commands;

namespace Archiver.Web.Approvals.Bulk;

/// <summary>
/// Decides on one of many through the same gate, rules and writes as a click on its button: the person's role is looked at each time, and
/// each attempt is on record with what came of it.
/// </summary>
internal sealed partial class BulkWork(
    CommandGate gate, ApprovalDecisions decisions, BulkPace pace, Caller caller, ViewerTime viewer, TimeProvider time, ILogger<BulkWork> logger) : IBulkWork
{
    /// <inheritdoc/>
    public Task WaitAsync(CancellationToken cancellationToken) => pace.WaitAsync(caller.Person?.Id ?? "", cancellationToken);

    /// <inheritdoc/>
    public async Task<BulkOutcome> DecideAsync(BulkItem item, BulkDecision decision)
    {
        Approval seen = item.Seen;
        bool isRetry = item.Outcome is { End: BulkEnd.Failed };
        try
        {
            GateOutcome<DecisionOutcome> outcome = await gate.RunAsync(
                Operation.Decide, ApprovalAudit.Subject(seen),
                permit => decisions.DecideAsync(permit, seen, decision.Approved, decision.Reason, CancellationToken.None),
                result => CommandExecutor.End(ApprovalText.Outcome(seen, decision.Approved, result, viewer)));
            return outcome switch
            {
                GateOutcome<DecisionOutcome>.Entered entered => Of(entered.Result, isRetry, decision),
                GateOutcome<DecisionOutcome>.Refused refused => new BulkOutcome(BulkEnd.Refused) { Problem = refused.Reason },
                GateOutcome<DecisionOutcome>.NotRecorded missing => new BulkOutcome(BulkEnd.Failed) { Problem = missing.Reason },
                _ => throw new System.Diagnostics.UnreachableException(),
            };
        }
        catch (Exception exception)
        {
            // Also where it is a bug of ours: it is one item's, and the others are not to be left without an outcome for it.
            LogFailed(logger, seen.Id, exception);
            return new BulkOutcome(BulkEnd.Failed) { Problem = CloudFailure.Is(exception) ? exception.Message : null };
        }
    }

    /// <inheritdoc/>
    public async Task<BulkOutcome> UndoAsync(BulkItem item, BulkOutcome outcome)
    {
        if (outcome.Now is not { } given) return outcome;
        try
        {
            GateOutcome<UndoOutcome> undone = await gate.RunAsync(
                Operation.UndoDecision, ApprovalAudit.Subject(given),
                permit => decisions.UndoAsync(permit, given, CancellationToken.None),
                result => CommandExecutor.End(ApprovalText.Outcome(given, result, viewer)));
            return undone switch
            {
                GateOutcome<UndoOutcome>.Entered { Result: UndoOutcome.Undone } => new BulkOutcome(BulkEnd.Undone),
                GateOutcome<UndoOutcome>.Entered entered => outcome with { UndoUntil = null, UndoProblem = ApprovalText.Outcome(given, entered.Result, viewer).Message },
                GateOutcome<UndoOutcome>.Refused refused => outcome with { UndoProblem = refused.Reason },
                GateOutcome<UndoOutcome>.NotRecorded missing => outcome with { UndoProblem = missing.Reason },
                _ => throw new System.Diagnostics.UnreachableException(),
            };
        }
        catch (Exception exception)
        {
            LogFailed(logger, given.Id, exception);
            return outcome with { UndoProblem = CloudFailure.Is(exception) ? exception.Message : null };
        }
    }

    private BulkOutcome Of(DecisionOutcome outcome, bool isRetry, BulkDecision decision) => outcome switch
    {
        DecisionOutcome.Accepted accepted => new BulkOutcome(BulkEnd.Decided) { Decision = outcome, UndoUntil = accepted.Undo > TimeSpan.Zero ? time.GetUtcNow() + accepted.Undo : null },
        DecisionOutcome.Endorsed => new BulkOutcome(BulkEnd.Counted) { Decision = outcome },
        // An earlier attempt got through, and only its answer was lost.
        DecisionOutcome.AlreadyDecided already when isRetry && IsOurs(already.Approval, decision) => new BulkOutcome(BulkEnd.Decided) { Decision = outcome },
        DecisionOutcome.ApprovedBefore when isRetry => new BulkOutcome(BulkEnd.Counted) { Decision = outcome },
        DecisionOutcome.AlreadyDecided => new BulkOutcome(BulkEnd.ByOther) { Decision = outcome },
        DecisionOutcome.Changed => new BulkOutcome(BulkEnd.Changed) { Decision = outcome },
        DecisionOutcome.NoLongerWaiting or DecisionOutcome.Unknown => new BulkOutcome(BulkEnd.Closed) { Decision = outcome },
        DecisionOutcome.Barred or DecisionOutcome.ApprovedBefore => new BulkOutcome(BulkEnd.Refused) { Decision = outcome },
        DecisionOutcome.Busy => new BulkOutcome(BulkEnd.Failed) { Decision = outcome },
        _ => throw new System.Diagnostics.UnreachableException(outcome.ToString()),
    };

    private bool IsOurs(Approval approval, BulkDecision decision) =>
        caller.Person is { } me && approval.Decision is { } made && made.Approved == decision.Approved
        && (approval.ReviewerId == me.Id || approval.Votes.Any(vote => vote.PersonId == me.Id));

    [LoggerMessage(Level = LogLevel.Warning, Message = "Approval {Id}, one of many, failed.")]
    private static partial void LogFailed(ILogger logger, string id, Exception exception);
}
