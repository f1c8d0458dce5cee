using Archiver.Infra.LocalCloud.Wire;
using Archiver.Infra.StatesLanguage;

namespace Archiver.Infra.LocalCloud.StepFunctions;

/// <summary>What Step Functions answers to what it doesn't do, by error code.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/CommonErrors.html and each operation's page.</remarks>
internal static class Refusals
{
    public static AwsError StateMachineDoesNotExist(string arn) => new("StateMachineDoesNotExist", $"State Machine Does Not Exist: '{arn}'");

    public static AwsError StateMachineAlreadyExists(string arn) => new(
        "StateMachineAlreadyExists", $"State Machine Already Exists: '{arn}'. It has another definition or type: change it with UpdateStateMachine, or delete it first.");

    public static AwsError StateMachineDeleting(string arn) => new(
        "StateMachineDeleting", $"State machine '{arn}' is being deleted; it goes once its executions have ended.");

    public static AwsError StateMachineTypeNotSupported(string message) => new("StateMachineTypeNotSupported", message);

    public static AwsError ExecutionDoesNotExist(string arn) => new("ExecutionDoesNotExist", $"Execution Does Not Exist: '{arn}'");

    public static AwsError ExecutionAlreadyExists(string arn) => new("ExecutionAlreadyExists", $"Execution Already Exists: '{arn}'");

    public static AwsError ExecutionNotRedrivable(string reason) => new("ExecutionNotRedrivable", $"The execution can't be redriven: {reason}.");

    public static AwsError InvalidName(string name) => new(
        "InvalidName",
        $"Invalid Name: '{name}'. A name has 1 to 80 characters, and none that is white space, a control character or one of <>{{}}[]?*\"#%\\^|~`$&,;:/");

    public static AwsError InvalidExecutionInput(string detail) => new("InvalidExecutionInput", $"Invalid State Machine Execution Input: '{detail}'");

    public static AwsError InvalidOutput(string detail) => new("InvalidOutput", $"Invalid Output: '{detail}'");

    public static AwsError InvalidToken() => new("InvalidToken", "Invalid Token: 'Invalid token'");

    public static AwsError TaskDoesNotExist() => new("TaskDoesNotExist", "Task Does Not Exist: 'The token is of a task that this account does not have'");

    public static AwsError TaskTimedOut() => new("TaskTimedOut", "Task Timed Out: 'Provided task does not exist anymore'");

    public static AwsError Stopping() => new("ServiceUnavailable", "The local cloud is shutting down.", 503);

    /// <summary>A definition that Step Functions would not take, with everything that is wrong with it.</summary>
    public static AwsError InvalidDefinition(IEnumerable<Diagnostic> findings) => new(
        "InvalidDefinition",
        $"Invalid State Machine Definition: '{string.Join(", ", findings.Where(finding => finding.Severity == DiagnosticSeverity.Error).Select(finding => $"{finding.Code}: {finding.Message} at {finding.Path}"))}'");

    /// <summary>A member that breaks a constraint of the service's model.</summary>
    /// <param name="member">The member's name.</param>
    /// <param name="value">What it is; nothing where it is absent, secret or long.</param>
    /// <param name="constraint">What it should be, such as <c>Member must not be null</c>.</param>
    public static AwsError Constraint(string member, string? value, string constraint) => new(
        "ValidationException",
        $"1 validation error detected: Value {(value is null ? "" : $"'{value}' ")}at '{member}' failed to satisfy constraint: {constraint}");

    /// <summary>A member that the service has and the local cloud has not.</summary>
    public static AwsError Unsupported(string what) => new("ValidationException", $"The local cloud does not have {what}.");
}
