#nullable enable
using System.Collections.Frozen;
using System.Net;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.StepFunctions.Model.Internal.MarshallTransformations;

/// <summary>The exception of an error that the service's model has, from what every error says and the body it came in.</summary>
internal delegate AmazonStepFunctionsException ModeledError(ErrorResponse error, byte[] body);

/// <summary>The constructor that every exception of this package has.</summary>
internal delegate AmazonStepFunctionsException ErrorConstructor(
    string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode);

/// <summary>The members that some errors have beside their message.</summary>
internal sealed record ErrorMembers
{
    public KmsKeyState? KmsKeyState { get; init; }

    public ValidationExceptionReason? Reason { get; init; }

    public string? ResourceName { get; init; }
}

/// <summary>
/// The errors of the service's model, by their code on the wire: most of them lack the <c>Exception</c> that their type has.
/// </summary>
internal static class ModeledErrors
{
    private static readonly FrozenDictionary<string, ModeledError> _all = new Dictionary<string, ModeledError>
    {
        ["ExecutionAlreadyExists"] = Plain((m, i, t, c, r, s) => new ExecutionAlreadyExistsException(m, i, t, c, r, s)),
        ["ExecutionDoesNotExist"] = Plain((m, i, t, c, r, s) => new ExecutionDoesNotExistException(m, i, t, c, r, s)),
        ["ExecutionLimitExceeded"] = Plain((m, i, t, c, r, s) => new ExecutionLimitExceededException(m, i, t, c, r, s)),
        ["ExecutionNotRedrivable"] = Plain((m, i, t, c, r, s) => new ExecutionNotRedrivableException(m, i, t, c, r, s)),
        ["InvalidArn"] = Plain((m, i, t, c, r, s) => new InvalidArnException(m, i, t, c, r, s)),
        ["InvalidExecutionInput"] = Plain((m, i, t, c, r, s) => new InvalidExecutionInputException(m, i, t, c, r, s)),
        ["InvalidName"] = Plain((m, i, t, c, r, s) => new InvalidNameException(m, i, t, c, r, s)),
        ["InvalidOutput"] = Plain((m, i, t, c, r, s) => new InvalidOutputException(m, i, t, c, r, s)),
        ["InvalidToken"] = Plain((m, i, t, c, r, s) => new InvalidTokenException(m, i, t, c, r, s)),
        ["KmsAccessDeniedException"] = Plain((m, i, t, c, r, s) => new KmsAccessDeniedException(m, i, t, c, r, s)),
        ["KmsInvalidStateException"] = (e, body) =>
            new KmsInvalidStateException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode)
            {
                KmsKeyState = Members(body).KmsKeyState,
            },
        ["KmsThrottlingException"] = Plain((m, i, t, c, r, s) => new KmsThrottlingException(m, i, t, c, r, s)),
        ["ResourceNotFound"] = (e, body) =>
            new ResourceNotFoundException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode)
            {
                ResourceName = Members(body).ResourceName,
            },
        ["StateMachineDeleting"] = Plain((m, i, t, c, r, s) => new StateMachineDeletingException(m, i, t, c, r, s)),
        ["StateMachineDoesNotExist"] = Plain((m, i, t, c, r, s) => new StateMachineDoesNotExistException(m, i, t, c, r, s)),
        ["StateMachineTypeNotSupported"] = Plain((m, i, t, c, r, s) => new StateMachineTypeNotSupportedException(m, i, t, c, r, s)),
        ["TaskDoesNotExist"] = Plain((m, i, t, c, r, s) => new TaskDoesNotExistException(m, i, t, c, r, s)),
        ["TaskTimedOut"] = Plain((m, i, t, c, r, s) => new TaskTimedOutException(m, i, t, c, r, s)),
        ["ValidationException"] = (e, body) =>
            new ValidationException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode)
            {
                Reason = Members(body).Reason,
            },
    }.ToFrozenDictionary();

    /// <summary>Those that one operation has. What it does not have comes as the base type, as in the official package.</summary>
    /// <exception cref="KeyNotFoundException">A code is not in the model.</exception>
    public static FrozenDictionary<string, ModeledError> Of(params IEnumerable<string> codes) =>
        codes.ToFrozenDictionary(code => code, code => _all[code]);

    // A proxy's answer can name an error in its head and have no body.
    private static ErrorMembers Members(byte[] body) =>
        (body.Length == 0 ? null : JsonSerializer.Deserialize(body, StepFunctionsJson.For<ErrorMembers>())) ?? new();

    private static ModeledError Plain(ErrorConstructor create) => (error, _) =>
        create(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode);
}
