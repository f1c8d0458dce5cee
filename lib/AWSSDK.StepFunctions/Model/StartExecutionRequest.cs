using Amazon.Runtime.Internal;

namespace Amazon.StepFunctions.Model;

/// <summary>What <see cref="IAmazonStepFunctions.StartExecutionAsync"/> takes.</summary>
public class StartExecutionRequest : AmazonStepFunctionsRequest
{
    /// <summary>The ARN of the state machine to run: unqualified, or with a version or an alias.</summary>
    [AWSProperty(Required = true, Min = 1, Max = 256)]
    public string StateMachineArn { get; set; }

    /// <summary>
    /// The name of the execution, unique for 90 days in its account, region and machine. Step Functions makes one up where it
    /// is absent.
    /// </summary>
    [AWSProperty(Min = 1, Max = 80)]
    public string Name { get; set; }

    /// <summary>The JSON input of the execution, 262,144 bytes of UTF-8 at most; <c>{}</c> where it is absent.</summary>
    [AWSProperty(Sensitive = true, Max = 262144)]
    public string Input { get; set; }

    /// <summary>The AWS X-Ray trace header.</summary>
    [AWSProperty(Min = 0, Max = 256)]
    public string TraceHeader { get; set; }
}
