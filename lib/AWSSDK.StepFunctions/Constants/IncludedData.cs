using Amazon.Runtime;

namespace Amazon.StepFunctions;

/// <summary>Whether a response includes what is encrypted.</summary>
public class IncludedData : ConstantClass
{
    /// <summary>Everything.</summary>
    public static readonly IncludedData ALL_DATA = new("ALL_DATA");

    /// <summary>Metadata only: no definition, input or output.</summary>
    public static readonly IncludedData METADATA_ONLY = new("METADATA_ONLY");

    /// <summary>A value that this version knows no constant for.</summary>
    public IncludedData(string value)
        : base(value)
    {
    }

    /// <summary>The constant of a value, or a new one for a value that this version does not know.</summary>
    public static IncludedData FindValue(string value) => FindValue<IncludedData>(value);

    /// <inheritdoc cref="FindValue(string)"/>
    public static implicit operator IncludedData(string value) => FindValue(value);
}
