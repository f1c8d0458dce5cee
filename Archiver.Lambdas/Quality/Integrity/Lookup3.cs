using System.Buffers.Binary;
using System.Numerics;

namespace Archiver.Lambdas.Quality.Integrity;

/// <summary>Bob Jenkins' lookup3 (https://burtleburtle.net/bob/c/lookup3.c, in the public domain), with which HDF5 makes its checksums: little-endian, from 0.</summary>
internal static class Lookup3
{
    public static uint Hash(ReadOnlySpan<byte> data)
    {
        uint a, b, c;
        a = b = c = 0xDEADBEEF + (uint)data.Length;
        Span<byte> last = stackalloc byte[12];
        while (data.Length > 12)
        {
            Add(data, ref a, ref b, ref c);
            a -= c; a ^= BitOperations.RotateLeft(c, 4); c += b;
            b -= a; b ^= BitOperations.RotateLeft(a, 6); a += c;
            c -= b; c ^= BitOperations.RotateLeft(b, 8); b += a;
            a -= c; a ^= BitOperations.RotateLeft(c, 16); c += b;
            b -= a; b ^= BitOperations.RotateLeft(a, 19); a += c;
            c -= b; c ^= BitOperations.RotateLeft(b, 4); b += a;
            data = data[12..];
        }

        if (data.Length == 0) return c;
        last.Clear();
        data.CopyTo(last);
        Add(last, ref a, ref b, ref c);
        c ^= b; c -= BitOperations.RotateLeft(b, 14);
        a ^= c; a -= BitOperations.RotateLeft(c, 11);
        b ^= a; b -= BitOperations.RotateLeft(a, 25);
        c ^= b; c -= BitOperations.RotateLeft(b, 16);
        a ^= c; a -= BitOperations.RotateLeft(c, 4);
        b ^= a; b -= BitOperations.RotateLeft(a, 14);
        c ^= b; c -= BitOperations.RotateLeft(b, 24);
        return c;
    }

    private static void Add(ReadOnlySpan<byte> data, ref uint a, ref uint b, ref uint c)
    {
        a += BinaryPrimitives.ReadUInt32LittleEndian(data);
        b += BinaryPrimitives.ReadUInt32LittleEndian(data[4..]);
        c += BinaryPrimitives.ReadUInt32LittleEndian(data[8..]);
    }
}
