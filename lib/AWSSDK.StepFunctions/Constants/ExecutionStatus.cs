using Amazon.Runtime;

namespace Amazon.StepFunctions;

/// <summary>The status of an execution.</summary>
public class ExecutionStatus : ConstantClass
{
    /// <summary>It runs.</summary>
    public static readonly ExecutionStatus RUNNING = new("RUNNING");

    /// <summary>It ended well.</summary>
    public static readonly ExecutionStatus SUCCEEDED = new("SUCCEEDED");

    /// <summary>It ended with an error.</summary>
    public static readonly ExecutionStatus FAILED = new("FAILED");

    /// <summary>It took longer than the machine allows.</summary>
    public static readonly ExecutionStatus TIMED_OUT = new("TIMED_OUT");

    /// <summary>It was stopped.</summary>
    public static readonly ExecutionStatus ABORTED = new("ABORTED");

    /// <summary>A child execution that waits for the redrive of its Map Run.</summary>
    public static readonly ExecutionStatus PENDING_REDRIVE = new("PENDING_REDRIVE");

    /// <summary>A value that this version knows no constant for.</summary>
    public ExecutionStatus(string value)
        : base(value)
    {
    }

    /// <summary>The constant of a value, or a new one for a value that this version does not know.</summary>
    public static ExecutionStatus FindValue(string value) => FindValue<ExecutionStatus>(value);

    /// <inheritdoc cref="FindValue(string)"/>
    public static implicit operator ExecutionStatus(string value) => FindValue(value);
}
