using System.Text.RegularExpressions;
using Archiver.Web.Audit.Chain;
using Archiver.Web.Results;
using Archiver.Web.Shell.Display;
using MudBlazor;
using static Archiver.Web.Audit.AuditWords;

namespace Archiver.Web.Audit.Pages;

/// <summary>How an entry of the trail reads and looks.</summary>
internal static partial class AuditDisplay
{
    /// <summary>An operation in words; one that this version does not know by its name, apart.</summary>
    public static string Operation(string name) => name switch
    {
        nameof(Identity.Access.Operation.Decide) => L["Decide"],
        nameof(Identity.Access.Operation.UndoDecision) => L["Take a decision back"],
        nameof(Identity.Access.Operation.ClaimApproval) => L["Claim an approval"],
        nameof(Identity.Access.Operation.ReassignApproval) => L["Reassign an approval"],
        nameof(Identity.Access.Operation.ExportApproval) => L["Export an approval"],
        nameof(Identity.Access.Operation.DownloadFile) => L["Download a file"],
        nameof(Identity.Access.Operation.PreviewFile) => L["Preview a file"],
        nameof(Identity.Access.Operation.IssueApiToken) => L["Issue an API token"],
        nameof(Identity.Access.Operation.SendBackDeadLetters) => L["Send dead letters back"],
        nameof(Identity.Access.Operation.UploadFile) => L["Upload a file"],
        nameof(Identity.Access.Operation.StartRun) => L["Start a run"],
        nameof(Identity.Access.Operation.StopRun) => L["Stop a run"],
        nameof(Identity.Access.Operation.RedriveRun) => L["Redrive a run"],
        nameof(Identity.Access.Operation.ExportResults) => L["Export results"],
        nameof(Identity.Access.Operation.ClearResults) => L["Clear results"],
        nameof(Identity.Access.Operation.ReadAudit) => L["Read the audit trail"],
        nameof(Identity.Access.Operation.ExportAudit) => L["Export the audit trail"],
        nameof(Identity.Access.Operation.SignIn) => L["Sign in"],
        nameof(Identity.Access.Operation.SignOut) => L["Sign out"],
        nameof(Identity.Access.Operation.ActAs) => L["Act as somebody else"],
        _ => Apart(name),
    };

    /// <summary>What is told of an attempt; a phase that this version does not know by its name, apart.</summary>
    public static StatusDisplay Phase(string name) => name switch
    {
        nameof(AuditPhase.Attempted) => new(L["Attempted"], Icons.Material.Outlined.PlayArrow, Color.Secondary),
        nameof(AuditPhase.Refused) => new(L["Refused"], Icons.Material.Outlined.Block, Color.Warning),
        nameof(AuditPhase.Done) => new(L["Done"], Icons.Material.Outlined.CheckCircle, Color.Success),
        nameof(AuditPhase.NotDone) => new(L["Not done"], Icons.Material.Outlined.DoNotDisturb, Color.Secondary),
        nameof(AuditPhase.Failed) => new(L["Failed"], Icons.Material.Outlined.ErrorOutline, Color.Error),
        _ => new(Apart(name), Icons.Material.Outlined.HelpOutline, Color.Secondary),
    };

    /// <summary>A role in words; one that this version does not know, by its name.</summary>
    public static string Role(string name) => name switch
    {
        nameof(Identity.Access.Role.Viewer) => L["Viewer"],
        nameof(Identity.Access.Role.Reviewer) => L["Reviewer"],
        nameof(Identity.Access.Role.Operator) => L["Operator"],
        _ => name,
    };

    /// <summary>What kind of thing it was done to, in words; one that this version does not know, by its name.</summary>
    public static string Kind(AuditSubject on) => on.Kind switch
    {
        "address" => L["address"],
        "approval" => L["approval"],
        "audit" => L["the trail"],
        "dead letter" => L["dead letter"],
        "dead letters" => L["dead letters"],
        "file" => L["file"],
        "person" => L["a person"],
        "result" => L["result"],
        "results" => L["results"],
        "run" => L["run"],
        "runs" => L["runs"],
        "session" => L["session"],
        "token" => L["token"],
        _ => on.Kind,
    };

    /// <summary>What it was done to, by the best name that there is.</summary>
    public static string Subject(AuditSubject on) => on.Name is { Length: > 0 } name ? name : on.Id;

    /// <summary>The page of what it was done to; nothing where it has none.</summary>
    public static string? Link(AuditSubject on) => on switch
    {
        { Kind: "approval", Id.Length: > 0 } => $"/approvals/{Uri.EscapeDataString(on.Id)}",
        { Kind: "result", Id.Length: > 0 } => ResultLinks.Page(on.Id),
        { Kind: "run", Name: { Length: > 0 } run } when on.Id.EndsWith($":{run}", StringComparison.Ordinal) => $"/runs/{Uri.EscapeDataString(run)}",
        _ => null,
    };

    /// <summary>Who it was.</summary>
    public static string Person(AuditRecord record) => record switch
    {
        { PersonName.Length: > 0 } => record.PersonName,
        { PersonId.Length: > 0 } => record.PersonId,
        _ => L["Nobody known"],
    };

    // SendBackDeadLetters: Send back dead letters.
    private static string Apart(string name)
    {
        string words = Capital().Replace(name, match => $" {match.Value.ToLowerInvariant()}");
        return words.Length > 1 ? char.ToUpperInvariant(words[0]) + words[1..] : name;
    }

    [GeneratedRegex("(?<!^)[A-Z]", RegexOptions.CultureInvariant)]
    private static partial Regex Capital();
}
