namespace Archiver.Infra.LocalCloud.DynamoDb.Values;

/// <summary>
/// An attribute's value. Immutable; two are equal when DynamoDB's <c>=</c> says so: sets whatever their order, numbers
/// whatever their notation.
/// </summary>
internal abstract record AttributeValue
{
    /// <summary>The value's type.</summary>
    public abstract AttributeType Type { get; }

    /// <summary>Orders two values of one scalar type: strings by their UTF-8 bytes, numbers by value, binaries as unsigned bytes.</summary>
    /// <returns>Less than, equal to or greater than zero; nothing when the two can't be ordered.</returns>
    public static int? Compare(AttributeValue left, AttributeValue right) => (left, right) switch
    {
        (StringValue a, StringValue b) => CompareUtf8(a.Text, b.Text),
        (NumberValue a, NumberValue b) => a.Number.CompareTo(b.Number),
        (BinaryValue a, BinaryValue b) => a.Bytes.AsSpan().SequenceCompareTo(b.Bytes),
        _ => null,
    };

    /// <summary>Orders strings as their UTF-8 bytes do. UTF-16 differs where a surrogate meets a character above it.</summary>
    private static int CompareUtf8(string left, string right)
    {
        int same = left.AsSpan().CommonPrefixLength(right);
        if (same == left.Length || same == right.Length)
            return left.Length.CompareTo(right.Length);
        char a = left[same], b = right[same];
        return char.IsSurrogate(a) != char.IsSurrogate(b) ? char.IsSurrogate(a).CompareTo(char.IsSurrogate(b)) : a.CompareTo(b);
    }
}

/// <summary>A string, well-formed Unicode.</summary>
internal sealed record StringValue(string Text) : AttributeValue
{
    /// <inheritdoc/>
    public override AttributeType Type => AttributeType.S;
}

/// <summary>A number.</summary>
internal sealed record NumberValue(DynamoNumber Number) : AttributeValue
{
    /// <inheritdoc/>
    public override AttributeType Type => AttributeType.N;
}

/// <summary>Bytes.</summary>
internal sealed record BinaryValue(byte[] Bytes) : AttributeValue
{
    /// <inheritdoc/>
    public override AttributeType Type => AttributeType.B;

    /// <inheritdoc/>
    public bool Equals(BinaryValue? other) => other is not null && Bytes.AsSpan().SequenceEqual(other.Bytes);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = new();
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }
}

/// <summary>True or false.</summary>
internal sealed record BooleanValue(bool IsTrue) : AttributeValue
{
    /// <inheritdoc/>
    public override AttributeType Type => AttributeType.BOOL;
}

/// <summary>The null value.</summary>
internal sealed record NullValue : AttributeValue
{
    private NullValue() { }

    /// <summary>The only one.</summary>
    public static NullValue Instance { get; } = new();

    /// <inheritdoc/>
    public override AttributeType Type => AttributeType.NULL;
}

/// <summary>A set: distinct scalars of one type, at least one.</summary>
/// <param name="SetType"><c>SS</c>, <c>NS</c> or <c>BS</c>.</param>
/// <param name="Members">The members, in the order in which they were given.</param>
internal sealed record SetValue(AttributeType SetType, IReadOnlyList<AttributeValue> Members) : AttributeValue
{
    /// <inheritdoc/>
    public override AttributeType Type => SetType;

    /// <summary>The type of this set's members.</summary>
    public AttributeType MemberType => SetType switch
    {
        AttributeType.SS => AttributeType.S,
        AttributeType.NS => AttributeType.N,
        _ => AttributeType.B,
    };

    /// <inheritdoc/>
    public bool Equals(SetValue? other) =>
        other is not null && SetType == other.SetType && Members.Count == other.Members.Count && new HashSet<AttributeValue>(Members).SetEquals(other.Members);

    /// <inheritdoc/>
    public override int GetHashCode() => Members.Aggregate((int)SetType, (hash, member) => hash ^ member.GetHashCode());
}

/// <summary>A list.</summary>
internal sealed record ListValue(IReadOnlyList<AttributeValue> Elements) : AttributeValue
{
    /// <inheritdoc/>
    public override AttributeType Type => AttributeType.L;

    /// <inheritdoc/>
    public bool Equals(ListValue? other) => other is not null && Elements.SequenceEqual(other.Elements);

    /// <inheritdoc/>
    public override int GetHashCode() => Elements.Aggregate(17, HashCode.Combine);
}

/// <summary>A map; an item is one.</summary>
internal sealed record MapValue(IReadOnlyDictionary<string, AttributeValue> Attributes) : AttributeValue
{
    /// <summary>The map without an attribute.</summary>
    public static MapValue Empty { get; } = new(new Dictionary<string, AttributeValue>());

    /// <inheritdoc/>
    public override AttributeType Type => AttributeType.M;

    /// <summary>An attribute's value, or nothing.</summary>
    public AttributeValue? Find(string name) => Attributes.GetValueOrDefault(name);

    /// <inheritdoc/>
    public bool Equals(MapValue? other) => other is not null && Attributes.Count == other.Attributes.Count
        && Attributes.All(pair => other.Attributes.TryGetValue(pair.Key, out AttributeValue? value) && value.Equals(pair.Value));

    /// <inheritdoc/>
    public override int GetHashCode() => Attributes.Aggregate(31, (hash, pair) => hash ^ HashCode.Combine(pair.Key, pair.Value));
}
