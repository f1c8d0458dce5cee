using Archiver.Infra.LocalCloud.DynamoDb.Values;
using Archiver.Infra.LocalCloud.Wire;

namespace Archiver.Infra.LocalCloud.DynamoDb.Expressions;

/// <summary>
/// Parses update expressions.
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html
/// </summary>
internal sealed class UpdateParser : ExpressionParser
{
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase) { "SET", "REMOVE", "ADD", "DELETE" };

    private const string Member = "UpdateExpression";

    private UpdateParser(string source, Placeholders placeholders) : base(Member, source, placeholders) { }

    /// <inheritdoc/>
    protected override IReadOnlySet<string> Keywords => Reserved;

    /// <summary>Parses an expression.</summary>
    /// <returns>Its actions, in order.</returns>
    /// <exception cref="AwsError"><c>ValidationException</c>, in AWS's words.</exception>
    public static IReadOnlyList<UpdateAction> Parse(string source, Placeholders placeholders)
    {
        UpdateParser parser = new(source, placeholders);
        List<UpdateAction> actions = [];
        HashSet<string> sections = [];
        do
            parser.ParseSection(sections, actions);
        while (parser.Current.Kind != TokenKind.End);
        if (PathOverlap.Find([.. actions.Select(action => action.Path)]) is string overlap)
            parser.Note(FindingKind.OverlappingPaths, overlap);
        parser.Finish();
        return actions;
    }

    private void ParseSection(HashSet<string> sections, List<UpdateAction> actions)
    {
        if (Current.Kind != TokenKind.Word || !Keywords.Contains(Current.Text))
            throw SyntaxError();
        string section = Take().Text.ToUpperInvariant();
        if (!sections.Add(section))
            Note(FindingKind.RepeatedSection, $"The \"{section}\" section can only be used once in an update expression;");
        do
        {
            actions.Add(section switch
            {
                "SET" => ParseSet(),
                "REMOVE" => new RemoveAction(TakePath()),
                "ADD" => new AddAction(TakePath(), TakeOperand(section)),
                _ => new DeleteAction(TakePath(), TakeOperand(section)),
            });
        }
        while (TakeSymbol(","));
    }

    private SetAction ParseSet()
    {
        DocumentPath path = TakePath();
        Expect("=");
        Operand left = ParseOperand();
        if (Current is not { Kind: TokenKind.Symbol, Text: "+" or "-" })
            return new SetAction(path, left);
        string sign = Take().Text;
        CountOperator();
        Operand right = ParseOperand();
        CheckTypes(sign, AttributeType.N, left, right);
        return new SetAction(path, new ArithmeticOperand(left, sign == "-", right));
    }

    private AttributeValue TakeOperand(string section)
    {
        AttributeValue value = TakeValue();
        bool fits = value is SetValue || (value is NumberValue && section == "ADD");
        if (!fits)
        {
            string type = value.Type switch
            {
                AttributeType.S => "STRING",
                AttributeType.N => "NUMBER",
                AttributeType.B => "BINARY",
                AttributeType.BOOL => "BOOLEAN",
                AttributeType.NULL => "NULL",
                AttributeType.L => "LIST",
                _ => "MAP",
            };
            Note(FindingKind.OperandType, $"Incorrect operand type for operator or function; operator: {section}, operand type: {type}, typeSet: ALLOWED_FOR_{section}_OPERAND");
        }
        return value;
    }

    private Operand ParseOperand()
    {
        if (TakeSymbol("("))
        {
            CountOperator();
            Operand inner = ParseOperand();
            Expect(")");
            return inner;
        }
        if (IsFunction())
            return ParseFunction();
        return Current.Kind == TokenKind.Value ? new ValueOperand(TakeValue()) : new PathOperand(TakePath());
    }

    private Operand ParseFunction()
    {
        string name = Take().Text;
        CountOperator();
        Expect("(");
        List<Operand> operands = [ParseOperand()];
        while (TakeSymbol(","))
            operands.Add(ParseOperand());
        Expect(")");
        if (name is not ("if_not_exists" or "list_append"))
            Note(FindingKind.UnknownFunction, $"Invalid function name; function: {name}");
        else if (operands.Count != 2)
            Note(FindingKind.OperandCount, $"Incorrect number of operands for operator or function; operator or function: {name}, number of operands: {operands.Count}");
        else if (name == "list_append")
            return ListAppend(operands[0], operands[1]);
        else if (operands[0] is PathOperand path)
            return new IfNotExistsOperand(path.Path, operands[1]);
        else
            Note(FindingKind.OperandType, "Operator or function requires a document path; operator or function: if_not_exists");
        return operands[0]; // never evaluated: what was noted is refused first
    }

    private ListAppendOperand ListAppend(Operand first, Operand second)
    {
        CheckTypes("list_append", AttributeType.L, first, second);
        return new ListAppendOperand(first, second);
    }

    private void CheckTypes(string function, AttributeType expected, params ReadOnlySpan<Operand> operands)
    {
        foreach (Operand operand in operands)
        {
            if (operand is ValueOperand { Value: var value } && value.Type != expected)
                Note(FindingKind.OperandType, $"Incorrect operand type for operator or function; operator or function: {function}, operand type: {value.Type}");
        }
    }
}
