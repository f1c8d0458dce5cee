namespace Archiver.Lambdas.Quality;

/// <summary>
/// The kinds of content that are known by their beginning. The signatures are those that the formats' own specifications give.
/// </summary>
public static class ContentKinds
{
    /// <summary>How many bytes of the beginning tell every kind that is known.</summary>
    public const int HeadLength = 8192;

    private static readonly string[] OfficeExtensions = ["docx", "docm", "dotx", "xlsx", "xlsm", "xltx", "pptx", "pptm", "potx"];

    private static readonly ContentKind Tar = new("a tar archive", "application/x-tar", ["tar"], Signatures.IsTar);

    /// <summary>Binary formats; the longer and rarer a signature, the further up.</summary>
    private static readonly ContentKind[] Binary =
    [
        new("a SQLite database", "application/vnd.sqlite3", ["sqlite", "sqlite3", "gpkg", "mbtiles"], head => head.StartsWith("SQLite format 3\0"u8)),
        new("a PNG image", "image/png", ["png", "apng"], head => head.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])),
        new("an HDF5 file", "application/x-hdf5", ["h5", "hdf5", "he5", "nc", "nc4"], Signatures.IsHdf5),
        // A protected document in one of the newer formats is one, too.
        new("an Office 97 document", "application/x-ole-storage", ["doc", "dot", "xls", "xlt", "ppt", "msg", .. OfficeExtensions],
            head => head.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]))
        {
            MediaTypes = new Dictionary<string, string>
            {
                ["doc"] = "application/msword", ["dot"] = "application/msword", ["xls"] = "application/vnd.ms-excel", ["xlt"] = "application/vnd.ms-excel",
                ["ppt"] = "application/vnd.ms-powerpoint", ["msg"] = "application/vnd.ms-outlook",
            },
        },
        new("a FITS file", "application/fits", ["fits", "fts", "fit"], head => head.StartsWith("SIMPLE  ="u8)),
        new("a GIF image", "image/gif", ["gif"], head => head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8)),
        new("an XZ archive", "application/x-xz", ["xz", "txz"], head => head.StartsWith((ReadOnlySpan<byte>)[0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00])),
        new("a 7-Zip archive", "application/x-7z-compressed", ["7z"], head => head.StartsWith((ReadOnlySpan<byte>)[0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C])),
        new("a RAR archive", "application/vnd.rar", ["rar"], head => head.StartsWith("Rar!\x1A\x07"u8)),
        new("a WEBP image", "image/webp", ["webp"], head => Signatures.IsRiff(head, "WEBP"u8)),
        new("a WAV recording", "audio/wav", ["wav", "wave"], head => Signatures.IsRiff(head, "WAVE"u8)),
        new("an AVI film", "video/x-msvideo", ["avi"], head => Signatures.IsRiff(head, "AVI "u8)),
        new("a ZIP archive", "application/zip",
            ["zip", .. OfficeExtensions, "odt", "ods", "odp", "odg", "epub", "jar", "war", "ear", "apk", "kmz", "whl", "nupkg", "snupkg", "npz"],
            Signatures.IsZip)
        {
            MediaTypes = new Dictionary<string, string>
            {
                ["docx"] = "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                ["docm"] = "application/vnd.ms-word.document.macroEnabled.12",
                ["dotx"] = "application/vnd.openxmlformats-officedocument.wordprocessingml.template",
                ["xlsx"] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                ["xlsm"] = "application/vnd.ms-excel.sheet.macroEnabled.12",
                ["xltx"] = "application/vnd.openxmlformats-officedocument.spreadsheetml.template",
                ["pptx"] = "application/vnd.openxmlformats-officedocument.presentationml.presentation",
                ["pptm"] = "application/vnd.ms-powerpoint.presentation.macroEnabled.12",
                ["potx"] = "application/vnd.openxmlformats-officedocument.presentationml.template",
                ["odt"] = "application/vnd.oasis.opendocument.text", ["ods"] = "application/vnd.oasis.opendocument.spreadsheet",
                ["odp"] = "application/vnd.oasis.opendocument.presentation", ["odg"] = "application/vnd.oasis.opendocument.graphics",
                ["epub"] = "application/epub+zip", ["jar"] = "application/java-archive", ["apk"] = "application/vnd.android.package-archive",
                ["kmz"] = "application/vnd.google-earth.kmz",
            },
        },
        new("an RTF document", "application/rtf", ["rtf"], head => head.StartsWith("{\\rtf"u8)),
        new("a TIFF image", "image/tiff", ["tif", "tiff"], Signatures.IsTiff),
        new("an Ogg recording", "application/ogg", ["ogg", "oga", "ogv", "opus"], head => head.StartsWith("OggS"u8)),
        new("a FLAC recording", "audio/flac", ["flac"], head => head.StartsWith("fLaC"u8)),
        new("a Matroska film", "video/matroska", ["webm", "mkv", "mka"], head => head.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3])),
        new("an MP4 or QuickTime file", "video/mp4", ["mp4", "m4a", "m4b", "m4v", "mov", "qt", "3gp", "heic", "heif", "avif"], Signatures.IsMp4)
        {
            MediaTypes = new Dictionary<string, string>
            {
                ["m4a"] = "audio/mp4", ["m4b"] = "audio/mp4", ["mov"] = "video/quicktime", ["qt"] = "video/quicktime", ["3gp"] = "video/3gpp",
                ["heic"] = "image/heic", ["heif"] = "image/heif", ["avif"] = "image/avif",
            },
        },
        new("a Parquet file", "application/vnd.apache.parquet", ["parquet"], head => head.StartsWith("PAR1"u8) || head.StartsWith("PARE"u8)),
        new("a netCDF file", "application/x-netcdf", ["nc", "cdf"], Signatures.IsNetCdf),
        new("a Zstandard archive", "application/zstd", ["zst", "zstd", "tzst"], Signatures.IsZstandard),
        Tar,
        new("a PDF document", "application/pdf", ["pdf"], Signatures.IsPdf),
        new("a GRIB file", "application/x-grib", ["grib", "grib1", "grib2", "grb", "grb2"], Signatures.IsGrib),
        new("a JPEG image", "image/jpeg", ["jpg", "jpeg", "jpe", "jfif"], head => head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])),
        new("a bzip2 archive", "application/x-bzip2", ["bz2", "tbz", "tbz2"], Signatures.IsBzip2),
        new("a gzip archive", "application/gzip", ["gz", "tgz", "svgz"], head => head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B, 0x08])),
        new("an MP3 recording", "audio/mpeg", ["mp3"], Signatures.IsMp3),
        new("a BMP image", "image/bmp", ["bmp", "dib"], Signatures.IsBmp),
    ];

    private static readonly ContentKind PlainText = new(
        "text", "text/plain", ["txt", "text", "md", "markdown", "log", "rst", "yaml", "yml", "ini", "toml", "tex"], TextContent.IsText)
    {
        MediaTypes = new Dictionary<string, string> { ["md"] = "text/markdown", ["markdown"] = "text/markdown" },
    };

    private static readonly ContentKind[] Text =
    [
        new("JSON", "application/json", ["json", "geojson", "jsonl", "ndjson"], TextContent.IsJson)
        {
            MediaTypes = new Dictionary<string, string> { ["geojson"] = "application/geo+json", ["jsonl"] = "application/jsonl", ["ndjson"] = "application/x-ndjson" },
        },
        new("an SVG image", "image/svg+xml", ["svg"], TextContent.IsSvg),
        new("XML", "application/xml", ["xml", "xsd", "xsl", "xslt", "gpx", "kml", "gml", "nuspec"], TextContent.IsXml),
        new("HTML", "text/html", ["html", "htm", "xhtml"], TextContent.IsHtml),
        new("CSV", "text/csv", ["csv", "tsv"], TextContent.IsText) { MediaTypes = new Dictionary<string, string> { ["tsv"] = "text/tab-separated-values" } },
        PlainText,
    ];

    private static readonly Dictionary<string, ContentKind[]> ByExtension = Binary.Concat(Text)
        .SelectMany(kind => kind.Extensions, (kind, extension) => (kind, extension))
        .GroupBy(pair => pair.extension, pair => pair.kind)
        .ToDictionary(group => group.Key, group => group.ToArray());

    /// <summary>The kinds that an extension promises, any of them; none for an extension that is not known.</summary>
    /// <param name="extension">Without its dot, in lower case.</param>
    public static IReadOnlyList<ContentKind> Of(string extension) => ByExtension.GetValueOrDefault(extension) ?? [];

    /// <summary>What content is; nothing when it can't be told.</summary>
    /// <param name="head">The beginning of the content; at least <see cref="HeadLength"/> bytes of a longer one.</param>
    /// <param name="fileName">
    /// The file's name. It decides only between what the content can be: any text may be CSV, and a block of zeros is an empty tar
    /// archive where the name says so. No name makes content what its bytes deny.
    /// </param>
    public static ContentKind? Detect(ReadOnlySpan<byte> head, string fileName = "")
    {
        string extension = Extension(fileName);
        foreach (ContentKind kind in Binary)
            if (kind.Matches(head) && (kind != Tar || head[0] != 0 || extension == "tar")) return kind;
        if (!TextContent.IsText(head)) return null;
        foreach (ContentKind kind in Text)
            if (kind.Extensions.Contains(extension) && kind.Matches(head)) return kind;
        string? name = TextContent.Recognise(head);
        return Array.Find(Text, kind => kind.Name == name) ?? PlainText;
    }

    /// <summary>The extension of a file's name, without its dot and in lower case; empty where there is none.</summary>
    public static string Extension(string fileName)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        int dot = fileName.LastIndexOf('.');
        return dot <= 0 ? "" : fileName[(dot + 1)..].ToLowerInvariant(); // “.profile” is a name, not an extension
    }
}
