using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Archiver.Infra.LocalCloud.Signing;

namespace Archiver.Infra.LocalCloud.S3.Bodies;

/// <summary>
/// Decodes <c>aws-chunked</c>: chunks of <c>HEX-SIZE[;chunk-signature=...]CRLF BYTES CRLF</c>, closed by one of size zero,
/// and, when the request announces them, trailing headers. Signatures are checked where the local cloud has a key, and skipped where
/// it takes any. See https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html.
/// </summary>
/// <param name="body">The encoded body; the caller's to complete.</param>
/// <param name="signatures">Checks the chunks' signatures; nothing when there are none to check.</param>
internal sealed class AwsChunkedStream(PipeReader body, ChunkSignatures? signatures = null) : Stream
{
    private const int LongestLine = 4096;
    private const int MostTrailers = 32;

    private readonly Dictionary<string, string> _trailers = new(StringComparer.OrdinalIgnoreCase);
    private long _left;
    private bool _afterChunk;
    private bool _ended;

    /// <summary>The trailing headers; whole once the stream has ended.</summary>
    public IReadOnlyDictionary<string, string> Trailers => _trailers;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.Length == 0)
            return 0;
        while (_left == 0)
        {
            if (_ended)
                return 0;
            await ReadChunkHeaderAsync(cancellationToken);
        }
        ReadResult result = await body.ReadAsync(cancellationToken);
        if (result.Buffer.IsEmpty)
        {
            body.AdvanceTo(result.Buffer.Start);
            throw S3Errors.IncompleteBody("a chunk ends before its size is reached.");
        }
        int take = (int)Math.Min(Math.Min(result.Buffer.Length, buffer.Length), _left);
        ReadOnlySequence<byte> taken = result.Buffer.Slice(0, take);
        taken.CopyTo(buffer.Span);
        body.AdvanceTo(taken.End);
        _left -= take;
        _afterChunk = _left == 0;
        signatures?.Append(buffer.Span[..take]);
        if (_afterChunk)
            signatures?.End();
        return take;
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A request's body is read asynchronously.");

    /// <inheritdoc/>
    public override void Flush() { }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private async Task ReadChunkHeaderAsync(CancellationToken cancellationToken)
    {
        if (_afterChunk && await ReadLineAsync(cancellationToken) is not "")
            throw S3Errors.IncompleteBody("a chunk is longer than its size.");
        string line = await ReadLineAsync(cancellationToken) ?? throw S3Errors.IncompleteBody("it has no closing chunk.");
        int end = line.IndexOf(';', StringComparison.Ordinal);
        ReadOnlySpan<char> size = (end < 0 ? line : line.AsSpan(0, end)).Trim();
        if (!long.TryParse(size, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _left) || _left < 0)
            throw S3Errors.InvalidRequest("A chunk of the aws-chunked body has no valid size.");
        signatures?.Begin(end < 0 ? "" : line.AsSpan(end + 1));
        if (_left > 0)
            return;
        signatures?.End();
        await ReadTrailersAsync(cancellationToken);
        signatures?.CheckTrailers(_trailers);
        _ended = true;
    }

    private async Task ReadTrailersAsync(CancellationToken cancellationToken)
    {
        // Clients differ in the empty lines after the closing chunk; the end of the body is the end of the trailers.
        while (await ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.Length == 0)
                continue;
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || _trailers.Count == MostTrailers)
                throw new Wire.AwsError("MalformedTrailerError", "The request's trailing headers are malformed.");
            _trailers[line[..colon].Trim()] = line[(colon + 1)..].Trim();
        }
    }

    /// <summary>Reads up to and over the next CRLF (or a bare LF, which some clients end their trailers with).</summary>
    /// <returns>The line without its end; nothing when the body is over.</returns>
    private async Task<string?> ReadLineAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            ReadResult result = await body.ReadAsync(cancellationToken);
            ReadOnlySequence<byte> buffer = result.Buffer;
            if (buffer.PositionOf((byte)'\n') is { } feed)
            {
                string line = Encoding.Latin1.GetString(buffer.Slice(0, feed));
                body.AdvanceTo(buffer.GetPosition(1, feed));
                if (line.Length > LongestLine)
                    throw S3Errors.InvalidRequest("A line of the aws-chunked body is too long.");
                return line.TrimEnd('\r');
            }
            if (buffer.Length > LongestLine)
                throw S3Errors.InvalidRequest("A line of the aws-chunked body is too long.");
            if (result.IsCompleted)
            {
                string rest = Encoding.Latin1.GetString(buffer);
                body.AdvanceTo(buffer.End);
                return rest.Length == 0 ? null : rest;
            }
            body.AdvanceTo(buffer.Start, buffer.End);
        }
    }
}
