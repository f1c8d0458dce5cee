using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.StepFunctions.Model;

/// <summary>What <see cref="IAmazonStepFunctions.StartExecutionAsync"/> gives.</summary>
public class StartExecutionResponse : AmazonWebServiceResponse
{
    /// <summary>The ARN of the execution.</summary>
    [AWSProperty(Required = true, Min = 1, Max = 256)]
    public string ExecutionArn { get; set; }

    /// <summary>When the execution started.</summary>
    [AWSProperty(Required = true)]
    public DateTime? StartDate { get; set; }
}
