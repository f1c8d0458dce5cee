using System.Net;
using Amazon.Runtime;

namespace Amazon.StepFunctions.Model;

/// <summary>The state machine is being deleted. Code <c>StateMachineDeleting</c>.</summary>
public class StateMachineDeletingException : AmazonStepFunctionsException
{
    /// <inheritdoc/>
    public StateMachineDeletingException()
        : base()
    {
    }

    /// <inheritdoc/>
    public StateMachineDeletingException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public StateMachineDeletingException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <inheritdoc/>
    public StateMachineDeletingException(Exception innerException)
        : base(innerException)
    {
    }

    /// <inheritdoc/>
    public StateMachineDeletingException(
        string message, Exception innerException, ErrorType errorType,
        string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <inheritdoc/>
    public StateMachineDeletingException(
        string message, ErrorType errorType,
        string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }
}

/// <summary>There is no such state machine. Code <c>StateMachineDoesNotExist</c>.</summary>
public class StateMachineDoesNotExistException : AmazonStepFunctionsException
{
    /// <inheritdoc/>
    public StateMachineDoesNotExistException()
        : base()
    {
    }

    /// <inheritdoc/>
    public StateMachineDoesNotExistException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public StateMachineDoesNotExistException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <inheritdoc/>
    public StateMachineDoesNotExistException(Exception innerException)
        : base(innerException)
    {
    }

    /// <inheritdoc/>
    public StateMachineDoesNotExistException(
        string message, Exception innerException, ErrorType errorType,
        string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <inheritdoc/>
    public StateMachineDoesNotExistException(
        string message, ErrorType errorType,
        string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }
}

/// <summary>The call does not serve a state machine of this type. Code <c>StateMachineTypeNotSupported</c>.</summary>
public class StateMachineTypeNotSupportedException : AmazonStepFunctionsException
{
    /// <inheritdoc/>
    public StateMachineTypeNotSupportedException()
        : base()
    {
    }

    /// <inheritdoc/>
    public StateMachineTypeNotSupportedException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public StateMachineTypeNotSupportedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <inheritdoc/>
    public StateMachineTypeNotSupportedException(Exception innerException)
        : base(innerException)
    {
    }

    /// <inheritdoc/>
    public StateMachineTypeNotSupportedException(
        string message, Exception innerException, ErrorType errorType,
        string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <inheritdoc/>
    public StateMachineTypeNotSupportedException(
        string message, ErrorType errorType,
        string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }
}
