using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Archiver.Infra.LocalCloud.Sqs;

/// <summary>
/// The digests with which a client checks that a message came over whole. The SDKs compute them, too, and refuse an answer
/// whose digest is another.
/// See https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html#sqs-attributes-md5-message-digest-calculation.
/// </summary>
[SuppressMessage("Security", "CA5351:Do Not Use Broken Cryptographic Algorithms", Justification = "The protocol's checksum is MD5; nothing is secured by it.")]
internal static class MessageDigest
{
    private const byte StringTransport = 1;
    private const byte BinaryTransport = 2;

    /// <summary>The MD5 of a message's body, in lower-case hex.</summary>
    public static string OfBody(string body) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(body)));

    /// <summary>The MD5 of a message's attributes, in lower-case hex; nothing for a message without any.</summary>
    public static string? OfAttributes(MessageAttributes attributes) => OfOrdered(attributes.Values);

    /// <summary>The MD5 of a message's system attributes, of which there is one at most.</summary>
    public static string? OfTraceHeader(string? traceHeader) => traceHeader is null
        ? null
        : OfOrdered(new Dictionary<string, MessageAttributeValue> { [MessageSystemAttributes.TraceHeader] = new("String", traceHeader, null) });

    private static string? OfOrdered(IReadOnlyDictionary<string, MessageAttributeValue> attributes)
    {
        if (attributes.Count == 0)
            return null;
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        foreach ((string name, MessageAttributeValue value) in attributes)
        {
            AppendWithLength(hash, Encoding.UTF8.GetBytes(name));
            AppendWithLength(hash, Encoding.UTF8.GetBytes(value.DataType));
            hash.AppendData([value.Bytes is null ? StringTransport : BinaryTransport]);
            AppendWithLength(hash, value.Bytes ?? Encoding.UTF8.GetBytes(value.Text!));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void AppendWithLength(IncrementalHash hash, byte[] data)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        hash.AppendData(length);
        hash.AppendData(data);
    }
}
