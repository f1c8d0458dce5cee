namespace Amazon.StepFunctions.Model;

/// <summary>Whether a state machine is traced with AWS X-Ray.</summary>
public class TracingConfiguration
{
    /// <summary>True where tracing is on.</summary>
    public bool? Enabled { get; set; }
}
