using Amazon.Runtime.Internal;

namespace Amazon.StepFunctions.Model;

/// <summary>A state was entered.</summary>
public class StateEnteredEventDetails
{
    /// <summary>The name of the state.</summary>
    [AWSProperty(Required = true, Min = 1, Max = 80)]
    public string Name { get; set; }

    /// <summary>The JSON input, 262,144 bytes of UTF-8 at most.</summary>
    [AWSProperty(Sensitive = true, Max = 262144)]
    public string Input { get; set; }

    /// <summary>Says whether the input is all there.</summary>
    public HistoryEventExecutionDataDetails InputDetails { get; set; }
}

/// <summary>A state was left.</summary>
public class StateExitedEventDetails
{
    /// <summary>The name of the state.</summary>
    [AWSProperty(Required = true, Min = 1, Max = 80)]
    public string Name { get; set; }

    /// <summary>The JSON output, 262,144 bytes of UTF-8 at most.</summary>
    [AWSProperty(Sensitive = true, Max = 262144)]
    public string Output { get; set; }

    /// <summary>Says whether the output is all there.</summary>
    public HistoryEventExecutionDataDetails OutputDetails { get; set; }

    /// <summary>The variables that the state assigned, as JSON, by name.</summary>
    public Dictionary<string, string> AssignedVariables { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>Says whether the assigned variables are all there.</summary>
    public AssignedVariablesDetails AssignedVariablesDetails { get; set; }
}
