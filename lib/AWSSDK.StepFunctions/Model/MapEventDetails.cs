using Amazon.Runtime.Internal;

namespace Amazon.StepFunctions.Model;

/// <summary>A Map state started.</summary>
public class MapStateStartedEventDetails
{
    /// <summary>How many items the Map state iterates over.</summary>
    [AWSProperty(Min = 0)]
    public int? Length { get; set; }
}

/// <summary>An iteration of a Map state started, succeeded, failed or was aborted.</summary>
public class MapIterationEventDetails
{
    /// <summary>The name of the Map state that the iteration belongs to.</summary>
    [AWSProperty(Min = 1, Max = 80)]
    public string Name { get; set; }

    /// <summary>The iteration's place in the array; the first is 0.</summary>
    [AWSProperty(Min = 0)]
    public int? Index { get; set; }
}

/// <summary>A Map Run was started.</summary>
public class MapRunStartedEventDetails
{
    /// <summary>The ARN of the Map Run that was started.</summary>
    [AWSProperty(Min = 1, Max = 2000)]
    public string MapRunArn { get; set; }
}

/// <summary>A Map Run failed.</summary>
public class MapRunFailedEventDetails
{
    /// <summary>The error code of the failure.</summary>
    [AWSProperty(Sensitive = true, Min = 0, Max = 256)]
    public string Error { get; set; }

    /// <summary>The human-readable cause of the failure.</summary>
    [AWSProperty(Sensitive = true, Min = 0, Max = 32768)]
    public string Cause { get; set; }
}

/// <summary>A Map Run was redriven.</summary>
public class MapRunRedrivenEventDetails
{
    /// <summary>The ARN of the Map Run that was redriven.</summary>
    [AWSProperty(Min = 1, Max = 2000)]
    public string MapRunArn { get; set; }

    /// <summary>How many times it was redriven.</summary>
    public int? RedriveCount { get; set; }
}
