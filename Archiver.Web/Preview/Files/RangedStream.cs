using System.Globalization;
using static Archiver.Web.Preview.PreviewWords;

namespace Archiver.Web.Preview.Files;

/// <summary>The content of a file changed or went while it was read, or more of it was asked for than a look at it may take.</summary>
internal sealed class RangeException(string message) : IOException(message);

/// <summary>
/// A file in a bucket as a stream that can seek: a window of it is in memory, and what lies outside is fetched when it is read. Made
/// for looking into large files, it fetches so many windows and no more.
/// </summary>
/// <param name="store">Reads the file.</param>
/// <param name="file">Which; it should be exact, since each window is a request of its own.</param>
/// <param name="size">Its size in bytes.</param>
/// <param name="mostWindows">How many windows are fetched at most.</param>
internal sealed class RangedStream(FileStore store, FileRef file, long size, int mostWindows) : Stream
{
    /// <summary>The window, in bytes.</summary>
    public const int Window = 128 * 1024;

    private byte[] _window = [];
    private long _start;
    private int _fetched;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => true;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => size;

    /// <inheritdoc/>
    public override long Position { get; set; }

    /// <inheritdoc/>
    /// <exception cref="RangeException">The file is not there any more, or this was a window too many.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Position >= size || buffer.IsEmpty) return 0;
        if (Position < _start || Position >= _start + _window.Length) await FetchAsync(cancellationToken);
        int offset = (int)(Position - _start);
        int count = Math.Min(buffer.Length, _window.Length - offset);
        _window.AsMemory(offset, count).CopyTo(buffer);
        Position += count;
        return count;
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => size + offset,
    };

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A file in a bucket is read asynchronously.");

    /// <inheritdoc/>
    public override void Flush() { }

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private async Task FetchAsync(CancellationToken cancellationToken)
    {
        if (++_fetched > mostWindows) throw new RangeException(L["More of the file was asked for than a look at it may take."]);
        string range = string.Create(CultureInfo.InvariantCulture, $"bytes={Position}-{Position + Window - 1}");
        if (await store.OpenAsync(file, range, cancellationToken) is not FileOpening.Opened { File: var part }) throw new RangeException(L["The file went while it was read."]);
        using (part)
        {
            byte[] window = new byte[Math.Min(Window, part.Length)];
            await part.Content.ReadExactlyAsync(window, cancellationToken);
            if (window.Length == 0) throw new RangeException(L["The file is shorter than it was."]);
            (_window, _start) = (window, Position);
        }
    }
}
