using Amazon.Runtime.Internal;

namespace Amazon.StepFunctions.Model;

/// <summary>One state machine of a list.</summary>
public class StateMachineListItem
{
    /// <summary>The ARN of the state machine.</summary>
    [AWSProperty(Required = true, Min = 1, Max = 256)]
    public string StateMachineArn { get; set; }

    /// <summary>The name of the state machine.</summary>
    [AWSProperty(Required = true, Min = 1, Max = 80)]
    public string Name { get; set; }

    /// <summary><c>STANDARD</c> or <c>EXPRESS</c>.</summary>
    [AWSProperty(Required = true)]
    public StateMachineType Type { get; set; }

    /// <summary>When the machine, or the version that was asked for, was created.</summary>
    [AWSProperty(Required = true)]
    public DateTime? CreationDate { get; set; }
}
