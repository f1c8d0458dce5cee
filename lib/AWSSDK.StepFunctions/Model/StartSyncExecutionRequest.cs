using Amazon.Runtime.Internal;

namespace Amazon.StepFunctions.Model;

/// <summary>What <see cref="IAmazonStepFunctions.StartSyncExecutionAsync"/> takes.</summary>
public class StartSyncExecutionRequest : AmazonStepFunctionsRequest
{
    /// <summary>The ARN of the <c>EXPRESS</c> state machine to run.</summary>
    [AWSProperty(Required = true, Min = 1, Max = 256)]
    public string StateMachineArn { get; set; }

    /// <summary>The name of the execution. Step Functions makes one up where it is absent.</summary>
    [AWSProperty(Min = 1, Max = 80)]
    public string Name { get; set; }

    /// <summary>The JSON input of the execution, 262,144 bytes of UTF-8 at most; <c>{}</c> where it is absent.</summary>
    [AWSProperty(Sensitive = true, Max = 262144)]
    public string Input { get; set; }

    /// <summary>The AWS X-Ray trace header.</summary>
    [AWSProperty(Min = 0, Max = 256)]
    public string TraceHeader { get; set; }

    /// <summary>
    /// <c>ALL_DATA</c> (the default), or <c>METADATA_ONLY</c>, which spares what would need the customer-managed key.
    /// </summary>
    public IncludedData IncludedData { get; set; }
}
