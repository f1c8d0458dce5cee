namespace Amazon.StepFunctions.Model;

/// <summary>Says whether an execution's input or output is included.</summary>
public class CloudWatchEventsExecutionDataDetails
{
    /// <summary>True where the data is included in the response.</summary>
    public bool? Included { get; set; }
}

/// <summary>Says whether an event's input or output was truncated.</summary>
public class HistoryEventExecutionDataDetails
{
    /// <summary>True where the data was cut off, or left out of the response.</summary>
    public bool? Truncated { get; set; }
}

/// <summary>Says whether an event's assigned variables were truncated.</summary>
public class AssignedVariablesDetails
{
    /// <summary>True where the data was cut off, or left out of the response.</summary>
    public bool? Truncated { get; set; }
}
