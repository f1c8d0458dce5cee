using System.Globalization;
using Archiver.Web.Approvals.FourEyes;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Identity;
using Archiver.Web.Shell.Display;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using static Archiver.Web.Approvals.ApprovalsWords;

namespace Archiver.Web.Approvals.Bulk;

/// <summary>Asks what is to be decided on many, and shows what would happen. What it shows is what is decided on, whatever comes in between.</summary>
public sealed partial class BulkChoice
{
    /// <summary>Up to so many are decided on at one click; for more, the number is to be typed.</summary>
    internal const int Unasked = 25;

    private const int ShownNames = 50;

    private MudForm _form = null!;
    private BulkPreview _preview = null!;
    private string _reason = "";
    private string _typed = "";

    /// <summary>What the reviewer chose.</summary>
    [Parameter, EditorRequired] public required IReadOnlyList<Approval> Approvals { get; set; }

    /// <summary>Told when it is decided; <see cref="BulkRuns.Current"/> is what then begins.</summary>
    [Parameter] public EventCallback OnDecided { get; set; }

    /// <summary>Told when it comes to another number, or to another decision.</summary>
    [Parameter] public EventCallback OnChanged { get; set; }

    [Inject] private BulkRuns Runs { get; set; } = null!;

    [Inject] private ApprovalsFeed Feed { get; set; } = null!;

    [Inject] private FourEyesRules Rules { get; set; } = null!;

    [Inject] private Caller Caller { get; set; } = null!;

    [Inject] private TimeProvider Time { get; set; } = null!;

    /// <summary>Whether they are to be approved.</summary>
    internal bool Approved { get; private set; } = true;

    /// <summary>How many it comes to.</summary>
    internal int Count => _preview.Included.Count;

    /// <summary>Decides, where all is said that has to be.</summary>
    internal async Task DecideAsync()
    {
        await _form.ValidateAsync();
        if (!_form.IsValid) return;
        Runs.Create(_preview.Included, new BulkDecision(Approved, Approved ? null : _reason.Trim()));
        await OnDecided.InvokeAsync();
    }

    /// <inheritdoc/>
    protected override void OnInitialized() => Look();

    private Task Choose(bool approved)
    {
        Approved = approved;
        Look();
        return OnChanged.InvokeAsync();
    }

    private void Look() => _preview = BulkPreview.Of(Approvals, Approved, Caller.Person?.Id ?? "", Rules, Feed.Find, Time.GetUtcNow());

    // As it is written here, or as it is spoken: separators may be left out.
    private string? Check(string typed) => new string([.. (typed ?? "").Where(char.IsAsciiDigit)]) == _preview.Included.Count.ToString(CultureInfo.InvariantCulture)
        ? null
        : L["Type the number, so that it is not decided by mistake."];

    private string Files()
    {
        List<string> parts = [];
        if (_preview.Real > 0) parts.Add(L.Count(_preview.Real, "{0} real, {1}", "{0} real, {1}", FileSize.Text(_preview.Bytes)));
        if (_preview.Simulated > 0) parts.Add(L.Count(_preview.Simulated, "{0} simulated", "{0} simulated"));
        if (_preview.WithoutFile > 0) parts.Add(L.Count(_preview.WithoutFile, "{0} without a file", "{0} without a file"));
        return parts.Count == 0 ? "–" : string.Join(" · ", parts);
    }

    private static string Number(int number) => number.ToString("N0", CultureInfo.CurrentCulture);
}
