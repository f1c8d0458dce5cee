namespace Archiver.Lambdas.Quality.Integrity;

/// <summary>A reader's content as a stream, for what reads streams.</summary>
/// <param name="content">The content.</param>
/// <param name="length">The most bytes that the stream has.</param>
/// <param name="most">The most bytes that one read gives.</param>
internal sealed class ContentStream(ContentReader content, long length = long.MaxValue, int most = int.MaxValue) : Stream
{
    private long _left = length;

    /// <summary>
    /// How many bytes may be read until the next <see cref="Allow"/>. What buffers as much as one thing of the content needs, a line or
    /// a tag, is bounded by it.
    /// </summary>
    public long Allowance { get; private set; } = long.MaxValue;

    /// <summary>How many bytes the last read gave; they can be put back.</summary>
    public int LastRead { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Allows so many more bytes; a read beyond them is a <see cref="ContentLimitException"/>.</summary>
    public void Allow(long bytes) => Allowance = bytes;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Allowance <= 0) throw new ContentLimitException();
        ReadOnlyMemory<byte> piece = await content.NextAsync(Math.Min(Math.Min(buffer.Length, most), Math.Min(_left, Allowance)));
        piece.CopyTo(buffer);
        _left -= piece.Length;
        Allowance -= piece.Length;
        LastRead = piece.Length == 0 ? LastRead : piece.Length;
        return piece.Length;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Content comes from a network: read it asynchronously.");

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

/// <summary>The content cannot be looked at within the memory that a check may take; it may be all right.</summary>
internal sealed class ContentLimitException : Exception;
