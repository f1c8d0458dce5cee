using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Archiver.Infra.LocalCloud.S3.Bodies;

/// <summary>CRC-64/NVME, the checksum that S3 gives every object that comes without one (<c>System.IO.Hashing.Crc64</c> is
/// another polynomial). Eight bytes a step over eight tables. The digest is big-endian, as S3 writes it.</summary>
internal sealed class Crc64Nvme() : NonCryptographicHashAlgorithm(sizeof(ulong))
{
    private const ulong ReflectedPolynomial = 0x9A6C9329AC4BC9B5;
    private static readonly ulong[][] Tables = MakeTables();
    private ulong _state = ulong.MaxValue;

    /// <inheritdoc/>
    public override void Append(ReadOnlySpan<byte> source)
    {
        ulong state = _state;
        // Each table in a local: a static is looked up anew at every use in a build that is not optimized, as dotnet run's is.
        ulong[] t0 = Tables[0], t1 = Tables[1], t2 = Tables[2], t3 = Tables[3], t4 = Tables[4], t5 = Tables[5], t6 = Tables[6], t7 = Tables[7];
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(source);
        for (int i = 0; i < words.Length; i++)
        {
            ulong word = state ^ (BitConverter.IsLittleEndian ? words[i] : BinaryPrimitives.ReverseEndianness(words[i]));
            state = t7[(byte)word] ^ t6[(byte)(word >> 8)] ^ t5[(byte)(word >> 16)] ^ t4[(byte)(word >> 24)]
                ^ t3[(byte)(word >> 32)] ^ t2[(byte)(word >> 40)] ^ t1[(byte)(word >> 48)] ^ t0[word >> 56];
        }
        foreach (byte value in source[(words.Length * sizeof(ulong))..])
            state = t0[(byte)(state ^ value)] ^ (state >> 8);
        _state = state;
    }

    /// <inheritdoc/>
    public override void Reset() => _state = ulong.MaxValue;

    /// <inheritdoc/>
    protected override void GetCurrentHashCore(Span<byte> destination) => BinaryPrimitives.WriteUInt64BigEndian(destination, ~_state);

    private static ulong[][] MakeTables()
    {
        ulong[][] tables = [.. Enumerable.Range(0, sizeof(ulong)).Select(_ => new ulong[256])];
        for (uint value = 0; value < 256; value++)
        {
            ulong remainder = value;
            for (int bit = 0; bit < 8; bit++)
                remainder = (remainder & 1) == 0 ? remainder >> 1 : (remainder >> 1) ^ ReflectedPolynomial;
            tables[0][value] = remainder;
        }
        for (int table = 1; table < tables.Length; table++)
        {
            for (int value = 0; value < 256; value++)
                tables[table][value] = tables[0][(byte)tables[table - 1][value]] ^ (tables[table - 1][value] >> 8);
        }
        return tables;
    }
}
