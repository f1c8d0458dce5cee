using Amazon.Runtime.Internal;

namespace Amazon.StepFunctions.Model;

/// <summary>A task failed.</summary>
public class TaskFailedEventDetails
{
    /// <summary>The service that was called, such as <c>sqs</c>.</summary>
    [AWSProperty(Required = true, Min = 1, Max = 80)]
    public string ResourceType { get; set; }

    /// <summary>The action of the resource, such as <c>sendMessage.waitForTaskToken</c>.</summary>
    [AWSProperty(Required = true, Min = 1, Max = 80)]
    public string Resource { get; set; }

    /// <summary>The error code of the failure.</summary>
    [AWSProperty(Sensitive = true, Min = 0, Max = 256)]
    public string Error { get; set; }

    /// <summary>The human-readable cause of the failure.</summary>
    [AWSProperty(Sensitive = true, Min = 0, Max = 32768)]
    public string Cause { get; set; }
}

/// <summary>A task was scheduled.</summary>
public class TaskScheduledEventDetails
{
    /// <summary>The service that was called, such as <c>sqs</c>.</summary>
    [AWSProperty(Required = true, Min = 1, Max = 80)]
    public string ResourceType { get; set; }

    /// <summary>The action of the resource, such as <c>sendMessage.waitForTaskToken</c>.</summary>
    [AWSProperty(Required = true, Min = 1, Max = 80)]
    public string Resource { get; set; }

    /// <summary>The region of the service that was called.</summary>
    [AWSProperty(Required = true, Min = 1, Max = 80)]
    public string Region { get; set; }

    /// <summary>The JSON that the service was called with. It can hold a task token.</summary>
    [AWSProperty(Required = true, Sensitive = true, Min = 0, Max = 262144)]
    public string Parameters { get; set; }

    /// <summary>The longest that the task may take, in seconds.</summary>
    public long? TimeoutInSeconds { get; set; }

    /// <summary>The longest that the task may be silent between two heartbeats, in seconds.</summary>
    public long? HeartbeatInSeconds { get; set; }

    /// <summary>The role that the task was run with, where the state names one.</summary>
    public TaskCredentials TaskCredentials { get; set; }
}

/// <summary>A task could not be started.</summary>
public class TaskStartFailedEventDetails
{
    /// <summary>The service that was called, such as <c>sqs</c>.</summary>
    [AWSProperty(Required = true, Min = 1, Max = 80)]
    public string ResourceType { get; set; }

    /// <summary>The action of the resource, such as <c>sendMessage.waitForTaskToken</c>.</summary>
    [AWSProperty(Required = true, Min = 1, Max = 80)]
    public string Resource { get; set; }

    /// <summary>The error code of the failure.</summary>
    [AWSProperty(Sensitive = true, Min = 0, Max = 256)]
    public string Error { get; set; }

    /// <summary>The human-readable cause of the failure.</summary>
    [AWSProperty(Sensitive = true, Min = 0, Max = 32768)]
    public string Cause { get; set; }
}

/// <summary>A task was started.</summary>
public class TaskStartedEventDetails
{
    /// <summary>The service that was called, such as <c>sqs</c>.</summary>
    [AWSProperty(Required = true, Min = 1, Max = 80)]
    public string ResourceType { get; set; }

    /// <summary>The action of the resource, such as <c>sendMessage.waitForTaskToken</c>.</summary>
    [AWSProperty(Required = true, Min = 1, Max = 80)]
    public string Resource { get; set; }
}

/// <summary>The service refused the call that a task waits on.</summary>
public class TaskSubmitFailedEventDetails
{
    /// <summary>The service that was called, such as <c>sqs</c>.</summary>
    [AWSProperty(Required = true, Min = 1, Max = 80)]
    public string ResourceType { get; set; }

    /// <summary>The action of the resource, such as <c>sendMessage.waitForTaskToken</c>.</summary>
    [AWSProperty(Required = true, Min = 1, Max = 80)]
    public string Resource { get; set; }

    /// <summary>The error code of the failure.</summary>
    [AWSProperty(Sensitive = true, Min = 0, Max = 256)]
    public string Error { get; set; }

    /// <summary>The human-readable cause of the failure.</summary>
    [AWSProperty(Sensitive = true, Min = 0, Max = 32768)]
    public string Cause { get; set; }
}

/// <summary>The service took the call; the task waits for its answer.</summary>
public class TaskSubmittedEventDetails
{
    /// <summary>The service that was called, such as <c>sqs</c>.</summary>
    [AWSProperty(Required = true, Min = 1, Max = 80)]
    public string ResourceType { get; set; }

    /// <summary>The action of the resource, such as <c>sendMessage.waitForTaskToken</c>.</summary>
    [AWSProperty(Required = true, Min = 1, Max = 80)]
    public string Resource { get; set; }

    /// <summary>The JSON output, 262,144 bytes of UTF-8 at most.</summary>
    [AWSProperty(Sensitive = true, Max = 262144)]
    public string Output { get; set; }

    /// <summary>Says whether the output is all there.</summary>
    public HistoryEventExecutionDataDetails OutputDetails { get; set; }
}

/// <summary>A task succeeded.</summary>
public class TaskSucceededEventDetails
{
    /// <summary>The service that was called, such as <c>sqs</c>.</summary>
    [AWSProperty(Required = true, Min = 1, Max = 80)]
    public string ResourceType { get; set; }

    /// <summary>The action of the resource, such as <c>sendMessage.waitForTaskToken</c>.</summary>
    [AWSProperty(Required = true, Min = 1, Max = 80)]
    public string Resource { get; set; }

    /// <summary>The JSON output, 262,144 bytes of UTF-8 at most.</summary>
    [AWSProperty(Sensitive = true, Max = 262144)]
    public string Output { get; set; }

    /// <summary>Says whether the output is all there.</summary>
    public HistoryEventExecutionDataDetails OutputDetails { get; set; }
}

/// <summary>A task timed out.</summary>
public class TaskTimedOutEventDetails
{
    /// <summary>The service that was called, such as <c>sqs</c>.</summary>
    [AWSProperty(Required = true, Min = 1, Max = 80)]
    public string ResourceType { get; set; }

    /// <summary>The action of the resource, such as <c>sendMessage.waitForTaskToken</c>.</summary>
    [AWSProperty(Required = true, Min = 1, Max = 80)]
    public string Resource { get; set; }

    /// <summary>The error code of the failure.</summary>
    [AWSProperty(Sensitive = true, Min = 0, Max = 256)]
    public string Error { get; set; }

    /// <summary>The human-readable cause of the failure.</summary>
    [AWSProperty(Sensitive = true, Min = 0, Max = 32768)]
    public string Cause { get; set; }
}
