using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Archiver.Infra.StatesLanguage.Parsing;

/// <summary>Reads a definition's text into values that know their place.</summary>
internal ref struct SourceReader
{
    private const int MaxDepth = 128;

    private readonly byte[] _utf8;
    private readonly DiagnosticBag _findings;
    private Utf8JsonReader _reader;
    private int _line;
    private int _lineStart;
    private int _scanned;

    private SourceReader(byte[] utf8, DiagnosticBag findings)
    {
        _utf8 = utf8;
        _findings = findings;
        _reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
        _line = 1;
    }

    /// <summary>Reads a definition.</summary>
    /// <returns>Nothing where it is not JSON; the reason is among the findings.</returns>
    public static SourceNode? Read(string definition, DiagnosticBag findings)
    {
        var utf8 = Encoding.UTF8.GetBytes(definition);
        var reader = new SourceReader(utf8, findings);
        try
        {
            reader._reader.Read();
            var root = reader.ReadValue("");
            reader._reader.Read();
            return root;
        }
        catch (JsonException e)
        {
            findings.Error(DiagnosticCodes.InvalidJson, "The definition is not JSON: " + Reason(e), "/", reader.PositionOf(e));
        }
        catch (InvalidOperationException)
        {
            findings.Error(
                DiagnosticCodes.InvalidJson,
                "The definition is not JSON: a string holds half a surrogate pair.",
                "/",
                reader.Locate(reader._reader.TokenStartIndex));
        }

        return null;
    }

    private SourceNode ReadValue(string path)
    {
        var position = Locate(_reader.TokenStartIndex);
        switch (_reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return new SourceNode(JsonValueKind.Object, path, position) { Members = ReadMembers(path) };
            case JsonTokenType.StartArray:
                return new SourceNode(JsonValueKind.Array, path, position) { Items = ReadItems(path) };
            case JsonTokenType.String:
                return new SourceNode(JsonValueKind.String, path, position) { Text = _reader.GetString() };
            case JsonTokenType.Null:
                return new SourceNode(JsonValueKind.Null, path, position);
            default:
                // ParseValue keeps a number's text as it is written.
                var element = JsonElement.ParseValue(ref _reader);
                return new SourceNode(element.ValueKind, path, position) { Scalar = JsonValue.Create(element) };
        }
    }

    private List<SourceMember> ReadMembers(string path)
    {
        var members = new List<SourceMember>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
        {
            var position = Locate(_reader.TokenStartIndex);
            var name = _reader.GetString()!;
            // Escaped as in a JSON pointer: a state's name may hold a slash.
            var memberPath = path + "/" + name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
            _reader.Read();
            var value = ReadValue(memberPath);
            if (names.Add(name))
                members.Add(new SourceMember(name, position, value));
            else
                _findings.Error(DiagnosticCodes.InvalidJson, $"The name \"{name}\" is there twice.", memberPath, position);
        }

        return members;
    }

    private List<SourceNode> ReadItems(string path)
    {
        var items = new List<SourceNode>();
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
            items.Add(ReadValue($"{path}/{items.Count}"));
        return items;
    }

    /// <summary>The place of a byte; places are asked for in the order of the text, so that each line is counted once.</summary>
    private SourcePosition Locate(long index)
    {
        for (; _scanned < index; _scanned++)
        {
            if (_utf8[_scanned] == (byte)'\n')
            {
                _line++;
                _lineStart = _scanned + 1;
            }
        }

        return new SourcePosition(_line, Encoding.UTF8.GetCharCount(_utf8, _lineStart, (int)index - _lineStart) + 1);
    }

    private readonly SourcePosition PositionOf(JsonException e)
    {
        var line = (int)(e.LineNumber ?? 0);
        var start = 0;
        for (var i = 0; i < line; i++)
            start = Array.IndexOf(_utf8, (byte)'\n', start) + 1;
        var bytes = (int)Math.Min(e.BytePositionInLine ?? 0, _utf8.Length - start);
        return new SourcePosition(line + 1, Encoding.UTF8.GetCharCount(_utf8, start, bytes) + 1);
    }

    /// <summary>The reader's sentence without the place that it adds, which is told by itself.</summary>
    private static string Reason(JsonException e)
    {
        var at = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return at < 0 ? e.Message : e.Message[..at];
    }
}
