using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Archiver.Infra.StatesLanguage.Data;

/// <summary>Reads paths. https://github.com/json-path/JsonPath has the grammar that Step Functions uses.</summary>
internal sealed class JsonPathParser
{
    /// <summary>How long a path may be: one that is written to makes that many levels.</summary>
    private const int MaxSegments = 100;

    /// <summary>What ends a name that is not in brackets.</summary>
    private const string NameEnds = ".[]() \t\r\n,'\"";

    /// <summary>What ends such a name in a filter.</summary>
    private const string FilterNameEnds = NameEnds + "=!<>&|~";

    private readonly TextCursor _cursor;
    private readonly string _nameEnds;

    private JsonPathParser(TextCursor cursor, string nameEnds)
    {
        _cursor = cursor;
        _nameEnds = nameEnds;
    }

    /// <summary>Reads a path.</summary>
    /// <param name="text">The whole of it.</param>
    /// <param name="path">The path, if it is one.</param>
    /// <param name="error">Else what is wrong with it.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out JsonPath? path, [NotNullWhen(false)] out string? error)
    {
        var cursor = new TextCursor(text);
        path = null;
        error = null;
        try
        {
            path = Read(cursor);
            if (!cursor.AtEnd)
                throw cursor.Unexpected("the end of the path");
            return true;
        }
        catch (FormatException e)
        {
            path = null;
            error = e.Message;
            return false;
        }
    }

    /// <summary>Reads a path that something may follow.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    internal static JsonPath Read(TextCursor cursor)
    {
        var start = cursor.Position;
        cursor.Expect("$");
        var isContext = cursor.TryTake("$");
        var segments = new JsonPathParser(cursor, NameEnds).ReadSegments();
        return new JsonPath(cursor.Since(start), isContext, segments);
    }

    /// <summary>Reads what follows a filter's <c>@</c> or <c>$</c>.</summary>
    internal static JsonPath ReadRelative(TextCursor cursor)
    {
        var start = cursor.Position;
        var segments = new JsonPathParser(cursor, FilterNameEnds).ReadSegments();
        return new JsonPath(cursor.Since(start), false, segments);
    }

    private List<PathSegment> ReadSegments()
    {
        var segments = new List<PathSegment>();
        while (!_cursor.AtEnd)
        {
            if (_cursor.TryTake(".."))
            {
                segments.Add(new DescendSegment());
                segments.Add(_cursor.Peek == '[' ? ReadBrackets(descending: true) : ReadNameOrWildcard());
            }
            else if (_cursor.TryTake("."))
            {
                segments.Add(ReadNameOrWildcard());
            }
            else if (_cursor.Peek == '[')
            {
                segments.Add(ReadBrackets(descending: false));
            }
            else
            {
                break;
            }

            if (segments.Count > 1 && segments[^2] is LengthSegment)
                throw new FormatException("Nothing can follow length().");
            if (segments.Count > MaxSegments)
                throw new FormatException($"A path can have at most {MaxSegments} steps.");
        }

        return segments;
    }

    private PathSegment ReadNameOrWildcard()
    {
        if (_cursor.TryTake("*"))
            return new WildcardSegment();

        var name = _cursor.TakeWhile(c => !_nameEnds.Contains(c));
        if (name.Length == 0)
            throw _cursor.Unexpected("a name");
        if (_cursor.Peek != '(')
            return new ChildSegment([name]);

        return name == "length" && _cursor.TryTake("()")
            ? new LengthSegment()
            : throw new FormatException($"The path function {name}() is not supported.");
    }

    private PathSegment ReadBrackets(bool descending)
    {
        _cursor.Expect("[");
        _cursor.Enter();
        _cursor.SkipBlanks();
        PathSegment segment = _cursor.Peek switch
        {
            '*' => ReadBracketWildcard(),
            '?' => new FilterSegment(PathFilterParser.Read(_cursor), descending),
            '\'' or '"' => new ChildSegment(ReadList(ReadQuoted)),
            _ => ReadIndexesOrSlice(),
        };
        _cursor.SkipBlanks();
        _cursor.Expect("]");
        _cursor.Leave();
        return segment;
    }

    private WildcardSegment ReadBracketWildcard()
    {
        _cursor.Expect("*");
        return new WildcardSegment();
    }

    private PathSegment ReadIndexesOrSlice()
    {
        int? from = _cursor.Peek == ':' ? null : ReadIndex();
        _cursor.SkipBlanks();
        if (_cursor.TryTake(":"))
        {
            _cursor.SkipBlanks();
            return new SliceSegment(from, _cursor.Peek == ']' ? null : ReadIndex());
        }

        var indexes = new List<int> { from!.Value };
        while (_cursor.TryTake(","))
        {
            _cursor.SkipBlanks();
            indexes.Add(ReadIndex());
            _cursor.SkipBlanks();
        }

        return new IndexSegment(indexes);
    }

    private List<string> ReadList(Func<string> readItem)
    {
        var items = new List<string> { readItem() };
        _cursor.SkipBlanks();
        while (_cursor.TryTake(","))
        {
            _cursor.SkipBlanks();
            items.Add(readItem());
            _cursor.SkipBlanks();
        }

        return items;
    }

    private string ReadQuoted() => ReadQuoted(_cursor);

    /// <summary>Reads a string in single or double quotes, in which a backslash takes the next character as it is.</summary>
    internal static string ReadQuoted(TextCursor cursor)
    {
        var quote = cursor.Take();
        var text = new StringBuilder();
        while (!cursor.AtEnd)
        {
            var c = cursor.Take();
            if (c == quote)
                return text.ToString();
            text.Append(c == '\\' && !cursor.AtEnd ? cursor.Take() : c);
        }

        throw cursor.Unexpected($"a closing {quote}");
    }

    private int ReadIndex()
    {
        var text = (_cursor.TryTake("-") ? "-" : "") + _cursor.TakeWhile(char.IsAsciiDigit);
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index)
            ? index
            : throw _cursor.Unexpected("an index, a quoted name, *, or a filter");
    }
}
