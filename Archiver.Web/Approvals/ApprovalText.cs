using Archiver.Lambdas.Contracts;
using Archiver.Web.Approvals.Decisions;
using Archiver.Web.Approvals.FourEyes;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Shell;
using Archiver.Web.Shell.Commands;
using Archiver.Web.Shell.Display;
using MudBlazor;
using static Archiver.Web.Approvals.ApprovalsWords;

namespace Archiver.Web.Approvals;

/// <summary>What an approval's state is called, and how it looks.</summary>
internal static class ApprovalText
{
    /// <summary>Where an approval stands.</summary>
    public static StatusDisplay Status(Approval approval) => approval switch
    {
        { Status: ApprovalStatus.Pending } => new(L["Waiting"], Icons.Material.Outlined.HourglassEmpty, Color.Primary),
        { Status: ApprovalStatus.Closed } => Closed(approval.Closing?.Reason),
        { Decision.Approved: true } => new(L["Approved"], Icons.Material.Outlined.CheckCircle, Color.Success),
        _ => new(L["Denied"], Icons.Material.Outlined.Block, Color.Warning),
    };

    // None of these is red: nothing is wrong with a run that went its way.
    private static StatusDisplay Closed(ClosedReason? reason) => reason switch
    {
        ClosedReason.AnsweredElsewhere => new(L["Answered elsewhere"], Icons.Material.Outlined.Terminal, Color.Secondary),
        ClosedReason.TimedOut => new(L["Time ran out"], Icons.Material.Outlined.TimerOff, Color.Secondary),
        ClosedReason.Superseded => new(L["Asked again"], Icons.Material.Outlined.Replay, Color.Secondary),
        ClosedReason.RunStopped => new(L["Run stopped"], Icons.Material.Outlined.StopCircle, Color.Secondary),
        ClosedReason.RunFailed => new(L["Run failed"], Icons.Material.Outlined.HeartBroken, Color.Secondary),
        ClosedReason.RunTimedOut => new(L["Run timed out"], Icons.Material.Outlined.TimerOff, Color.Secondary),
        ClosedReason.RunEnded => new(L["Run went on"], Icons.Material.Outlined.SkipNext, Color.Secondary),
        ClosedReason.RunGone => new(L["Run is gone"], Icons.Material.Outlined.Delete, Color.Secondary),
        ClosedReason.TokenUnknown => new(L["Unknown to the workflow"], Icons.Material.Outlined.QuestionMark, Color.Secondary),
        _ => new(L["No longer waiting"], Icons.Material.Outlined.EventBusy, Color.Secondary),
    };

    /// <summary>What the workflow recommends; a word of another machine is shown as it came.</summary>
    public static StatusDisplay Recommendation(string? recommendation) => recommendation switch
    {
        ResultAction.Archived => new(L["Archive"], Icons.Material.Outlined.Inventory2, Color.Success),
        ResultAction.QualityFail => new(L["Reject: quality"], Icons.Material.Outlined.TrendingDown, Color.Warning),
        ResultAction.Unarchivable => new(L["Reject: not archivable"], Icons.Material.Outlined.DoNotDisturb, Color.Warning),
        null => new(L["None"], Icons.Material.Outlined.Remove, Color.Secondary),
        _ => new(recommendation, Icons.Material.Outlined.Info, Color.Secondary),
    };

    /// <summary>How an approval was settled, a sentence.</summary>
    public static string Settled(Approval approval, ViewerTime viewer)
    {
        if (approval.Status == ApprovalStatus.Closed)
        {
            string closed = approval.Closing is { } closing ? ClosingText.At(closing, viewer.TimeOfDay) : L["The run no longer waits."];
            return approval.Decision is null ? closed : $"{closed} {L["The decision did not reach it: {0}", Decided(approval, viewer)]}";
        }
        return Decided(approval, viewer);
    }

