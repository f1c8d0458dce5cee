namespace Archiver.Lambdas.Quality.Integrity;

/// <summary>
/// Reads content forward through one buffer of a fixed size, whatever the content says of its own lengths. Content that ends early is an
/// <see cref="EndOfStreamException"/>, as with <see cref="Stream.ReadExactly(Span{byte})"/>.
/// </summary>
internal sealed class ContentReader(Stream stream)
{
    /// <summary>The most bytes that can be looked at in one piece.</summary>
    public const int MostInOnePiece = 64 * 1024;

    /// <summary>How many of the bytes that were taken last can be put back.</summary>
    public const int MostPutBack = 8 * 1024;

    private readonly byte[] _buffer = new byte[MostPutBack + MostInOnePiece];
    private int _start;
    private int _end;
    private bool _ended;

    /// <summary>How many bytes were taken.</summary>
    public long Position { get; private set; }

    /// <summary>Looks at the next bytes without taking them.</summary>
    /// <returns>As many as asked for; fewer only where the content ends.</returns>
    public async ValueTask<ReadOnlyMemory<byte>> PeekAsync(int count)
    {
        await FillAsync(count);
        return _buffer.AsMemory(_start, Math.Min(count, _end - _start));
    }

    /// <summary>Takes exactly as many bytes; they stay until the next call.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> TakeAsync(int count)
    {
        await FillAsync(count);
        if (_end - _start < count) throw new EndOfStreamException();
        return Take(count);
    }

    /// <summary>Takes what is at hand, at least a byte; nothing where the content ends.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> NextAsync(long most = long.MaxValue)
    {
        if (most == 0) return default;
        await FillAsync(1);
        return Take((int)Math.Min(most, _end - _start));
    }

    /// <summary>Takes exactly as many bytes, a piece at a time.</summary>
    /// <param name="look">Looks at each piece.</param>
    public async ValueTask SkipAsync(long count, Action<ReadOnlySpan<byte>>? look = null)
    {
        while (count > 0)
        {
            ReadOnlyMemory<byte> piece = await NextAsync(count);
            if (piece.Length == 0) throw new EndOfStreamException();
            look?.Invoke(piece.Span);
            count -= piece.Length;
        }
    }

    /// <summary>Whether nothing is left.</summary>
    public async ValueTask<bool> AtEndAsync()
    {
        await FillAsync(1);
        return _start == _end;
    }

    /// <summary>Puts bytes back that were taken, <see cref="MostPutBack"/> at most.</summary>
    public void PutBack(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _start);
        _start -= count;
        Position -= count;
    }

    private ReadOnlyMemory<byte> Take(int count)
    {
        ReadOnlyMemory<byte> taken = _buffer.AsMemory(_start, count);
        _start += count;
        Position += count;
        return taken;
    }

    private async ValueTask FillAsync(int least)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(least, MostInOnePiece);
        if (_end - _start >= least || _ended) return;
        int kept = Math.Min(_start, MostPutBack);
        _buffer.AsSpan((_start - kept).._end).CopyTo(_buffer);
        _end -= _start - kept;
        _start = kept;
        while (_end - _start < least)
        {
            int read = await stream.ReadAsync(_buffer.AsMemory(_end));
            if (read == 0)
            {
                _ended = true;
                return;
            }

            _end += read;
        }
    }
}
