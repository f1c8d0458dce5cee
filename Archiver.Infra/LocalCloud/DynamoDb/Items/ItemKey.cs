using System.IO.Hashing;
using System.Text;
using Archiver.Infra.LocalCloud.DynamoDb.Tables;
using Archiver.Infra.LocalCloud.DynamoDb.Values;

namespace Archiver.Infra.LocalCloud.DynamoDb.Items;

/// <summary>
/// A key as it is kept: bytes whose order is the order of the key's type. The hash of the partition key comes before it, so that a scan
/// goes through partitions in an order of no meaning, as AWS's does, and a segment of a parallel scan is one range.
/// </summary>
/// <param name="Hash">A hash of the partition key, 0 to 2^32 - 1.</param>
/// <param name="Partition">The partition key.</param>
/// <param name="Sort">The sort key; empty where the schema has none.</param>
internal sealed record ItemKey(long Hash, byte[] Partition, byte[] Sort)
{
    /// <summary>One more than the highest hash.</summary>
    public const long HashCount = 1L << 32;

    /// <summary>The key of an item, or nothing when it lacks an attribute of the key or has it with another type.</summary>
    public static ItemKey? Of(KeySchema schema, MapValue item)
    {
        if (Encode(schema.Hash, item) is not byte[] partition)
            return null;
        byte[]? sort = schema.Range is null ? [] : Encode(schema.Range, item);
        return sort is null ? null : new ItemKey(HashOf(partition), partition, sort);
    }

    /// <summary>The hash of a partition key. It is on disk: it may never change.</summary>
    public static long HashOf(ReadOnlySpan<byte> partition) => XxHash32.HashToUInt32(partition);

    /// <summary>The bytes of a key attribute's value, whose unsigned order is the type's order.</summary>
    public static byte[] Encode(AttributeValue value) => value switch
    {
        StringValue text => Encoding.UTF8.GetBytes(text.Text),
        NumberValue number => number.Number.ToOrderedBytes(),
        BinaryValue binary => binary.Bytes,
        _ => throw new ArgumentException($"A value of type {value.Type} is no key.", nameof(value)),
    };

    /// <summary>The value that <see cref="Encode(AttributeValue)"/> gave the bytes of.</summary>
    public static AttributeValue Decode(AttributeType type, byte[] bytes) => type switch
    {
        AttributeType.S => new StringValue(Encoding.UTF8.GetString(bytes)),
        AttributeType.N => new NumberValue(DynamoNumber.FromOrderedBytes(bytes)),
        _ => new BinaryValue(bytes),
    };

    /// <inheritdoc/>
    public bool Equals(ItemKey? other) => other is not null && Hash == other.Hash
        && Partition.AsSpan().SequenceEqual(other.Partition) && Sort.AsSpan().SequenceEqual(other.Sort);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Hash, HashOf(Sort));

    private static byte[]? Encode(KeyAttribute attribute, MapValue item) =>
        item.Find(attribute.Name) is AttributeValue value && value.Type == attribute.Type ? Encode(value) : null;
}
