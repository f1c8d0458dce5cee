using Archiver.Lambdas.Contracts;
using Archiver.Web.Approvals.Decisions;
using Archiver.Web.Approvals.FourEyes;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Shell;
using Archiver.Web.Shell.Commands;
using Archiver.Web.Shell.Display;
using MudBlazor;

namespace Archiver.Web.Approvals;

/// <summary>What an approval's state is called, and how it looks.</summary>
internal static class ApprovalText
{
    /// <summary>Where an approval stands.</summary>
    public static StatusDisplay Status(Approval approval) => approval switch
    {
        { Status: ApprovalStatus.Pending } => new("Waiting", Icons.Material.Outlined.HourglassEmpty, Color.Primary),
        { Status: ApprovalStatus.Closed } => Closed(approval.Closing?.Reason),
        { Decision.Approved: true } => new("Approved", Icons.Material.Outlined.CheckCircle, Color.Success),
        _ => new("Denied", Icons.Material.Outlined.Block, Color.Warning),
    };

    // None of these is red: nothing is wrong with a run that went its way.
    private static StatusDisplay Closed(ClosedReason? reason) => reason switch
    {
        ClosedReason.AnsweredElsewhere => new("Answered elsewhere", Icons.Material.Outlined.Terminal, Color.Secondary),
        ClosedReason.TimedOut => new("Time ran out", Icons.Material.Outlined.TimerOff, Color.Secondary),
        ClosedReason.Superseded => new("Asked again", Icons.Material.Outlined.Replay, Color.Secondary),
        ClosedReason.RunStopped => new("Run stopped", Icons.Material.Outlined.StopCircle, Color.Secondary),
        ClosedReason.RunFailed => new("Run failed", Icons.Material.Outlined.HeartBroken, Color.Secondary),
        ClosedReason.RunTimedOut => new("Run timed out", Icons.Material.Outlined.TimerOff, Color.Secondary),
        ClosedReason.RunEnded => new("Run went on", Icons.Material.Outlined.SkipNext, Color.Secondary),
        ClosedReason.RunGone => new("Run is gone", Icons.Material.Outlined.Delete, Color.Secondary),
        ClosedReason.TokenUnknown => new("Unknown to the workflow", Icons.Material.Outlined.QuestionMark, Color.Secondary),
        _ => new("No longer waiting", Icons.Material.Outlined.EventBusy, Color.Secondary),
    };

    /// <summary>What the workflow recommends; a word of another machine is shown as it came.</summary>
    public static StatusDisplay Recommendation(string? recommendation) => recommendation switch
    {
        ResultAction.Archived => new("Archive", Icons.Material.Outlined.Inventory2, Color.Success),
        ResultAction.QualityFail => new("Reject: quality", Icons.Material.Outlined.TrendingDown, Color.Warning),
        ResultAction.Unarchivable => new("Reject: not archivable", Icons.Material.Outlined.DoNotDisturb, Color.Warning),
        null => new("None", Icons.Material.Outlined.Remove, Color.Secondary),
        _ => new(recommendation, Icons.Material.Outlined.Info, Color.Secondary),
    };

    /// <summary>How an approval was settled, a sentence.</summary>
    public static string Settled(Approval approval, ViewerTime viewer)
    {
        if (approval.Status == ApprovalStatus.Closed)
        {
            string closed = approval.Closing is { } closing ? ClosingText.At(closing, viewer.TimeOfDay) : "The run no longer waits.";
            return approval.Decision is null ? closed : $"{closed} The decision did not reach it: {Decided(approval, viewer)}";
        }
        return Decided(approval, viewer);
    }

    private static string Decided(Approval approval, ViewerTime viewer)
    {
        string by = approval.Decision?.Reviewer is { Length: > 0 } reviewer ? $" by {reviewer}" : "";
        string at = approval.Decision?.DecidedAt is { } decidedAt ? $" at {viewer.TimeOfDay(decidedAt)}" : "";
        return $"{(approval.Decision?.Approved == true ? "Approved" : "Denied")}{by}{at}.";
    }

    /// <summary>What a reviewer is told of the decision they gave.</summary>
    public static CommandResult Outcome(Approval seen, bool approved, DecisionOutcome outcome, ViewerTime viewer) => outcome switch
    {
        DecisionOutcome.Accepted => CommandResult.Done($"{(approved ? "Approved" : "Denied")} {seen.Name}."),
        DecisionOutcome.AlreadyDecided already => CommandResult.Note($"{seen.Name} was decided before you. {Settled(already.Approval, viewer)}"),
        DecisionOutcome.NoLongerWaiting closed => CommandResult.Note($"{seen.Name} is no longer waiting. {Settled(closed.Approval, viewer)}"),
        DecisionOutcome.Endorsed { Approval.Status: ApprovalStatus.Pending } endorsed =>
            CommandResult.Done($"Approved {seen.Name}. {FourEyesText.Endorsed(endorsed.Count, endorsed.Needed)}"),
        DecisionOutcome.Endorsed endorsed => CommandResult.Done($"Approved {seen.Name}, and it is settled by now. {Settled(endorsed.Approval, viewer)}"),
        DecisionOutcome.ApprovedBefore before => CommandResult.Note($"You approved {seen.Name} already. {FourEyesText.Endorsed(before.Count, before.Needed)}"),
        DecisionOutcome.Barred barred => CommandResult.Note(FourEyesText.Why(seen, barred.Bar, viewer)),
        DecisionOutcome.Busy => CommandResult.Note($"Many people were at {seen.Name} at once. Try again."),
        DecisionOutcome.Changed => CommandResult.Note($"{seen.Name} was decided and waits again since you looked. Look once more, then decide."),
        DecisionOutcome.Unknown => CommandResult.Note($"{seen.Name} is not in the inbox any more."),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };

    /// <summary>What a reviewer is told who takes a decision back.</summary>
    public static CommandResult Outcome(Approval decided, UndoOutcome outcome, ViewerTime viewer) => outcome switch
    {
        UndoOutcome.Undone when decided.Status == ApprovalStatus.Pending => CommandResult.Done($"Taken back: your approval of {decided.Name} does not count any more."),
        UndoOutcome.Undone => CommandResult.Done($"Taken back: {decided.Name} waits again."),
        UndoOutcome.TooLate late => CommandResult.Note($"{decided.Name} can't be taken back any more. {Settled(late.Approval, viewer)}"),
        UndoOutcome.NotYours other => CommandResult.Note($"Only who decided on {decided.Name} can take it back.{(other.Approval.Status == ApprovalStatus.Pending ? "" : $" {Settled(other.Approval, viewer)}")}"),
        UndoOutcome.Busy => CommandResult.Note($"Many people were at {decided.Name} at once. Try again."),
        UndoOutcome.Unknown => CommandResult.Note($"{decided.Name} is not in the inbox any more."),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };
}
