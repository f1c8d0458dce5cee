using Amazon.Runtime.Internal;

namespace Amazon.StepFunctions.Model;

/// <summary>The credentials of a task that runs as another role.</summary>
public class TaskCredentials
{
    /// <summary>The ARN of the role that Step Functions assumed for the task.</summary>
    [AWSProperty(Min = 1, Max = 2000)]
    public string RoleArn { get; set; }
}
