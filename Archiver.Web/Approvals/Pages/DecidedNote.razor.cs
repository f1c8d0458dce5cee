using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Identity;
using Archiver.Web.Shell;
using Archiver.Web.Shell.Commands;
using Archiver.Web.Shell.Display;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using static Archiver.Web.Approvals.ApprovalsWords;

namespace Archiver.Web.Approvals.Pages;

/// <summary>
/// Says of a decision that it can still be taken back, and for how long. A time of deciding that can't be right is another replica's
/// clock; it is counted from when this page heard of it then. The table has the last word either way.
/// </summary>
public sealed partial class DecidedNote : IDisposable
{
    private IDisposable? _ticks;
    private DateTimeOffset _until;

    /// <summary>The approval as it was decided.</summary>
    [Parameter, EditorRequired] public required Approval Approval { get; set; }

    /// <summary>Whether it stands in a row of the list, which brings the keyboard to it only where it is.</summary>
    [Parameter] public bool InList { get; set; }

    /// <summary>Whether the way to take it back is elsewhere on the page.</summary>
    [Parameter] public bool IsBrief { get; set; }

    [Inject] private DecisionCommands Decisions { get; set; } = null!;

    [Inject] private CommandExecutor Commands { get; set; } = null!;

    [Inject] private Caller Person { get; set; } = null!;

    [Inject] private SecondTicker Ticker { get; set; } = null!;

    [Inject] private TimeProvider Time { get; set; } = null!;

    [Inject] private IOptions<ApprovalsOptions> Options { get; set; } = null!;

    [Inject] private ViewerTime Viewer { get; set; } = null!;

    private bool IsMine => Person.Person is { } me && Approval.ReviewerId == me.Id;

    private TimeSpan Left => _until - Time.GetUtcNow();

    /// <inheritdoc/>
    public void Dispose() => _ticks?.Dispose();

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        DateTimeOffset now = Time.GetUtcNow(), heard = now + Options.Value.Undo;
        DateTimeOffset told = (Approval.Decision?.DecidedAt ?? now) + Options.Value.Undo;
        _until = told > now && told <= heard ? told : heard;
        _ticks = Ticker.Subscribe(() => _ = InvokeAsync(StateHasChanged));
    }

    private string Text()
    {
        if (Left <= TimeSpan.Zero) return L["Is being sent."];
        string sent = L["Is sent in {0} s.", (int)Math.Ceiling(Left.TotalSeconds)];
        return IsMine ? sent : $"{ApprovalText.Settled(Approval, Viewer)} {sent}";
    }

    private async Task UndoAsync() => await Decisions.UndoAsync(Approval);
}
