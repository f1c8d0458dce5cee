using System.Buffers.Binary;

namespace Archiver.Lambdas.Quality.Integrity;

/// <summary>
/// gzip (RFC 1952): members one after the other, each with a checksum and a length at its end. .NET's GZipStream takes what breaks off for the end.
/// </summary>
internal static class GzipIntegrity
{
    private const int HasHeaderChecksum = 2, HasExtra = 4, HasName = 8, HasComment = 16, Reserved = 0xE0;

    public static async Task<string?> LookAsync(ContentReader content, IntegrityTarget target)
    {
        int members = 0;
        do
        {
            members++;
            await TakeHeaderAsync(content, members);
            if (members == 1) target.Malware.Begin(target.FileName);
            long begin = content.Position;
            Inflater.Expanded expanded = await Inflater.ExpandAsync(content, long.MaxValue, "The gzip archive", target.Malware.Look);
            if (!await Inflater.TakeTrailerAsync(content, begin, expanded, TrailerEnd))
                throw new InvalidDataException("The gzip archive breaks off, or its content does not have the checksum that is given for it.");
            // Tapes and tools that came from them fill up with zeros.
            while ((await content.PeekAsync(1)).Span is [0]) await content.TakeAsync(1);
        }
        while (!await content.AtEndAsync());
        return "The gzip archive is whole: its content has the checksum and the length that are given for it.";
    }

    private static int TrailerEnd(ReadOnlySpan<byte> window, int at, long first, Inflater.Expanded expanded) =>
        window.Length >= at + 8 && BinaryPrimitives.ReadUInt32LittleEndian(window[(at + 4)..]) == (uint)expanded.Length ? at + 8 : -1;

    private static async Task TakeHeaderAsync(ContentReader content, int member)
    {
        ReadOnlyMemory<byte> header = await content.TakeAsync(10);
        if (!header.Span.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B, 8]))
            throw new InvalidDataException($"The gzip archive is followed by something that is none, after byte {content.Position - 10}.");
        int flags = header.Span[3];
        if ((flags & Reserved) != 0) throw new InvalidDataException($"The gzip archive's member {member} has a header with reserved flags.");
        if ((flags & HasExtra) != 0) await content.SkipAsync(BinaryPrimitives.ReadUInt16LittleEndian((await content.TakeAsync(2)).Span));
        if ((flags & HasName) != 0) await SkipTextAsync(content);
        if ((flags & HasComment) != 0) await SkipTextAsync(content);
        if ((flags & HasHeaderChecksum) != 0) await content.SkipAsync(2);
    }

    private static async Task SkipTextAsync(ContentReader content)
    {
        while (true)
        {
            ReadOnlyMemory<byte> piece = await content.NextAsync(ContentReader.MostPutBack);
            if (piece.Length == 0) throw new EndOfStreamException();
            int at = piece.Span.IndexOf((byte)0);
            if (at < 0) continue;
            content.PutBack(piece.Length - at - 1);
            return;
        }
    }
}
