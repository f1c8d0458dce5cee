using System.Buffers.Binary;
using System.Text;

namespace Archiver.Web.Preview.Archives;

/// <summary>A header block of a tar archive (POSIX.1-2017 pax, "ustar Interchange Format"), and of what is read of GNU's form of it.</summary>
/// <param name="Name">The name.</param>
/// <param name="Size">How many bytes follow.</param>
/// <param name="Type">What follows, such as <c>0</c> for a file.</param>
/// <param name="Target">Where a link leads.</param>
internal readonly record struct TarHeader(string Name, long Size, char Type, string Target)
{
    /// <summary>The size of a block, in bytes: of a header, and what content is filled up to.</summary>
    public const int Block = 512;

    private const int ChecksumOffset = 148, ChecksumLength = 8;

    /// <summary>Whether a file begins with a header whose checksum is right.</summary>
    public static bool IsHeader(ReadOnlySpan<byte> head) => head.Length >= Block && TryRead(head[..Block], out _);

    /// <summary>Reads a block.</summary>
    public static bool TryRead(ReadOnlySpan<byte> block, out TarHeader header)
    {
        header = default;
        if (Octal(block.Slice(ChecksumOffset, ChecksumLength)) is not { } expected) return false;
        long sum = ChecksumLength * ' '; // the checksum itself counts as spaces
        for (int i = 0; i < Block; i++)
            if (i is < ChecksumOffset or >= ChecksumOffset + ChecksumLength) sum += block[i];
        if (sum != expected || Number(block.Slice(124, 12)) is not { } size || size < 0) return false;

        string name = Text(block[..100]);
        bool hasPrefix = block[257..].StartsWith("ustar\0"u8);
        if (hasPrefix && Text(block.Slice(345, 155)) is { Length: > 0 } prefix) name = $"{prefix}/{name}";
        header = new TarHeader(name, size, block[156] == 0 ? '0' : (char)block[156], Text(block.Slice(157, 100)));
        return true;
    }

    /// <summary>A text that ends with its field, or with a zero before.</summary>
    public static string Text(ReadOnlySpan<byte> field) => Encoding.UTF8.GetString(field[..(field.IndexOf((byte)0) is >= 0 and var end ? end : field.Length)]);

    // GNU writes what octal digits have no room for in binary, marked by the highest bit.
    private static long? Number(ReadOnlySpan<byte> field)
    {
        if ((field[0] & 0x80) == 0) return Octal(field);
        long number = BinaryPrimitives.ReadInt64BigEndian(field[^8..]);
        return field[1..^8].IndexOfAnyExcept((byte)0) < 0 && number >= 0 ? number : null;
    }

    private static long? Octal(ReadOnlySpan<byte> field)
    {
        long number = 0;
        bool hasDigit = false;
        foreach (byte octet in field)
        {
            if (octet is (byte)' ' or 0)
            {
                if (hasDigit) break;
                continue;
            }
            if (octet is < (byte)'0' or > (byte)'7') return null;
            (number, hasDigit) = ((number * 8) + (octet - '0'), true);
        }
        return hasDigit ? number : null;
    }
}
