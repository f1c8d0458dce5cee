using Amazon.Runtime.Internal;

namespace Amazon.StepFunctions.Model;

/// <summary>What <see cref="IAmazonStepFunctions.DescribeStateMachineAsync"/> takes.</summary>
public class DescribeStateMachineRequest : AmazonStepFunctionsRequest
{
    /// <summary>The ARN of the state machine.</summary>
    [AWSProperty(Required = true, Min = 1, Max = 256)]
    public string StateMachineArn { get; set; }

    /// <summary>
    /// <c>ALL_DATA</c> (the default), or <c>METADATA_ONLY</c>, which spares what would need the customer-managed key.
    /// </summary>
    public IncludedData IncludedData { get; set; }
}
