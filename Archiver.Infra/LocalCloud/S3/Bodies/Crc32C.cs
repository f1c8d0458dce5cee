using System.Buffers.Binary;
using System.IO.Hashing;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Archiver.Infra.LocalCloud.S3.Bodies;

/// <summary>CRC-32C (Castagnoli), which the base class library has as a processor's instruction but not as a hash.
/// The digest is big-endian, as S3 writes it.</summary>
internal sealed class Crc32C() : NonCryptographicHashAlgorithm(sizeof(uint))
{
    private uint _state = uint.MaxValue;

    /// <inheritdoc/>
    public override void Append(ReadOnlySpan<byte> source)
    {
        uint state = _state;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(source);
        foreach (ulong word in words)
            state = BitOperations.Crc32C(state, BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word));
        foreach (byte value in source[(words.Length * sizeof(ulong))..])
            state = BitOperations.Crc32C(state, value);
        _state = state;
    }

    /// <inheritdoc/>
    public override void Reset() => _state = uint.MaxValue;

    /// <inheritdoc/>
    protected override void GetCurrentHashCore(Span<byte> destination) => BinaryPrimitives.WriteUInt32BigEndian(destination, ~_state);
}
