using System.Globalization;
using System.Text;
using Archiver.Infra.LocalCloud.DynamoDb.Values;
using Archiver.Infra.LocalCloud.Wire;

namespace Archiver.Infra.LocalCloud.DynamoDb.Expressions;

/// <summary>The kinds of findings of a parser, the one first that AWS tells when there are several. A syntax error comes before all of them.</summary>
internal enum FindingKind
{
    /// <summary>A name that no function has.</summary>
    UnknownFunction,

    /// <summary>A function where it may not stand.</summary>
    MisusedFunction,

    /// <summary>A reserved word as an attribute's name.</summary>
    ReservedWord,

    /// <summary>A section that is there twice.</summary>
    RepeatedSection,

    /// <summary>A <c>#name</c> or <c>:value</c> that the request does not define.</summary>
    UndefinedPlaceholder,

    /// <summary>Paths that lead to the same place.</summary>
    OverlappingPaths,

    /// <summary>Too few or too many operands.</summary>
    OperandCount,

    /// <summary>Operands that must differ.</summary>
    IndistinctOperands,

    /// <summary>An operand of the wrong type.</summary>
    OperandType,
}

/// <summary>What the parsers of the expression languages share: the tokens, the paths and values, and the refusals.</summary>
internal abstract class ExpressionParser
{
    /// <summary>The longest expression, in bytes of UTF-8.</summary>
    public const int MaxBytes = 4096;

    /// <summary>The most operators and functions of an expression.</summary>
    public const int MaxOperators = 300;

    private readonly string _member;
    private readonly string _source;
    private readonly IReadOnlyList<Token> _tokens;
    private readonly Placeholders _placeholders;
    private readonly SortedDictionary<FindingKind, string> _findings = [];
    private int _position;
    private int _operators;

    /// <summary>Opens an expression.</summary>
    /// <param name="member">The request's member that holds it, such as <c>ConditionExpression</c>; it opens every refusal.</param>
    /// <param name="source">The expression.</param>
    /// <param name="placeholders">The request's names and values.</param>
    protected ExpressionParser(string member, string source, Placeholders placeholders)
    {
        _member = member;
        _source = source;
        _placeholders = placeholders;
        int bytes = Encoding.UTF8.GetByteCount(source);
        if (source.Length == 0)
            throw Refusal("The expression can not be empty;");
        if (bytes > MaxBytes)
            throw Refusal($"Expression size has exceeded the maximum allowed size; expression size: {bytes}");
        _tokens = Lexer.Tokenize(source);
    }

    /// <summary>The words that are no attribute's name in this language.</summary>
    protected abstract IReadOnlySet<string> Keywords { get; }

    /// <summary>The token to be taken next.</summary>
    protected Token Current => _tokens[_position];

    /// <summary>The token after that.</summary>
    protected Token Following => _tokens[Math.Min(_position + 1, _tokens.Count - 1)];

    /// <summary>Takes the next token.</summary>
    protected Token Take() => _tokens[_position++];

    /// <summary>Takes the next token when it is this symbol.</summary>
    protected bool TakeSymbol(string symbol)
    {
        if (Current.Kind != TokenKind.Symbol || Current.Text != symbol)
            return false;
        _position++;
        return true;
    }

    /// <summary>Takes the next token when it is this keyword, in whatever case.</summary>
    protected bool TakeKeyword(string keyword)
    {
        if (!IsKeyword(keyword))
            return false;
        _position++;
        return true;
    }

    /// <summary>Whether the next token is this keyword, in whatever case.</summary>
    protected bool IsKeyword(string keyword) =>
        Current.Kind == TokenKind.Word && Current.Text.Equals(keyword, StringComparison.OrdinalIgnoreCase);

    /// <summary>Takes this symbol, which must be next.</summary>
    protected void Expect(string symbol)
    {
        if (!TakeSymbol(symbol))
            throw SyntaxError();
    }

    /// <summary>Whether a function's name and its opening bracket are next.</summary>
    protected bool IsFunction() => Current.Kind == TokenKind.Word && Following is { Kind: TokenKind.Symbol, Text: "(" };

    /// <summary>Takes a path: <c>a.b[1].#c</c>.</summary>
    protected DocumentPath TakePath()
    {
        List<PathStep> steps = [new PathStep(TakeName(), 0)];
        while (true)
        {
            if (TakeSymbol("."))
            {
                steps.Add(new PathStep(TakeName(), 0));
            }
            else if (TakeSymbol("["))
            {
                if (Current.Kind != TokenKind.Number)
                    throw SyntaxError();
                string digits = Take().Text;
                if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int index))
                    throw Refusal($"List index is not within the allowable range; index: [{digits}]");
                Expect("]");
                steps.Add(new PathStep(null, index));
            }
            else
            {
                return steps.Count <= AttributeReader.MaxDepth
                    ? new DocumentPath(steps)
                    : throw Refusal($"The document path has too many nesting elements; nesting levels: {steps.Count}");
            }
        }
    }

    /// <summary>Takes a <c>:value</c>. One that the request does not define is noted, and stands as null until the refusal.</summary>
    protected AttributeValue TakeValue()
    {
        if (Current.Kind != TokenKind.Value)
            throw SyntaxError();
        string placeholder = Take().Text;
        AttributeValue? value = _placeholders.Value(placeholder);
        if (value is null)
            Note(FindingKind.UndefinedPlaceholder, $"An expression attribute value used in expression is not defined; attribute value: {placeholder}");
        return value ?? NullValue.Instance;
    }

    /// <summary>Counts an operator, and refuses the first one too many. This also bounds how deep an expression can nest.</summary>
    protected void CountOperator()
    {
        if (++_operators > MaxOperators)
            throw Refusal($"The expression contains too many operators or functions; operator or function count: {_operators}");
    }

    /// <summary>Notes what is wrong. The parser goes on, because a syntax error further on is told first.</summary>
    protected void Note(FindingKind kind, string message) => _findings.TryAdd(kind, message);

    /// <summary>Ends the parsing: refuses text that is left, and then what was noted.</summary>
    protected void Finish()
    {
        if (Current.Kind != TokenKind.End)
            throw SyntaxError();
        foreach (string finding in _findings.Values)
            throw Refusal(finding);
    }

    /// <summary>A refusal of the expression.</summary>
    protected AwsError Refusal(string message) => DynamoDbErrors.Validation($"Invalid {_member}: {message}");

    /// <summary>A refusal of the next token; it shows the tokens beside it.</summary>
    protected AwsError SyntaxError()
    {
        int start = _tokens[Math.Max(_position - 1, 0)].Start;
        int end = Following.Kind == TokenKind.End ? _source.Length : Following.End;
        return Refusal($"Syntax error; token: \"{Current.Text}\", near: \"{_source[start..end]}\"");
    }

    private string TakeName()
    {
        Token token = Current;
        switch (token.Kind)
        {
            case TokenKind.Name:
                _position++;
                string? name = _placeholders.Name(token.Text);
                if (name is null)
                    Note(FindingKind.UndefinedPlaceholder, $"An expression attribute name used in the document path is not defined; attribute name: {token.Text}");
                return name ?? token.Text;
            case TokenKind.Word when !Keywords.Contains(token.Text):
                _position++;
                if (ReservedWords.Contains(token.Text))
                    Note(FindingKind.ReservedWord, $"Attribute name is a reserved keyword; reserved keyword: {token.Text}");
                return token.Text;
            default:
                throw SyntaxError();
        }
    }
}
