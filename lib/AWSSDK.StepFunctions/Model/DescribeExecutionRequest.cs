using Amazon.Runtime.Internal;

namespace Amazon.StepFunctions.Model;

/// <summary>What <see cref="IAmazonStepFunctions.DescribeExecutionAsync"/> takes.</summary>
public class DescribeExecutionRequest : AmazonStepFunctionsRequest
{
    /// <summary>The ARN of the execution.</summary>
    [AWSProperty(Required = true, Min = 1, Max = 256)]
    public string ExecutionArn { get; set; }

    /// <summary>
    /// <c>ALL_DATA</c> (the default), or <c>METADATA_ONLY</c>, which spares what would need the customer-managed key.
    /// </summary>
    public IncludedData IncludedData { get; set; }
}
