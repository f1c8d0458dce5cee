using System.Net;
using Amazon.Runtime;

namespace Amazon.StepFunctions.Model;

/// <summary>There is no task for this token. Code <c>TaskDoesNotExist</c>.</summary>
public class TaskDoesNotExistException : AmazonStepFunctionsException
{
    /// <inheritdoc/>
    public TaskDoesNotExistException()
        : base()
    {
    }

    /// <inheritdoc/>
    public TaskDoesNotExistException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public TaskDoesNotExistException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <inheritdoc/>
    public TaskDoesNotExistException(Exception innerException)
        : base(innerException)
    {
    }

    /// <inheritdoc/>
    public TaskDoesNotExistException(
        string message, Exception innerException, ErrorType errorType,
        string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <inheritdoc/>
    public TaskDoesNotExistException(
        string message, ErrorType errorType,
        string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }
}

/// <summary>
/// The token has expired, or its task is closed: it timed out, was answered, or its execution has ended. Code
/// <c>TaskTimedOut</c>.
/// </summary>
public class TaskTimedOutException : AmazonStepFunctionsException
{
    /// <inheritdoc/>
    public TaskTimedOutException()
        : base()
    {
    }

    /// <inheritdoc/>
    public TaskTimedOutException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public TaskTimedOutException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <inheritdoc/>
    public TaskTimedOutException(Exception innerException)
        : base(innerException)
    {
    }

    /// <inheritdoc/>
    public TaskTimedOutException(
        string message, Exception innerException, ErrorType errorType,
        string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <inheritdoc/>
    public TaskTimedOutException(
        string message, ErrorType errorType,
        string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }
}

/// <summary>The output is not JSON, or too long. Code <c>InvalidOutput</c>.</summary>
public class InvalidOutputException : AmazonStepFunctionsException
{
    /// <inheritdoc/>
    public InvalidOutputException()
        : base()
    {
    }

    /// <inheritdoc/>
    public InvalidOutputException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public InvalidOutputException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <inheritdoc/>
    public InvalidOutputException(Exception innerException)
        : base(innerException)
    {
    }

    /// <inheritdoc/>
    public InvalidOutputException(
        string message, Exception innerException, ErrorType errorType,
        string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <inheritdoc/>
    public InvalidOutputException(
        string message, ErrorType errorType,
        string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }
}

/// <summary>The task token, or the token of a page, is not one that the service gave. Code <c>InvalidToken</c>.</summary>
public class InvalidTokenException : AmazonStepFunctionsException
{
    /// <inheritdoc/>
    public InvalidTokenException()
        : base()
    {
    }

    /// <inheritdoc/>
    public InvalidTokenException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public InvalidTokenException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <inheritdoc/>
    public InvalidTokenException(Exception innerException)
        : base(innerException)
    {
    }

    /// <inheritdoc/>
    public InvalidTokenException(
        string message, Exception innerException, ErrorType errorType,
        string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <inheritdoc/>
    public InvalidTokenException(
        string message, ErrorType errorType,
        string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }
}
