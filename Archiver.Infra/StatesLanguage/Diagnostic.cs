namespace Archiver.Infra.StatesLanguage;

/// <summary>How grave a finding is.</summary>
public enum DiagnosticSeverity
{
    /// <summary>The machine works, but something in it is surely not meant.</summary>
    Warning,

    /// <summary>Step Functions would refuse the machine.</summary>
    Error,
}

/// <summary>Something that is wrong with a state machine's definition, and where.</summary>
/// <param name="Severity">How grave it is.</param>
/// <param name="Code">Its kind, as Step Functions' own validation names it, such as <c>MISSING_TRANSITION_TARGET</c>.</param>
/// <param name="Message">What is wrong, in words, with the names that it is about.</param>
/// <param name="Path">Where, as a path into the definition, such as <c>/States/Approve/Next</c>.</param>
/// <param name="Line">The line in the definition's text, from 1.</param>
/// <param name="Column">The column, from 1.</param>
public sealed record Diagnostic(DiagnosticSeverity Severity, string Code, string Message, string Path, int Line, int Column);
