using Archiver.Infra.LocalCloud.DynamoDb.Values;
using Archiver.Infra.LocalCloud.Wire;

namespace Archiver.Infra.LocalCloud.DynamoDb.Expressions;

/// <summary>
/// Carries out an update on an item. Every operand is read from the item as it was, so the order of the actions does not matter, and
/// an index names the element that it named before the update.
/// </summary>
internal static class UpdateApplier
{
    private const string WrongType = "An operand in the update expression has an incorrect data type";

    /// <summary>The item after an update.</summary>
    /// <param name="actions">The update's actions, whose paths do not overlap.</param>
    /// <param name="item">The item before; it is left as it is.</param>
    /// <exception cref="AwsError"><c>ValidationException</c>: the update does not fit this item.</exception>
    public static MapValue Apply(IReadOnlyList<UpdateAction> actions, MapValue item)
    {
        EditableMap root = new(item);
        foreach (UpdateAction action in actions)
        {
            AttributeValue? before = action.Path.Resolve(item);
            switch (action)
            {
                case SetAction set:
                    root.Set(action.Path, Evaluate(set.Operand, item));
                    break;
                case AddAction add:
                    root.Set(action.Path, Add(before, add.Value));
                    break;
                case DeleteAction delete when before is not null:
                    if (Subtract(before, delete.Value) is AttributeValue rest)
                        root.Set(action.Path, rest);
                    else
                        root.Remove(action.Path);
                    break;
                case RemoveAction:
                    root.Remove(action.Path);
                    break;
            }
        }
        return (MapValue)root.ToValue();
    }

    private static AttributeValue Evaluate(Operand operand, MapValue item) => operand switch
    {
        ValueOperand value => value.Value,
        PathOperand path => path.Path.Resolve(item)
            ?? throw DynamoDbErrors.Validation("The provided expression refers to an attribute that does not exist in the item"),
        IfNotExistsOperand either => either.Path.Resolve(item) ?? Evaluate(either.Otherwise, item),
        ListAppendOperand append => Evaluate(append.First, item) is ListValue first && Evaluate(append.Second, item) is ListValue second
            ? new ListValue([.. first.Elements, .. second.Elements])
            : throw DynamoDbErrors.Validation(WrongType),
        ArithmeticOperand sum => Evaluate(sum.Left, item) is NumberValue left && Evaluate(sum.Right, item) is NumberValue right
            ? Sum(left.Number, sum.IsSubtraction ? right.Number.Negate() : right.Number)
            : throw DynamoDbErrors.Validation(WrongType),
        _ => throw new InvalidOperationException($"{operand.GetType().Name} is no operand of an update."),
    };

    private static NumberValue Sum(DynamoNumber left, DynamoNumber right) =>
        DynamoNumber.TryAdd(left, right, out DynamoNumber sum, out string? error) ? new NumberValue(sum) : throw DynamoDbErrors.Validation(error!);

    private static AttributeValue Add(AttributeValue? before, AttributeValue value) => (before, value) switch
    {
        (null, _) => value,
        (NumberValue left, NumberValue right) => Sum(left.Number, right.Number),
        (SetValue left, SetValue right) when left.SetType == right.SetType => new SetValue(left.SetType, [.. left.Members.Union(right.Members)]),
        _ => throw DynamoDbErrors.Validation(WrongType),
    };

    private static SetValue? Subtract(AttributeValue before, AttributeValue value)
    {
        if (before is not SetValue left || value is not SetValue right || left.SetType != right.SetType)
            throw DynamoDbErrors.Validation(WrongType);
        AttributeValue[] rest = [.. left.Members.Except(right.Members)];
        return rest.Length > 0 ? new SetValue(left.SetType, rest) : null;
    }
}
