using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace Archiver.Lambdas.Quality.Integrity;

/// <summary>
/// ZIP (PKWARE's APPNOTE 6.3.10), read from the front: each entry's data have the checksum and the lengths that are given for them, then the directory lists
/// as many entries and says where it began. .NET's ZipArchive wants to seek, and does not check.
/// </summary>
/// <remarks>Encrypted entries, and those of another method than deflate, are passed over; where they do not say their length nothing is said of the archive.</remarks>
internal static class ZipIntegrity
{
    private const uint Entry = 0x04034B50, Descriptor = 0x08074B50, DirectoryEntry = 0x02014B50, Zip64End = 0x06064B50,
        Zip64Locator = 0x07064B50, Signature = 0x05054B50, ExtraData = 0x08064B50, End = 0x06054B50;
    private const int Encrypted = 1, LengthsFollow = 8;
    private const uint InExtra = 0xFFFFFFFF;

    public static async Task<string?> LookAsync(ContentReader content, IntegrityTarget target)
    {
        long entries = 0, passedOver = 0, listed = 0;
        if (await SignatureAsync(content) == Descriptor) await content.TakeAsync(4); // the mark of an archive in several parts, of which this is the only one
        while (true)
        {
            uint signature = await SignatureAsync(content);
            switch (signature)
            {
                case Entry when listed == 0:
                    if (await TakeEntryAsync(content, target) is not { } looked) return null;
                    entries++;
                    if (!looked) passedOver++;
                    break;
                case DirectoryEntry:
                    listed++;
                    await TakeListedAsync(content);
                    break;
                case Zip64End:
                    await content.TakeAsync(4);
                    await content.SkipAsync((long)Math.Min(long.MaxValue, BinaryPrimitives.ReadUInt64LittleEndian((await content.TakeAsync(8)).Span)));
                    break;
                case Zip64Locator:
                    await content.TakeAsync(20);
                    break;
                case ExtraData:
                    await content.TakeAsync(4);
                    await content.SkipAsync(BinaryPrimitives.ReadUInt32LittleEndian((await content.TakeAsync(4)).Span));
                    break;
                case Signature:
                    await content.TakeAsync(4);
                    await content.SkipAsync(BinaryPrimitives.ReadUInt16LittleEndian((await content.TakeAsync(2)).Span));
                    break;
                case End:
                    await TakeEndAsync(content, listed);
                    // An entry that was deleted may still be there; one that never was can't be listed.
                    if (listed > entries) throw new InvalidDataException($"The ZIP archive lists {listed} entries, but has {entries}.");
                    return Words(entries, passedOver);
                default:
                    if (listed > 0 || !await TakeSigningBlockAsync(content))
                        throw new InvalidDataException($"The ZIP archive is broken: it has no entry where one should begin, at byte {content.Position}.");
                    break;
            }
        }
    }

    private static string Words(long entries, long passedOver) => (entries, passedOver) switch
    {
        (0, _) => "The ZIP archive is whole; it is empty.",
        (1, 0) => "The ZIP archive is whole: its entry has the checksum that is given for it.",
        (_, 0) => $"The ZIP archive is whole: each of its {entries} entries has the checksum that is given for it.",
        _ => $"The ZIP archive is whole as far as can be seen: {passedOver} of its {entries} entries are encrypted or packed in a way that is not looked into.",
    };

    private static async Task<uint> SignatureAsync(ContentReader content)
    {
        ReadOnlyMemory<byte> next = await content.PeekAsync(4);
        if (next.Length < 4) throw new EndOfStreamException();
        return BinaryPrimitives.ReadUInt32LittleEndian(next.Span);
    }

    /// <returns>Whether its data were looked at; nothing where there is no way to tell their end.</returns>
    private static async Task<bool?> TakeEntryAsync(ContentReader content, IntegrityTarget target)
    {
        EntryHeader header = await TakeHeaderAsync(content);
        target.Malware.Begin(header.Name);
        string what = $"The ZIP archive's entry “{header.Name}”";
        bool deflated = header.Method == 8, stored = header.Method == 0;
        if ((header.Flags & Encrypted) != 0 || !(deflated || stored))
        {
            if ((header.Flags & LengthsFollow) != 0) return null;
            await content.SkipAsync(header.Packed);
            return false;
        }

        if ((header.Flags & LengthsFollow) == 0)
        {
            (uint crc, long length) = await ReadKnownAsync(content, header, what, target.Malware);
            if (crc != header.Crc || length != header.Length) throw new InvalidDataException($"{what} does not have the checksum or the length that is given for it.");
            return true;
        }

        if (stored) return null; // anything could be its end
        long begin = content.Position;
        Inflater.Expanded expanded = await Inflater.ExpandAsync(content, long.MaxValue, what, target.Malware.Look);
        if (!await Inflater.TakeTrailerAsync(content, begin, expanded, DescriptorEnd))
            throw new InvalidDataException($"{what} breaks off, or does not have the checksum or the length that is given for it.");
        return true;
    }

