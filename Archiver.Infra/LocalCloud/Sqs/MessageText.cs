using System.Text;

namespace Archiver.Infra.LocalCloud.Sqs;

/// <summary>Which characters a message may consist of: those of XML 1.0. https://www.w3.org/TR/REC-xml/#charsets</summary>
internal static class MessageText
{
    public static bool IsAllowed(string text)
    {
        foreach (Rune rune in text.EnumerateRunes())
        {
            // A lone surrogate comes out as U+FFFD, which is allowed by itself: it is told apart below.
            if (rune.Value is not (0x9 or 0xA or 0xD or (>= 0x20 and <= 0xD7FF) or (>= 0xE000 and <= 0xFFFD) or (>= 0x10000 and <= 0x10FFFF)))
                return false;
        }
        return !HasLoneSurrogate(text);
    }

    private static bool HasLoneSurrogate(ReadOnlySpan<char> text)
    {
        for (int start = text.IndexOfAnyInRange('\uD800', '\uDFFF'); start >= 0; start = text.IndexOfAnyInRange('\uD800', '\uDFFF'))
        {
            if (start + 1 >= text.Length || !char.IsSurrogatePair(text[start], text[start + 1]))
                return true;
            text = text[(start + 2)..];
        }
        return false;
    }
}
