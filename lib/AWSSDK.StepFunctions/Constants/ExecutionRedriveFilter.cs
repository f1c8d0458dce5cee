using Amazon.Runtime;

namespace Amazon.StepFunctions;

/// <summary>Which executions to list, by redrive.</summary>
public class ExecutionRedriveFilter : ConstantClass
{
    /// <summary>Those that were redriven.</summary>
    public static readonly ExecutionRedriveFilter REDRIVEN = new("REDRIVEN");

    /// <summary>Those that never were.</summary>
    public static readonly ExecutionRedriveFilter NOT_REDRIVEN = new("NOT_REDRIVEN");

    /// <summary>A value that this version knows no constant for.</summary>
    public ExecutionRedriveFilter(string value)
        : base(value)
    {
    }

    /// <summary>The constant of a value, or a new one for a value that this version does not know.</summary>
    public static ExecutionRedriveFilter FindValue(string value) => FindValue<ExecutionRedriveFilter>(value);

    /// <inheritdoc cref="FindValue(string)"/>
    public static implicit operator ExecutionRedriveFilter(string value) => FindValue(value);
}
