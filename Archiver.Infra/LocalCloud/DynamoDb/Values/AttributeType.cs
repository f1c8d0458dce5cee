namespace Archiver.Infra.LocalCloud.DynamoDb.Values;

/// <summary>The data types of an attribute, under the names that the wire gives them.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html</remarks>
internal enum AttributeType
{
    /// <summary>A string.</summary>
    S,

    /// <summary>A number.</summary>
    N,

    /// <summary>Bytes.</summary>
    B,

    /// <summary>A set of strings.</summary>
    SS,

    /// <summary>A set of numbers.</summary>
    NS,

    /// <summary>A set of bytes.</summary>
    BS,

    /// <summary>True or false.</summary>
    BOOL,

    /// <summary>The null value.</summary>
    NULL,

    /// <summary>A list.</summary>
    L,

    /// <summary>A map.</summary>
    M,
}
