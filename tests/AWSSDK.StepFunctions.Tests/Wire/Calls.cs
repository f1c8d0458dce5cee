using Amazon.Runtime;
using Amazon.StepFunctions.Model;

namespace Amazon.StepFunctions.Tests.Wire;

/// <summary>Every operation by its name, called with a request that says nothing.</summary>
internal static class Calls
{
    public static readonly IReadOnlyDictionary<string, Func<IAmazonStepFunctions, Task<AmazonWebServiceResponse>>> All =
        new Dictionary<string, Func<IAmazonStepFunctions, Task<AmazonWebServiceResponse>>>
        {
            ["StartExecution"] = async client => await client.StartExecutionAsync(new StartExecutionRequest()),
            ["StartSyncExecution"] = async client => await client.StartSyncExecutionAsync(new StartSyncExecutionRequest()),
            ["DescribeExecution"] = async client => await client.DescribeExecutionAsync(new DescribeExecutionRequest()),
            ["ListExecutions"] = async client => await client.ListExecutionsAsync(new ListExecutionsRequest()),
            ["GetExecutionHistory"] = async client => await client.GetExecutionHistoryAsync(new GetExecutionHistoryRequest()),
            ["StopExecution"] = async client => await client.StopExecutionAsync(new StopExecutionRequest()),
            ["RedriveExecution"] = async client => await client.RedriveExecutionAsync(new RedriveExecutionRequest()),
            ["DescribeStateMachine"] = async client => await client.DescribeStateMachineAsync(new DescribeStateMachineRequest()),
            ["DescribeStateMachineForExecution"] = async client =>
                await client.DescribeStateMachineForExecutionAsync(new DescribeStateMachineForExecutionRequest()),
            ["ListStateMachines"] = async client => await client.ListStateMachinesAsync(new ListStateMachinesRequest()),
            ["SendTaskSuccess"] = async client => await client.SendTaskSuccessAsync(new SendTaskSuccessRequest()),
            ["SendTaskFailure"] = async client => await client.SendTaskFailureAsync(new SendTaskFailureRequest()),
            ["SendTaskHeartbeat"] = async client => await client.SendTaskHeartbeatAsync(new SendTaskHeartbeatRequest()),
        };

    public static TheoryData<string> Names => [.. All.Keys];
}
