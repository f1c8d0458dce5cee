using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Archiver.Infra.StatesLanguage.Data;

/// <summary>Reads the filters of paths: <c>?(@.a == 'x' &amp;&amp; !(@.b &gt; 3))</c>.</summary>
internal sealed class PathFilterParser
{
    private readonly TextCursor _cursor;

    private PathFilterParser(TextCursor cursor) => _cursor = cursor;

    /// <summary>Reads a filter from its question mark to its closing parenthesis.</summary>
    public static PathFilter Read(TextCursor cursor)
    {
        cursor.Expect("?");
        cursor.SkipBlanks();
        cursor.Expect("(");
        var filter = new PathFilterParser(cursor).ReadOr();
        cursor.Expect(")");
        return filter;
    }

    private PathFilter ReadOr()
    {
        _cursor.Enter();
        var filter = ReadAnd();
        while (_cursor.TryTake("||"))
            filter = new CombinedFilter(filter, Both: false, ReadAnd());
        _cursor.Leave();
        return filter;
    }

    private PathFilter ReadAnd()
    {
        var filter = ReadTerm();
        while (_cursor.TryTake("&&"))
            filter = new CombinedFilter(filter, Both: true, ReadTerm());
        return filter;
    }

    private PathFilter ReadTerm()
    {
        _cursor.SkipBlanks();
        PathFilter filter;
        if (_cursor.TryTake("!"))
        {
            _cursor.Enter();
            filter = new NegatedFilter(ReadTerm());
            _cursor.Leave();
        }
        else if (_cursor.TryTake("("))
        {
            filter = ReadOr();
            _cursor.Expect(")");
        }
        else
        {
            filter = ReadComparison();
        }

        _cursor.SkipBlanks();
        return filter;
    }

    private PathFilter ReadComparison()
    {
        var left = ReadOperand();
        _cursor.SkipBlanks();
        if (_cursor.TryTake("=~"))
        {
            _cursor.SkipBlanks();
            return new RegexFilter(left, ReadRegex());
        }

        foreach (var operation in ComparisonFilter.Operators)
        {
            if (_cursor.TryTake(operation))
            {
                _cursor.SkipBlanks();
                return new ComparisonFilter(left, operation, ReadOperand());
            }
        }

        return left is PathOperand ? new ExistenceFilter(left) : throw _cursor.Unexpected("an operator");
    }

    private FilterOperand ReadOperand()
    {
        switch (_cursor.Peek)
        {
            case '@':
                _cursor.Take();
                return new PathOperand(JsonPathParser.ReadRelative(_cursor), FromItem: true);
            case '$':
                _cursor.Take();
                return new PathOperand(JsonPathParser.ReadRelative(_cursor), FromItem: false);
            default:
                return new LiteralOperand(ReadLiteral());
        }
    }

    private JsonNode? ReadLiteral()
    {
        switch (_cursor.Peek)
        {
            case '\'' or '"':
                return JsonValue.Create(JsonPathParser.ReadQuoted(_cursor));
            case '[':
                return ReadArray();
            default:
                var word = _cursor.TakeWhile(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '-' or '.');
                return word switch
                {
                    "true" => JsonValue.Create(true),
                    "false" => JsonValue.Create(false),
                    "null" => null,
                    _ => JsonText.ParseNumber(word) ?? throw _cursor.Unexpected("a path, a quoted string, a number, true, false or null"),
                };
        }
    }

    private JsonArray ReadArray()
    {
        _cursor.Expect("[");
        var items = new JsonArray();
        _cursor.SkipBlanks();
        while (!_cursor.TryTake("]"))
        {
            if (items.Count > 0)
            {
                _cursor.Expect(",");
                _cursor.SkipBlanks();
            }

            if (_cursor.Peek == '[')
                throw _cursor.Unexpected("a plain value");
            items.Add(ReadLiteral());
            _cursor.SkipBlanks();
        }

        return items;
    }

    private Regex ReadRegex()
    {
        _cursor.Expect("/");
        var pattern = new StringBuilder();
        while (_cursor.Peek != '/')
        {
            var c = _cursor.Take();
            pattern.Append(c);
            if (c == '\\')
                pattern.Append(_cursor.Take());
        }

        _cursor.Expect("/");
        // Non-backtracking: a definition's expression meets an execution's data, and must not take exponential time on it.
        var options = RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;
        foreach (var flag in _cursor.TakeWhile(char.IsAsciiLetter))
        {
            options |= flag switch
            {
                'i' => RegexOptions.IgnoreCase,
                'm' => RegexOptions.Multiline,
                's' => RegexOptions.Singleline,
                _ => throw new FormatException($"The regular expression's flag {flag} is not supported."),
            };
        }

        try
        {
            return new Regex(@"\A(?:" + pattern + @")\z", options);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new FormatException("The filter's regular expression is not supported: " + e.Message, e);
        }
    }
}
