using System.Xml;
using static Archiver.Web.Preview.PreviewWords;

namespace Archiver.Web.Preview.Content;

/// <summary>
/// Tells how a file is shown, by its content alone: neither its name nor the type that it was stored with has a say, which are
/// anybody's claim. What no browser shows as a picture is none here.
/// </summary>
internal static class PreviewTypes
{
    // PDF's own rule: the header is within the first kilobyte.
    private const int PdfHeader = 1024;

    private const string SvgNamespace = "http://www.w3.org/2000/svg";

    private static readonly XmlReaderSettings Harmless = new()
    {
        DtdProcessing = DtdProcessing.Ignore,
        XmlResolver = null,
        MaxCharactersFromEntities = 1024,
        Async = false,
    };

    /// <summary>Tells it of the first bytes.</summary>
    /// <param name="head">The first bytes, some thousands if there are as many.</param>
    /// <param name="isWhole">Whether that is all of the file.</param>
    public static PreviewType Of(ReadOnlySpan<byte> head, bool isWhole)
    {
        if (head.IsEmpty) return new PreviewType(PreviewKind.Empty, L["empty file"]);
        if (Picture(head) is { } picture) return picture;
        if (head[..Math.Min(head.Length, PdfHeader)].IndexOf("%PDF-"u8) >= 0) return new PreviewType(PreviewKind.Pdf, L["PDF document"], "application/pdf");
        if (head.StartsWith("PK\x03\x04"u8) || head.StartsWith("PK\x05\x06"u8)) return new PreviewType(PreviewKind.Zip, L["ZIP archive"]);
        if (head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B, 0x08])) return new PreviewType(PreviewKind.Gzip, L["gzip archive"]);
        if (Archives.TarHeader.IsHeader(head)) return new PreviewType(PreviewKind.Tar, L["tar archive"]);
        if (TextContent.Decode(head, isWhole) is not { } text) return new PreviewType(PreviewKind.Binary, L["binary file"]);
        return IsSvg(text.Text) ? new PreviewType(PreviewKind.Svg, L["SVG image"], "image/svg+xml") : new PreviewType(PreviewKind.Text, L["text"]);
    }

    private static PreviewType? Picture(ReadOnlySpan<byte> head) => head switch
    {
        _ when head.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) => Image(L["PNG image"], "image/png"),
        _ when head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) => Image(L["JPEG image"], "image/jpeg"),
        _ when head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8) => Image(L["GIF image"], "image/gif"),
        _ when head.Length >= 12 && head.StartsWith("RIFF"u8) && head[8..].StartsWith("WEBP"u8) => Image(L["WebP image"], "image/webp"),
        _ when head.Length >= 12 && head[4..].StartsWith("ftypavif"u8) => Image(L["AVIF image"], "image/avif"),
        // Two letters alone would be many a text: the reserved bytes are zero.
        _ when head.Length >= 18 && head.StartsWith("BM"u8) && head[6..10].IndexOfAnyExcept((byte)0) < 0 && head[16] == 0 && head[17] == 0 => Image(L["BMP image"], "image/bmp"),
        _ => null,
    };

    private static PreviewType Image(string label, string mediaType) => new(PreviewKind.Image, label, mediaType);

    // By its root element; what comes before may be a declaration, comments and a document type.
    private static bool IsSvg(string text)
    {
        if (!text.AsSpan().TrimStart().StartsWith("<", StringComparison.Ordinal)) return false;
        try
        {
            using XmlReader reader = XmlReader.Create(new StringReader(text), Harmless);
            return reader.MoveToContent() == XmlNodeType.Element && reader is { LocalName: "svg", NamespaceURI: SvgNamespace };
        }
        catch (XmlException)
        {
            return false; // no XML, or none that is well formed up to its root
        }
    }
}
