using Amazon.Runtime;

namespace Amazon.StepFunctions;

/// <summary>Whose key encrypts.</summary>
public class EncryptionType : ConstantClass
{
    /// <summary>A key of AWS.</summary>
    public static readonly EncryptionType AWS_OWNED_KEY = new("AWS_OWNED_KEY");

    /// <summary>A symmetric AWS KMS key of the customer.</summary>
    public static readonly EncryptionType CUSTOMER_MANAGED_KMS_KEY = new("CUSTOMER_MANAGED_KMS_KEY");

    /// <summary>A value that this version knows no constant for.</summary>
    public EncryptionType(string value)
        : base(value)
    {
    }

    /// <summary>The constant of a value, or a new one for a value that this version does not know.</summary>
    public static EncryptionType FindValue(string value) => FindValue<EncryptionType>(value);

    /// <inheritdoc cref="FindValue(string)"/>
    public static implicit operator EncryptionType(string value) => FindValue(value);
}
