using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.StepFunctions.Model;

/// <summary>What <see cref="IAmazonStepFunctions.StopExecutionAsync"/> gives.</summary>
public class StopExecutionResponse : AmazonWebServiceResponse
{
    /// <summary>When the execution was stopped.</summary>
    [AWSProperty(Required = true)]
    public DateTime? StopDate { get; set; }
}
