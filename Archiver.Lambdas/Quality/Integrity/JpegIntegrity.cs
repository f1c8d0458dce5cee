using System.Buffers.Binary;

namespace Archiver.Lambdas.Quality.Integrity;

/// <summary>JPEG (ITU-T T.81, annex B): segments up to a scan, scans up to the end mark. What follows the end mark is the camera's own affair.</summary>
internal static class JpegIntegrity
{
    private const byte StartOfImage = 0xD8;
    private const byte EndOfImage = 0xD9;
    private const byte StartOfScan = 0xDA;

    public static async Task<string?> LookAsync(ContentReader content)
    {
        (int width, int height) = (0, 0);
        bool hasFrame = false, hasScan = false;
        await content.TakeAsync(2); // the start mark, by which the kind was told
        while (true)
        {
            byte marker = await MarkerAsync(content);
            if (marker == EndOfImage) break;
            if (marker is 0x01 or (>= 0xD0 and <= StartOfImage)) continue; // marks that stand alone
            int length = BinaryPrimitives.ReadUInt16BigEndian((await content.TakeAsync(2)).Span);
            if (length < 2) throw new InvalidDataException($"The JPEG image has a segment without a length, at byte {content.Position - 4}.");
            if (IsFrame(marker))
            {
                if (length < 8) throw new InvalidDataException("The JPEG image's frame header is too short.");
                ReadOnlyMemory<byte> frame = await content.TakeAsync(5);
                (height, width) = (BinaryPrimitives.ReadUInt16BigEndian(frame.Span[1..]), BinaryPrimitives.ReadUInt16BigEndian(frame.Span[3..]));
                hasFrame = true;
                length -= 5;
            }

            await content.SkipAsync(length - 2);
            if (marker != StartOfScan) continue;
            if (!hasFrame) throw new InvalidDataException("The JPEG image has a scan before its frame header.");
            hasScan = true;
            await SkipScanAsync(content);
        }

        if (!hasFrame || width == 0) throw new InvalidDataException("The JPEG image has no pixels.");
        if (!hasScan) throw new InvalidDataException("The JPEG image has no image data.");
        return $"The JPEG image goes from its start to its end mark: {width} × {height} pixels.";
    }

    private static async Task<byte> MarkerAsync(ContentReader content)
    {
        byte marker = (await content.TakeAsync(1)).Span[0];
        if (marker != 0xFF) throw new InvalidDataException($"The JPEG image has no segment where one should begin, at byte {content.Position - 1}.");
        while (marker == 0xFF) marker = (await content.TakeAsync(1)).Span[0]; // any number of them may lead a marker
        if (marker == 0) throw new InvalidDataException($"The JPEG image has no segment where one should begin, at byte {content.Position - 2}.");
        return marker;
    }

    /// <summary>Goes to the next marker that ends the scan's data: neither a data byte of that value, nor a restart.</summary>
    private static async Task SkipScanAsync(ContentReader content)
    {
        while (true)
        {
            ReadOnlyMemory<byte> piece = await content.NextAsync(ContentReader.MostPutBack);
            if (piece.Length == 0) throw new EndOfStreamException();
            int at = piece.Span.IndexOf((byte)0xFF);
            if (at < 0) continue;
            content.PutBack(piece.Length - at);
            ReadOnlyMemory<byte> pair = await content.PeekAsync(2);
            if (pair.Length < 2) throw new EndOfStreamException();
            byte marker = pair.Span[1];
            if (marker is not (0 or (>= 0xD0 and <= 0xD7))) return;
            await content.TakeAsync(2);
        }
    }

    // Of C0 to CF, three define tables and extensions.
    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);
}
