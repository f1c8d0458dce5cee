using Archiver.Infra.LocalCloud.Stack;
using Archiver.Infra.StatesLanguage;

namespace Archiver.Infra.Validation;

/// <summary>What a check of a template and its state machines found.</summary>
/// <param name="Findings">What is wrong, by file and line.</param>
/// <param name="Resources">How many resources would be created.</param>
/// <param name="StateMachines">How many of them are state machines.</param>
internal sealed record ValidationReport(IReadOnlyList<Finding> Findings, int Resources, int StateMachines)
{
    /// <summary>How many findings would keep the stack from working.</summary>
    public int Errors => Findings.Count(finding => finding.Severity == DiagnosticSeverity.Error);

    /// <summary>The last line: what was looked at and what came of it.</summary>
    public string Summary
    {
        get
        {
            string found = (Errors, Findings.Count - Errors) switch
            {
                (0, 0) => "no findings",
                (0, var warnings) => Count(warnings, "warning"),
                (var errors, 0) => Count(errors, "error"),
                var (errors, warnings) => $"{Count(errors, "error")}, {Count(warnings, "warning")}",
            };
            return $"{Count(Resources, "resource")}, {Count(StateMachines, "state machine")}: {found}";
        }
    }

    private static string Count(int number, string what) => $"{number} {what}{(number == 1 ? "" : "s")}";
}
