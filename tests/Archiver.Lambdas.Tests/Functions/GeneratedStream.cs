using System.Security.Cryptography;

namespace Archiver.Lambdas.Tests.Functions;

/// <summary>Content of any length that is nowhere held: byte n is n modulo 251. It can break at a place.</summary>
internal sealed class GeneratedStream(long length, long breakAt = long.MaxValue) : Stream
{
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public static string Sha256(long length)
    {
        using GeneratedStream stream = new(length);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    public override int Read(Span<byte> buffer)
    {
        if (_position >= breakAt) throw new IOException("The connection was reset.");
        int count = (int)Math.Min(buffer.Length, Math.Min(length, breakAt) - _position);
        int next = (int)(_position % 251);
        for (int i = 0; i < count; i++)
        {
            buffer[i] = (byte)next;
            if (++next == 251) next = 0;
        }

        _position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Read(buffer.Span));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Task.FromResult(Read(buffer, offset, count));

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
