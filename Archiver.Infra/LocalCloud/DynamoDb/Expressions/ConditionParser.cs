using Archiver.Infra.LocalCloud.DynamoDb.Values;
using Archiver.Infra.LocalCloud.Wire;

namespace Archiver.Infra.LocalCloud.DynamoDb.Expressions;

/// <summary>
/// Parses condition, filter and key condition expressions, which share one grammar.
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html
/// </summary>
internal sealed class ConditionParser : ExpressionParser
{
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase) { "AND", "OR", "NOT", "BETWEEN", "IN" };

    private static readonly Dictionary<string, Comparator> Comparators = new(StringComparer.Ordinal)
    {
        ["="] = Comparator.Equal,
        ["<>"] = Comparator.NotEqual,
        ["<"] = Comparator.Less,
        ["<="] = Comparator.LessOrEqual,
        [">"] = Comparator.Greater,
        [">="] = Comparator.GreaterOrEqual,
    };

    private int _depth;
    private Node? _bracketed; // what the innermost brackets that were closed last hold

    private ConditionParser(string member, string source, Placeholders placeholders) : base(member, source, placeholders) { }

    /// <inheritdoc/>
    protected override IReadOnlySet<string> Keywords => Reserved;

    /// <summary>Parses an expression.</summary>
    /// <param name="member">The request's member that holds it, such as <c>FilterExpression</c>.</param>
    /// <param name="source">The expression.</param>
    /// <param name="placeholders">The request's names and values.</param>
    /// <exception cref="AwsError"><c>ValidationException</c>, in AWS's words.</exception>
    public static Condition Parse(string member, string source, Placeholders placeholders)
    {
        ConditionParser parser = new(member, source, placeholders);
        Condition condition = parser.AsCondition(parser.ParseOr());
        parser.Finish();
        return condition;
    }

    // The three levels below give an operand only where nothing but one (perhaps in brackets) was there: (a) = :v.
    private Node ParseOr() => ParseJoined("OR", ParseAnd, conditions => new OrCondition(conditions));

    private Node ParseAnd() => ParseJoined("AND", ParseNot, conditions => new AndCondition(conditions));

    private Node ParseJoined(string keyword, Func<Node> parse, Func<IReadOnlyList<Condition>, Condition> join)
    {
        Node first = parse();
        if (!IsKeyword(keyword))
            return first;
        List<Condition> conditions = [AsCondition(first)];
        while (TakeKeyword(keyword))
        {
            CountOperator();
            conditions.Add(AsCondition(parse()));
        }
        return join(conditions);
    }

    private Node ParseNot()
    {
        if (!TakeKeyword("NOT"))
            return ParsePrimary();
        CountOperator();
        return new NotCondition(AsCondition(ParseNot()));
    }

    private Node ParsePrimary()
    {
        Node node = Current is { Kind: TokenKind.Symbol, Text: "(" } ? ParseBrackets() : IsFunction() ? ParseFunction() : ParseOperand();
        if (Current.Kind == TokenKind.Symbol && Comparators.TryGetValue(Current.Text, out Comparator comparator))
        {
            Operand left = AsOperand(node);
            string symbol = Take().Text;
            return Comparison(left, comparator, symbol, ParseOperand());
        }
        if (IsKeyword("BETWEEN"))
        {
            Operand operand = AsOperand(node);
            Take();
            return ParseBounds(operand);
        }
        if (IsKeyword("IN"))
        {
            Operand operand = AsOperand(node);
            Take();
            return ParseChoices(operand);
        }
        return node;
    }

    private Node ParseBrackets()
    {
        Expect("(");
        if (++_depth > MaxOperators)
            throw Refusal($"The expression is nested too deeply; nesting levels: {_depth}");
        Node node = ParseOr();
        // ((x)) is refused, ((x) AND y) is not.
        if (ReferenceEquals(node, _bracketed))
            throw Refusal("The expression has redundant parentheses;");
        Expect(")");
        _depth--;
        return _bracketed = node;
    }

    private ComparisonCondition Comparison(Operand left, Comparator comparator, string symbol, Operand right)
    {
        CountOperator();
        if (left is PathOperand && left == right)
            NoteIndistinct(symbol, (PathOperand)left);
        if (comparator is not (Comparator.Equal or Comparator.NotEqual))
        {
            foreach (ValueOperand value in new[] { left, right }.OfType<ValueOperand>())
            {
                if (value.Value.Type is not (AttributeType.S or AttributeType.N or AttributeType.B))
                    Note(FindingKind.OperandType, $"Incorrect operand type for operator or function; operator: {symbol}, operand type: {value.Value.Type}");
            }
        }
        return new ComparisonCondition(left, comparator, right);
    }

    private BetweenCondition ParseBounds(Operand operand)
    {
        CountOperator();
        Operand low = ParseOperand();
        if (!TakeKeyword("AND"))
            throw SyntaxError();
        Operand high = ParseOperand();
        if (low is ValueOperand { Value: var lower } && high is ValueOperand { Value: var upper })
        {
            string bounds = $"lower bound operand: AttributeValue: {Show(lower)}, upper bound operand: AttributeValue: {Show(upper)}";
            if (lower.Type != upper.Type)
                Note(FindingKind.OperandType, $"The BETWEEN operator requires same data type for lower and upper bounds; {bounds}");
            else if (AttributeValue.Compare(lower, upper) > 0)
                Note(FindingKind.OperandType, $"The BETWEEN operator requires upper bound to be greater than or equal to lower bound; {bounds}");
        }
        return new BetweenCondition(operand, low, high);
    }

    private InCondition ParseChoices(Operand operand)
    {
        CountOperator();
        Expect("(");
        List<Operand> choices = [ParseOperand()];
        while (TakeSymbol(","))
            choices.Add(ParseOperand());
        Expect(")");
        if (choices.Count > 100)
            Note(FindingKind.OperandCount, $"The IN operator is provided with too many operands; number of operands: {choices.Count}");
        return new InCondition(operand, choices);
    }

    private Operand ParseOperand()
    {
        if (Current is { Kind: TokenKind.Symbol, Text: "(" })
            return AsOperand(ParseBrackets());
        if (IsFunction())
            return AsOperand(ParseFunction());
        return Current.Kind == TokenKind.Value ? new ValueOperand(TakeValue()) : new PathOperand(TakePath());
    }

    private Node ParseFunction()
    {
        string name = Take().Text;
        CountOperator();
        Expect("(");
        List<Operand> operands = [ParseOperand()];
        while (TakeSymbol(","))
            operands.Add(ParseOperand());
        Expect(")");
        return BuildFunction(name, operands);
    }

    private Node BuildFunction(string name, List<Operand> operands)
    {
        int? count = name switch
        {
            "attribute_exists" or "attribute_not_exists" or "size" => 1,
            "attribute_type" or "begins_with" or "contains" => 2,
            _ => null,
        };
        if (count is null)
            Note(FindingKind.UnknownFunction, $"Invalid function name; function: {name}");
        else if (count != operands.Count)
            Note(FindingKind.OperandCount, $"Incorrect number of operands for operator or function; operator or function: {name}, number of operands: {operands.Count}");
        // What stands in for a function that was refused: the refusal comes before anybody evaluates it.
        if (count != operands.Count)
            return name == "size" ? new SizeOperand(operands[0]) : new ContainsCondition(operands[0], operands[^1]);
        if (operands is [PathOperand first, PathOperand second] && first == second)
            NoteIndistinct(name, first);
        return name switch
        {
            "size" => Size(operands[0]),
            "attribute_type" => TypeOf(operands[0], operands[1]),
            "begins_with" => BeginsWith(operands[0], operands[1]),
            "contains" => new ContainsCondition(operands[0], operands[1]),
            _ => Exists(name, operands[0]),
        };
    }

    private Condition Exists(string name, Operand operand)
    {
        if (operand is PathOperand path)
            return new ExistsCondition(path.Path, name == "attribute_exists");
        Note(FindingKind.OperandType, $"Operator or function requires a document path; operator or function: {name}");
        return new ContainsCondition(operand, operand);
    }

    private SizeOperand Size(Operand operand)
    {
        if (operand is ValueOperand { Value.Type: AttributeType.N or AttributeType.BOOL or AttributeType.NULL } value)
            NoteType("size", value.Value.Type.ToString());
        return new SizeOperand(operand);
    }

    private TypeCondition TypeOf(Operand operand, Operand type)
    {
        AttributeType attributeType = default;
        if (type is not ValueOperand { Value: var value })
            NoteType("attribute_type", "{NS,SS,L,BS,N,M,B,BOOL,NULL,S}");
        else if (value is not StringValue name)
            NoteType("attribute_type", value.Type.ToString());
        else if (!Enum.TryParse(name.Text, out attributeType) || attributeType.ToString() != name.Text)
            Note(FindingKind.OperandType, $"Invalid attribute type name found; type: {name.Text}, valid types: {{B,NULL,SS,BOOL,L,BS,N,NS,S,M}}");
        return new TypeCondition(operand, attributeType);
    }

    private BeginsWithCondition BeginsWith(Operand operand, Operand prefix)
    {
        foreach (Operand either in new[] { operand, prefix })
        {
            if (either is ValueOperand { Value.Type: not (AttributeType.S or AttributeType.B) } value)
                NoteType("begins_with", value.Value.Type.ToString());
            else if (either is SizeOperand)
                NoteType("begins_with", nameof(AttributeType.N));
        }
        return new BeginsWithCondition(operand, prefix);
    }

    /// <summary>Where only a condition may stand: <c>size(a)</c> alone, or a path alone, is none.</summary>
    private Condition AsCondition(Node node)
    {
        if (node is Condition condition)
            return condition;
        if (node is not SizeOperand)
            throw SyntaxError();
        Note(FindingKind.MisusedFunction, "The function is not allowed to be used this way in an expression; function: size");
        return new ContainsCondition((Operand)node, (Operand)node);
    }

    /// <summary>Where only an operand may stand: a function that gives true or false is none.</summary>
    private Operand AsOperand(Node node)
    {
        if (node is Operand operand)
            return operand;
        string? function = node switch
        {
            ExistsCondition { Exists: true } => "attribute_exists",
            ExistsCondition => "attribute_not_exists",
            TypeCondition => "attribute_type",
            BeginsWithCondition => "begins_with",
            ContainsCondition => "contains",
            _ => throw SyntaxError(),
        };
        Note(FindingKind.MisusedFunction, $"The function is not allowed to be used this way in an expression; function: {function}");
        return new ValueOperand(NullValue.Instance);
    }

    private void NoteType(string function, string type) =>
        Note(FindingKind.OperandType, $"Incorrect operand type for operator or function; operator or function: {function}, operand type: {type}");

    private void NoteIndistinct(string name, PathOperand path) => Note(
        FindingKind.IndistinctOperands,
        $"The first operand must be distinct from the remaining operands for this operator or function; operator: {name}, first operand: {path.Path}");

    private static string Show(AttributeValue value) => value switch
    {
        StringValue text => $"{{S:{text.Text}}}",
        NumberValue number => $"{{N:{number.Number}}}",
        _ => $"{{{value.Type}}}",
    };
}
