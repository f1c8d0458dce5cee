using Amazon.Runtime.Internal;

namespace Amazon.StepFunctions.Model;

/// <summary>What <see cref="IAmazonStepFunctions.SendTaskFailureAsync"/> takes.</summary>
public class SendTaskFailureRequest : AmazonStepFunctionsRequest
{
    /// <summary>The token that the task was given. Whoever holds it can end the task.</summary>
    [AWSProperty(Required = true, Sensitive = true, Min = 1, Max = 2048)]
    public string TaskToken { get; set; }

    /// <summary>The error code, which <c>Retry</c> and <c>Catch</c> of the state match.</summary>
    [AWSProperty(Sensitive = true, Min = 0, Max = 256)]
    public string Error { get; set; }

    /// <summary>The human-readable cause of the failure.</summary>
    [AWSProperty(Sensitive = true, Min = 0, Max = 32768)]
    public string Cause { get; set; }
}
