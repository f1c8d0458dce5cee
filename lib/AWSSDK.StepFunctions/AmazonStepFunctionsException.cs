using System.Net;
using Amazon.Runtime;

namespace Amazon.StepFunctions;

/// <summary>
/// An answer of AWS Step Functions that is an error. The errors of the service's model have a type of their own in
/// <c>Amazon.StepFunctions.Model</c>; every other one comes as this type, with its
/// <see cref="AmazonServiceException.ErrorCode"/>.
/// </summary>
public class AmazonStepFunctionsException : AmazonServiceException
{
    /// <summary>An exception that says nothing.</summary>
    public AmazonStepFunctionsException()
    {
    }

    /// <summary>An exception with a message.</summary>
    public AmazonStepFunctionsException(string message)
        : base(message)
    {
    }

    /// <summary>An exception with a message and what caused it.</summary>
    public AmazonStepFunctionsException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>An exception with what caused it, whose message it takes.</summary>
    public AmazonStepFunctionsException(Exception innerException)
        : base(innerException?.Message, innerException)
    {
    }

    /// <summary>The exception of an answer, with what caused it.</summary>
    public AmazonStepFunctionsException(
        string message, Exception innerException, ErrorType errorType,
        string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <summary>The exception of an answer.</summary>
    public AmazonStepFunctionsException(
        string message, ErrorType errorType, string errorCode,
        string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }
}
