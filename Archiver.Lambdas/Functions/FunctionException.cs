namespace Archiver.Lambdas.Functions;

/// <summary>
/// An error of a function that says in words what is wrong. Lambda reports the class's name as the error's type, and so does the
/// state machine's <c>Retry</c> and <c>Catch</c>: the names are a contract.
/// </summary>
public abstract class FunctionException : Exception
{
    private protected FunctionException(string message, Exception? innerException = null) : base(message, innerException) { }

    /// <summary>The names of all of them: errors whose message alone tells a person enough.</summary>
    internal static IReadOnlySet<string> Names { get; } = typeof(FunctionException).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(FunctionException))).Select(type => type.Name).ToHashSet();
}

/// <summary>An environment variable of the function is missing or wrong; the message names it.</summary>
public sealed class FunctionConfigurationException : FunctionException
{
    internal FunctionConfigurationException(string message) : base(message) { }
}

/// <summary>The run's input is not what a run takes.</summary>
public sealed class InvalidRunInputException : FunctionException
{
    internal InvalidRunInputException(string message) : base(message) { }
}

/// <summary>The answer to an approval request is not what a decision is.</summary>
public sealed class InvalidDecisionException : FunctionException
{
    internal InvalidDecisionException(string message) : base(message) { }
}

/// <summary>The file's <c>archive</c> tag or metadata entry says neither true nor false.</summary>
public sealed class InvalidArchiveFlagException : FunctionException
{
    internal InvalidArchiveFlagException(string message) : base(message) { }
}

/// <summary>There is no such object, version or bucket.</summary>
public sealed class ObjectNotFoundException : FunctionException
{
    internal ObjectNotFoundException(string message, Exception? innerException = null) : base(message, innerException) { }
}

/// <summary>The object is not the one whose metadata was read: it was overwritten since.</summary>
public sealed class ObjectChangedException : FunctionException
{
    internal ObjectChangedException(string message, Exception? innerException = null) : base(message, innerException) { }
}

/// <summary>S3 refused, and would again: no permission, an invalid name.</summary>
public sealed class StorageRefusedException : FunctionException
{
    internal StorageRefusedException(string message, Exception innerException) : base(message, innerException) { }
}

/// <summary>S3 could not be reached or had a fault; the state machine tries again.</summary>
public sealed class StorageUnavailableException : FunctionException
{
    internal StorageUnavailableException(string message, Exception? innerException = null) : base(message, innerException) { }
}
