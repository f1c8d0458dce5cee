namespace Archiver.Infra.StatesLanguage.Parsing;

/// <summary>The kinds of findings. The first three are Step Functions' own names.</summary>
internal static class DiagnosticCodes
{
    /// <summary>The definition is not JSON.</summary>
    public const string InvalidJson = "INVALID_JSON_DESCRIPTION";

    /// <summary>A field is missing, unknown, or holds what it must not.</summary>
    public const string Schema = "SCHEMA_VALIDATION_FAILED";

    /// <summary>A transition leads to no state, or no transition leads to a state.</summary>
    public const string MissingTarget = "MISSING_TRANSITION_TARGET";

    /// <summary>The definition is right, but asks for what the local cloud does not have yet.</summary>
    public const string Unsupported = "UNSUPPORTED_FEATURE";

    /// <summary>From a state no way leads to an end.</summary>
    public const string NoEnd = "NO_WAY_TO_END";

    /// <summary>A task waits for a token that nobody gets.</summary>
    public const string TokenUnused = "TASK_TOKEN_UNUSED";
}

/// <summary>The findings in a definition, as they are gathered.</summary>
internal sealed class DiagnosticBag
{
    private readonly List<Diagnostic> _findings = [];

    /// <summary>There is an error among them.</summary>
    public bool HasErrors => _findings.Exists(f => f.Severity == DiagnosticSeverity.Error);

    /// <summary>All of them, in the order of the text.</summary>
    public IReadOnlyList<Diagnostic> InOrder => [.. _findings.OrderBy(f => f.Line).ThenBy(f => f.Column)];

    /// <summary>Adds an error.</summary>
    public void Error(string code, string message, string path, SourcePosition position)
        => _findings.Add(new Diagnostic(DiagnosticSeverity.Error, code, message, path.Length == 0 ? "/" : path, position.Line, position.Column));

    /// <summary>Adds an error of the usual kind about a value.</summary>
    public void Error(string message, SourceNode at) => Error(DiagnosticCodes.Schema, message, at.Path, at.Position);

    /// <summary>Adds that something is not supported yet.</summary>
    public void Unsupported(string what, SourceNode at)
        => Error(DiagnosticCodes.Unsupported, $"{what} is not supported yet by the local cloud.", at.Path, at.Position);

    /// <summary>Adds a warning.</summary>
    public void Warning(string code, string message, SourceNode at)
        => _findings.Add(new Diagnostic(DiagnosticSeverity.Warning, code, message, at.Path, at.Position.Line, at.Position.Column));
}
