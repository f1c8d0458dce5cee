using Amazon.Runtime.Internal;

namespace Amazon.StepFunctions.Model;

/// <summary>What <see cref="IAmazonStepFunctions.SendTaskSuccessAsync"/> takes.</summary>
public class SendTaskSuccessRequest : AmazonStepFunctionsRequest
{
    /// <summary>The token that the task was given. Whoever holds it can end the task.</summary>
    [AWSProperty(Required = true, Sensitive = true, Min = 1, Max = 2048)]
    public string TaskToken { get; set; }

    /// <summary>The JSON output of the task, 262,144 bytes of UTF-8 at most.</summary>
    [AWSProperty(Required = true, Sensitive = true, Max = 262144)]
    public string Output { get; set; }
}
