using Amazon.Runtime;

namespace Amazon.StepFunctions;

/// <summary>The status of a state machine.</summary>
public class StateMachineStatus : ConstantClass
{
    /// <summary>It can be run.</summary>
    public static readonly StateMachineStatus ACTIVE = new("ACTIVE");

    /// <summary>It goes once its executions have ended.</summary>
    public static readonly StateMachineStatus DELETING = new("DELETING");

    /// <summary>A value that this version knows no constant for.</summary>
    public StateMachineStatus(string value)
        : base(value)
    {
    }

    /// <summary>The constant of a value, or a new one for a value that this version does not know.</summary>
    public static StateMachineStatus FindValue(string value) => FindValue<StateMachineStatus>(value);

    /// <inheritdoc cref="FindValue(string)"/>
    public static implicit operator StateMachineStatus(string value) => FindValue(value);
}
