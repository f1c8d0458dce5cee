using Archiver.Infra.LocalCloud.DynamoDb.Values;
using Archiver.Infra.LocalCloud.Wire;

namespace Archiver.Infra.LocalCloud.DynamoDb.Expressions;

/// <summary>How a sort key is narrowed.</summary>
internal enum RangeOperator
{
    /// <summary><c>=</c>.</summary>
    Equal,

    /// <summary><c>&lt;</c>.</summary>
    Less,

    /// <summary><c>&lt;=</c>.</summary>
    LessOrEqual,

    /// <summary><c>&gt;</c>.</summary>
    Greater,

    /// <summary><c>&gt;=</c>.</summary>
    GreaterOrEqual,

    /// <summary><c>BETWEEN</c>.</summary>
    Between,

    /// <summary><c>begins_with</c>.</summary>
    BeginsWith,
}

/// <summary>What a key condition says of one attribute.</summary>
/// <param name="Attribute">The attribute.</param>
/// <param name="Operator">The operator.</param>
/// <param name="Value">The value, or BETWEEN's lower bound.</param>
/// <param name="Upper">BETWEEN's upper bound.</param>
internal sealed record KeyTerm(string Attribute, RangeOperator Operator, AttributeValue Value, AttributeValue? Upper = null);

/// <summary>
/// Takes a key condition expression apart: one term an attribute.
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.KeyConditionExpressions.html
/// </summary>
internal static class KeyCondition
{
    private const string Member = "KeyConditionExpression";

    /// <summary>Parses a key condition.</summary>
    /// <returns>Its terms by attribute: one or two.</returns>
    /// <exception cref="AwsError"><c>ValidationException</c>, in AWS's words.</exception>
    public static IReadOnlyDictionary<string, KeyTerm> Parse(string source, Placeholders placeholders)
    {
        Dictionary<string, KeyTerm> terms = new(StringComparer.Ordinal);
        Collect(ConditionParser.Parse(Member, source, placeholders), terms);
        return terms.Count <= 2 ? terms : throw DynamoDbErrors.Validation("Conditions can be of length 1 or 2 only");
    }

    private static void Collect(Condition condition, Dictionary<string, KeyTerm> terms)
    {
        if (condition is AndCondition and)
        {
            foreach (Condition each in and.Conditions)
                Collect(each, terms);
            return;
        }
        KeyTerm term = condition switch
        {
            ComparisonCondition comparison => FromComparison(comparison),
            BetweenCondition between => new KeyTerm(
                FirstOperand(between.Operand, "BETWEEN"), RangeOperator.Between, Constant(between.Low), Constant(between.High)),
            BeginsWithCondition begins => new KeyTerm(FirstOperand(begins.Operand, "begins_with"), RangeOperator.BeginsWith, Constant(begins.Prefix)),
            OrCondition => throw InvalidOperator("OR"),
            NotCondition => throw InvalidOperator("NOT"),
            InCondition => throw InvalidOperator("IN"),
            ContainsCondition => throw InvalidOperator("contains"),
            TypeCondition => throw InvalidOperator("attribute_type"),
            ExistsCondition { Exists: true } => throw InvalidOperator("attribute_exists"),
            _ => throw InvalidOperator("attribute_not_exists"),
        };
        if (!terms.TryAdd(term.Attribute, term))
            throw DynamoDbErrors.Validation($"Invalid {Member}: KeyConditionExpressions must only contain one condition per key");
    }

    private static KeyTerm FromComparison(ComparisonCondition comparison)
    {
        if (comparison.Comparator == Comparator.NotEqual)
            throw InvalidOperator("<>");
        bool turned = comparison.Left is ValueOperand;
        string attribute = turned ? Attribute(comparison.Right) : Attribute(comparison.Left);
        AttributeValue value = Constant(turned ? comparison.Left : comparison.Right);
        RangeOperator comparator = (comparison.Comparator, turned) switch
        {
            (Comparator.Equal, _) => RangeOperator.Equal,
            (Comparator.Less, false) or (Comparator.Greater, true) => RangeOperator.Less,
            (Comparator.LessOrEqual, false) or (Comparator.GreaterOrEqual, true) => RangeOperator.LessOrEqual,
            (Comparator.Greater, _) or (Comparator.Less, _) => RangeOperator.Greater,
            _ => RangeOperator.GreaterOrEqual,
        };
        return new KeyTerm(attribute, comparator, value);
    }

    private static string Attribute(Operand operand) => operand switch
    {
        PathOperand { Path: { IsNested: false } path } => path.Root,
        PathOperand => throw Invalid("KeyConditionExpressions cannot have conditions on nested attributes"),
        SizeOperand => throw Invalid("KeyConditionExpressions cannot contain nested operations"),
        _ => throw Invalid("Invalid condition in KeyConditionExpression: No key attribute specified"),
    };

    private static string FirstOperand(Operand operand, string name) => operand is ValueOperand
        ? throw Invalid($"Invalid condition in KeyConditionExpression: {name} operator must have the key attribute as its first operand")
        : Attribute(operand);

    private static AttributeValue Constant(Operand operand) => operand switch
    {
        ValueOperand value => value.Value,
        SizeOperand => throw Invalid("KeyConditionExpressions cannot contain nested operations"),
        _ => throw Invalid("Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition"),
    };

    private static AwsError InvalidOperator(string name) => Invalid($"Invalid operator used in KeyConditionExpression: {name}");

    private static AwsError Invalid(string message) => DynamoDbErrors.Validation($"Invalid {Member}: {message}");
}
