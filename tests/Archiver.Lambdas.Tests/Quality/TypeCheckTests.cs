using System.Text;
using Archiver.Lambdas.Contracts;
using Archiver.Lambdas.Quality;

namespace Archiver.Lambdas.Tests.Quality;

public sealed class TypeCheckTests
{
    /// <summary>An extension, and content that begins as it says; in hexadecimal where it is not text.</summary>
    public static TheoryData<string, string> Signatures => new()
    {
        { "pdf", "text:%PDF-1.7\n" },
        { "pdf", "text:\r\n\r\n%PDF-1.4" },
        { "png", "89504E470D0A1A0A0000000D" },
        { "jpg", "FFD8FFE000104A464946" },
        { "jpeg", "FFD8FFE1" },
        { "gif", "text:GIF89a" },
        { "gif", "text:GIF87a" },
        { "webp", "5249464624000000574542505650" },
        { "tif", "49492A00" },
        { "tiff", "4D4D002A" },
        { "tiff", "49492B00" },
        { "bmp", "424D36100E000000000036000000280000008002" },
        { "zip", "504B0304" },
        { "zip", "504B0506" },
        { "docx", "504B0304" },
        { "docx", "D0CF11E0A1B11AE1" },
        { "xlsx", "504B0304" },
        { "pptx", "504B0304" },
        { "odt", "504B0304" },
        { "jar", "504B0304" },
        { "epub", "504B0304" },
        { "doc", "D0CF11E0A1B11AE1" },
        { "rtf", "text:{\\rtf1" },
        { "gz", "1F8B0800" },
        { "tgz", "1F8B0800" },
        { "bz2", "text:BZh91AY" },
        { "xz", "FD377A585A00" },
        { "zst", "28B52FFD" },
        { "zst", "5A2A4D18" },
        { "7z", "377ABCAF271C" },
        { "rar", "526172211A0700" },
        { "mp3", "text:ID3" },
        { "mp3", "FFFB9064" },
        { "wav", "524946462400000057415645" },
        { "avi", "524946462400000041564920" },
        { "ogg", "text:OggS" },
        { "flac", "text:fLaC" },
        { "mp4", "000000186674797069736F6D" },
        { "mov", "00000008776964650000" },
        { "webm", "1A45DFA3" },
        { "mkv", "1A45DFA3" },
        { "sqlite", "text:SQLite format 3\0" },
        { "parquet", "text:PAR1" },
        { "h5", "894844460D0A1A0A" },
        { "nc", "894844460D0A1A0A" },
        { "nc", "43444601" },
        { "fits", "text:SIMPLE  =                    T" },
        { "grib", "4752494200003C01" },
        { "json", "text: {\"a\": 1}" },
        { "json", "EFBBBF5B315D" },
        { "json", "FFFE7B007D00" },
        { "xml", "text:<?xml version=\"1.0\"?>" },
        { "svg", "text:<svg xmlns=\"\"/>" },
        { "csv", "text:a;b\r\n1;2" },
        { "csv", "C4;D6" },
        { "txt", "text:契約" },
        { "md", "text:# Title" },
        { "html", "text:<!DOCTYPE html>" },
        { "html", "text:A word, <b>bold</b>" },
    };

