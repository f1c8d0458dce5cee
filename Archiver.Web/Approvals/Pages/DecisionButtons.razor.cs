using Archiver.Web.Approvals.FourEyes;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Identity;
using Archiver.Web.Identity.Access;
using Archiver.Web.Shell;
using Archiver.Web.Shell.Commands;
using Archiver.Web.Shell.Display;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using static Archiver.Web.Approvals.ApprovalsWords;

namespace Archiver.Web.Approvals.Pages;

/// <summary>
/// What a person can do about a waiting approval: approve, one click; deny, with a reason; say that they are on it. Where something is not
/// theirs to do, it says why instead. Used by the list and by the approval's own page; what holds is what the table says at the click.
/// </summary>
public sealed partial class DecisionButtons : IDisposable
{
    private IDisposable? _ticks;
    private ApprovalClaim? _claim;

    /// <summary>The approval as the reviewer sees it: what they decide on.</summary>
    [Parameter, EditorRequired] public required Approval Approval { get; set; }

    /// <summary>Whether they stand in a row of the list, which brings the keyboard to them only where it is.</summary>
    [Parameter] public bool InList { get; set; }

    /// <summary>Whether the file's name beside them says what they are about.</summary>
    [Parameter] public bool IsNamed { get; set; }

    [Inject] private DecisionCommands Decisions { get; set; } = null!;

    [Inject] private ClaimCommands Claims { get; set; } = null!;

    [Inject] private CommandExecutor Commands { get; set; } = null!;

    [Inject] private IDialogService Dialogs { get; set; } = null!;

    [Inject] private FourEyesRules Rules { get; set; } = null!;

    [Inject] private Caller Caller { get; set; } = null!;

    [Inject] private ViewerTime Viewer { get; set; } = null!;

    [Inject] private SecondTicker Ticker { get; set; } = null!;

    [Inject] private TimeProvider Time { get; set; } = null!;

    private string? Tab => InList ? "-1" : null;

    private bool IsUnderWay => Commands.IsUnderWay(DecisionCommands.Name(Approval));

    private string Me => Caller.Person?.Id ?? "";

    private bool IsMine => _claim?.PersonId == Me;

    private bool IsStarterBarred => Rules.IsStarterBarred(Approval, Me);

    private bool HasApproved => Approval.Votes.Any(vote => vote.PersonId == Me);

    /// <inheritdoc/>
    public void Dispose()
    {
        Caller.Changed -= Show;
        _ticks?.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnInitialized() => Caller.Changed += Show;

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        _claim = Rules.InForce(Approval, Time.GetUtcNow());
        _ticks?.Dispose();
        // A claim lapses while it is looked at.
        _ticks = _claim is not null && Rules.LapsesAt(_claim) is not null ? Ticker.Subscribe(() => _ = InvokeAsync(Tick)) : null;
    }

    private void Tick()
    {
        if (_claim is null || Rules.InForce(Approval, Time.GetUtcNow()) is not null) return;
        _claim = null;
        StateHasChanged();
    }

    private void Show() => _ = InvokeAsync(StateHasChanged);

    private string? Label(string brief, string full) => IsNamed ? brief : full;

    // Why there are no buttons, how far it is, and who is on it.
    private string Note()
    {
        string? why = !Caller.May(Operation.Decide) ? null : IsStarterBarred ? L["You started this run: somebody else decides"] : HasApproved ? L["You approved"] : null;
        string? claim = _claim is null ? null : FourEyesText.Claim(_claim, Me, Viewer);
        return string.Join(" · ", ((string?[])[why, FourEyesText.Votes(Approval, Rules), claim]).OfType<string>());
    }

    private async Task DenyAsync()
    {
        Approval seen = Approval;
        DialogParameters<DenyDialog> parameters = new() { { dialog => dialog.Name, seen.Name } };
        IDialogReference dialog = await Dialogs.ShowAsync<DenyDialog>(L["Deny {0}", seen.Name], parameters);
        if (await dialog.Result is { Canceled: false, Data: string reason }) await Decisions.DecideAsync(seen, false, reason);
    }

    private async Task ReassignAsync()
    {
        Approval seen = Approval;
        DialogParameters<ReassignDialog> parameters = new() { { dialog => dialog.Approval, seen } };
        IDialogReference dialog = await Dialogs.ShowAsync<ReassignDialog>(L["Reassign {0}", seen.Name], parameters);
        if (await dialog.Result is { Canceled: false, Data: string to }) await Claims.ReassignAsync(seen, to.Length == 0 ? null : to);
    }

    private async Task ApproveAsync() => await Decisions.DecideAsync(Approval, true, null);

    private async Task UndoAsync() => await Decisions.UndoAsync(Approval);

    private async Task ClaimAsync() => await Claims.ClaimAsync(Approval);

    private async Task ReleaseAsync() => await Claims.ReleaseAsync(Approval);
}
