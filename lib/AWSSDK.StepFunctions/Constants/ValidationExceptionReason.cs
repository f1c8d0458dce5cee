using Amazon.Runtime;

namespace Amazon.StepFunctions;

/// <summary>Why the input was refused.</summary>
public class ValidationExceptionReason : ConstantClass
{
    /// <summary>The call takes no ARN with a label.</summary>
    public static readonly ValidationExceptionReason API_DOES_NOT_SUPPORT_LABELED_ARNS = new("API_DOES_NOT_SUPPORT_LABELED_ARNS");

    /// <summary>A required member is absent.</summary>
    public static readonly ValidationExceptionReason MISSING_REQUIRED_PARAMETER = new("MISSING_REQUIRED_PARAMETER");

    /// <summary>The Map Run has ended.</summary>
    public static readonly ValidationExceptionReason CANNOT_UPDATE_COMPLETED_MAP_RUN = new("CANNOT_UPDATE_COMPLETED_MAP_RUN");

    /// <summary>The alias routes to versions it may not.</summary>
    public static readonly ValidationExceptionReason INVALID_ROUTING_CONFIGURATION = new("INVALID_ROUTING_CONFIGURATION");

    /// <summary>A value that this version knows no constant for.</summary>
    public ValidationExceptionReason(string value)
        : base(value)
    {
    }

    /// <summary>The constant of a value, or a new one for a value that this version does not know.</summary>
    public static ValidationExceptionReason FindValue(string value) => FindValue<ValidationExceptionReason>(value);

    /// <inheritdoc cref="FindValue(string)"/>
    public static implicit operator ValidationExceptionReason(string value) => FindValue(value);
}
