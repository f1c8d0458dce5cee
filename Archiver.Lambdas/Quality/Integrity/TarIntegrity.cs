using System.Buffers.Binary;
using System.Text;

namespace Archiver.Lambdas.Quality.Integrity;

/// <summary>
/// tar (POSIX.1-2024, pax and ustar; GNU's extensions): headers with checksums, each followed by as many bytes as it says, and an empty block at the end.
/// .NET's TarReader takes a long header into memory at the length that the header itself gives.
/// </summary>
internal static class TarIntegrity
{
    public const int Block = 512;

    public static async Task<string?> LookAsync(ContentReader content, IntegrityTarget target)
    {
        long members = 0;
        long? overriding = null;
        while (true)
        {
            // An archive that was cut between two members is one to most tools; the empty block at the end is what tells.
            ReadOnlyMemory<byte> header = await content.TakeAsync(Block);
            if (header.Span.IndexOfAnyExcept((byte)0) < 0) break;
            if (!Signatures.IsTar(header.Span))
                throw new InvalidDataException($"The tar archive's member {members + 1} has a broken header, at byte {content.Position - Block}.");
            char type = (char)header.Span[156];
            long size = Number(header.Span.Slice(124, 12));
            bool isExtension = type is 'x' or 'g' or 'L' or 'K';
            if (!isExtension && overriding is { } larger) (size, overriding) = (larger, null);
            if (size < 0) throw new InvalidDataException($"The tar archive's member {members + 1} has no length, at byte {content.Position - Block}.");
            if (type is '1' or '2' or '3' or '4' or '5' or '6' && !isExtension) size = 0; // links, devices and directories have none, whatever they say
            if (!isExtension) members++;
            target.Malware.Begin(Encoding.UTF8.GetString(header.Span[..100]).TrimEnd('\0'));
            if (type == 'x' && size is > 0 and <= ContentReader.MostInOnePiece) overriding = PaxSize((await content.TakeAsync((int)size)).Span);
            else await content.SkipAsync(size, target.Malware.Look);
            await content.SkipAsync((Block - (size % Block)) % Block);
        }

        return members switch
        {
            0 => "The tar archive is whole; it is empty.",
            1 => "The tar archive is whole: 1 member, with a good header.",
            _ => $"The tar archive is whole: {members} members, each with a good header.",
        };
    }

    /// <summary>A number in octal digits, or in GNU's and star's binary form for those that do not fit; negative where it is neither.</summary>
    private static long Number(ReadOnlySpan<byte> field)
    {
        if ((field[0] & 0x80) != 0) return BinaryPrimitives.ReadInt64BigEndian(field[4..]);
        long number = 0;
        foreach (byte digit in field.Trim(" \0"u8))
        {
            if (digit is < (byte)'0' or > (byte)'7') return -1;
            number = (number * 8) + (digit - '0');
        }

        return number;
    }

    /// <summary>The size in a pax header, lines of “LENGTH KEY=VALUE”; nothing where it has none.</summary>
    private static long? PaxSize(ReadOnlySpan<byte> lines)
    {
        foreach (Range range in lines.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = lines[range];
            int at = line.IndexOf(" size="u8);
            if (at >= 0 && line[..at].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0 && long.TryParse(line[(at + 6)..], out long size)) return size;
        }

        return null;
    }
}
