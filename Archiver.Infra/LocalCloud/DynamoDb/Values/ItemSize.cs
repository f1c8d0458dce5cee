using System.Text;

namespace Archiver.Infra.LocalCloud.DynamoDb.Values;

/// <summary>
/// How many bytes DynamoDB counts for an item, which is what limits, pages and capacity go by.
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
/// </summary>
internal static class ItemSize
{
    /// <summary>The most bytes an item may have: 400 KB.</summary>
    public const int MaxItemBytes = 400 * 1024;

    private const int ContainerBytes = 3;
    private const int ElementBytes = 1;

    /// <summary>An item's bytes: of its attributes' names and values.</summary>
    public static int Of(MapValue item) => Of(item, _ => true);

    /// <summary>The bytes of those of an item's attributes that an index takes over.</summary>
    public static int Of(MapValue item, Func<string, bool> isProjected) =>
        item.Attributes.Sum(attribute => isProjected(attribute.Key) ? Encoding.UTF8.GetByteCount(attribute.Key) + Of(attribute.Value) : 0);

    private static int Of(AttributeValue value) => value switch
    {
        StringValue text => Encoding.UTF8.GetByteCount(text.Text),
        NumberValue number => ((number.Number.Digits + 1) / 2) + 1 + (number.Number.IsNegative ? 1 : 0),
        BinaryValue binary => binary.Bytes.Length,
        SetValue set => set.Members.Sum(Of),
        ListValue list => ContainerBytes + list.Elements.Sum(element => ElementBytes + Of(element)),
        MapValue map => ContainerBytes + map.Attributes.Sum(attribute => ElementBytes + Encoding.UTF8.GetByteCount(attribute.Key) + Of(attribute.Value)),
        _ => 1,
    };
}
