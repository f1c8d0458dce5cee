using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.StepFunctions.Model;

/// <summary>The ARN is malformed, or of another kind of resource. Code <c>InvalidArn</c>.</summary>
public class InvalidArnException : AmazonStepFunctionsException
{
    /// <inheritdoc/>
    public InvalidArnException()
        : base()
    {
    }

    /// <inheritdoc/>
    public InvalidArnException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public InvalidArnException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <inheritdoc/>
    public InvalidArnException(Exception innerException)
        : base(innerException)
    {
    }

    /// <inheritdoc/>
    public InvalidArnException(
        string message, Exception innerException, ErrorType errorType,
        string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <inheritdoc/>
    public InvalidArnException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }
}

/// <summary>The input is not JSON, or too long. Code <c>InvalidExecutionInput</c>.</summary>
public class InvalidExecutionInputException : AmazonStepFunctionsException
{
    /// <inheritdoc/>
    public InvalidExecutionInputException()
        : base()
    {
    }

    /// <inheritdoc/>
    public InvalidExecutionInputException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public InvalidExecutionInputException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <inheritdoc/>
    public InvalidExecutionInputException(Exception innerException)
        : base(innerException)
    {
    }

    /// <inheritdoc/>
    public InvalidExecutionInputException(
        string message, Exception innerException, ErrorType errorType,
        string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <inheritdoc/>
    public InvalidExecutionInputException(
        string message, ErrorType errorType,
        string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }
}

/// <summary>The name has characters that a name may not have. Code <c>InvalidName</c>.</summary>
public class InvalidNameException : AmazonStepFunctionsException
{
    /// <inheritdoc/>
    public InvalidNameException()
        : base()
    {
    }

    /// <inheritdoc/>
    public InvalidNameException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public InvalidNameException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <inheritdoc/>
    public InvalidNameException(Exception innerException)
        : base(innerException)
    {
    }

    /// <inheritdoc/>
    public InvalidNameException(
        string message, Exception innerException, ErrorType errorType,
        string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <inheritdoc/>
    public InvalidNameException(
        string message, ErrorType errorType,
        string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }
}

/// <summary>There is no such resource. Code <c>ResourceNotFound</c>.</summary>
public class ResourceNotFoundException : AmazonStepFunctionsException
{
    /// <summary>The ARN of the resource.</summary>
    [AWSProperty(Min = 1, Max = 256)]
    public string ResourceName { get; set; }

    /// <inheritdoc/>
    public ResourceNotFoundException()
        : base()
    {
    }

    /// <inheritdoc/>
    public ResourceNotFoundException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public ResourceNotFoundException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <inheritdoc/>
    public ResourceNotFoundException(Exception innerException)
        : base(innerException)
    {
    }

    /// <inheritdoc/>
    public ResourceNotFoundException(
        string message, Exception innerException, ErrorType errorType,
        string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <inheritdoc/>
    public ResourceNotFoundException(
        string message, ErrorType errorType,
        string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }
}

/// <summary>The input does not fulfil what the service asks of it. Code <c>ValidationException</c>.</summary>
public class ValidationException : AmazonStepFunctionsException
{
    /// <summary>Why the input was refused.</summary>
    public ValidationExceptionReason Reason { get; set; }

    /// <inheritdoc/>
    public ValidationException()
        : base()
    {
    }

    /// <inheritdoc/>
    public ValidationException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public ValidationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <inheritdoc/>
    public ValidationException(Exception innerException)
        : base(innerException)
    {
    }

    /// <inheritdoc/>
    public ValidationException(
        string message, Exception innerException, ErrorType errorType,
        string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <inheritdoc/>
    public ValidationException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }
}
