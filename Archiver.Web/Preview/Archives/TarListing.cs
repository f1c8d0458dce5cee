using System.Globalization;
using System.Text;
using static Archiver.Web.Preview.PreviewWords;

namespace Archiver.Web.Preview.Archives;

/// <summary>
/// Lists a tar archive by its headers, past the content. The runtime's own reader takes as much memory for a long name as an archive
/// says that it is long; here names have a bound, as everything that is read of a stranger's file.
/// </summary>
internal static class TarListing
{
    // A path is far shorter, on any system.
    private const int LongestExtension = 64 * 1024;

    private const int SkipBuffer = 64 * 1024;

    /// <summary>Lists it.</summary>
    /// <param name="archive">The archive; what can't seek is read past instead.</param>
    /// <param name="most">How many bytes of it are read at most, where it can't seek.</param>
    public static async Task<ArchiveListing> ReadAsync(Stream archive, long most, CancellationToken cancellationToken)
    {
        List<ArchiveEntry> entries = [];
        byte[] block = new byte[TarHeader.Block];
        (string? name, string? target, long? size) given = default;
        long position = 0;
        try
        {
            while (true)
            {
                int read = await archive.ReadAtLeastAsync(block, block.Length, throwOnEndOfStream: false, cancellationToken);
                position += read;
                if (read == 0 || block.AsSpan(0, read).IndexOfAnyExcept((byte)0) < 0) return new ArchiveListing(entries, entries.Count, null);
                if (read < block.Length || !TarHeader.TryRead(block, out TarHeader header)) return new ArchiveListing(entries, null, ArchiveListing.Broken);

                long content = header.Type is 'x' or 'g' or 'L' or 'K' ? header.Size : given.size ?? header.Size;
                long padded = checked((content + TarHeader.Block - 1) / TarHeader.Block * TarHeader.Block);
                if (!archive.CanSeek && position + padded > most) return Ending(entries, given, header);
                switch (header.Type)
                {
                    case 'x' or 'L' or 'K':
                        if (header.Size > LongestExtension) return new ArchiveListing(entries, null, ArchiveListing.Broken);
                        byte[] extension = new byte[padded];
                        await archive.ReadExactlyAsync(extension, cancellationToken);
                        given = Extend(given, header.Type, extension.AsSpan(0, (int)header.Size));
                        break;
                    case 'g':
                        await SkipAsync(archive, padded, cancellationToken);
                        break;
                    default:
                        if (entries.Count == ArchiveListing.MostEntries) return new ArchiveListing(entries, null, ArchiveListing.More);
                        entries.Add(Entry(given, header));
                        given = default;
                        await SkipAsync(archive, padded, cancellationToken);
                        break;
                }
                position += padded;
            }
        }
        catch (Exception exception) when (exception is EndOfStreamException or OverflowException or InvalidDataException)
        {
            return new ArchiveListing(entries, null, ArchiveListing.Broken);
        }
        catch (Files.RangeException exception)
        {
            return new ArchiveListing(entries, null, exception.Message);
        }
    }

    private static ArchiveListing Ending(List<ArchiveEntry> entries, (string? Name, string? Target, long? Size) given, TarHeader header)
    {
        if (header.Type is not ('x' or 'g' or 'L' or 'K')) entries.Add(Entry(given, header));
        return new ArchiveListing(entries, null, ArchiveListing.More);
    }

    private static ArchiveEntry Entry((string? Name, string? Target, long? Size) given, TarHeader header) => new(
        given.Name ?? header.Name,
        header.Type is '0' or '7' ? given.Size ?? header.Size : null,
        header.Type == '5',
        header.Type switch
        {
            '0' or '5' or '7' => null,
            '1' or '2' => L["link to {0}", given.Target ?? header.Target],
            '3' or '4' => L["device"],
            '6' => L["pipe"],
            _ => L["type {0}", header.Type],
        });

    private static (string? Name, string? Target, long? Size) Extend((string? Name, string? Target, long? Size) given, char type, ReadOnlySpan<byte> content)
    {
        if (type == 'L') return given with { Name = TarHeader.Text(content) };
        if (type == 'K') return given with { Target = TarHeader.Text(content) };
        // pax: "LENGTH KEY=VALUE\n", where the length counts itself.
        while (content.IndexOf((byte)' ') is > 0 and var space)
        {
            if (!int.TryParse(content[..space], NumberStyles.None, CultureInfo.InvariantCulture, out int length) || length <= space + 1 || length > content.Length) break;
            ReadOnlySpan<byte> record = content[(space + 1)..(length - 1)];
            content = content[length..];
            if (record.IndexOf((byte)'=') is not (> 0 and var equals)) continue;
            ReadOnlySpan<byte> value = record[(equals + 1)..];
            if (record[..equals].SequenceEqual("path"u8)) given.Name = Encoding.UTF8.GetString(value);
            else if (record[..equals].SequenceEqual("linkpath"u8)) given.Target = Encoding.UTF8.GetString(value);
            else if (record[..equals].SequenceEqual("size"u8) && long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long size)) given.Size = size;
        }
        return given;
    }

    private static async Task SkipAsync(Stream archive, long count, CancellationToken cancellationToken)
    {
        if (archive.CanSeek)
        {
            if (archive.Position + count > archive.Length) throw new EndOfStreamException();
            archive.Seek(count, SeekOrigin.Current);
            return;
        }
        byte[] past = new byte[Math.Min(count, SkipBuffer)];
        for (; count > 0; count -= past.Length)
            await archive.ReadExactlyAsync(past.AsMemory(0, (int)Math.Min(count, past.Length)), cancellationToken);
    }
}
