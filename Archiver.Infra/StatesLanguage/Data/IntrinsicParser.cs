using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json.Nodes;

namespace Archiver.Infra.StatesLanguage.Data;

/// <summary>Reads calls of intrinsic functions. https://states-language.net/spec.html#intrinsic-functions</summary>
internal sealed class IntrinsicParser
{
    private readonly TextCursor _cursor;
    private int _calls;

    private IntrinsicParser(TextCursor cursor) => _cursor = cursor;

    /// <summary>Reads a call.</summary>
    /// <param name="text">The whole of it.</param>
    /// <param name="call">The call, if it is one.</param>
    /// <param name="error">Else what is wrong with it.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out IntrinsicCall? call, [NotNullWhen(false)] out string? error)
    {
        var cursor = new TextCursor(text);
        call = null;
        error = null;
        try
        {
            var parser = new IntrinsicParser(cursor);
            cursor.SkipBlanks();
            var read = parser.ReadCall();
            cursor.SkipBlanks();
            if (!cursor.AtEnd)
                throw cursor.Unexpected("the end of the intrinsic function");
            call = read;
            return true;
        }
        catch (FormatException e)
        {
            error = e.Message;
            return false;
        }
    }

    private IntrinsicCall ReadCall()
    {
        var name = _cursor.TakeWhile(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_');
        if (name.Length == 0)
            throw _cursor.Unexpected("a path or an intrinsic function");
        var function = IntrinsicFunction.Find(name) ?? throw new FormatException($"There is no intrinsic function \"{name}\".");
        if (++_calls > StatesLimits.IntrinsicCalls)
            throw new FormatException($"A field can have at most {StatesLimits.IntrinsicCalls} intrinsic functions.");

        _cursor.Expect("(");
        _cursor.Enter();
        var arguments = new List<IntrinsicArgument>();
        _cursor.SkipBlanks();
        while (!_cursor.TryTake(")"))
        {
            if (arguments.Count > 0)
                _cursor.Expect(",");
            _cursor.SkipBlanks();
            arguments.Add(ReadArgument());
            _cursor.SkipBlanks();
        }

        _cursor.Leave();
        if (arguments.Count < function.MinArguments || arguments.Count > function.MaxArguments)
            throw new FormatException($"The intrinsic function {name} takes {Arity(function)}, but got {arguments.Count}.");
        return new IntrinsicCall(function, arguments);
    }

    private IntrinsicArgument ReadArgument()
    {
        switch (_cursor.Peek)
        {
            case '$':
                return new PathArgument(JsonPathParser.Read(_cursor));
            case '\'':
                return ReadText();
            case '-' or (>= '0' and <= '9'):
                return ReadNumber();
            default:
                if (_cursor.TryTake("true"))
                    return new LiteralArgument(JsonValue.Create(true));
                if (_cursor.TryTake("false"))
                    return new LiteralArgument(JsonValue.Create(false));
                return _cursor.TryTake("null") ? new LiteralArgument(null) : ReadCall();
        }
    }

    private LiteralArgument ReadNumber()
    {
        var text = _cursor.TakeWhile(c => char.IsAsciiDigit(c) || c is '-' or '+' or '.' or 'e' or 'E');
        return JsonText.ParseNumber(text) is { } number
            ? new LiteralArgument(number)
            : throw new FormatException($"\"{text}\" is not a number.");
    }

    private LiteralArgument ReadText()
    {
        _cursor.Expect("'");
        var value = new StringBuilder();
        var start = _cursor.Position;
        while (_cursor.Peek != '\'' || _cursor.AtEnd)
        {
            if (_cursor.AtEnd)
                throw _cursor.Unexpected("a closing '");
            var c = _cursor.Take();
            // Before any other character a backslash is one, as the service has it for \n.
            if (c == '\\' && _cursor.Peek is '\'' or '{' or '}' or '\\')
                c = _cursor.Take();
            value.Append(c);
        }

        var escaped = _cursor.Since(start);
        _cursor.Expect("'");
        return new LiteralArgument(JsonValue.Create(value.ToString()), escaped);
    }

    private static string Arity(IntrinsicFunction function)
    {
        if (function.MaxArguments == int.MaxValue)
            return $"{function.MinArguments} or more arguments";
        return function.MinArguments == function.MaxArguments
            ? $"{function.MinArguments} arguments"
            : $"{function.MinArguments} to {function.MaxArguments} arguments";
    }
}
