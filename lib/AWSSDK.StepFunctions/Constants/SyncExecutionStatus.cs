using Amazon.Runtime;

namespace Amazon.StepFunctions;

/// <summary>How a synchronous execution ended.</summary>
public class SyncExecutionStatus : ConstantClass
{
    /// <summary>It ended well.</summary>
    public static readonly SyncExecutionStatus SUCCEEDED = new("SUCCEEDED");

    /// <summary>It ended with an error.</summary>
    public static readonly SyncExecutionStatus FAILED = new("FAILED");

    /// <summary>It took longer than the machine allows.</summary>
    public static readonly SyncExecutionStatus TIMED_OUT = new("TIMED_OUT");

    /// <summary>A value that this version knows no constant for.</summary>
    public SyncExecutionStatus(string value)
        : base(value)
    {
    }

    /// <summary>The constant of a value, or a new one for a value that this version does not know.</summary>
    public static SyncExecutionStatus FindValue(string value) => FindValue<SyncExecutionStatus>(value);

    /// <inheritdoc cref="FindValue(string)"/>
    public static implicit operator SyncExecutionStatus(string value) => FindValue(value);
}
