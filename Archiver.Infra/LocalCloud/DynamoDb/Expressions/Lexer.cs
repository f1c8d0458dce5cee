namespace Archiver.Infra.LocalCloud.DynamoDb.Expressions;

/// <summary>What a token of an expression is.</summary>
internal enum TokenKind
{
    /// <summary>A word: an attribute's name, a function's, or a keyword, as its place says.</summary>
    Word,

    /// <summary><c>#name</c>.</summary>
    Name,

    /// <summary><c>:value</c>.</summary>
    Value,

    /// <summary>Digits.</summary>
    Number,

    /// <summary>A comparator, bracket, comma, dot or sign.</summary>
    Symbol,

    /// <summary>Nothing that an expression may have.</summary>
    Unknown,

    /// <summary>The expression's end.</summary>
    End,
}

/// <summary>A token of an expression.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text.</param>
/// <param name="Start">Where it starts.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Start)
{
    /// <summary>Where it ends.</summary>
    public int End => Start + (Kind == TokenKind.End ? 0 : Text.Length);
}

/// <summary>
/// Cuts an expression into tokens.
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html
/// </summary>
internal static class Lexer
{
    /// <summary>The tokens of an expression, the end included. What is no token comes out as <see cref="TokenKind.Unknown"/>, for the
    /// parser to refuse in its place.</summary>
    public static IReadOnlyList<Token> Tokenize(string source)
    {
        List<Token> tokens = [];
        int position = 0;
        while (true)
        {
            while (position < source.Length && source[position] is ' ' or '\t' or '\r' or '\n')
                position++;
            if (position == source.Length)
            {
                tokens.Add(new Token(TokenKind.End, "<EOF>", position));
                return tokens;
            }
            Token token = Next(source, position);
            tokens.Add(token);
            position = token.End;
        }
    }

    private static Token Next(string source, int start)
    {
        char first = source[start];
        char second = start + 1 < source.Length ? source[start + 1] : '\0';
        (TokenKind kind, int length) = first switch
        {
            _ when char.IsAsciiLetter(first) => (TokenKind.Word, 1 + Run(source, start + 1, IsWordPart)),
            _ when char.IsAsciiDigit(first) => (TokenKind.Number, Run(source, start, char.IsAsciiDigit)),
            '#' when IsWordPart(second) => (TokenKind.Name, 1 + Run(source, start + 1, IsWordPart)),
            ':' when IsWordPart(second) => (TokenKind.Value, 1 + Run(source, start + 1, IsWordPart)),
            '<' when second is '=' or '>' => (TokenKind.Symbol, 2),
            '>' when second is '=' => (TokenKind.Symbol, 2),
            '<' or '>' or '=' or '(' or ')' or '[' or ']' or ',' or '.' or '+' or '-' => (TokenKind.Symbol, 1),
            _ => (TokenKind.Unknown, char.IsSurrogatePair(first, second) ? 2 : 1),
        };
        return new Token(kind, source.Substring(start, length), start);
    }

    private static int Run(string source, int start, Func<char, bool> belongs)
    {
        int end = start;
        while (end < source.Length && belongs(source[end]))
            end++;
        return end - start;
    }

    private static bool IsWordPart(char character) => char.IsAsciiLetterOrDigit(character) || character == '_';
}
