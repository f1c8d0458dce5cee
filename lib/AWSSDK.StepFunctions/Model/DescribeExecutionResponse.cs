using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.StepFunctions.Model;

/// <summary>What <see cref="IAmazonStepFunctions.DescribeExecutionAsync"/> gives.</summary>
public class DescribeExecutionResponse : AmazonWebServiceResponse
{
    /// <summary>The ARN of the execution.</summary>
    [AWSProperty(Required = true, Min = 1, Max = 256)]
    public string ExecutionArn { get; set; }

    /// <summary>The ARN of the state machine.</summary>
    [AWSProperty(Required = true, Min = 1, Max = 256)]
    public string StateMachineArn { get; set; }

    /// <summary>The name of the execution.</summary>
    [AWSProperty(Min = 1, Max = 80)]
    public string Name { get; set; }

    /// <summary>The status of the execution.</summary>
    [AWSProperty(Required = true)]
    public ExecutionStatus Status { get; set; }

    /// <summary>When the execution started.</summary>
    [AWSProperty(Required = true)]
    public DateTime? StartDate { get; set; }

    /// <summary>When the execution stopped; null while it runs.</summary>
    public DateTime? StopDate { get; set; }

    /// <summary>The JSON input, 262,144 bytes of UTF-8 at most.</summary>
    [AWSProperty(Sensitive = true, Max = 262144)]
    public string Input { get; set; }

    /// <summary>Says whether the input is all there.</summary>
    public CloudWatchEventsExecutionDataDetails InputDetails { get; set; }

    /// <summary>The JSON output; null unless the execution succeeded.</summary>
    [AWSProperty(Sensitive = true, Max = 262144)]
    public string Output { get; set; }

    /// <summary>Says whether the output is all there.</summary>
    public CloudWatchEventsExecutionDataDetails OutputDetails { get; set; }

    /// <summary>The AWS X-Ray trace header.</summary>
    [AWSProperty(Min = 0, Max = 256)]
    public string TraceHeader { get; set; }

    /// <summary>The ARN of the Map Run that started the child execution; null for any other.</summary>
    [AWSProperty(Min = 1, Max = 2000)]
    public string MapRunArn { get; set; }

    /// <summary>The error code of the failure.</summary>
    [AWSProperty(Sensitive = true, Min = 0, Max = 256)]
    public string Error { get; set; }

    /// <summary>The human-readable cause of the failure.</summary>
    [AWSProperty(Sensitive = true, Min = 0, Max = 32768)]
    public string Cause { get; set; }

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

    /// <summary>Whether the execution can be redriven now.</summary>
    public ExecutionRedriveStatus RedriveStatus { get; set; }

    /// <summary>Why the execution cannot be redriven; null where it can.</summary>
    [AWSProperty(Sensitive = true, Max = 262144)]
    public string RedriveStatusReason { get; set; }
}
