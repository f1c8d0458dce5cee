using System.Text;

namespace Archiver.Lambdas.Quality;

/// <summary>Tells text from binary content, and kinds of text from each other, by the beginning.</summary>
internal static class TextContent
{
    /// <summary>Text in Unicode with a byte order mark, or in any encoding that extends ASCII: without control characters that no text has.</summary>
    public static bool IsText(ReadOnlySpan<byte> head) => Decode(head) is not null;

    /// <summary>Text that begins with a JSON value.</summary>
    public static bool IsJson(ReadOnlySpan<byte> head) => FirstLetter(head) is { } first && "{[\"-0123456789tfn".Contains(first, StringComparison.Ordinal);

    /// <summary>Text that begins with a tag.</summary>
    public static bool IsXml(ReadOnlySpan<byte> head) => FirstLetter(head) is '<';

    /// <summary>XML with SVG's element near its beginning.</summary>
    public static bool IsSvg(ReadOnlySpan<byte> head) =>
        Decode(head) is { } text && text.AsSpan().TrimStart() is ['<', ..] && text.Contains("<svg", StringComparison.Ordinal);

    /// <summary>Text with a tag in it; a fragment may begin with words.</summary>
    public static bool IsHtml(ReadOnlySpan<byte> head) => Decode(head) is { } text && text.Contains('<', StringComparison.Ordinal);

    /// <summary>
    /// The name of the kind of text that gives itself away without a file's name: a document that declares itself, or an object of
    /// JSON. Anything else may be a text of any kind.
    /// </summary>
    public static string? Recognise(ReadOnlySpan<byte> head)
    {
        string text = Decode(head)?.TrimStart() ?? "";
        if (text.StartsWith("<svg", StringComparison.Ordinal)) return "an SVG image";
        if (text.StartsWith("<?xml", StringComparison.Ordinal)) return text.Contains("<svg", StringComparison.Ordinal) ? "an SVG image" : "XML";
        if (text.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || text.StartsWith("<html", StringComparison.OrdinalIgnoreCase)) return "HTML";
        return text.StartsWith('{') && text.AsSpan(1).TrimStart() is ['"', ..] or ['}', ..] ? "JSON" : null;
    }

    private static char? FirstLetter(ReadOnlySpan<byte> head) =>
        Decode(head)?.TrimStart() is { Length: > 0 } text ? text[0] : null;

    private static string? Decode(ReadOnlySpan<byte> head)
    {
        string text = Encoded(head);
        foreach (char character in text)
            if (IsBinary(character)) return null;
        return text;
    }

    private static string Encoded(ReadOnlySpan<byte> head) => head switch
    {
        [0xFF, 0xFE, 0, 0, ..] => Encoding.UTF32.GetString(head[4..]),
        [0xFF, 0xFE, ..] => Encoding.Unicode.GetString(head[2..]),
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode.GetString(head[2..]),
        [0xEF, 0xBB, 0xBF, ..] => Encoding.Latin1.GetString(head[3..]),
        _ => Encoding.Latin1.GetString(head), // the ASCII in it is all that is looked at
    };

    // Of the control characters, text has tab to carriage return, backspace, escape, and DOS's end of file.
    private static bool IsBinary(char character) => character < ' ' && character is not (>= '\b' and <= '\r' or '\x1A' or '\x1B');
}
