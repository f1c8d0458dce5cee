using System.Globalization;
using System.Text;

namespace Archiver.Lambdas.Functions;

/// <summary>
/// Text as a value of an object's metadata, which travels as a header: what is no printable ASCII is percent-encoded UTF-8, and so are
/// the percent sign, spaces that a header would lose, and the <c>=?</c> by which S3 knows its own encoding. Any percent-decoder reads it.
/// </summary>
internal static class HeaderText
{
    /// <summary>Encodes a text.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="most">The most bytes that the encoded text may have; what does not fit is cut off, and an ellipsis says so.</param>
    public static string Encode(string text, int most = int.MaxValue)
    {
        const string ellipsis = "...";
        StringBuilder whole = new();
        int cut = 0; // how much of it still fits before an ellipsis
        string trimmed = text.Trim();
        for (int index = 0; index < trimmed.Length;)
        {
            Rune.DecodeFromUtf16(trimmed.AsSpan(index), out Rune rune, out int length); // half of a pair becomes U+FFFD
            index += length;
            Append(whole, rune);
            if (whole.Length > most) break;
            if (whole.Length <= most - ellipsis.Length) cut = whole.Length;
        }

        return whole.Length <= most ? whole.ToString() : most < ellipsis.Length ? "" : whole.ToString(0, cut) + ellipsis;
    }

    private static void Append(StringBuilder text, Rune rune)
    {
        char before = text.Length > 0 ? text[^1] : ' ';
        bool plain = rune.IsAscii && !Rune.IsControl(rune) && rune.Value != '%'
            && (rune.Value != ' ' || before != ' ') && (rune.Value != '?' || before != '=');
        if (plain)
        {
            text.Append((char)rune.Value);
            return;
        }

        Span<byte> bytes = stackalloc byte[4];
        foreach (byte part in bytes[..rune.EncodeToUtf8(bytes)]) text.Append(CultureInfo.InvariantCulture, $"%{part:X2}");
    }
}
