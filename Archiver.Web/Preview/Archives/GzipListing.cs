using System.IO.Compression;
using System.Text;

namespace Archiver.Web.Preview.Archives;

/// <summary>Lists what a gzip file (RFC 1952) has in it: what a tar archive has that was compressed, else the one file.</summary>
internal static class GzipListing
{
    /// <summary>How much is unpacked at most to look at it, in bytes: a small file can unpack to anything.</summary>
    public const long MostUnpacked = 64L * 1024 * 1024;

    // Of the header's flags: an extra field comes before the name; there is a name.
    private const int ExtraFlag = 4, NameFlag = 8;

    private const int FixedHeader = 10;

    /// <summary>Lists it.</summary>
    /// <param name="head">Its first bytes, in which its name is.</param>
    /// <param name="content">All of it, from its beginning.</param>
    /// <param name="fileName">What the file is called, for what is in it where it does not say.</param>
    public static async Task<ArchiveListing> ReadAsync(ReadOnlyMemory<byte> head, Stream content, string fileName, CancellationToken cancellationToken)
    {
        await using GZipStream unpacked = new(content, CompressionMode.Decompress, leaveOpen: true);
        byte[] first = new byte[TarHeader.Block];
        int read;
        try
        {
            read = await unpacked.ReadAtLeastAsync(first, first.Length, throwOnEndOfStream: false, cancellationToken);
        }
        catch (InvalidDataException)
        {
            return new ArchiveListing([], null, ArchiveListing.Broken);
        }
        if (!TarHeader.IsHeader(first.AsSpan(0, read))) return new ArchiveListing([new ArchiveEntry(Name(head.Span) ?? Without(fileName), null)], 1, null);
        await using JoinedStream joined = new(first, unpacked);
        return await TarListing.ReadAsync(joined, MostUnpacked, cancellationToken);
    }

    private static string Without(string fileName) => fileName.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? fileName[..^3] : fileName;

    private static string? Name(ReadOnlySpan<byte> head)
    {
        if (head.Length < FixedHeader || (head[3] & NameFlag) == 0) return null;
        ReadOnlySpan<byte> rest = head[FixedHeader..];
        if ((head[3] & ExtraFlag) != 0)
        {
            if (rest.Length < 2 || rest.Length < 2 + rest[0] + (rest[1] << 8)) return null;
            rest = rest[(2 + rest[0] + (rest[1] << 8))..];
        }
        return rest.IndexOf((byte)0) is > 0 and var end ? Encoding.Latin1.GetString(rest[..end]) : null;
    }

    /// <summary>Bytes that were read already, and the rest of where they came from.</summary>
    private sealed class JoinedStream(ReadOnlyMemory<byte> first, Stream rest) : Stream
    {
        private ReadOnlyMemory<byte> _first = first;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_first.IsEmpty) return await rest.ReadAsync(buffer, cancellationToken);
            int count = Math.Min(buffer.Length, _first.Length);
            _first[..count].CopyTo(buffer);
            _first = _first[count..];
            return count;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
