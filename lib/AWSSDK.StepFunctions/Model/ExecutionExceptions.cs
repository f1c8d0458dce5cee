using System.Net;
using Amazon.Runtime;

namespace Amazon.StepFunctions.Model;

/// <summary>An execution of this name exists, with another input or already ended. Code <c>ExecutionAlreadyExists</c>.</summary>
public class ExecutionAlreadyExistsException : AmazonStepFunctionsException
{
    /// <inheritdoc/>
    public ExecutionAlreadyExistsException()
        : base()
    {
    }

    /// <inheritdoc/>
    public ExecutionAlreadyExistsException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public ExecutionAlreadyExistsException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <inheritdoc/>
    public ExecutionAlreadyExistsException(Exception innerException)
        : base(innerException)
    {
    }

    /// <inheritdoc/>
    public ExecutionAlreadyExistsException(
        string message, Exception innerException, ErrorType errorType,
        string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <inheritdoc/>
    public ExecutionAlreadyExistsException(
        string message, ErrorType errorType,
        string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }
}

/// <summary>There is no such execution. Code <c>ExecutionDoesNotExist</c>.</summary>
public class ExecutionDoesNotExistException : AmazonStepFunctionsException
{
    /// <inheritdoc/>
    public ExecutionDoesNotExistException()
        : base()
    {
    }

    /// <inheritdoc/>
    public ExecutionDoesNotExistException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public ExecutionDoesNotExistException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <inheritdoc/>
    public ExecutionDoesNotExistException(Exception innerException)
        : base(innerException)
    {
    }

    /// <inheritdoc/>
    public ExecutionDoesNotExistException(
        string message, Exception innerException, ErrorType errorType,
        string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <inheritdoc/>
    public ExecutionDoesNotExistException(
        string message, ErrorType errorType,
        string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }
}

/// <summary>As many executions run as the account may have. Code <c>ExecutionLimitExceeded</c>.</summary>
public class ExecutionLimitExceededException : AmazonStepFunctionsException
{
    /// <inheritdoc/>
    public ExecutionLimitExceededException()
        : base()
    {
    }

    /// <inheritdoc/>
    public ExecutionLimitExceededException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public ExecutionLimitExceededException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <inheritdoc/>
    public ExecutionLimitExceededException(Exception innerException)
        : base(innerException)
    {
    }

    /// <inheritdoc/>
    public ExecutionLimitExceededException(
        string message, Exception innerException, ErrorType errorType,
        string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <inheritdoc/>
    public ExecutionLimitExceededException(
        string message, ErrorType errorType,
        string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }
}

/// <summary>
/// The execution cannot be redriven: it runs, succeeded, or ended too long ago. Code <c>ExecutionNotRedrivable</c>.
/// </summary>
public class ExecutionNotRedrivableException : AmazonStepFunctionsException
{
    /// <inheritdoc/>
    public ExecutionNotRedrivableException()
        : base()
    {
    }

    /// <inheritdoc/>
    public ExecutionNotRedrivableException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public ExecutionNotRedrivableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <inheritdoc/>
    public ExecutionNotRedrivableException(Exception innerException)
        : base(innerException)
    {
    }

    /// <inheritdoc/>
    public ExecutionNotRedrivableException(
        string message, Exception innerException, ErrorType errorType,
        string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <inheritdoc/>
    public ExecutionNotRedrivableException(
        string message, ErrorType errorType,
        string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }
}
