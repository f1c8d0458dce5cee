using Amazon.Runtime.Internal;

namespace Amazon.StepFunctions.Model;

/// <summary>What <see cref="IAmazonStepFunctions.SendTaskHeartbeatAsync"/> takes.</summary>
public class SendTaskHeartbeatRequest : AmazonStepFunctionsRequest
{
    /// <summary>The token that the task was given. Whoever holds it can end the task.</summary>
    [AWSProperty(Required = true, Sensitive = true, Min = 1, Max = 2048)]
    public string TaskToken { get; set; }
}
