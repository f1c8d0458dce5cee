using System.Buffers.Binary;

namespace Archiver.Lambdas.Quality.Integrity;

/// <summary>
/// Parquet (https://parquet.apache.org/docs/file-format/): its mark at both ends, and before the last a footer whose length fits. Parquet's package wants to seek, footer first.
/// </summary>
internal static class ParquetIntegrity
{
    private const int EndLength = 8;

    // The footer begins with its version: field 1 of Thrift's compact form, an integer.
    private const byte VersionField = 0x15;

    public static async Task<string?> LookAsync(ContentReader content)
    {
        byte[] mark = (await content.TakeAsync(4)).ToArray();
        byte[] end = new byte[ContentReader.MostInOnePiece];
        int length = 0;
        while (true)
        {
            ReadOnlyMemory<byte> piece = await content.NextAsync(end.Length);
            if (piece.Length == 0) break;
            int drop = Math.Max(0, length + piece.Length - end.Length);
            end.AsSpan(drop..length).CopyTo(end);
            length = Math.Min(end.Length - piece.Length, length - Math.Min(drop, length));
            piece.CopyTo(end.AsMemory(length));
            length += piece.Length;
        }

        ReadOnlySpan<byte> tail = end.AsSpan(0, length);
        if (length < EndLength || !tail.EndsWith(mark)) throw new InvalidDataException("The Parquet file breaks off: its end mark is missing.");
        uint footer = BinaryPrimitives.ReadUInt32LittleEndian(tail[^EndLength..]);
        if (footer == 0 || footer > content.Position - 4 - EndLength) throw new InvalidDataException("The Parquet file is broken: its footer is longer than there is room for.");
        bool encrypted = mark.AsSpan().SequenceEqual("PARE"u8);
        if (!encrypted && footer + EndLength <= length && tail[^(int)(footer + EndLength)] != VersionField)
            throw new InvalidDataException("The Parquet file is broken: there is no footer where its end says.");
        return "The Parquet file has its marks at both ends, and a footer that fits.";
    }
}
