using System.Globalization;
using System.Text;

namespace Archiver.Web.Preview.Content;

/// <summary>
/// Makes characters visible that a reviewer would otherwise not see: controls, and those that turn the direction of what follows,
/// with which a text can read otherwise than it is.
/// </summary>
internal static class VisibleText
{
    /// <summary>The text with such characters spelt out, such as <c>[U+202E]</c>.</summary>
    public static string Of(string text)
    {
        int first = text.AsSpan().IndexOfAny(Hidden);
        if (first < 0) return text;
        StringBuilder visible = new(text.Length + 64);
        visible.Append(text, 0, first);
        foreach (char character in text.AsSpan(first))
        {
            if (Hidden.Contains(character)) visible.Append(CultureInfo.InvariantCulture, $"[U+{(int)character:X4}]");
            else visible.Append(character);
        }
        return visible.ToString();
    }

    private static readonly System.Buffers.SearchValues<char> Hidden = System.Buffers.SearchValues.Create(
    [
        .. Enumerable.Range(0, 0x20).Select(code => (char)code).Where(code => code is not ('\t' or '\n' or '\r')),
        .. Enumerable.Range(0x7F, 0x21).Select(code => (char)code),
        '\u061C', '\u200B', '\u200E', '\u200F', '\u2028', '\u2029', '\u202A', '\u202B', '\u202C', '\u202D', '\u202E', '\u2060', '\u2066', '\u2067', '\u2068', '\u2069', '\uFEFF',
    ]);
}
