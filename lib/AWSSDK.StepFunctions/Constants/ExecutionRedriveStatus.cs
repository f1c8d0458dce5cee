using Amazon.Runtime;

namespace Amazon.StepFunctions;

/// <summary>Whether an execution can be redriven.</summary>
public class ExecutionRedriveStatus : ConstantClass
{
    /// <summary>It can be redriven.</summary>
    public static readonly ExecutionRedriveStatus REDRIVABLE = new("REDRIVABLE");

    /// <summary>It cannot be redriven.</summary>
    public static readonly ExecutionRedriveStatus NOT_REDRIVABLE = new("NOT_REDRIVABLE");

    /// <summary>It can be redriven with its Map Run only.</summary>
    public static readonly ExecutionRedriveStatus REDRIVABLE_BY_MAP_RUN = new("REDRIVABLE_BY_MAP_RUN");

    /// <summary>A value that this version knows no constant for.</summary>
    public ExecutionRedriveStatus(string value)
        : base(value)
    {
    }

    /// <summary>The constant of a value, or a new one for a value that this version does not know.</summary>
    public static ExecutionRedriveStatus FindValue(string value) => FindValue<ExecutionRedriveStatus>(value);

    /// <inheritdoc cref="FindValue(string)"/>
    public static implicit operator ExecutionRedriveStatus(string value) => FindValue(value);
}
