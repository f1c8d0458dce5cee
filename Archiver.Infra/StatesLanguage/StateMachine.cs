namespace Archiver.Infra.StatesLanguage;

/// <summary>A state machine's definition, parsed and valid. https://states-language.net/spec.html</summary>
public sealed class StateMachine
{
    /// <summary>Parses and validates a definition.</summary>
    /// <param name="definition">The Amazon States Language, as JSON.</param>
    /// <returns>The machine, or nothing where a finding is an error; and the findings.</returns>
    public static (StateMachine? Machine, IReadOnlyList<Diagnostic> Diagnostics) Parse(string definition) => throw new NotSupportedException();
}
