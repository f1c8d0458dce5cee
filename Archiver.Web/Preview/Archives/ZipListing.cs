using System.Buffers.Binary;
using System.Text;
using static Archiver.Web.Preview.PreviewWords;

namespace Archiver.Web.Preview.Archives;

/// <summary>
/// Lists a ZIP archive by its central directory (APPNOTE.TXT, 4.3.12 to 4.3.16), which is at its end: of an archive of any size, little
/// is read, and no more of the directory than is listed. The runtime's own reader takes all of it into memory.
/// </summary>
internal static class ZipListing
{
    private const int EndLength = 22, LongestComment = ushort.MaxValue, LocatorLength = 20, End64Length = 56, EntryLength = 46;
    private const uint EndSignature = 0x06054B50, LocatorSignature = 0x07064B50, End64Signature = 0x06064B50, EntrySignature = 0x02014B50;

    // Of the flags (4.4.4): the name is UTF-8; the content is encrypted.
    private const int Utf8Flag = 1 << 11, EncryptedFlag = 1;

    // What a name is in where it is not UTF-8 (appendix D).
    private static readonly Encoding Ibm437 = CodePagesEncodingProvider.Instance.GetEncoding(437)!;

    /// <summary>Lists it.</summary>
    /// <param name="archive">The archive; it can seek.</param>
    public static async Task<ArchiveListing> ReadAsync(Stream archive, CancellationToken cancellationToken)
    {
        List<ArchiveEntry> entries = [];
        try
        {
            if (await FindDirectoryAsync(archive, cancellationToken) is not { } directory) return new ArchiveListing(entries, null, ArchiveListing.Broken);
            archive.Seek(directory.Offset, SeekOrigin.Begin);
            byte[] head = new byte[EntryLength];
            byte[] tail = new byte[2 * ushort.MaxValue];
            for (long i = 0; i < directory.Count; i++)
            {
                if (entries.Count == ArchiveListing.MostEntries) return new ArchiveListing(entries, directory.Count, ArchiveListing.More);
                await archive.ReadExactlyAsync(head, cancellationToken);
                if (BinaryPrimitives.ReadUInt32LittleEndian(head) != EntrySignature) return new ArchiveListing(entries, directory.Count, ArchiveListing.Broken);
                int nameLength = Short(head, 28), extraLength = Short(head, 30), commentLength = Short(head, 32);
                await archive.ReadExactlyAsync(tail.AsMemory(0, nameLength + extraLength), cancellationToken);
                archive.Seek(commentLength, SeekOrigin.Current);
                entries.Add(Entry(head, tail.AsSpan(0, nameLength), tail.AsSpan(nameLength, extraLength)));
            }
            return new ArchiveListing(entries, directory.Count, null);
        }
        catch (EndOfStreamException)
        {
            return new ArchiveListing(entries, null, ArchiveListing.Broken);
        }
        catch (Files.RangeException exception)
        {
            return new ArchiveListing(entries, null, exception.Message);
        }
    }

    private static async Task<(long Offset, long Count)?> FindDirectoryAsync(Stream archive, CancellationToken cancellationToken)
    {
        int length = (int)Math.Min(archive.Length, EndLength + LongestComment);
        byte[] end = new byte[length];
        long start = archive.Length - length;
        archive.Seek(start, SeekOrigin.Begin);
        await archive.ReadExactlyAsync(end, cancellationToken);
        for (int at = length - EndLength; at >= 0; at--)
        {
            // The end of the directory has the archive's comment behind it, and nothing else.
            if (BinaryPrimitives.ReadUInt32LittleEndian(end.AsSpan(at)) != EndSignature || Short(end.AsSpan(at), 20) != length - at - EndLength) continue;
            long count = Short(end.AsSpan(at), 10), offset = BinaryPrimitives.ReadUInt32LittleEndian(end.AsSpan(at + 16));
            return count == ushort.MaxValue || offset == uint.MaxValue ? await Find64Async(archive, start + at, cancellationToken) : Within(archive, offset, count);
        }
        return null;
    }

    // For what 16 and 32 bits have no room for (4.3.14, 4.3.15).
    private static async Task<(long Offset, long Count)?> Find64Async(Stream archive, long end, CancellationToken cancellationToken)
    {
        if (end < LocatorLength) return null;
        byte[] record = new byte[End64Length];
        archive.Seek(end - LocatorLength, SeekOrigin.Begin);
        await archive.ReadExactlyAsync(record.AsMemory(0, LocatorLength), cancellationToken);
        long at = BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(8));
        if (BinaryPrimitives.ReadUInt32LittleEndian(record) != LocatorSignature || at < 0 || at > archive.Length - End64Length) return null;
        archive.Seek(at, SeekOrigin.Begin);
        await archive.ReadExactlyAsync(record, cancellationToken);
        return BinaryPrimitives.ReadUInt32LittleEndian(record) != End64Signature
            ? null
            : Within(archive, BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(48)), BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(32)));
    }

    private static (long Offset, long Count)? Within(Stream archive, long offset, long count) => offset < 0 || offset > archive.Length || count < 0 ? null : (offset, count);

    private static ArchiveEntry Entry(ReadOnlySpan<byte> head, ReadOnlySpan<byte> name, ReadOnlySpan<byte> extra)
    {
        int flags = Short(head, 8);
        string text = ((flags & Utf8Flag) != 0 ? Encoding.UTF8 : Ibm437).GetString(name);
        long size = BinaryPrimitives.ReadUInt32LittleEndian(head[24..]);
        return new ArchiveEntry(text, size == uint.MaxValue ? Size64(extra) : size, text.EndsWith('/'), (flags & EncryptedFlag) != 0 ? L["encrypted"] : null);
    }

    // The extra field 1 (4.5.3) begins with the size, where the entry has no room for it.
    private static long? Size64(ReadOnlySpan<byte> extra)
    {
        while (extra.Length >= 4)
        {
            int length = Short(extra, 2);
            if (length > extra.Length - 4) return null;
            if (Short(extra, 0) == 1 && length >= 8 && BinaryPrimitives.ReadInt64LittleEndian(extra[4..]) is >= 0 and var size) return size;
            extra = extra[(4 + length)..];
        }
        return null;
    }

    private static int Short(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[offset..]);
}
