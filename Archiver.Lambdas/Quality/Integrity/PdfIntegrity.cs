using System.Buffers.Text;

namespace Archiver.Lambdas.Quality.Integrity;

/// <summary>
/// PDF (ISO 32000-2, 7.5): a header, and an end that leads to the cross-reference table, wherever that is. PDF's packages read the whole file, and repair what this is to find.
/// </summary>
internal static class PdfIntegrity
{
    // The end mark is to be looked for in the last 1,024 bytes; a table in what is kept beyond that is looked at itself.
    private const int EndLength = 1024;
    private const int KeptLength = ContentReader.MostInOnePiece;
    private const int MostTables = 4096;

    public static async Task<string?> LookAsync(ContentReader content)
    {
        byte[] head = (await content.PeekAsync(ContentKinds.HeadLength)).ToArray();
        byte[] kept = new byte[KeptLength];
        int keptLength = 0;
        HashSet<long> tables = [];
        while (true)
        {
            ReadOnlyMemory<byte> piece = await content.NextAsync();
            if (piece.Length == 0) break;
            NoteTables(kept.AsSpan(0, keptLength), piece.Span, content.Position - piece.Length, tables);
            keptLength = Keep(kept, keptLength, piece.Span);
        }

        ReadOnlySpan<byte> tail = kept.AsSpan(0, keptLength);
        ReadOnlySpan<byte> end = tail[Math.Max(0, tail.Length - EndLength)..];
        int mark = end.LastIndexOf("%%EOF"u8);
        if (mark < 0) throw new InvalidDataException("The PDF document breaks off: its end mark is missing.");
        int start = end[..mark].LastIndexOf("startxref"u8);
        if (start < 0 || !Utf8Parser.TryParse(end[(start + 9)..mark].TrimStart(" \t\r\n\0\f"u8), out long offset, out _))
            throw new InvalidDataException("The PDF document is broken: its end does not say where its cross-reference table is.");
        long headerAt = Math.Max(0, head.AsSpan().IndexOf("%PDF-"u8)); // what stands before the header is not counted by all writers
        if (!LeadsToTable(offset) && !LeadsToTable(offset + headerAt))
            throw new InvalidDataException("The PDF document is broken: its cross-reference table is not where its end says.");
        return "The PDF document is whole: it has a header, and its end leads to its cross-reference table.";

        bool LeadsToTable(long at)
        {
            if (at < 0 || at >= content.Position) return false;
            if (tables.Contains(at)) return true;
            long keptFrom = content.Position - keptLength;
            if (at >= keptFrom) return IsTable(kept.AsSpan((int)(at - keptFrom)..keptLength));
            if (at < head.Length) return IsTable(head.AsSpan((int)at..));
            return tables.Count >= MostTables || !tables.Any(table => Math.Abs(table - at) < 32); // a table that is a stream, beyond what is kept
        }
    }

    /// <summary>The word by which a table begins, or an object that is a stream with one.</summary>
    private static bool IsTable(ReadOnlySpan<byte> content)
    {
        content = content.TrimStart(" \t\r\n\0\f"u8);
        return content.StartsWith("xref"u8) || (content.Length > 0 && content[0] is >= (byte)'0' and <= (byte)'9' && content[..Math.Min(32, content.Length)].IndexOf("obj"u8) > 0);
    }

    /// <summary>Notes where tables begin, also across two pieces.</summary>
    private static void NoteTables(ReadOnlySpan<byte> before, ReadOnlySpan<byte> piece, long position, HashSet<long> tables)
    {
        ReadOnlySpan<byte> word = "xref"u8;
        int overlap = Math.Min(before.Length, word.Length - 1);
        Span<byte> seam = stackalloc byte[2 * 3];
        before[^overlap..].CopyTo(seam);
        int into = Math.Min(piece.Length, word.Length - 1);
        piece[..into].CopyTo(seam[overlap..]);
        int across = seam[..(overlap + into)].IndexOf(word);
        if (across >= 0) Note(position - overlap + across);
        for (int from = 0; piece[from..].IndexOf(word) is >= 0 and var found; from += found + 1) Note(position + from + found);

        void Note(long at)
        {
            if (tables.Count < MostTables) tables.Add(at);
        }
    }

    private static int Keep(byte[] kept, int length, ReadOnlySpan<byte> piece)
    {
        if (piece.Length > kept.Length) piece = piece[^kept.Length..];
        int drop = Math.Max(0, length + piece.Length - kept.Length);
        kept.AsSpan(drop..length).CopyTo(kept);
        piece.CopyTo(kept.AsSpan(length - drop));
        return length - drop + piece.Length;
    }
}
