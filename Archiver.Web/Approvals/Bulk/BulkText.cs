using Archiver.Web.Approvals.Decisions;
using Archiver.Web.Shell;
using Archiver.Web.Shell.Display;
using MudBlazor;
using static Archiver.Web.Approvals.ApprovalsWords;

namespace Archiver.Web.Approvals.Bulk;

/// <summary>What decisions on many come to, in words.</summary>
internal static class BulkText
{
    /// <summary>What an item came to, as its row and its filter have it.</summary>
    /// <param name="end">What it came to.</param>
    /// <param name="approved">What was decided.</param>
    public static StatusDisplay Status(BulkEnd end, bool approved) => end switch
    {
        BulkEnd.Decided when approved => new(L["Approved"], Icons.Material.Outlined.CheckCircle, Color.Success),
        BulkEnd.Decided => new(L["Denied"], Icons.Material.Outlined.Block, Color.Warning),
        BulkEnd.Counted => new(L["Counted"], Icons.Material.Outlined.HowToVote, Color.Success),
        BulkEnd.Undone => new(L["Taken back"], Icons.Material.Outlined.Undo, Color.Secondary),
        BulkEnd.ByOther => new(L["Decided before"], Icons.Material.Outlined.PersonOutline, Color.Info),
        BulkEnd.Changed => new(L["Changed"], Icons.Material.Outlined.History, Color.Warning),
        BulkEnd.Closed => new(L["No longer waiting"], Icons.Material.Outlined.EventBusy, Color.Secondary),
        BulkEnd.Refused => new(L["Refused"], Icons.Material.Outlined.Lock, Color.Warning),
        BulkEnd.Failed => new(L["Failed"], Icons.Material.Outlined.ErrorOutline, Color.Error),
        _ => throw new ArgumentOutOfRangeException(nameof(end)),
    };

    /// <summary>What an untouched item is called.</summary>
    public static StatusDisplay Untouched => new(L["Not begun"], Icons.Material.Outlined.HourglassEmpty, Color.Secondary);

    /// <summary>What there is to say of an item beside that; nothing where it is all said.</summary>
    public static string? Detail(BulkItem item, bool approved, ViewerTime viewer)
    {
        if (item.Outcome is not { } outcome) return null;
        if (outcome.UndoProblem is { } undo) return undo;
        if (outcome.Problem is { } problem) return problem;
        return outcome.Decision switch
        {
            null when outcome.End == BulkEnd.Failed => L["Something went wrong here. Try again."],
            null or DecisionOutcome.Accepted => null,
            DecisionOutcome.AlreadyDecided already => ApprovalText.Settled(already.Approval, viewer),
            DecisionOutcome.NoLongerWaiting closed => ApprovalText.Settled(closed.Approval, viewer),
            DecisionOutcome decision => ApprovalText.Outcome(item.Seen, approved, decision, viewer).Message,
        };
    }

    /// <summary>Why some are left out, a sentence that says how many.</summary>
    public static string LeftOut(BulkLeftOut group) => group.Gap switch
    {
        BulkGap.Settled => L.Count(group.Approvals.Count, "{0} was settled since you looked.", "{0} were settled since you looked."),
        BulkGap.Changed => L.Count(
            group.Approvals.Count, "{0} was decided and waits again since you looked. Look once more, then decide.", "{0} were decided and wait again since you looked. Look once more, then decide."),
        BulkGap.Started => L.Count(group.Approvals.Count, "You started the run of {0}: somebody else has to decide on it.", "You started the runs of {0}: somebody else has to decide on them."),
        BulkGap.Claimed => L.Count(group.Approvals.Count, "Somebody else is on {0}.", "Other people are on {0}."),
        BulkGap.Approved => L.Count(group.Approvals.Count, "You approved {0} already: it takes somebody else.", "You approved {0} already: they take somebody else."),
        _ => throw new ArgumentOutOfRangeException(nameof(group)),
    };

    /// <summary>What a run is about, while it is and after.</summary>
    public static string Doing(BulkRun run, BulkProgress progress) => progress switch
    {
        { IsPaused: true } => L["Paused: {0:N0} of {1:N0}", progress.Done, progress.Total],
        { IsRunning: false } => L["Done: {0:N0} of {1:N0}", progress.Done, progress.Total],
        { Step: BulkStep.Undo } => L["Taking back: {0:N0} of {1:N0}", progress.Done, progress.Total],
        _ when run.Decision.Approved => L["Approving: {0:N0} of {1:N0}", progress.Done, progress.Total],
        _ => L["Denying: {0:N0} of {1:N0}", progress.Done, progress.Total],
    };
}
