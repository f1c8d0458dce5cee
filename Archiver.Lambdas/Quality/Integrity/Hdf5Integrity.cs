using System.Buffers.Binary;

namespace Archiver.Lambdas.Quality.Integrity;

/// <summary>
/// HDF5 (HDF5 File Format Specification 3.0, II.A): the superblock, and that the file is as long as it says. The package for HDF5 wants to seek, and reads the tree.
/// </summary>
internal static class Hdf5Integrity
{
    private const int SignatureLength = 8;

    public static async Task<string?> LookAsync(ContentReader content, IntegrityTarget target)
    {
        byte[] head = (await content.PeekAsync(ContentKinds.HeadLength)).ToArray();
        int at = Signatures.Hdf5At(head);
        if (at < 0) throw new InvalidDataException("The HDF5 file has no superblock.");
        Read(head.AsSpan(at), target.Size);
        return "The HDF5 file has a good superblock, and is as long as that says.";
    }

    private static void Read(ReadOnlySpan<byte> block, long size)
    {
        if (block.Length < 96) throw new EndOfStreamException();
        int version = block[SignatureLength];
        ulong? end = version switch
        {
            0 or 1 => Classic(block, version),
            2 or 3 => Checked(block),
            _ => throw new InvalidDataException($"The HDF5 file's superblock has the unknown version {version}."),
        };
        if (end is not { } length) throw new InvalidDataException("The HDF5 file's superblock has addresses of an impossible width.");
        if (length > (ulong)size || length == 0) throw new InvalidDataException($"The HDF5 file breaks off: it has {size} bytes; its superblock says {length}.");
    }

    /// <summary>Versions 0 and 1: the widths at 13, the base, free-space and end addresses from 24, or from 28 in version 1.</summary>
    private static ulong? Classic(ReadOnlySpan<byte> block, int version)
    {
        int width = block[13];
        int addresses = version == 0 ? 24 : 28;
        return Address(block, addresses + (2 * width), width);
    }

    /// <summary>Versions 2 and 3: the width at 9, the base, extension, end and root addresses from 12, and a checksum over all of it.</summary>
    private static ulong? Checked(ReadOnlySpan<byte> block)
    {
        int width = block[9];
        if (width is not (2 or 4 or 8)) return null;
        int length = 12 + (4 * width);
        if (Lookup3.Hash(block[..length]) != BinaryPrimitives.ReadUInt32LittleEndian(block[length..]))
            throw new InvalidDataException("The HDF5 file's superblock does not have the checksum that is given for it.");
        return Address(block, 12 + (2 * width), width);
    }

    private static ulong? Address(ReadOnlySpan<byte> block, int at, int width) => width switch
    {
        2 => BinaryPrimitives.ReadUInt16LittleEndian(block[at..]),
        4 => BinaryPrimitives.ReadUInt32LittleEndian(block[at..]),
        8 => BinaryPrimitives.ReadUInt64LittleEndian(block[at..]),
        _ => null,
    };
}
