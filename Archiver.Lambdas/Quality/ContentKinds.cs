namespace Archiver.Lambdas.Quality;

/// <summary>
/// The kinds of content that are known by their beginning. The signatures are those that the formats' own specifications give.
/// </summary>
internal static class ContentKinds
{
    private static readonly string[] OfficeExtensions = ["docx", "docm", "dotx", "xlsx", "xlsm", "xltx", "pptx", "pptm", "potx"];

    /// <summary>Binary formats; the longer and rarer a signature, the further up.</summary>
    private static readonly ContentKind[] Binary =
    [
        new("a SQLite database", ["sqlite", "sqlite3", "gpkg", "mbtiles"], head => head.StartsWith("SQLite format 3\0"u8)),
        new("a PNG image", ["png", "apng"], head => head.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])),
        new("an HDF5 file", ["h5", "hdf5", "he5", "nc", "nc4"], Signatures.IsHdf5),
        new("an Office 97 document", ["doc", "dot", "xls", "xlt", "ppt", "msg", .. OfficeExtensions], // a protected .docx is one, too
            head => head.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])),
        new("a FITS file", ["fits", "fts"], head => head.StartsWith("SIMPLE  ="u8)),
        new("a GIF image", ["gif"], head => head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8)),
        new("an XZ archive", ["xz", "txz"], head => head.StartsWith((ReadOnlySpan<byte>)[0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00])),
        new("a 7-Zip archive", ["7z"], head => head.StartsWith((ReadOnlySpan<byte>)[0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C])),
        new("a RAR archive", ["rar"], head => head.StartsWith("Rar!\x1A\x07"u8)),
        new("a WEBP image", ["webp"], head => Signatures.IsRiff(head, "WEBP"u8)),
        new("a WAV recording", ["wav", "wave"], head => Signatures.IsRiff(head, "WAVE"u8)),
        new("an AVI film", ["avi"], head => Signatures.IsRiff(head, "AVI "u8)),
        new("a ZIP archive",
            ["zip", .. OfficeExtensions, "odt", "ods", "odp", "odg", "epub", "jar", "war", "ear", "apk", "kmz", "whl", "nupkg"],
            Signatures.IsZip),
        new("an RTF document", ["rtf"], head => head.StartsWith("{\\rtf"u8)),
        new("a TIFF image", ["tif", "tiff"], Signatures.IsTiff),
        new("an Ogg recording", ["ogg", "oga", "ogv", "opus"], head => head.StartsWith("OggS"u8)),
        new("a FLAC recording", ["flac"], head => head.StartsWith("fLaC"u8)),
        new("a Matroska film", ["webm", "mkv", "mka"], head => head.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3])),
        new("an MP4 or QuickTime file", ["mp4", "m4a", "m4b", "m4v", "mov", "qt", "3gp", "heic", "heif", "avif"], Signatures.IsMp4),
        new("a Parquet file", ["parquet"], head => head.StartsWith("PAR1"u8) || head.StartsWith("PARE"u8)),
        new("a netCDF file", ["nc"], Signatures.IsNetCdf),
        new("a Zstandard archive", ["zst", "zstd", "tzst"], Signatures.IsZstandard),
        new("a tar archive", ["tar"], Signatures.IsTar),
        new("a PDF document", ["pdf"], head => head[..Math.Min(head.Length, 1024)].IndexOf("%PDF-"u8) >= 0),
        new("a GRIB file", ["grib", "grib2", "grb", "grb2"], head => head[..Math.Min(head.Length, 1024)].IndexOf("GRIB"u8) >= 0), // after a bulletin's heading
        new("a JPEG image", ["jpg", "jpeg", "jpe", "jfif"], head => head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])),
        new("a bzip2 archive", ["bz2", "tbz", "tbz2"], Signatures.IsBzip2),
        new("a gzip archive", ["gz", "tgz", "svgz"], head => head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B, 0x08])),
        new("an MP3 recording", ["mp3"], Signatures.IsMp3),
        new("a BMP image", ["bmp", "dib"], Signatures.IsBmp),
    ];

    private static readonly ContentKind[] Text =
    [
        new("JSON", ["json", "geojson", "jsonl", "ndjson"], TextContent.IsJson),
        new("XML", ["xml", "xsd", "xsl", "xslt", "svg", "gpx", "kml", "gml"], TextContent.IsXml),
        new("HTML", ["html", "htm", "xhtml"], TextContent.IsHtml),
        new("text", ["txt", "text", "csv", "tsv", "md", "markdown", "log", "rst", "yaml", "yml", "ini", "toml", "tex"], TextContent.IsText),
    ];

    private static readonly Dictionary<string, ContentKind[]> ByExtension = Binary.Concat(Text)
        .SelectMany(kind => kind.Extensions, (kind, extension) => (kind, extension))
        .GroupBy(pair => pair.extension, pair => pair.kind)
        .ToDictionary(group => group.Key, group => group.ToArray());

    /// <summary>The kinds that an extension promises, any of them; none for an extension that is not known.</summary>
    /// <param name="extension">Without its dot, in lower case.</param>
    public static IReadOnlyList<ContentKind> Of(string extension) => ByExtension.GetValueOrDefault(extension) ?? [];

    /// <summary>What content seems to be; nothing when it can't be told.</summary>
    public static ContentKind? Detect(ReadOnlySpan<byte> head)
    {
        foreach (ContentKind kind in Binary)
            if (kind.Matches(head)) return kind;
        return TextContent.IsText(head) ? Text[^1] : null;
    }
}
