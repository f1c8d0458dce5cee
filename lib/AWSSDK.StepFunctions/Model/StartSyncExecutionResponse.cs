using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.StepFunctions.Model;

/// <summary>What <see cref="IAmazonStepFunctions.StartSyncExecutionAsync"/> gives.</summary>
public class StartSyncExecutionResponse : AmazonWebServiceResponse
{
    /// <summary>The ARN of the execution.</summary>
    [AWSProperty(Required = true, Min = 1, Max = 256)]
    public string ExecutionArn { get; set; }

    /// <summary>The ARN of the state machine.</summary>
    [AWSProperty(Min = 1, Max = 256)]
    public string StateMachineArn { get; set; }

    /// <summary>The name of the execution.</summary>
    [AWSProperty(Min = 1, Max = 80)]
    public string Name { get; set; }

    /// <summary>When the execution started.</summary>
    [AWSProperty(Required = true)]
    public DateTime? StartDate { get; set; }

    /// <summary>When the execution stopped.</summary>
    [AWSProperty(Required = true)]
    public DateTime? StopDate { get; set; }

    /// <summary>The status of the execution.</summary>
    [AWSProperty(Required = true)]
    public SyncExecutionStatus Status { get; set; }

    /// <summary>The error code of the failure.</summary>
    [AWSProperty(Sensitive = true, Min = 0, Max = 256)]
    public string Error { get; set; }

    /// <summary>The human-readable cause of the failure.</summary>
    [AWSProperty(Sensitive = true, Min = 0, Max = 32768)]
    public string Cause { get; set; }

    /// <summary>The JSON input, 262,144 bytes of UTF-8 at most.</summary>
    [AWSProperty(Sensitive = true, Max = 262144)]
    public string Input { get; set; }

    /// <summary>Says whether the input is all there.</summary>
    public CloudWatchEventsExecutionDataDetails InputDetails { get; set; }

    /// <summary>The JSON output, 262,144 bytes of UTF-8 at most.</summary>
    [AWSProperty(Sensitive = true, Max = 262144)]
    public string Output { get; set; }

    /// <summary>Says whether the output is all there.</summary>
    public CloudWatchEventsExecutionDataDetails OutputDetails { get; set; }

    /// <summary>The AWS X-Ray trace header.</summary>
    [AWSProperty(Min = 0, Max = 256)]
    public string TraceHeader { get; set; }

    /// <summary>What the execution is billed for.</summary>
    public BillingDetails BillingDetails { get; set; }
}