    private static async Task<(uint Crc, long Length)> ReadKnownAsync(ContentReader content, EntryHeader header, string what, MalwareProbe malware)
    {
        if (header.Method == 0)
        {
            Crc32 crc = new();
            await content.SkipAsync(header.Packed, piece =>
            {
                crc.Append(piece);
                malware.Look(piece);
            });
            return (crc.GetCurrentHashAsUInt32(), header.Packed);
        }

        long end = content.Position + header.Packed;
        Inflater.Expanded expanded = await Inflater.ExpandAsync(content, header.Packed, what, malware.Look);
        await content.SkipAsync(end - content.Position);
        return (expanded.Crc, expanded.Length);
    }

    /// <summary>A data descriptor: with or without a signature, with lengths of 4 or of 8 bytes. The lengths tell which.</summary>
    private static int DescriptorEnd(ReadOnlySpan<byte> window, int at, long first, Inflater.Expanded expanded)
    {
        bool signed = at >= 4 && BinaryPrimitives.ReadUInt32LittleEndian(window[(at - 4)..]) == Descriptor;
        ReadOnlySpan<byte> lengths = window[(at + 4)..];
        foreach (long packed in (ReadOnlySpan<long>)(signed ? [first + at - 4, first + at] : [first + at]))
        {
            if (lengths.Length >= 16 && BinaryPrimitives.ReadInt64LittleEndian(lengths) == packed && BinaryPrimitives.ReadInt64LittleEndian(lengths[8..]) == expanded.Length)
                return at + 20;
            if (lengths.Length >= 8 && BinaryPrimitives.ReadUInt32LittleEndian(lengths) == (uint)packed
                && BinaryPrimitives.ReadUInt32LittleEndian(lengths[4..]) == (uint)expanded.Length)
            {
                return at + 12;
            }
        }

        return -1;
    }

    private readonly record struct EntryHeader(int Flags, int Method, uint Crc, long Packed, long Length, string Name);

    private static async Task<EntryHeader> TakeHeaderAsync(ContentReader content)
    {
        ReadOnlyMemory<byte> fixedPart = await content.TakeAsync(30);
        int flags = Short(fixedPart, 6), method = Short(fixedPart, 8), nameLength = Short(fixedPart, 26), extraLength = Short(fixedPart, 28);
        uint crc = Int(fixedPart, 14), packed = Int(fixedPart, 18), length = Int(fixedPart, 22);
        string name = Encoding.UTF8.GetString((await content.TakeAsync(nameLength)).Span);
        (long longLength, long longPacked) = (length, packed);
        ReadOnlyMemory<byte> extra = await content.TakeAsync(extraLength);
        for (int at = 0; at + 4 <= extra.Length; at += 4 + Short(extra, at + 2))
        {
            if (Short(extra, at) != 1) continue; // ZIP64: those of the lengths that did not fit, in this order
            int from = at + 4;
            if (length == InExtra && from + 8 <= extra.Length)
            {
                longLength = BinaryPrimitives.ReadInt64LittleEndian(extra.Span[from..]);
                from += 8;
            }

            if (packed == InExtra && from + 8 <= extra.Length) longPacked = BinaryPrimitives.ReadInt64LittleEndian(extra.Span[from..]);
        }

        if (longPacked < 0 || longLength < 0) throw new InvalidDataException($"The ZIP archive's entry “{name}” has no possible length.");
        return new EntryHeader(flags, method, crc, longPacked, longLength, name);
    }

    private static async Task TakeListedAsync(ContentReader content)
    {
        ReadOnlyMemory<byte> listed = await content.TakeAsync(46);
        int rest = Short(listed, 28) + Short(listed, 30) + Short(listed, 32);
        if (Int(listed, 42) != InExtra && Int(listed, 42) >= content.Position)
            throw new InvalidDataException("The ZIP archive lists an entry behind its directory.");
        await content.SkipAsync(rest);
    }

    private static async Task TakeEndAsync(ContentReader content, long listed)
    {
        ReadOnlyMemory<byte> end = await content.TakeAsync(22);
        int total = Short(end, 10), comment = Short(end, 20);
        if (total != 0xFFFF && total != (listed & 0xFFFF))
            throw new InvalidDataException($"The ZIP archive says that it lists {total} entries, but lists {listed}.");
        await content.SkipAsync(comment);
    }

    /// <summary>Android's signing block, between the entries and the directory: its length, as many bytes, of which the last are its mark.</summary>
    private static async Task<bool> TakeSigningBlockAsync(ContentReader content)
    {
        ReadOnlyMemory<byte> length = await content.PeekAsync(8);
        if (length.Length < 8) return false;
        long size = BinaryPrimitives.ReadInt64LittleEndian(length.Span);
        if (size is < 24 or > 64 * 1024 * 1024) return false;
        await content.TakeAsync(8);
        await content.SkipAsync(size - 16);
        return (await content.TakeAsync(16)).Span.SequenceEqual("APK Sig Block 42"u8);
    }

    private static int Short(ReadOnlyMemory<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.Span[at..]);

    private static uint Int(ReadOnlyMemory<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span[at..]);
}
