using Amazon.Runtime.Internal;

namespace Amazon.StepFunctions.Model;

/// <summary>One execution of a list.</summary>
public class ExecutionListItem
{
    /// <summary>The ARN of the execution.</summary>
    [AWSProperty(Required = true, Min = 1, Max = 256)]
    public string ExecutionArn { get; set; }

    /// <summary>The ARN of the state machine.</summary>
    [AWSProperty(Required = true, Min = 1, Max = 256)]
    public string StateMachineArn { get; set; }

    /// <summary>The name of the execution.</summary>
    [AWSProperty(Required = true, Min = 1, Max = 80)]
    public string Name { get; set; }

    /// <summary>The status of the execution.</summary>
    [AWSProperty(Required = true)]
    public ExecutionStatus Status { get; set; }

    /// <summary>When the execution started.</summary>
    [AWSProperty(Required = true)]
    public DateTime? StartDate { get; set; }

    /// <summary>When the execution stopped; null while it runs.</summary>
    public DateTime? StopDate { get; set; }

    /// <summary>The ARN of the Map Run that started the child execution; null for any other.</summary>
    [AWSProperty(Min = 1, Max = 2000)]
    public string MapRunArn { get; set; }

    /// <summary>How many items the child execution of a Map Run processes.</summary>
    [AWSProperty(Min = 0)]
    public int? ItemCount { get; set; }

    /// <summary>The ARN of the machine version that the execution was started with; null without one.</summary>
    [AWSProperty(Min = 1, Max = 256)]
    public string StateMachineVersionArn { get; set; }

    /// <summary>The ARN of the machine alias that the execution was started with; null without one.</summary>
    [AWSProperty(Min = 1, Max = 256)]
    public string StateMachineAliasArn { get; set; }

    /// <summary>How many times it was redriven.</summary>
    public int? RedriveCount { get; set; }

    /// <summary>When the execution was redriven last; null where it never was.</summary>
    public DateTime? RedriveDate { get; set; }
}
