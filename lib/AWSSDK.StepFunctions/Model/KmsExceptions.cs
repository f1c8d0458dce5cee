using System.Net;
using Amazon.Runtime;

namespace Amazon.StepFunctions.Model;

/// <summary>The role or the caller may not use the AWS KMS key. Code <c>KmsAccessDeniedException</c>.</summary>
public class KmsAccessDeniedException : AmazonStepFunctionsException
{
    /// <inheritdoc/>
    public KmsAccessDeniedException()
        : base()
    {
    }

    /// <inheritdoc/>
    public KmsAccessDeniedException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public KmsAccessDeniedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <inheritdoc/>
    public KmsAccessDeniedException(Exception innerException)
        : base(innerException)
    {
    }

    /// <inheritdoc/>
    public KmsAccessDeniedException(
        string message, Exception innerException, ErrorType errorType,
        string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <inheritdoc/>
    public KmsAccessDeniedException(
        string message, ErrorType errorType,
        string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }
}

/// <summary>The AWS KMS key is in a state that it cannot be used in. Code <c>KmsInvalidStateException</c>.</summary>
public class KmsInvalidStateException : AmazonStepFunctionsException
{
    /// <summary>The state that the key is in.</summary>
    public KmsKeyState KmsKeyState { get; set; }

    /// <inheritdoc/>
    public KmsInvalidStateException()
        : base()
    {
    }

    /// <inheritdoc/>
    public KmsInvalidStateException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public KmsInvalidStateException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <inheritdoc/>
    public KmsInvalidStateException(Exception innerException)
        : base(innerException)
    {
    }

    /// <inheritdoc/>
    public KmsInvalidStateException(
        string message, Exception innerException, ErrorType errorType,
        string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <inheritdoc/>
    public KmsInvalidStateException(
        string message, ErrorType errorType,
        string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }
}

/// <summary>AWS KMS throttled the calls that Step Functions makes to it. Code <c>KmsThrottlingException</c>.</summary>
public class KmsThrottlingException : AmazonStepFunctionsException
{
    /// <inheritdoc/>
    public KmsThrottlingException()
        : base()
    {
    }

    /// <inheritdoc/>
    public KmsThrottlingException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public KmsThrottlingException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <inheritdoc/>
    public KmsThrottlingException(Exception innerException)
        : base(innerException)
    {
    }

    /// <inheritdoc/>
    public KmsThrottlingException(
        string message, Exception innerException, ErrorType errorType,
        string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <inheritdoc/>
    public KmsThrottlingException(
        string message, ErrorType errorType,
        string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }
}
