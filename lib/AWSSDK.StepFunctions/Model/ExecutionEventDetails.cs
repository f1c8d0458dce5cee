using Amazon.Runtime.Internal;

namespace Amazon.StepFunctions.Model;

/// <summary>The execution failed.</summary>
public class ExecutionFailedEventDetails
{
    /// <summary>The error code of the failure.</summary>
    [AWSProperty(Sensitive = true, Min = 0, Max = 256)]
    public string Error { get; set; }

    /// <summary>The human-readable cause of the failure.</summary>
    [AWSProperty(Sensitive = true, Min = 0, Max = 32768)]
    public string Cause { get; set; }
}

/// <summary>The execution started.</summary>
public class ExecutionStartedEventDetails
{
    /// <summary>The JSON input, 262,144 bytes of UTF-8 at most.</summary>
    [AWSProperty(Sensitive = true, Max = 262144)]
    public string Input { get; set; }

    /// <summary>Says whether the input is all there.</summary>
    public HistoryEventExecutionDataDetails InputDetails { get; set; }

    /// <summary>The ARN of the role that the state machine runs as.</summary>
    [AWSProperty(Min = 1, Max = 256)]
    public string RoleArn { get; set; }

    /// <summary>The ARN of the machine alias that the execution was started with; null without one.</summary>
    [AWSProperty(Min = 1, Max = 256)]
    public string StateMachineAliasArn { get; set; }

    /// <summary>The ARN of the machine version that the execution was started with; null without one.</summary>
    [AWSProperty(Min = 1, Max = 256)]
    public string StateMachineVersionArn { get; set; }
}

/// <summary>The execution succeeded.</summary>
public class ExecutionSucceededEventDetails
{
    /// <summary>The JSON output, 262,144 bytes of UTF-8 at most.</summary>
    [AWSProperty(Sensitive = true, Max = 262144)]
    public string Output { get; set; }

    /// <summary>Says whether the output is all there.</summary>
    public HistoryEventExecutionDataDetails OutputDetails { get; set; }
}

/// <summary>The execution was stopped.</summary>
public class ExecutionAbortedEventDetails
{
    /// <summary>The error code of the failure.</summary>
    [AWSProperty(Sensitive = true, Min = 0, Max = 256)]
    public string Error { get; set; }

    /// <summary>The human-readable cause of the failure.</summary>
    [AWSProperty(Sensitive = true, Min = 0, Max = 32768)]
    public string Cause { get; set; }
}

/// <summary>The execution timed out.</summary>
public class ExecutionTimedOutEventDetails
{
    /// <summary>The error code of the failure.</summary>
    [AWSProperty(Sensitive = true, Min = 0, Max = 256)]
    public string Error { get; set; }

    /// <summary>The human-readable cause of the failure.</summary>
    [AWSProperty(Sensitive = true, Min = 0, Max = 32768)]
    public string Cause { get; set; }
}

/// <summary>The execution was redriven.</summary>
public class ExecutionRedrivenEventDetails
{
    /// <summary>How many times it was redriven.</summary>
    public int? RedriveCount { get; set; }
}
