using Archiver.Infra.LocalCloud.DynamoDb.Values;

namespace Archiver.Infra.LocalCloud.DynamoDb.Expressions;

/// <summary>
/// Says whether an item meets a condition. An attribute that the item lacks, and types that do not compare, make a comparison false
/// (<c>&lt;&gt;</c> true), never an error.
/// </summary>
internal static class ConditionEvaluator
{
    /// <summary>Whether an item meets a condition.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="item">The item; the empty one where there is none.</param>
    public static bool Matches(Condition condition, MapValue item) => condition switch
    {
        AndCondition and => and.Conditions.All(each => Matches(each, item)),
        OrCondition or => or.Conditions.Any(each => Matches(each, item)),
        NotCondition not => !Matches(not.Condition, item),
        ComparisonCondition comparison => Compare(Evaluate(comparison.Left, item), comparison.Comparator, Evaluate(comparison.Right, item)),
        BetweenCondition between => IsBetween(Evaluate(between.Operand, item), Evaluate(between.Low, item), Evaluate(between.High, item)),
        InCondition choice => Evaluate(choice.Operand, item) is AttributeValue value
            && choice.Choices.Any(each => value.Equals(Evaluate(each, item))),
        ExistsCondition exists => exists.Path.Resolve(item) is not null == exists.Exists,
        TypeCondition type => Evaluate(type.Operand, item)?.Type == type.AttributeType,
        BeginsWithCondition begins => BeginsWith(Evaluate(begins.Operand, item), Evaluate(begins.Prefix, item)),
        ContainsCondition contains => Contains(Evaluate(contains.Container, item), Evaluate(contains.Content, item)),
        _ => throw new InvalidOperationException($"{condition.GetType().Name} is no condition."),
    };

    private static AttributeValue? Evaluate(Operand operand, MapValue item) => operand switch
    {
        PathOperand path => path.Path.Resolve(item),
        ValueOperand value => value.Value,
        SizeOperand size => Size(Evaluate(size.Of, item)),
        _ => throw new InvalidOperationException($"{operand.GetType().Name} is no operand of a condition."),
    };

    private static bool Compare(AttributeValue? left, Comparator comparator, AttributeValue? right)
    {
        if (comparator == Comparator.Equal)
            return left is not null && left.Equals(right);
        if (comparator == Comparator.NotEqual)
            return !Equals(left, right);
        if (left is null || right is null || AttributeValue.Compare(left, right) is not int order)
            return false;
        return comparator switch
        {
            Comparator.Less => order < 0,
            Comparator.LessOrEqual => order <= 0,
            Comparator.Greater => order > 0,
            _ => order >= 0,
        };
    }

    private static bool IsBetween(AttributeValue? value, AttributeValue? low, AttributeValue? high) =>
        Compare(value, Comparator.GreaterOrEqual, low) && Compare(value, Comparator.LessOrEqual, high);

    private static bool BeginsWith(AttributeValue? value, AttributeValue? prefix) => (value, prefix) switch
    {
        (StringValue text, StringValue start) => text.Text.StartsWith(start.Text, StringComparison.Ordinal),
        (BinaryValue bytes, BinaryValue start) => bytes.Bytes.AsSpan().StartsWith(start.Bytes),
        _ => false,
    };

    private static bool Contains(AttributeValue? container, AttributeValue? content) => (container, content) switch
    {
        (_, null) => false,
        (StringValue text, StringValue part) => text.Text.Contains(part.Text, StringComparison.Ordinal),
        (BinaryValue bytes, BinaryValue part) => bytes.Bytes.AsSpan().IndexOf(part.Bytes) >= 0,
        (SetValue set, _) => set.Members.Contains(content),
        (ListValue list, _) => list.Elements.Contains(content),
        _ => false,
    };

    private static NumberValue? Size(AttributeValue? value)
    {
        int? size = value switch
        {
            StringValue text => text.Text.Length,
            BinaryValue binary => binary.Bytes.Length,
            SetValue set => set.Members.Count,
            ListValue list => list.Elements.Count,
            MapValue map => map.Attributes.Count,
            _ => null,
        };
        return size is int known ? new NumberValue(DynamoNumber.From(known)) : null;
    }
}
