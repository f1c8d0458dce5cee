using Amazon.Runtime.Internal;

namespace Amazon.StepFunctions.Model;

/// <summary>An expression of a state failed to evaluate.</summary>
public class EvaluationFailedEventDetails
{
    /// <summary>The error code of the failure.</summary>
    [AWSProperty(Sensitive = true, Min = 0, Max = 256)]
    public string Error { get; set; }

    /// <summary>The human-readable cause of the failure.</summary>
    [AWSProperty(Sensitive = true, Min = 0, Max = 32768)]
    public string Cause { get; set; }

    /// <summary>The part of the state that failed to evaluate.</summary>
    [AWSProperty(Sensitive = true, Min = 0, Max = 256)]
    public string Location { get; set; }

    /// <summary>The name of the state that failed to evaluate.</summary>
    [AWSProperty(Required = true, Min = 1, Max = 80)]
    public string State { get; set; }
}