    private static string Decided(Approval approval, ViewerTime viewer)
    {
        string? by = approval.Decision?.Reviewer is { Length: > 0 } reviewer ? reviewer : null;
        string? at = approval.Decision?.DecidedAt is { } decidedAt ? viewer.TimeOfDay(decidedAt) : null;
        return (approval.Decision?.Approved == true, by is not null, at is not null) switch
        {
            (true, true, true) => L["Approved by {0} at {1}.", by, at],
            (true, true, false) => L["Approved by {0}.", by],
            (true, false, true) => L["Approved at {0}.", at],
            (true, false, false) => L["Approved."],
            (false, true, true) => L["Denied by {0} at {1}.", by, at],
            (false, true, false) => L["Denied by {0}.", by],
            (false, false, true) => L["Denied at {0}.", at],
            (false, false, false) => L["Denied."],
        };
    }

    /// <summary>What a reviewer is told of the decision they gave.</summary>
    public static CommandResult Outcome(Approval seen, bool approved, DecisionOutcome outcome, ViewerTime viewer) => outcome switch
    {
        DecisionOutcome.Accepted => CommandResult.Done(() => approved ? L["Approved {0}.", seen.Name] : L["Denied {0}.", seen.Name]),
        DecisionOutcome.AlreadyDecided already => CommandResult.Note(() => L["{0} was decided before you. {1}", seen.Name, Settled(already.Approval, viewer)]),
        DecisionOutcome.NoLongerWaiting closed => CommandResult.Note(() => L["{0} is no longer waiting. {1}", seen.Name, Settled(closed.Approval, viewer)]),
        DecisionOutcome.Endorsed { Approval.Status: ApprovalStatus.Pending } endorsed =>
            CommandResult.Done(() => L["Approved {0}. {1}", seen.Name, FourEyesText.Endorsed(endorsed.Count, endorsed.Needed)]),
        DecisionOutcome.Endorsed endorsed => CommandResult.Done(() => L["Approved {0}, and it is settled by now. {1}", seen.Name, Settled(endorsed.Approval, viewer)]),
        DecisionOutcome.ApprovedBefore before => CommandResult.Note(() => L["You approved {0} already. {1}", seen.Name, FourEyesText.Endorsed(before.Count, before.Needed)]),
        DecisionOutcome.Barred barred => CommandResult.Note(() => FourEyesText.Why(seen, barred.Bar, viewer)),
        DecisionOutcome.Busy => CommandResult.Note(() => L["Many people were at {0} at once. Try again.", seen.Name]),
        DecisionOutcome.Changed => CommandResult.Note(() => L["{0} was decided and waits again since you looked. Look once more, then decide.", seen.Name]),
        DecisionOutcome.Unknown => CommandResult.Note(() => L["{0} is not in the inbox any more.", seen.Name]),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };

    /// <summary>What a reviewer is told who takes a decision back.</summary>
    public static CommandResult Outcome(Approval decided, UndoOutcome outcome, ViewerTime viewer) => outcome switch
    {
        UndoOutcome.Undone when decided.Status == ApprovalStatus.Pending => CommandResult.Done(() => L["Taken back: your approval of {0} does not count any more.", decided.Name]),
        UndoOutcome.Undone => CommandResult.Done(() => L["Taken back: {0} waits again.", decided.Name]),
        UndoOutcome.TooLate late => CommandResult.Note(() => L["{0} can't be taken back any more. {1}", decided.Name, Settled(late.Approval, viewer)]),
        UndoOutcome.NotYours other => CommandResult.Note(() => other.Approval.Status == ApprovalStatus.Pending
            ? L["Only who decided on {0} can take it back.", decided.Name]
            : L["Only who decided on {0} can take it back. {1}", decided.Name, Settled(other.Approval, viewer)]),
        UndoOutcome.Busy => CommandResult.Note(() => L["Many people were at {0} at once. Try again.", decided.Name]),
        UndoOutcome.Unknown => CommandResult.Note(() => L["{0} is not in the inbox any more.", decided.Name]),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };
}
