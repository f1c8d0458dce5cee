using System.Buffers.Binary;

namespace Archiver.Lambdas.Quality.Integrity;

/// <summary>GRIB (WMO-No. 306, FM 92): messages that say how long they are and end with their mark. Between them there may be headings of bulletins.</summary>
internal static class GribIntegrity
{
    // What a bulletin's heading or padding may have between two messages.
    private const int MostBetween = 32 * 1024;

    public static async Task<string?> LookAsync(ContentReader content)
    {
        long messages = 0;
        while (await FindAsync(content))
        {
            long begin = content.Position;
            ReadOnlyMemory<byte> head = await content.PeekAsync(16);
            if (head.Length < 8) throw new EndOfStreamException();
            int edition = head.Span[7];
            if (edition is not (1 or 2)) throw new InvalidDataException($"The GRIB file's message {messages + 1} is of no known edition, at byte {begin}.");
            if (edition == 2 && head.Length < 16) throw new EndOfStreamException();
            long length = edition == 2
                ? BinaryPrimitives.ReadInt64BigEndian(head.Span[8..])
                : BinaryPrimitives.ReadInt32BigEndian(head.Span[3..]) & 0xFFFFFF;
            // Over 8 MB, edition 1 counts in units of 120 bytes and takes the rest from within, as agreed among centres.
            if (edition == 1 && length >= 0x800000) return null;
            if (length < 16) throw new InvalidDataException($"The GRIB file's message {messages + 1} has no possible length, at byte {begin}.");
            await content.SkipAsync(length - 4);
            if (!(await content.TakeAsync(4)).Span.SequenceEqual("7777"u8))
                throw new InvalidDataException($"The GRIB file's message {messages + 1} does not end where it says, at byte {content.Position}.");
            messages++;
        }

        if (messages == 0) throw new InvalidDataException("The GRIB file has no message.");
        return messages == 1 ? "The GRIB file is whole: its message has its end mark." : $"The GRIB file is whole: each of its {messages} messages has its end mark.";
    }

    private static async Task<bool> FindAsync(ContentReader content)
    {
        ReadOnlyMemory<byte> between = await content.PeekAsync(MostBetween);
        int at = between.Span.IndexOf("GRIB"u8);
        if (at < 0 && between.Length == MostBetween) throw new InvalidDataException($"The GRIB file has something that is no message after byte {content.Position}.");
        if (at > 0) await content.TakeAsync(at);
        return at >= 0;
    }
}
