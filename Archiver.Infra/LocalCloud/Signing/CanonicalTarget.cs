using System.Text;

namespace Archiver.Infra.LocalCloud.Signing;

/// <summary>Brings the target of a request into the form in which it is signed.</summary>
internal static class CanonicalTarget
{
    /// <summary>The path as S3 signs it: every byte that must be is percent-encoded, once; nothing is folded.</summary>
    /// <param name="path">As it stands in the request line.</param>
    public static string S3Path(string path) => path.Length == 0 ? "/" : Encode(Decode(path, plusIsSpace: false), keepSlash: true);

    /// <summary>The path as every other service signs it: what was sent, folded as RFC 3986 says and percent-encoded once more.</summary>
    /// <param name="path">As it stands in the request line.</param>
    public static string Path(string path)
    {
        List<string> segments = [];
        foreach (string segment in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (segment == "..")
                segments.RemoveRange(Math.Max(0, segments.Count - 1), Math.Min(1, segments.Count));
            else if (segment != ".")
                segments.Add(Encode(Encoding.UTF8.GetBytes(segment), keepSlash: false));
        }
        string tail = segments.Count > 0 && path.EndsWith('/') ? "/" : "";
        return "/" + string.Join('/', segments) + tail;
    }

    /// <summary>The query as it is signed: names and values encoded, in order, the signature itself left out.</summary>
    /// <param name="query">As it stands in the request line, without its question mark.</param>
    public static string Query(string query) => string.Join(
        '&',
        query.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(Pair)
            .Where(pair => pair.Name != "X-Amz-Signature")
            .OrderBy(pair => pair.Name, StringComparer.Ordinal)
            .ThenBy(pair => pair.Value, StringComparer.Ordinal)
            .Select(pair => $"{pair.Name}={pair.Value}"));

    private static (string Name, string Value) Pair(string pair)
    {
        int equals = pair.IndexOf('=', StringComparison.Ordinal);
        return (Encode(Decode(equals < 0 ? pair : pair[..equals], plusIsSpace: true), keepSlash: false),
            equals < 0 ? "" : Encode(Decode(pair[(equals + 1)..], plusIsSpace: true), keepSlash: false));
    }

    // Bytes, and not text: a target may be no UTF-8. A stray percent sign is itself.
    private static byte[] Decode(string text, bool plusIsSpace)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        int length = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            byte value = bytes[i];
            if (value == '%' && i + 2 < bytes.Length && char.IsAsciiHexDigit((char)bytes[i + 1]) && char.IsAsciiHexDigit((char)bytes[i + 2]))
            {
                value = Convert.FromHexString([(char)bytes[i + 1], (char)bytes[i + 2]])[0];
                i += 2;
            }
            else if (value == '+' && plusIsSpace)
            {
                value = (byte)' ';
            }
            bytes[length++] = value;
        }
        return bytes[..length];
    }

    private static string Encode(ReadOnlySpan<byte> bytes, bool keepSlash)
    {
        StringBuilder text = new(bytes.Length);
        foreach (byte value in bytes)
        {
            if (char.IsAsciiLetterOrDigit((char)value) || value is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~' || (keepSlash && value == '/'))
                text.Append((char)value);
            else
                text.Append('%').Append(Convert.ToHexString([value]));
        }
        return text.ToString();
    }
}
