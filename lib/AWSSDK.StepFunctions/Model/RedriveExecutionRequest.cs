using Amazon.Runtime.Internal;

namespace Amazon.StepFunctions.Model;

/// <summary>What <see cref="IAmazonStepFunctions.RedriveExecutionAsync"/> takes.</summary>
public class RedriveExecutionRequest : AmazonStepFunctionsRequest
{
    /// <summary>The ARN of the execution.</summary>
    [AWSProperty(Required = true, Min = 1, Max = 256)]
    public string ExecutionArn { get; set; }

    /// <summary>
    /// Makes a repeated call harmless for 15 minutes. The caller's own, 64 printable ASCII characters at most; the client
    /// makes one up where it is absent.
    /// </summary>
    [AWSProperty(Min = 1, Max = 64)]
    public string ClientToken { get; set; }
}
