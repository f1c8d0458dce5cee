using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.IO.Hashing;

namespace Archiver.Lambdas.Quality.Integrity;

/// <summary>
/// Expands deflated data that is followed by something else. .NET's inflater reads ahead and does not say how far its data went, nor that
/// they broke off; both show by the checksum and the lengths that follow the data, which are searched in the bytes that it read last.
/// </summary>
internal static class Inflater
{
    // As much as the inflater reads at once: what is put back never goes beyond the last read.
    private const int MostRead = ContentReader.MostPutBack;

    // Deflate's own limit is a little over 1,000; text and tables stay well below 100. Small content may be as repetitive as it likes.
    private const long LargestRatio = 250;
    private const long FreelyExpanded = 64L * 1024 * 1024;

    /// <summary>What expanding gave.</summary>
    /// <param name="Crc">The CRC-32 of what came out.</param>
    /// <param name="Length">How many bytes came out.</param>
    /// <param name="LastRead">How many bytes, from where the content is now back, may belong to what follows.</param>
    public readonly record struct Expanded(uint Crc, long Length, int LastRead);

    /// <summary>Expands what is next in the content.</summary>
    /// <param name="length">How long the deflated data are at most.</param>
    /// <param name="look">Looks at each piece that comes out.</param>
    /// <exception cref="InvalidDataException">The data are no deflated data, or expand as only a bomb does.</exception>
    public static async Task<Expanded> ExpandAsync(ContentReader content, long length, string what, Action<ReadOnlySpan<byte>> look)
    {
        Crc32 crc = new();
        long expanded = 0;
        long begin = content.Position;
        ContentStream deflated = new(content, length, MostRead);
        await using DeflateStream stream = new(deflated, CompressionMode.Decompress, leaveOpen: true);
        byte[] buffer = new byte[32 * 1024];
        while (true)
        {
            int count;
            try
            {
                count = await stream.ReadAsync(buffer);
            }
            catch (InvalidDataException)
            {
                throw new InvalidDataException($"{what} has broken data, before byte {content.Position}.");
            }

            if (count == 0) break;
            crc.Append(buffer.AsSpan(0, count));
            look(buffer.AsSpan(0, count));
            expanded += count;
            if (expanded > FreelyExpanded && expanded / LargestRatio > content.Position - begin)
            {
                throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture,
                    $"{what} expands to more than {LargestRatio} times its size, as decompression bombs do: it was looked at up to {expanded:N0} bytes."));
            }
        }

        return new Expanded(crc.GetCurrentHashAsUInt32(), expanded, deflated.LastRead);
    }

    /// <summary>
    /// Goes to the end of the data that were just expanded, by what must follow them, and takes that: their checksum and lengths. What the inflater did not
    /// read yet may be part of it.
    /// </summary>
    /// <param name="begin">Where the data begin.</param>
    /// <param name="trailer">What may follow.</param>
    /// <returns>Whether it was found.</returns>
    public static async Task<bool> TakeTrailerAsync(ContentReader content, long begin, Expanded expanded, Trailer trailer)
    {
        const int longest = 24;
        content.PutBack(expanded.LastRead);
        long first = content.Position - begin;
        int taken = Find((await content.PeekAsync(expanded.LastRead + longest)).Span, first, expanded, trailer);
        if (taken < 0) return false;
        await content.TakeAsync(taken);
        return true;
    }

    private static int Find(ReadOnlySpan<byte> window, long first, Expanded expanded, Trailer trailer)
    {
        Span<byte> crc = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(crc, expanded.Crc);
        for (int at = 0; at <= window.Length; at++)
        {
            int found = window[at..].IndexOf(crc);
            if (found < 0) return -1;
            at += found;
            int end = trailer(window, at, first, expanded);
            if (end >= 0) return end;
        }

        return -1;
    }

    /// <summary>Looks whether a checksum in a window is part of what follows deflated data.</summary>
    /// <param name="window">Bytes within which the data end.</param>
    /// <param name="at">Where their checksum is in it.</param>
    /// <param name="first">How many bytes of the data are before the window.</param>
    /// <param name="expanded">What expanding gave.</param>
    /// <returns>Where what follows ends in the window; negative where it is not that.</returns>
    public delegate int Trailer(ReadOnlySpan<byte> window, int at, long first, Expanded expanded);
}
