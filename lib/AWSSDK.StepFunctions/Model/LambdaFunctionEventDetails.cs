using Amazon.Runtime.Internal;

namespace Amazon.StepFunctions.Model;

/// <summary>A Lambda function failed.</summary>
public class LambdaFunctionFailedEventDetails
{
    /// <summary>The error code of the failure.</summary>
    [AWSProperty(Sensitive = true, Min = 0, Max = 256)]
    public string Error { get; set; }

    /// <summary>The human-readable cause of the failure.</summary>
    [AWSProperty(Sensitive = true, Min = 0, Max = 32768)]
    public string Cause { get; set; }
}

/// <summary>A Lambda function could not be scheduled.</summary>
public class LambdaFunctionScheduleFailedEventDetails
{
    /// <summary>The error code of the failure.</summary>
    [AWSProperty(Sensitive = true, Min = 0, Max = 256)]
    public string Error { get; set; }

    /// <summary>The human-readable cause of the failure.</summary>
    [AWSProperty(Sensitive = true, Min = 0, Max = 32768)]
    public string Cause { get; set; }
}

/// <summary>A Lambda function was scheduled.</summary>
public class LambdaFunctionScheduledEventDetails
{
    /// <summary>The ARN of the resource that was called.</summary>
    [AWSProperty(Required = true, Min = 1, Max = 256)]
    public string Resource { get; set; }

    /// <summary>The JSON input, 262,144 bytes of UTF-8 at most.</summary>
    [AWSProperty(Sensitive = true, Max = 262144)]
    public string Input { get; set; }

    /// <summary>Says whether the input is all there.</summary>
    public HistoryEventExecutionDataDetails InputDetails { get; set; }

    /// <summary>The longest that the task may take, in seconds.</summary>
    public long? TimeoutInSeconds { get; set; }

    /// <summary>The role that the task was run with, where the state names one.</summary>
    public TaskCredentials TaskCredentials { get; set; }
}

/// <summary>A Lambda function could not be started.</summary>
public class LambdaFunctionStartFailedEventDetails
{
    /// <summary>The error code of the failure.</summary>
    [AWSProperty(Sensitive = true, Min = 0, Max = 256)]
    public string Error { get; set; }

    /// <summary>The human-readable cause of the failure.</summary>
    [AWSProperty(Sensitive = true, Min = 0, Max = 32768)]
    public string Cause { get; set; }
}

/// <summary>A Lambda function succeeded.</summary>
public class LambdaFunctionSucceededEventDetails
{
    /// <summary>The JSON output, 262,144 bytes of UTF-8 at most.</summary>
    [AWSProperty(Sensitive = true, Max = 262144)]
    public string Output { get; set; }

    /// <summary>Says whether the output is all there.</summary>
    public HistoryEventExecutionDataDetails OutputDetails { get; set; }
}

/// <summary>A Lambda function timed out.</summary>
public class LambdaFunctionTimedOutEventDetails
{
    /// <summary>The error code of the failure.</summary>
    [AWSProperty(Sensitive = true, Min = 0, Max = 256)]
    public string Error { get; set; }

    /// <summary>The human-readable cause of the failure.</summary>
    [AWSProperty(Sensitive = true, Min = 0, Max = 32768)]
    public string Cause { get; set; }
}
