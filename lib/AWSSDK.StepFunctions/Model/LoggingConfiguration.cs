using Amazon.Runtime.Internal;

namespace Amazon.StepFunctions.Model;

/// <summary>What a state machine logs, and where to.</summary>
public class LoggingConfiguration
{
    /// <summary>Which events are logged.</summary>
    public LogLevel Level { get; set; }

    /// <summary>True where inputs and outputs are logged, too.</summary>
    public bool? IncludeExecutionData { get; set; }

    /// <summary>Where the log goes; one at most.</summary>
    public List<LogDestination> Destinations { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

/// <summary>Where a state machine logs to.</summary>
public class LogDestination
{
    /// <summary>The log group.</summary>
    public CloudWatchLogsLogGroup CloudWatchLogsLogGroup { get; set; }
}

/// <summary>A log group of Amazon CloudWatch Logs.</summary>
public class CloudWatchLogsLogGroup
{
    /// <summary>The ARN of the log group; it ends in <c>:*</c>.</summary>
    [AWSProperty(Min = 1, Max = 256)]
    public string LogGroupArn { get; set; }
}
