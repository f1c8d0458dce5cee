using Amazon.Runtime;

namespace Amazon.StepFunctions;

/// <summary>The state of an AWS KMS key that cannot be used.</summary>
public class KmsKeyState : ConstantClass
{
    /// <summary>It is disabled.</summary>
    public static readonly KmsKeyState DISABLED = new("DISABLED");

    /// <summary>It is about to be deleted.</summary>
    public static readonly KmsKeyState PENDING_DELETION = new("PENDING_DELETION");

    /// <summary>Its material is not imported yet.</summary>
    public static readonly KmsKeyState PENDING_IMPORT = new("PENDING_IMPORT");

    /// <summary>Its key store is out of reach.</summary>
    public static readonly KmsKeyState UNAVAILABLE = new("UNAVAILABLE");

    /// <summary>It is being created.</summary>
    public static readonly KmsKeyState CREATING = new("CREATING");

    /// <summary>A value that this version knows no constant for.</summary>
    public KmsKeyState(string value)
        : base(value)
    {
    }

    /// <summary>The constant of a value, or a new one for a value that this version does not know.</summary>
    public static KmsKeyState FindValue(string value) => FindValue<KmsKeyState>(value);

    /// <inheritdoc cref="FindValue(string)"/>
    public static implicit operator KmsKeyState(string value) => FindValue(value);
}
