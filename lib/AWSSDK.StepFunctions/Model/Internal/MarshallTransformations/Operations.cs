#nullable enable
using static Amazon.StepFunctions.Model.Internal.MarshallTransformations.ModeledErrors;

namespace Amazon.StepFunctions.Model.Internal.MarshallTransformations;

/// <summary>
/// The operations, with the errors that the service's model gives each:
/// https://docs.aws.amazon.com/step-functions/latest/apireference/API_Operations.html
/// </summary>
internal static class Operations
{
    private static readonly string[] _kms = ["KmsAccessDeniedException", "KmsInvalidStateException", "KmsThrottlingException"];

    public static readonly Operation<StartExecutionRequest, StartExecutionResponse> StartExecution = new(
        "StartExecution",
        Of([
            "ExecutionLimitExceeded", "ExecutionAlreadyExists", "InvalidArn", "InvalidExecutionInput", "InvalidName",
            "StateMachineDoesNotExist", "StateMachineDeleting", "ValidationException", .. _kms,
        ]));

    public static readonly Operation<StartSyncExecutionRequest, StartSyncExecutionResponse> StartSyncExecution = new(
        "StartSyncExecution",
        Of([
            "InvalidArn", "InvalidExecutionInput", "InvalidName", "StateMachineDoesNotExist", "StateMachineDeleting",
            "StateMachineTypeNotSupported", .. _kms,
        ]),
        hostPrefix: "sync-");

    public static readonly Operation<DescribeExecutionRequest, DescribeExecutionResponse> DescribeExecution = new(
        "DescribeExecution", Of(["ExecutionDoesNotExist", "InvalidArn", .. _kms]));

    public static readonly Operation<ListExecutionsRequest, ListExecutionsResponse> ListExecutions = new(
        "ListExecutions",
        Of([
            "InvalidArn", "InvalidToken", "StateMachineDoesNotExist", "StateMachineTypeNotSupported", "ValidationException",
            "ResourceNotFound",
        ]));

    public static readonly Operation<GetExecutionHistoryRequest, GetExecutionHistoryResponse> GetExecutionHistory = new(
        "GetExecutionHistory", Of(["ExecutionDoesNotExist", "InvalidArn", "InvalidToken", .. _kms]));

    public static readonly Operation<StopExecutionRequest, StopExecutionResponse> StopExecution = new(
        "StopExecution", Of(["ExecutionDoesNotExist", "InvalidArn", "ValidationException", .. _kms]));

    public static readonly Operation<RedriveExecutionRequest, RedriveExecutionResponse> RedriveExecution = new(
        "RedriveExecution",
        Of([
            "ExecutionDoesNotExist", "ExecutionNotRedrivable", "ExecutionLimitExceeded", "InvalidArn", "ValidationException",
        ]),
        complete: WithClientToken);

    public static readonly Operation<DescribeStateMachineRequest, DescribeStateMachineResponse> DescribeStateMachine = new(
        "DescribeStateMachine", Of(["InvalidArn", "StateMachineDoesNotExist", .. _kms]));

    public static readonly Operation<DescribeStateMachineForExecutionRequest, DescribeStateMachineForExecutionResponse>
        DescribeStateMachineForExecution = new(
            "DescribeStateMachineForExecution", Of(["ExecutionDoesNotExist", "InvalidArn", .. _kms]));

    public static readonly Operation<ListStateMachinesRequest, ListStateMachinesResponse> ListStateMachines = new(
        "ListStateMachines", Of(["InvalidToken"]));

    public static readonly Operation<SendTaskSuccessRequest, SendTaskSuccessResponse> SendTaskSuccess = new(
        "SendTaskSuccess", Of(["TaskDoesNotExist", "InvalidOutput", "InvalidToken", "TaskTimedOut", .. _kms]));

    public static readonly Operation<SendTaskFailureRequest, SendTaskFailureResponse> SendTaskFailure = new(
        "SendTaskFailure", Of(["TaskDoesNotExist", "InvalidToken", "TaskTimedOut", .. _kms]));

    public static readonly Operation<SendTaskHeartbeatRequest, SendTaskHeartbeatResponse> SendTaskHeartbeat = new(
        "SendTaskHeartbeat", Of(["TaskDoesNotExist", "InvalidToken", "TaskTimedOut"]));

    // Without the caller's own token, one for all attempts of this call: a retry after a lost answer must not redrive twice.
    private static RedriveExecutionRequest WithClientToken(RedriveExecutionRequest request) =>
        request.ClientToken is not null
            ? request
            : new() { ExecutionArn = request.ExecutionArn, ClientToken = Guid.NewGuid().ToString() };
}
