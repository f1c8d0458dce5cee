using System.Buffers.Binary;
using System.IO.Hashing;

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
        for (; source.Length >= sizeof(ulong); source = source[sizeof(ulong)..])
        {
            ulong word = state ^ BinaryPrimitives.ReadUInt64LittleEndian(source);
            state = Tables[7][(byte)word] ^ Tables[6][(byte)(word >> 8)] ^ Tables[5][(byte)(word >> 16)] ^ Tables[4][(byte)(word >> 24)]
                ^ Tables[3][(byte)(word >> 32)] ^ Tables[2][(byte)(word >> 40)] ^ Tables[1][(byte)(word >> 48)] ^ Tables[0][word >> 56];
        }
        foreach (byte value in source)
            state = Tables[0][(byte)(state ^ value)] ^ (state >> 8);
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
