using System.Buffers.Binary;
using System.IO.Hashing;
using System.Security.Cryptography;
using Archiver.Infra.LocalCloud.Wire;

namespace Archiver.Infra.LocalCloud.Sqs;

/// <summary>
/// What a receiver holds of a message that it received: which one, of which queue, and the nonce of that one receive. The message
/// keeps the nonce of its newest receive, so an older handle no longer fits.
/// </summary>
/// <param name="QueueId">The queue; handles of another queue are refused.</param>
/// <param name="Id">The message's number in the store.</param>
/// <param name="Nonce">Sixteen random bytes.</param>
internal sealed record ReceiptHandle(long QueueId, long Id, byte[] Nonce)
{
    private const byte Version = 1;
    private const int NonceLength = 16;
    private const int Length = 1 + (2 * sizeof(long)) + NonceLength + sizeof(uint);

    /// <summary>A fresh nonce, for a receive.</summary>
    public static byte[] NewNonce() => RandomNumberGenerator.GetBytes(NonceLength);

    /// <summary>The handle as a client gets it: opaque text.</summary>
    public string Encode()
    {
        Span<byte> bytes = stackalloc byte[Length];
        bytes[0] = Version;
        BinaryPrimitives.WriteInt64BigEndian(bytes[1..], QueueId);
        BinaryPrimitives.WriteInt64BigEndian(bytes[9..], Id);
        Nonce.CopyTo(bytes[17..]);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[^sizeof(uint)..], Crc32.HashToUInt32(bytes[..^sizeof(uint)]));
        return Convert.ToBase64String(bytes);
    }

    /// <summary>Reads a handle that a client sends.</summary>
    /// <param name="text">The handle.</param>
    /// <param name="queueId">The queue that it is sent for.</param>
    /// <exception cref="AwsError"><c>ReceiptHandleIsInvalid</c>: it is no handle of that queue, or was cut or altered on the way.</exception>
    public static ReceiptHandle Decode(string text, long queueId)
    {
        Span<byte> bytes = stackalloc byte[Length];
        if (!Convert.TryFromBase64String(text, bytes, out int length) || length != Length || bytes[0] != Version
            || BinaryPrimitives.ReadUInt32BigEndian(bytes[^sizeof(uint)..]) != Crc32.HashToUInt32(bytes[..^sizeof(uint)])
            || BinaryPrimitives.ReadInt64BigEndian(bytes[1..]) != queueId)
        {
            throw SqsErrors.ReceiptHandleIsInvalid();
        }
        return new ReceiptHandle(queueId, BinaryPrimitives.ReadInt64BigEndian(bytes[9..]), bytes.Slice(17, NonceLength).ToArray());
    }
}
