using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.StepFunctions.Model;

/// <summary>What <see cref="IAmazonStepFunctions.RedriveExecutionAsync"/> gives.</summary>
public class RedriveExecutionResponse : AmazonWebServiceResponse
{
    /// <summary>When the execution was redriven.</summary>
    [AWSProperty(Required = true)]
    public DateTime? RedriveDate { get; set; }
}
