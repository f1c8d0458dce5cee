using System.Text;
using System.Text.RegularExpressions;

namespace Archiver.Infra.LocalCloud.S3.Protocol;

/// <summary>
/// Text in a header that is ASCII: what is not ASCII travels as RFC 2047 encoded words, which S3 decodes when it stores
/// metadata and encodes when it returns it.
/// See https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html.
/// </summary>
internal static partial class EncodedWords
{
    // An encoded word has 75 characters at most; with its frame of 12 that leaves 60 of base64, which is 45 bytes.
    private const int BytesPerWord = 45;

    /// <summary>Text as a header can carry it: as it is when it is printable ASCII, else as encoded words.</summary>
    public static string Encode(string text)
    {
        if (text.All(character => character is >= ' ' and <= '~'))
            return text;
        StringBuilder words = new();
        List<byte> word = [];
        byte[] bytes = new byte[4];
        foreach (Rune rune in text.EnumerateRunes())
        {
            int length = rune.EncodeToUtf8(bytes);
            if (word.Count + length > BytesPerWord)
                Flush();
            word.AddRange(bytes.AsSpan(0, length));
        }
        Flush();
        return words.ToString();

        void Flush()
        {
            words.Append(words.Length == 0 ? "" : " ").Append("=?UTF-8?B?").Append(Convert.ToBase64String([.. word])).Append("?=");
            word.Clear();
        }
    }

    /// <summary>A header's text with its encoded words decoded; what only looks like one stays as it is.</summary>
    public static string Decode(string text)
    {
        if (!text.Contains("=?", StringComparison.Ordinal))
            return text;
        // White space between two encoded words belongs to the encoding; elsewhere it is the text's.
        string joined = Gap().Replace(text, "$1");
        return Run().Replace(joined, run =>
        {
            try
            {
                // A letter may be cut between two words of one character set: decode their bytes together.
                Match[] words = [.. Word().Matches(run.Value).Cast<Match>()];
                Encoding encoding = Encoding.GetEncoding(
                    words[0].Groups["charset"].Value, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
                return encoding.GetString([.. words.SelectMany(word => Bytes(word.Groups["text"].Value, word.Groups["form"].Value is "B" or "b"))]);
            }
            catch (Exception exception) when (exception is ArgumentException or FormatException)
            {
                return run.Value;
            }
        });
    }

    private static byte[] Bytes(string text, bool base64)
    {
        if (base64)
            return Convert.FromBase64String(text);
        List<byte> bytes = [];
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '=')
            {
                if (i + 2 >= text.Length)
                    throw new FormatException("A quoted letter is cut short.");
                bytes.Add(Convert.FromHexString(text.AsSpan(i + 1, 2))[0]);
                i += 2;
            }
            else
            {
                bytes.Add((byte)(text[i] == '_' ? ' ' : text[i]));
            }
        }
        return [.. bytes];
    }

    [GeneratedRegex(@"(=\?[^?\s]+\?[BbQq]\?[^?\s]*\?=)\s+(?==\?[^?\s]+\?[BbQq]\?[^?\s]*\?=)", RegexOptions.CultureInvariant)]
    private static partial Regex Gap();

    // Words of one character set, side by side.
    [GeneratedRegex(@"=\?(?<set>[^?\s]+)\?[BbQq]\?[^?\s]*\?=(=\?\k<set>\?[BbQq]\?[^?\s]*\?=)*", RegexOptions.CultureInvariant)]
    private static partial Regex Run();

    [GeneratedRegex(@"=\?(?<charset>[^?\s]+)\?(?<form>[BbQq])\?(?<text>[^?\s]*)\?=", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
