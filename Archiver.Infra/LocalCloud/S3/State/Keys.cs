using System.Text;

namespace Archiver.Infra.LocalCloud.S3.State;

/// <summary>Keys as their UTF-8, whose order byte by byte is the order of S3's listings.</summary>
internal static class Keys
{
    public static byte[] Bytes(string key) => Encoding.UTF8.GetBytes(key);

    public static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);

    /// <summary>The least byte string greater than <paramref name="key"/> itself.</summary>
    public static byte[] After(ReadOnlySpan<byte> key) => [.. key, 0];

    /// <summary>The least byte string greater than everything that begins with <paramref name="prefix"/>; nothing when there is
    /// none, as after the empty prefix.</summary>
    public static byte[]? AfterAll(ReadOnlySpan<byte> prefix)
    {
        int length = prefix.Length;
        while (length > 0 && prefix[length - 1] == byte.MaxValue)
            length--;
        if (length == 0)
            return null;
        byte[] next = prefix[..length].ToArray();
        next[^1]++;
        return next;
    }
}
