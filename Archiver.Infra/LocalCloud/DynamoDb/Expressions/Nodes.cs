using Archiver.Infra.LocalCloud.DynamoDb.Values;

namespace Archiver.Infra.LocalCloud.DynamoDb.Expressions;

/// <summary>A piece of a parsed expression. Immutable; placeholders are already replaced.</summary>
internal abstract record Node;

/// <summary>What gives a value, or none where the item lacks it.</summary>
internal abstract record Operand : Node;

/// <summary>An attribute of the item, or what is nested in one.</summary>
internal sealed record PathOperand(DocumentPath Path) : Operand;

/// <summary>A value of the request.</summary>
internal sealed record ValueOperand(AttributeValue Value) : Operand;

/// <summary><c>size(path)</c>.</summary>
internal sealed record SizeOperand(Operand Of) : Operand;

/// <summary><c>if_not_exists(path, operand)</c>.</summary>
internal sealed record IfNotExistsOperand(DocumentPath Path, Operand Otherwise) : Operand;

/// <summary><c>list_append(operand, operand)</c>.</summary>
internal sealed record ListAppendOperand(Operand First, Operand Second) : Operand;

/// <summary><c>operand + operand</c> or <c>operand - operand</c>.</summary>
internal sealed record ArithmeticOperand(Operand Left, bool IsSubtraction, Operand Right) : Operand;

/// <summary>What an item meets or does not.</summary>
internal abstract record Condition : Node;

/// <summary>How two values are compared.</summary>
internal enum Comparator
{
    /// <summary><c>=</c>.</summary>
    Equal,

    /// <summary><c>&lt;&gt;</c>.</summary>
    NotEqual,

    /// <summary><c>&lt;</c>.</summary>
    Less,

    /// <summary><c>&lt;=</c>.</summary>
    LessOrEqual,

    /// <summary><c>&gt;</c>.</summary>
    Greater,

    /// <summary><c>&gt;=</c>.</summary>
    GreaterOrEqual,
}

/// <summary><c>operand comparator operand</c>.</summary>
internal sealed record ComparisonCondition(Operand Left, Comparator Comparator, Operand Right) : Condition;

/// <summary><c>operand BETWEEN operand AND operand</c>, both ends included.</summary>
internal sealed record BetweenCondition(Operand Operand, Operand Low, Operand High) : Condition;

/// <summary><c>operand IN (operand, …)</c>.</summary>
internal sealed record InCondition(Operand Operand, IReadOnlyList<Operand> Choices) : Condition;

/// <summary><c>attribute_exists(path)</c>, or <c>attribute_not_exists(path)</c>.</summary>
internal sealed record ExistsCondition(DocumentPath Path, bool Exists) : Condition;

/// <summary><c>attribute_type(path, :type)</c>.</summary>
internal sealed record TypeCondition(Operand Operand, AttributeType AttributeType) : Condition;

/// <summary><c>begins_with(operand, operand)</c>.</summary>
internal sealed record BeginsWithCondition(Operand Operand, Operand Prefix) : Condition;

/// <summary><c>contains(operand, operand)</c>.</summary>
internal sealed record ContainsCondition(Operand Container, Operand Content) : Condition;

/// <summary>Conditions joined by AND.</summary>
internal sealed record AndCondition(IReadOnlyList<Condition> Conditions) : Condition;

/// <summary>Conditions joined by OR.</summary>
internal sealed record OrCondition(IReadOnlyList<Condition> Conditions) : Condition;

/// <summary><c>NOT condition</c>.</summary>
internal sealed record NotCondition(Condition Condition) : Condition;

/// <summary>One action of an update.</summary>
internal abstract record UpdateAction(DocumentPath Path);

/// <summary><c>SET path = operand</c>.</summary>
internal sealed record SetAction(DocumentPath Path, Operand Operand) : UpdateAction(Path);

/// <summary><c>REMOVE path</c>.</summary>
internal sealed record RemoveAction(DocumentPath Path) : UpdateAction(Path);

/// <summary><c>ADD path :value</c>.</summary>
internal sealed record AddAction(DocumentPath Path, AttributeValue Value) : UpdateAction(Path);

/// <summary><c>DELETE path :value</c>.</summary>
internal sealed record DeleteAction(DocumentPath Path, AttributeValue Value) : UpdateAction(Path);
