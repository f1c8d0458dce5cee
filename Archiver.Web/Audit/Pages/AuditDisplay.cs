using System.Text.RegularExpressions;
using Archiver.Web.Audit.Chain;
using Archiver.Web.Results;
using Archiver.Web.Shell.Display;
using MudBlazor;

namespace Archiver.Web.Audit.Pages;

/// <summary>How an entry of the trail reads and looks.</summary>
internal static partial class AuditDisplay
{
    /// <summary>An operation in words; one that this version does not know by its name, apart.</summary>
    public static string Operation(string name) => name switch
    {
        nameof(Identity.Access.Operation.Decide) => "Decide",
        nameof(Identity.Access.Operation.UndoDecision) => "Take a decision back",
        nameof(Identity.Access.Operation.ClaimApproval) => "Claim an approval",
        nameof(Identity.Access.Operation.ReassignApproval) => "Reassign an approval",
        nameof(Identity.Access.Operation.ExportApproval) => "Export an approval",
        nameof(Identity.Access.Operation.DownloadFile) => "Download a file",
        nameof(Identity.Access.Operation.SendBackDeadLetters) => "Send dead letters back",
        nameof(Identity.Access.Operation.UploadFile) => "Upload a file",
        nameof(Identity.Access.Operation.StartRun) => "Start a run",
        nameof(Identity.Access.Operation.StopRun) => "Stop a run",
        nameof(Identity.Access.Operation.RedriveRun) => "Redrive a run",
        nameof(Identity.Access.Operation.ExportResults) => "Export results",
        nameof(Identity.Access.Operation.ClearResults) => "Clear results",
        nameof(Identity.Access.Operation.ReadAudit) => "Read the audit trail",
        nameof(Identity.Access.Operation.ExportAudit) => "Export the audit trail",
        nameof(Identity.Access.Operation.SignIn) => "Sign in",
        nameof(Identity.Access.Operation.SignOut) => "Sign out",
        nameof(Identity.Access.Operation.ActAs) => "Act as somebody else",
        _ => Apart(name),
    };

    /// <summary>What is told of an attempt; a phase that this version does not know by its name, apart.</summary>
    public static StatusDisplay Phase(string name) => name switch
    {
        nameof(AuditPhase.Attempted) => new("Attempted", Icons.Material.Outlined.PlayArrow, Color.Secondary),
        nameof(AuditPhase.Refused) => new("Refused", Icons.Material.Outlined.Block, Color.Warning),
        nameof(AuditPhase.Done) => new("Done", Icons.Material.Outlined.CheckCircle, Color.Success),
        nameof(AuditPhase.NotDone) => new("Not done", Icons.Material.Outlined.DoNotDisturb, Color.Secondary),
        nameof(AuditPhase.Failed) => new("Failed", Icons.Material.Outlined.ErrorOutline, Color.Error),
        _ => new(Apart(name), Icons.Material.Outlined.HelpOutline, Color.Secondary),
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
        _ => "Nobody known",
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
