using Amazon.Runtime.Internal;

namespace Amazon.StepFunctions.Model;

/// <summary>An activity failed.</summary>
public class ActivityFailedEventDetails
{
    /// <summary>The error code of the failure.</summary>
    [AWSProperty(Sensitive = true, Min = 0, Max = 256)]
    public string Error { get; set; }

    /// <summary>The human-readable cause of the failure.</summary>
    [AWSProperty(Sensitive = true, Min = 0, Max = 32768)]
    public string Cause { get; set; }
}

/// <summary>An activity could not be scheduled.</summary>
public class ActivityScheduleFailedEventDetails
{
    /// <summary>The error code of the failure.</summary>
    [AWSProperty(Sensitive = true, Min = 0, Max = 256)]
    public string Error { get; set; }

    /// <summary>The human-readable cause of the failure.</summary>
    [AWSProperty(Sensitive = true, Min = 0, Max = 32768)]
    public string Cause { get; set; }
}

/// <summary>An activity was scheduled.</summary>
public class ActivityScheduledEventDetails
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

    /// <summary>The longest that the task may be silent between two heartbeats, in seconds.</summary>
    public long? HeartbeatInSeconds { get; set; }
}

/// <summary>A worker took an activity.</summary>
public class ActivityStartedEventDetails
{
    /// <summary>The name of the worker that took the activity.</summary>
    [AWSProperty(Max = 256)]
    public string WorkerName { get; set; }
}

/// <summary>An activity succeeded.</summary>
public class ActivitySucceededEventDetails
{
    /// <summary>The JSON output, 262,144 bytes of UTF-8 at most.</summary>
    [AWSProperty(Sensitive = true, Max = 262144)]
    public string Output { get; set; }

    /// <summary>Says whether the output is all there.</summary>
    public HistoryEventExecutionDataDetails OutputDetails { get; set; }
}

/// <summary>An activity timed out.</summary>
public class ActivityTimedOutEventDetails
{
    /// <summary>The error code of the failure.</summary>
    [AWSProperty(Sensitive = true, Min = 0, Max = 256)]
    public string Error { get; set; }

    /// <summary>The human-readable cause of the failure.</summary>
    [AWSProperty(Sensitive = true, Min = 0, Max = 32768)]
    public string Cause { get; set; }
}