    [Theory]
    [MemberData(nameof(Signatures))]
    public void Of_ContentThatBeginsAsTheExtensionSays_Passes(string extension, string content)
    {
        FileCheck check = TypeCheck.Of($"a.{extension}", Bytes(content));

        Assert.True(check.Passed, check.Detail);
        Assert.Contains($"as “.{extension}” says", check.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.pdf", "89504E470D0A1A0A", "The extension “.pdf” says that the content is a PDF document, but it begins like a PNG image.")]
    [InlineData("a.png", "text:%PDF-1.7", "The extension “.png” says that the content is a PNG image, but it begins like a PDF document.")]
    [InlineData("a.JPG", "text:hello", "The extension “.jpg” says that the content is a JPEG image, but it begins like text.")]
    [InlineData("a.txt", "7F454C46020101", "The extension “.txt” says that the content is text, but it does not begin like one.")]
    [InlineData("a.json", "text:<html>", "The extension “.json” says that the content is JSON, but it begins like HTML.")]
    [InlineData("a.xml", "text:{}", "The extension “.xml” says that the content is XML, but it begins like JSON.")]
    [InlineData("a.zip", "text:P", "The extension “.zip” says that the content is a ZIP archive, but it begins like text.")]
    [InlineData("a.bmp", "text:BMW is a make of cars.", "The extension “.bmp” says that the content is a BMP image, but it begins like text.")]
    [InlineData("a.mp3", "FFFE68006900", "The extension “.mp3” says that the content is an MP3 recording, but it begins like text.")]
    [InlineData("a.mp3", "FFD8FFE000104A46", "The extension “.mp3” says that the content is an MP3 recording, but it begins like a JPEG image.")]
    public void Of_OtherContent_FailsAndSaysWhatItIs(string name, string content, string detail) =>
        Assert.Equal(new FileCheck("Type", false, detail), TypeCheck.Of(name, Bytes(content)));

    [Theory]
    [InlineData("README", "The name has no extension")]
    [InlineData(".profile", "The name has no extension")]
    [InlineData("a.", "The name has no extension")]
    [InlineData("a.xyz", "There is no known signature for “.xyz” files")]
    public void Of_NothingToCompareWith_PassesAndSaysWhy(string name, string reason)
    {
        FileCheck check = TypeCheck.Of(name, [1, 2, 3]);

        Assert.True(check.Passed);
        Assert.StartsWith(reason, check.Detail, StringComparison.Ordinal);
    }

    /// <summary>Content, the file's name, and the media type of what it is; none where it can't be told.</summary>
    [Theory]
    [InlineData("89504E470D0A1A0A", "a.txt", "image/png")]
    [InlineData("504B0304", "a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")]
    [InlineData("504B0304", "a.png", "application/zip")]
    [InlineData("text:<svg onload='x'/>", "a", "image/svg+xml")]
    [InlineData("text:<?xml version='1.0'?><svg/>", "a.png", "image/svg+xml")]
    [InlineData("text:<!DOCTYPE HTML><script>", "a.bin", "text/html")]
    [InlineData("text:{ \"a\": 1 }", "a", "application/json")]
    [InlineData("text:a,b", "a.csv", "text/csv")]
    [InlineData("text:a,b", "a.png", "text/plain")]
    [InlineData("text:See “%PDF-1.7” and GRIB.", "notes.txt", "text/plain")]
    [InlineData("text:[section]", "a.ini", "text/plain")]
    [InlineData("00000000", "a.bin", null)]
    public void Detect_Content_DecidesAndTheNameOnlyWithinIt(string content, string name, string? mediaType) =>
        Assert.Equal(mediaType, ContentKinds.Detect(Bytes(content), name)?.MediaTypeOf(name));

    [Fact]
    public void Detect_BlockOfZeros_IsATarArchiveOnlyByName()
    {
        Assert.Equal("application/x-tar", ContentKinds.Detect(new byte[1024], "a.tar")?.MediaType);
        Assert.Null(ContentKinds.Detect(new byte[1024], "a.bin"));
    }

    [Fact]
    public void Of_Tar_GoesByTheHeadersChecksum()
    {
        byte[] header = new byte[1024];
        "file.txt"u8.CopyTo(header);
        "0000644\0"u8.CopyTo(header.AsSpan(100));
        header.AsSpan(148, 8).Fill((byte)' ');
        int sum = header.Take(512).Sum(octet => octet);
        Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(header.AsSpan(148));

        Assert.True(TypeCheck.Of("a.tar", header).Passed);
        Assert.True(TypeCheck.Of("a.tar", new byte[1024]).Passed); // an empty archive
        header[0]++;
        Assert.False(TypeCheck.Of("a.tar", header).Passed);
        Assert.False(TypeCheck.Of("a.tar", header.AsSpan(0, 100)).Passed);
    }

    [Fact]
    public void Of_Hdf5AfterAUserBlock_Passes()
    {
        byte[] content = new byte[4096];
        Convert.FromHexString("894844460D0A1A0A").CopyTo(content.AsSpan(2048));

        Assert.True(TypeCheck.Of("a.h5", content).Passed);
    }

    [Property]
    public bool Of_AnyNameAndContent_GivesASentence(string? name, byte[] content)
    {
        FileCheck check = TypeCheck.Of(name ?? "", content);
        return check.Detail.EndsWith('.') && check.Name.Length > 0;
    }

    private static byte[] Bytes(string content) => content.StartsWith("text:", StringComparison.Ordinal)
        ? Encoding.UTF8.GetBytes(content["text:".Length..])
        : Convert.FromHexString(content.Replace(";", "3B", StringComparison.Ordinal));
}
