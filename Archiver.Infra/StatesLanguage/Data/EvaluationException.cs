namespace Archiver.Infra.StatesLanguage.Data;

/// <summary>
/// A state's data does not fit its definition: a path finds nothing, an intrinsic function gets the wrong kind. It ends the
/// evaluation of nested templates, paths and functions at once and never leaves the interpreter, which makes it the state's error.
/// </summary>
internal sealed class EvaluationException : Exception
{
    /// <summary>Makes one.</summary>
    /// <param name="error">The error's name, of <see cref="StatesErrors"/>.</param>
    /// <param name="message">What is wrong.</param>
    /// <param name="tellsState">The interpreter adds in which state that was.</param>
    public EvaluationException(string error, string message, bool tellsState = true) : base(message)
    {
        Error = error;
        TellsState = tellsState;
    }

    /// <summary>The error's name.</summary>
    public string Error { get; }

    /// <summary>The cause begins with the state.</summary>
    public bool TellsState { get; }

    /// <summary>A path finds nothing, or something of the wrong kind.</summary>
    public static EvaluationException Runtime(string message) => new(StatesErrors.Runtime, message);

    /// <summary>An intrinsic function cannot be computed.</summary>
    public static EvaluationException Intrinsic(string message) => new(StatesErrors.IntrinsicFailure, message);
}
