using System.Buffers.Binary;
using System.Text;

namespace Archiver.Benchmarks;

/// <summary>
/// As much of the protocol between a browser and its circuit as it takes to be one: SignalR's hub protocol in MessagePack, each message
/// with its length before it (https://github.com/dotnet/aspnetcore/blob/main/src/SignalR/docs/specs/HubProtocol.md).
/// </summary>
internal static class BlazorPack
{
    private const byte Nil = 0xc0;

    /// <summary>A call of the server, ready to be sent.</summary>
    /// <param name="invocation">The number that its answer bears; nothing where none is wanted.</param>
    /// <param name="target">The method.</param>
    /// <param name="arguments">Texts, whole numbers, truths and nothing.</param>
    public static byte[] Call(string? invocation, string target, params object?[] arguments)
    {
        using MemoryStream body = new();
        body.WriteByte(0x96);
        Write(body, 1);
        body.WriteByte(0x80);
        Write(body, invocation);
        Write(body, target);
        body.WriteByte((byte)(0x90 | arguments.Length));
        foreach (object? argument in arguments) Write(body, argument);
        body.WriteByte(0x90);

        using MemoryStream message = new();
        for (long length = body.Length; ; length >>= 7)
        {
            message.WriteByte((byte)((length & 0x7f) | (length > 0x7f ? 0x80 : 0u)));
            if (length <= 0x7f) break;
        }
        body.WriteTo(message);
        return message.ToArray();
    }

    /// <summary>Takes the first whole message off what has come.</summary>
    /// <returns>What it says, and how many bytes it took; nothing where it has not come whole.</returns>
    public static (object?[] Message, int Taken)? Read(ReadOnlySpan<byte> bytes)
    {
        int length = 0, at = 0;
        for (int shift = 0; ; shift += 7)
        {
            if (at == bytes.Length) return null;
            byte part = bytes[at++];
            length |= (part & 0x7f) << shift;
            if (part < 0x80) break;
        }
        if (bytes.Length - at < length) return null;
        int place = 0;
        return ((object?[])Value(bytes.Slice(at, length), ref place)!, at + length);
    }

    private static void Write(MemoryStream stream, object? value)
    {
        Span<byte> number = stackalloc byte[8];
        switch (value)
        {
            case null:
                stream.WriteByte(Nil);
                break;
            case bool truth:
                stream.WriteByte(truth ? (byte)0xc3 : (byte)0xc2);
                break;
            case int or long:
                stream.WriteByte(0xd3);
                BinaryPrimitives.WriteInt64BigEndian(number, Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture));
                stream.Write(number);
                break;
            case string text:
                byte[] bytes = Encoding.UTF8.GetBytes(text);
                stream.WriteByte(0xdb);
                BinaryPrimitives.WriteInt32BigEndian(number, bytes.Length);
                stream.Write(number[..4]);
                stream.Write(bytes);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(value));
        }
    }

    private static object? Value(ReadOnlySpan<byte> bytes, ref int at)
    {
        byte kind = bytes[at++];
        switch (kind)
        {
            case <= 0x7f:
                return (long)kind;
            case >= 0xe0:
                return (long)(sbyte)kind;
            case Nil:
                return null;
            case 0xc2 or 0xc3:
                return kind == 0xc3;
            case 0xca:
                return (double)BinaryPrimitives.ReadSingleBigEndian(Take(bytes, ref at, 4));
            case 0xcb:
                return BinaryPrimitives.ReadDoubleBigEndian(Take(bytes, ref at, 8));
            case >= 0xcc and <= 0xcf:
                return Unsigned(bytes, ref at, 1 << (kind - 0xcc));
            case 0xd0:
                return (long)(sbyte)bytes[at++];
            case 0xd1:
                return (long)BinaryPrimitives.ReadInt16BigEndian(Take(bytes, ref at, 2));
            case 0xd2:
                return (long)BinaryPrimitives.ReadInt32BigEndian(Take(bytes, ref at, 4));
            case 0xd3:
                return BinaryPrimitives.ReadInt64BigEndian(Take(bytes, ref at, 8));
            case >= 0xa0 and <= 0xbf:
                return Encoding.UTF8.GetString(Take(bytes, ref at, kind & 0x1f));
            case >= 0xd9 and <= 0xdb:
                return Encoding.UTF8.GetString(Take(bytes, ref at, (int)Unsigned(bytes, ref at, 1 << (kind - 0xd9))));
            case >= 0xc4 and <= 0xc6:
                return Take(bytes, ref at, (int)Unsigned(bytes, ref at, 1 << (kind - 0xc4))).ToArray();
            case >= 0x90 and <= 0x9f:
                return Array(bytes, ref at, kind & 0x0f);
            case 0xdc or 0xdd:
                return Array(bytes, ref at, (int)Unsigned(bytes, ref at, kind == 0xdc ? 2 : 4));
            case >= 0x80 and <= 0x8f:
                return Array(bytes, ref at, 2 * (kind & 0x0f)); // keys and values, one after another
            default:
                throw new NotSupportedException($"MessagePack's {kind:x2} is not expected here.");
        }
    }

    private static object?[] Array(ReadOnlySpan<byte> bytes, ref int at, int length)
    {
        object?[] values = new object?[length];
        for (int i = 0; i < length; i++) values[i] = Value(bytes, ref at);
        return values;
    }

    private static long Unsigned(ReadOnlySpan<byte> bytes, ref int at, int width)
    {
        long value = 0;
        foreach (byte part in Take(bytes, ref at, width)) value = (value << 8) | part;
        return value;
    }

    private static ReadOnlySpan<byte> Take(ReadOnlySpan<byte> bytes, ref int at, int count)
    {
        at += count;
        return bytes.Slice(at - count, count);
    }
}
