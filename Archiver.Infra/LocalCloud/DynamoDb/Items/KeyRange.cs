using Archiver.Infra.LocalCloud.DynamoDb.Expressions;
using Archiver.Infra.LocalCloud.DynamoDb.Rows;
using Archiver.Infra.LocalCloud.DynamoDb.Tables;
using Archiver.Infra.LocalCloud.DynamoDb.Values;
using Archiver.Infra.LocalCloud.Wire;

namespace Archiver.Infra.LocalCloud.DynamoDb.Items;

/// <summary>Turns what a request says of keys into the range of rows to read.</summary>
internal static class KeyRange
{
    /// <summary>The range of a request.</summary>
    /// <param name="table">The table.</param>
    /// <param name="index">The index, or nothing.</param>
    /// <param name="request">The request.</param>
    /// <exception cref="AwsError"><c>ValidationException</c>.</exception>
    public static RowRange Of(TableDefinition table, SecondaryIndex? index, PageRequest request)
    {
        KeySchema schema = index?.Key ?? table.Key;
        RowRange range = request.KeyTerms is null ? SegmentOf(request) : PartitionOf(schema, request.KeyTerms);
        if (request.Start is null)
            return range with { Forward = request.Forward };
        RowPosition start = Position(table, index, request.Start);
        CheckStart(range, start, request.KeyTerms);
        return range with { Forward = request.Forward, After = start };
    }

    /// <summary>The key that a page's last row is known by: the item's, and the index's with it.</summary>
    public static MapValue KeyOf(TableDefinition table, SecondaryIndex? index, RowPosition position)
    {
        Dictionary<string, AttributeValue> key = new(StringComparer.Ordinal);
        if (index is not null)
            Add(index.Key, position.Index!);
        Add(table.Key, position.Item);
        return new MapValue(key);

        void Add(KeySchema schema, ItemKey encoded)
        {
            key[schema.Hash.Name] = ItemKey.Decode(schema.Hash.Type, encoded.Partition);
            if (schema.Range is not null)
                key[schema.Range.Name] = ItemKey.Decode(schema.Range.Type, encoded.Sort);
        }
    }

    private static RowRange SegmentOf(PageRequest request) => new()
    {
        FirstHash = request.Segment * ItemKey.HashCount / request.TotalSegments,
        LastHash = ((request.Segment + 1) * ItemKey.HashCount / request.TotalSegments) - 1,
    };

    private static RowRange PartitionOf(KeySchema schema, IReadOnlyDictionary<string, KeyTerm> terms)
    {
        if (!terms.TryGetValue(schema.Hash.Name, out KeyTerm? hash))
            throw DynamoDbErrors.Validation($"Query condition missed key schema element: {schema.Hash.Name}");
        if (hash.Operator != RangeOperator.Equal)
            throw DynamoDbErrors.Validation("Query key condition not supported");
        KeyTerm? range = null;
        if (terms.Count > 1)
        {
            if (schema.Range is null)
                throw DynamoDbErrors.Validation("Query key condition not supported");
            if (!terms.TryGetValue(schema.Range.Name, out range))
                throw DynamoDbErrors.Validation($"Query condition missed key schema element: {schema.Range.Name}");
            CheckType(schema.Range, range);
        }
        CheckType(schema.Hash, hash);
        (SortBound? low, SortBound? high) = range is null ? (null, null) : Bounds(range);
        return new RowRange { Partition = ItemKey.Encode(hash.Value), Low = low, High = high };
    }

    private static (SortBound? Low, SortBound? High) Bounds(KeyTerm term)
    {
        if (term.Operator == RangeOperator.BeginsWith && term.Value.Type == AttributeType.N)
            throw DynamoDbErrors.InvalidParameter("ComparisonOperator BEGINS_WITH is not valid for N AttributeValue type");
        byte[] value = ItemKey.Encode(term.Value);
        return term.Operator switch
        {
            RangeOperator.Equal => (new SortBound(value, true), new SortBound(value, true)),
            RangeOperator.Less => (null, new SortBound(value, false)),
            RangeOperator.LessOrEqual => (null, new SortBound(value, true)),
            RangeOperator.Greater => (new SortBound(value, false), null),
            RangeOperator.GreaterOrEqual => (new SortBound(value, true), null),
            RangeOperator.Between => (new SortBound(value, true), new SortBound(ItemKey.Encode(term.Upper!), true)),
            _ => (new SortBound(value, true), PastPrefix(value)),
        };
    }

    /// <summary>The first key after all that begin with a prefix; nothing where there is none.</summary>
    private static SortBound? PastPrefix(byte[] prefix)
    {
        int last = Array.FindLastIndex(prefix, value => value != byte.MaxValue);
        if (last < 0)
            return null;
        byte[] next = prefix[..(last + 1)];
        next[last]++;
        return new SortBound(next, false);
    }

    private static void CheckType(KeyAttribute attribute, KeyTerm term)
    {
        if (term.Value.Type != attribute.Type || (term.Upper is not null && term.Upper.Type != attribute.Type))
            throw DynamoDbErrors.InvalidParameter("Condition parameter type does not match schema type");
        if (term.Operator != RangeOperator.BeginsWith && ItemKey.Encode(term.Value).Length == 0)
        {
            throw DynamoDbErrors.Validation(
                $"One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty {(attribute.Type == AttributeType.S ? "string" : "binary")} value. Key: {attribute.Name}");
        }
    }

    private static RowPosition Position(TableDefinition table, SecondaryIndex? index, MapValue start)
    {
        KeyAttribute[] attributes = [.. table.Key.Attributes.Concat(index?.Key.Attributes ?? []).Distinct()];
        ItemKey? item = ItemKey.Of(table.Key, start), entry = index is null ? null : ItemKey.Of(index.Key, start);
        if (item is null || (index is not null && entry is null) || start.Attributes.Count != attributes.Length)
            throw DynamoDbErrors.Validation("The provided starting key is invalid" + (index is null ? ": The provided key element does not match the schema" : ""));
        return new RowPosition(item, entry);
    }

    private static void CheckStart(RowRange range, RowPosition start, IReadOnlyDictionary<string, KeyTerm>? terms)
    {
        ItemKey key = start.Index ?? start.Item;
        if (range.Partition is null)
        {
            if (key.Hash < range.FirstHash || key.Hash > range.LastHash)
                throw DynamoDbErrors.Validation("The provided Exclusive start key does not map to the provided Segment and TotalSegments values.");
            return;
        }
        if (!range.Partition.AsSpan().SequenceEqual(key.Partition))
            throw DynamoDbErrors.Validation("The provided starting key is outside query boundaries based on provided conditions");
        bool inside = (range.Low is null || key.Sort.AsSpan().SequenceCompareTo(range.Low.Bytes) is var low && (low > 0 || (low == 0 && range.Low.Inclusive)))
            && (range.High is null || key.Sort.AsSpan().SequenceCompareTo(range.High.Bytes) is var high && (high < 0 || (high == 0 && range.High.Inclusive)));
        if (!inside && terms!.Count > 1)
            throw DynamoDbErrors.Validation("The provided starting key does not match the range key predicate");
    }
}
