using System.Diagnostics.CodeAnalysis;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.StepFunctions.Model;

namespace Amazon.StepFunctions;

/// <summary>
/// A client of AWS Step Functions. Every operation can also throw <see cref="AmazonStepFunctionsException"/>, for an error that
/// is not in its model, and <see cref="AmazonClientException"/> where there are no credentials or no answer. What is encrypted
/// with a customer's key can besides refuse with <see cref="KmsAccessDeniedException"/>,
/// <see cref="KmsInvalidStateException"/> and <see cref="KmsThrottlingException"/>.
/// https://docs.aws.amazon.com/step-functions/latest/apireference/API_Operations.html
/// </summary>
public interface IAmazonStepFunctions : IAmazonService, IDisposable
{
    /// <summary>Reads the operations that give pages to their end.</summary>
    IStepFunctionsPaginatorFactory Paginators { get; }

    /// <summary>The settings that a client without any of its own has.</summary>
    static ClientConfig IAmazonService.CreateDefaultClientConfig() => new AmazonStepFunctionsConfig();

    /// <summary>A client with these credentials and settings.</summary>
    [UnconditionalSuppressMessage(
        "ReflectionAnalysis", "IL2026", Justification = "The client type is named here; nothing is found by reflection.")]
    static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig) =>
        new AmazonStepFunctionsClient(awsCredentials, (AmazonStepFunctionsConfig)clientConfig);

    /// <summary>
    /// Starts an execution of a state machine and does not wait for its end. With a name it can be repeated: the same input
    /// while the execution still runs answers as if new.
    /// </summary>
    /// <exception cref="ExecutionAlreadyExistsException">The name was used: with another input, or by an ended execution.</exception>
    /// <exception cref="ExecutionLimitExceededException">As many executions run as the account may have.</exception>
    /// <exception cref="InvalidArnException">The ARN is malformed.</exception>
    /// <exception cref="InvalidExecutionInputException">The input is not JSON, or too long.</exception>
    /// <exception cref="InvalidNameException">The name has characters that it may not have.</exception>
    /// <exception cref="StateMachineDeletingException">The machine is being deleted.</exception>
    /// <exception cref="StateMachineDoesNotExistException">There is no such machine.</exception>
    /// <exception cref="ValidationException">The input is not what the service asks for.</exception>
    Task<StartExecutionResponse> StartExecutionAsync(
        StartExecutionRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Runs an <c>EXPRESS</c> machine and waits for its end, five minutes at most. It goes to a host of its own, <c>sync-</c>
    /// before the endpoint's, unless <see cref="ClientConfig.DisableHostPrefixInjection"/> says otherwise.
    /// </summary>
    /// <exception cref="InvalidArnException">The ARN is malformed.</exception>
    /// <exception cref="InvalidExecutionInputException">The input is not JSON, or too long.</exception>
    /// <exception cref="InvalidNameException">The name has characters that it may not have.</exception>
    /// <exception cref="StateMachineDeletingException">The machine is being deleted.</exception>
    /// <exception cref="StateMachineDoesNotExistException">There is no such machine.</exception>
    /// <exception cref="StateMachineTypeNotSupportedException">The machine is of the wrong type.</exception>
    Task<StartSyncExecutionResponse> StartSyncExecutionAsync(
        StartSyncExecutionRequest request, CancellationToken cancellationToken = default);

    /// <summary>Describes an execution: its machine, status, input, output, error and redrives.</summary>
    /// <exception cref="ExecutionDoesNotExistException">There is no such execution.</exception>
    /// <exception cref="InvalidArnException">The ARN is malformed.</exception>
    Task<DescribeExecutionResponse> DescribeExecutionAsync(
        DescribeExecutionRequest request, CancellationToken cancellationToken = default);

    /// <summary>Lists the executions of a state machine, or of a Map Run, the newest first.</summary>
    /// <exception cref="InvalidArnException">The ARN is malformed.</exception>
    /// <exception cref="InvalidTokenException">The token is not one that the service gave.</exception>
    /// <exception cref="ResourceNotFoundException">There is no such resource.</exception>
    /// <exception cref="StateMachineDoesNotExistException">There is no such machine.</exception>
    /// <exception cref="StateMachineTypeNotSupportedException">The machine is of the wrong type.</exception>
    /// <exception cref="ValidationException">The input is not what the service asks for.</exception>
    Task<ListExecutionsResponse> ListExecutionsAsync(
        ListExecutionsRequest request, CancellationToken cancellationToken = default);

    /// <summary>Gives the events of an execution, oldest first unless asked otherwise.</summary>
    /// <exception cref="ExecutionDoesNotExistException">There is no such execution.</exception>
    /// <exception cref="InvalidArnException">The ARN is malformed.</exception>
    /// <exception cref="InvalidTokenException">The token is not one that the service gave.</exception>
    Task<GetExecutionHistoryResponse> GetExecutionHistoryAsync(
        GetExecutionHistoryRequest request, CancellationToken cancellationToken = default);

    /// <summary>Stops an execution. One that has ended stays as it is.</summary>
    /// <exception cref="ExecutionDoesNotExistException">There is no such execution.</exception>
    /// <exception cref="InvalidArnException">The ARN is malformed.</exception>
    /// <exception cref="ValidationException">The input is not what the service asks for.</exception>
    Task<StopExecutionResponse> StopExecutionAsync(StopExecutionRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Restarts an execution that failed, timed out or was stopped within the last 14 days, from the states that did not
    /// succeed.
    /// </summary>
    /// <exception cref="ExecutionDoesNotExistException">There is no such execution.</exception>
    /// <exception cref="ExecutionLimitExceededException">As many executions run as the account may have.</exception>
    /// <exception cref="ExecutionNotRedrivableException">The execution cannot be redriven.</exception>
    /// <exception cref="InvalidArnException">The ARN is malformed.</exception>
    /// <exception cref="ValidationException">The input is not what the service asks for.</exception>
    Task<RedriveExecutionResponse> RedriveExecutionAsync(
        RedriveExecutionRequest request, CancellationToken cancellationToken = default);

    /// <summary>Describes a state machine: its definition, role and configuration.</summary>
    /// <exception cref="InvalidArnException">The ARN is malformed.</exception>
    /// <exception cref="StateMachineDoesNotExistException">There is no such machine.</exception>
    Task<DescribeStateMachineResponse> DescribeStateMachineAsync(
        DescribeStateMachineRequest request, CancellationToken cancellationToken = default);

    /// <summary>Describes the state machine that an execution runs, as it was when the execution started.</summary>
    /// <exception cref="ExecutionDoesNotExistException">There is no such execution.</exception>
    /// <exception cref="InvalidArnException">The ARN is malformed.</exception>
    Task<DescribeStateMachineForExecutionResponse> DescribeStateMachineForExecutionAsync(
        DescribeStateMachineForExecutionRequest request, CancellationToken cancellationToken = default);

    /// <summary>Lists the state machines of the account and region.</summary>
    /// <exception cref="InvalidTokenException">The token is not one that the service gave.</exception>
    Task<ListStateMachinesResponse> ListStateMachinesAsync(
        ListStateMachinesRequest request, CancellationToken cancellationToken = default);

    /// <summary>Ends a task that waits for its token: it succeeded, with this output.</summary>
    /// <exception cref="InvalidOutputException">The output is not JSON, or too long.</exception>
    /// <exception cref="InvalidTokenException">The token is not one that the service gave.</exception>
    /// <exception cref="TaskDoesNotExistException">There is no task for the token.</exception>
    /// <exception cref="TaskTimedOutException">The token has expired, or its task is closed.</exception>
    Task<SendTaskSuccessResponse> SendTaskSuccessAsync(
        SendTaskSuccessRequest request, CancellationToken cancellationToken = default);

    /// <summary>Ends a task that waits for its token: it failed, with this error.</summary>
    /// <exception cref="InvalidTokenException">The token is not one that the service gave.</exception>
    /// <exception cref="TaskDoesNotExistException">There is no task for the token.</exception>
    /// <exception cref="TaskTimedOutException">The token has expired, or its task is closed.</exception>
    Task<SendTaskFailureResponse> SendTaskFailureAsync(
        SendTaskFailureRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Says that a task is still worked on: it starts <c>HeartbeatSeconds</c> anew, never <c>TimeoutSeconds</c>.
    /// </summary>
    /// <exception cref="InvalidTokenException">The token is not one that the service gave.</exception>
    /// <exception cref="TaskDoesNotExistException">There is no task for the token.</exception>
    /// <exception cref="TaskTimedOutException">The token has expired, or its task is closed.</exception>
    Task<SendTaskHeartbeatResponse> SendTaskHeartbeatAsync(
        SendTaskHeartbeatRequest request, CancellationToken cancellationToken = default);

    /// <summary>The endpoint that a request would go to.</summary>
    Endpoint DetermineServiceOperationEndpoint(AmazonWebServiceRequest request);
}
