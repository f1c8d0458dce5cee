using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Archiver.Infra.LocalCloud.Stack;

/// <summary>
/// Turns a template's text into nodes that know their place. JSON is read as the YAML that it is, so one parser serves both.
/// It follows what CloudFormation takes of YAML 1.1: no aliases, no merges, no second document.
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html
/// </summary>
internal sealed class TemplateParser
{
    /// <summary>Deeper nesting is surely an attack or an accident; it must not overflow the stack.</summary>
    private const int MaxDepth = 100;

    private readonly string _file;
    private readonly Parser _parser;
    private readonly ICollection<Finding> _findings;
    private int _depth;

    private TemplateParser(string text, string file, ICollection<Finding> findings)
    {
        _file = file;
        _findings = findings;
        _parser = new Parser(new StringReader(text));
    }

    /// <summary>Parses a template.</summary>
    /// <param name="text">YAML or JSON.</param>
    /// <param name="file">Its file, for the locations.</param>
    /// <param name="findings">Takes what is wrong.</param>
    /// <returns>The document, or nothing where the text is not even YAML.</returns>
    public static TemplateNode? Parse(string text, string file, ICollection<Finding> findings)
    {
        TemplateParser parser = new(text, file, findings);
        try
        {
            return parser.Document();
        }
        catch (TemplateException exception)
        {
            findings.Add(exception.Finding);
        }
        catch (YamlException exception)
        {
            findings.Add(Finding.Error("SYNTAX", $"The template is not YAML: {exception.Message}", parser.At(exception.Start)));
        }
        catch (InvalidOperationException)
        {
            // The scanner throws this, without a place, on some unclosed brackets: the last event read is the nearest there is.
            SourceLocation at = parser._parser.Current is { } last ? parser.At(last.End) : new(file, 1, 1);
            findings.Add(Finding.Error("SYNTAX", "The template is not YAML: a bracket is not closed, or a value can't stand here.", at));
        }
        return null;
    }

    private TemplateNode Document()
    {
        _parser.Consume<StreamStart>();
        if (_parser.TryConsume<StreamEnd>(out _))
            throw new TemplateException("SYNTAX", "The template is empty.", new(_file, 1, 1));
        _parser.Consume<DocumentStart>();
        TemplateNode root = Node();
        _parser.Consume<DocumentEnd>();
        if (_parser.Accept<DocumentStart>(out _))
            throw new TemplateException("SYNTAX", "The file has a second document; a template is one.", At(_parser.Current!.Start));
        return root;
    }

    private TemplateNode Node()
    {
        ParsingEvent start = _parser.Current ?? throw new TemplateException("SYNTAX", "The template ends in the middle.", new(_file, 1, 1));
        SourceLocation at = At(start.Start);
        if (start is AnchorAlias)
            throw new TemplateException("ALIAS", "CloudFormation takes no YAML aliases.", at);
        if (++_depth > MaxDepth)
            throw new TemplateException("SYNTAX", $"The template is nested more than {MaxDepth} deep.", at);
        string? function = Function((NodeEvent)start, at);
        TemplateNode node = start switch
        {
            Scalar scalar => Scalar(scalar, at),
            SequenceStart => List(at),
            MappingStart => Map(at),
            _ => throw new TemplateException("SYNTAX", "A value is missing.", at),
        };
        _depth--;
        return function is null ? node : new CallNode(at, function, node);
    }

    /// <summary>The long name of the function that a tag stands for; nothing without a tag, or for one of YAML's own.</summary>
    private string? Function(NodeEvent node, SourceLocation at)
    {
        if (node.Tag.IsEmpty || node.Tag.IsNonSpecific)
            return null;
        string tag = node.Tag.Value;
        if (tag.StartsWith("tag:yaml.org,2002:", StringComparison.Ordinal))
        {
            if (tag["tag:yaml.org,2002:".Length..] is not ("str" or "int" or "float" or "bool" or "null" or "seq" or "map"))
                throw new TemplateException("UNKNOWN_TAG", $"CloudFormation does not take the tag {tag}.", at);
            return null;
        }
        string? function = IntrinsicFunctions.OfTag(tag);
        if (function is null)
            _findings.Add(Finding.Error("UNKNOWN_FUNCTION", $"There is no function {tag}.", at));
        return function;
    }

    private ListNode List(SourceLocation at)
    {
        _parser.Consume<SequenceStart>();
        List<TemplateNode> items = [];
        while (!_parser.TryConsume<SequenceEnd>(out _))
            items.Add(Node());
        return new ListNode(at, items);
    }

    private TemplateNode Map(SourceLocation at)
    {
        _parser.Consume<MappingStart>();
        List<MapEntry> entries = [];
        HashSet<string> keys = new(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (_parser.Current is not YamlDotNet.Core.Events.Scalar key)
                throw new TemplateException("SYNTAX", "A key must be text.", At(_parser.Current!.Start));
            _parser.MoveNext();
            SourceLocation keyAt = At(key.Start);
            if (key.Value == "<<" && key.Style == ScalarStyle.Plain)
                throw new TemplateException("MERGE", "CloudFormation takes no YAML merges.", keyAt);
            if (!keys.Add(key.Value))
                _findings.Add(Finding.Error("DUPLICATE_KEY", $"The key {key.Value} is here a second time.", keyAt));
            entries.Add(new MapEntry(key.Value, keyAt, Node()));
        }
        return entries is [var only] && IntrinsicFunctions.IsLongName(only.Key)
            ? new CallNode(at, only.Key, only.Value)
            : new MapNode(at, entries);
    }

    private ScalarNode Scalar(Scalar scalar, SourceLocation at)
    {
        _parser.Consume<Scalar>();
        // A tag of CloudFormation's leaves the scalar behind it plain: !Equals 1 is the number 1.
        bool plain = scalar.Style == ScalarStyle.Plain && scalar.Tag.ToString() != "tag:yaml.org,2002:str";
        return plain ? Plain(scalar.Value, at) : new ScalarNode(at, scalar.Value, ScalarKind.Text);
    }

    private static ScalarNode Plain(string text, SourceLocation at) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => new ScalarNode(at, "", ScalarKind.Null),
        "true" or "True" or "TRUE" or "yes" or "Yes" or "YES" or "on" or "On" or "ON" => new ScalarNode(at, "true", ScalarKind.Boolean),
        "false" or "False" or "FALSE" or "no" or "No" or "NO" or "off" or "Off" or "OFF" => new ScalarNode(at, "false", ScalarKind.Boolean),
        _ => new ScalarNode(at, text, IsJsonNumber(text) ? ScalarKind.Number : ScalarKind.Text),
    };

    /// <summary>Whether text is a number as JSON writes it. What only YAML takes for one (a leading zero as in an account's
    /// number, <c>1_000</c>, <c>12:30</c>, a date) stays text, which is what the writer of a template means.</summary>
    internal static bool IsJsonNumber(string text)
    {
        int digits = text.StartsWith('-') ? 1 : 0;
        return text.Length > digits && char.IsAsciiDigit(text[digits]) && char.IsAsciiDigit(text[^1])
            && (text[digits] != '0' || text.Length == digits + 1 || !char.IsAsciiDigit(text[digits + 1]))
            && double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out double value)
            && double.IsFinite(value);
    }

    private SourceLocation At(Mark mark) => new(_file, (int)mark.Line, (int)mark.Column);
}
