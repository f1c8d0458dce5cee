using Archiver.Infra.StatesLanguage;

namespace Archiver.Infra.LocalCloud.Stack;

/// <summary>Something that is wrong with a template, a state machine or how they fit, and where.</summary>
/// <param name="Severity">An error keeps the stack from being created.</param>
/// <param name="Code">Its kind, in capitals, for people who look for all of one kind.</param>
/// <param name="Message">What is wrong, in a sentence with the names that it is about.</param>
/// <param name="At">Where.</param>
internal sealed record Finding(DiagnosticSeverity Severity, string Code, string Message, SourceLocation At)
{
    /// <summary>An error.</summary>
    public static Finding Error(string code, string message, SourceLocation at) => new(DiagnosticSeverity.Error, code, message, at);

    /// <summary>A warning.</summary>
    public static Finding Warning(string code, string message, SourceLocation at) => new(DiagnosticSeverity.Warning, code, message, at);

    /// <summary><c>FILE(LINE,COLUMN): error CODE: sentence</c>.</summary>
    public override string ToString() => $"{At}: {(Severity == DiagnosticSeverity.Error ? "error" : "warning")} {Code}: {Message}";
}

/// <summary>A template whose evaluation can't go on.</summary>
internal sealed class TemplateException(Finding finding) : Exception(finding.Message)
{
    /// <summary>Makes one of an error's parts.</summary>
    public TemplateException(string code, string message, SourceLocation at) : this(Finding.Error(code, message, at)) { }

    /// <summary>What is wrong and where.</summary>
    public Finding Finding { get; } = finding;
}
