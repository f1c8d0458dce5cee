using System.Text;

namespace Archiver.Web.Preview.Content;

/// <summary>Bytes as text.</summary>
/// <param name="Text">The text.</param>
/// <param name="Encoding">What it was written in, as a person calls it.</param>
internal sealed record DecodedText(string Text, string Encoding);

/// <summary>Tells text from other bytes, and reads it.</summary>
internal static class TextContent
{
    // What UTF-8 cuts apart at the end of a window: all but the last byte of a character.
    private const int CutBytes = 3;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads text; nothing for what is none.</summary>
    /// <param name="bytes">The beginning of a file.</param>
    /// <param name="isWhole">Whether that is all of it; otherwise its last character may be cut.</param>
    public static DecodedText? Decode(ReadOnlySpan<byte> bytes, bool isWhole)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) return new DecodedText(Encoding.UTF8.GetString(bytes[3..]), "UTF-8");
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])) return new DecodedText(Encoding.Unicode.GetString(Even(bytes[2..])), "UTF-16");
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])) return new DecodedText(Encoding.BigEndianUnicode.GetString(Even(bytes[2..])), "UTF-16");
        if (!LooksLikeText(bytes)) return null;
        for (int cut = 0; cut <= (isWhole ? 0 : Math.Min(CutBytes, bytes.Length)); cut++)
        {
            try
            {
                return new DecodedText(StrictUtf8.GetString(bytes[..^cut]), "UTF-8");
            }
            catch (DecoderFallbackException)
            {
                // Cut in the middle of a character, or another encoding.
            }
        }
        return new DecodedText(Encoding.Latin1.GetString(bytes), "Latin-1");
    }

    // Text has no control characters but white space and, in logs, escapes; not even old encodings use them.
    private static bool LooksLikeText(ReadOnlySpan<byte> bytes)
    {
        foreach (byte octet in bytes)
            if (octet is < 0x20 and not ((byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f' or 0x1B)) return false;
        return true;
    }

    private static ReadOnlySpan<byte> Even(ReadOnlySpan<byte> bytes) => bytes[..(bytes.Length & ~1)];
}
