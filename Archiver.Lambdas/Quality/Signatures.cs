using System.Buffers.Binary;

namespace Archiver.Lambdas.Quality;

/// <summary>The signatures that take more than the first bytes to tell.</summary>
internal static class Signatures
{
    private const int TarBlock = 512;

    /// <summary>A RIFF file, or one of its kind for more than 4 GB, of a form.</summary>
    public static bool IsRiff(ReadOnlySpan<byte> head, ReadOnlySpan<byte> form) =>
        head.Length >= 12 && (head.StartsWith("RIFF"u8) || head.StartsWith("RF64"u8)) && head[8..].StartsWith(form);

    /// <summary>A first entry, an empty archive, or the first of several volumes.</summary>
    public static bool IsZip(ReadOnlySpan<byte> head) =>
        head.StartsWith("PK\x03\x04"u8) || head.StartsWith("PK\x05\x06"u8) || head.StartsWith("PK\x07\x08"u8);

    /// <summary>TIFF and BigTIFF, in either byte order.</summary>
    public static bool IsTiff(ReadOnlySpan<byte> head) =>
        head.StartsWith("II*\0"u8) || head.StartsWith("MM\0*"u8) || head.StartsWith("II+\0"u8) || head.StartsWith("MM\0+"u8);

    /// <summary>HDF5's superblock begins at 0, 512, 1024, 2048 and so on.</summary>
    public static bool IsHdf5(ReadOnlySpan<byte> head) => Hdf5At(head) >= 0;

    /// <summary>Where HDF5's superblock begins; negative where there is none.</summary>
    public static int Hdf5At(ReadOnlySpan<byte> head)
    {
        ReadOnlySpan<byte> signature = [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A];
        for (int offset = 0; offset < head.Length; offset = offset == 0 ? 512 : offset * 2)
            if (head[offset..].StartsWith(signature)) return offset;
        return -1;
    }

    /// <summary>
    /// A header at the beginning, or after other bytes within the first 1,024, as readers take it; but a text that only mentions one is none.
    /// </summary>
    public static bool IsPdf(ReadOnlySpan<byte> head)
    {
        int at = head[..Math.Min(head.Length, 1024)].IndexOf("%PDF-"u8);
        return at == 0 || (at > 0 && (head[..at].Trim(" \t\r\n\f\0"u8).IsEmpty || !TextContent.IsText(head)));
    }

    /// <summary>A message of a known edition at the beginning, or after a bulletin's heading.</summary>
    public static bool IsGrib(ReadOnlySpan<byte> head)
    {
        int at = head[..Math.Min(head.Length, 1024)].IndexOf("GRIB"u8);
        return at >= 0 && head.Length > at + 7 && head[at + 7] is (1 or 2);
    }

    /// <summary>netCDF's classic formats; its newer one is HDF5.</summary>
    public static bool IsNetCdf(ReadOnlySpan<byte> head) => head.Length >= 4 && head.StartsWith("CDF"u8) && head[3] is 1 or 2 or 5;

    /// <summary>A box of the ISO base media file format or of QuickTime, which need not begin with <c>ftyp</c>.</summary>
    public static bool IsMp4(ReadOnlySpan<byte> head)
    {
        if (head.Length < 8) return false;
        ReadOnlySpan<byte> box = head.Slice(4, 4);
        return box.SequenceEqual("ftyp"u8) || box.SequenceEqual("moov"u8) || box.SequenceEqual("mdat"u8)
            || box.SequenceEqual("wide"u8) || box.SequenceEqual("free"u8) || box.SequenceEqual("skip"u8);
    }

    /// <summary>A frame, or a frame to skip (RFC 8878).</summary>
    public static bool IsZstandard(ReadOnlySpan<byte> head) =>
        head.Length >= 4 && BinaryPrimitives.ReadUInt32LittleEndian(head) is 0xFD2FB528 or (>= 0x184D2A50 and <= 0x184D2A5F);

    /// <summary>The magic, a level, and the beginning of a block or the end.</summary>
    public static bool IsBzip2(ReadOnlySpan<byte> head) =>
        head.Length >= 4 && head.StartsWith("BZh"u8) && head[3] is >= (byte)'1' and <= (byte)'9';

    /// <summary>An ID3 tag, or the header of an MPEG audio frame with no reserved value in it.</summary>
    public static bool IsMp3(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("ID3"u8)) return true;
        if (head.Length < 4 || head[0] != 0xFF || (head[1] & 0xE0) != 0xE0) return false;
        bool version = (head[1] & 0x18) != 0x08;
        bool layer = (head[1] & 0x06) == 0x02; // III; I would also fit the byte order mark of UTF-16
        bool bitRate = (head[2] & 0xF0) != 0xF0;
        bool sampleRate = (head[2] & 0x0C) != 0x0C;
        return version && layer && bitRate && sampleRate;
    }

    /// <summary>Two letters alone would be many a text: the reserved bytes are zero, and so is the high half of the header's length.</summary>
    public static bool IsBmp(ReadOnlySpan<byte> head) =>
        head.Length >= 18 && head.StartsWith("BM"u8) && head[6..10].IndexOfAnyExcept((byte)0) < 0 && head[16] == 0 && head[17] == 0;

    /// <summary>
    /// A header whose checksum is right, with or without the later <c>ustar</c> mark; or the empty blocks of an empty archive.
    /// </summary>
    public static bool IsTar(ReadOnlySpan<byte> head)
    {
        if (head.Length < TarBlock) return false;
        ReadOnlySpan<byte> block = head[..TarBlock];
        if (block.IndexOfAnyExcept((byte)0) < 0) return true;

        int expected = 0, digits = 0;
        foreach (byte octet in block.Slice(148, 8))
        {
            if (octet is (byte)' ' or 0)
            {
                if (digits > 0) break;
                continue;
            }

            if (octet is < (byte)'0' or > (byte)'7') return false;
            expected = (expected * 8) + (octet - '0');
            digits++;
        }

        int sum = 8 * ' '; // the checksum itself counts as spaces
        for (int i = 0; i < TarBlock; i++)
            if (i is < 148 or >= 156) sum += block[i];
        return digits > 0 && sum == expected;
    }
}
