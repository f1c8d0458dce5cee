using Amazon.Runtime;

namespace Amazon.StepFunctions;

/// <summary>The kind of a state machine.</summary>
public class StateMachineType : ConstantClass
{
    /// <summary>Durable, for up to a year, each step exactly once.</summary>
    public static readonly StateMachineType STANDARD = new("STANDARD");

    /// <summary>At high volume, for up to five minutes, each step at least once.</summary>
    public static readonly StateMachineType EXPRESS = new("EXPRESS");

    /// <summary>A value that this version knows no constant for.</summary>
    public StateMachineType(string value)
        : base(value)
    {
    }

    /// <summary>The constant of a value, or a new one for a value that this version does not know.</summary>
    public static StateMachineType FindValue(string value) => FindValue<StateMachineType>(value);

    /// <inheritdoc cref="FindValue(string)"/>
    public static implicit operator StateMachineType(string value) => FindValue(value);
}
