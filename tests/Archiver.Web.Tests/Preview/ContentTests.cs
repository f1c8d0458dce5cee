using System.Text;
using Archiver.Web.Preview.Content;
using FsCheck;
using FsCheck.Xunit;

namespace Archiver.Web.Tests.Preview;

/// <summary>What a file is taken for, by its content alone, and how text reads.</summary>
public sealed class ContentTests
{
    public static TheoryData<string, string> Kinds => new()
    {
        { "", "Empty" },
        { "GIF89a.....", "Image" },
        { "\u00FF\u00D8\u00FF\u00E0..", "Image" },
        { "RIFF....WEBPVP8 ", "Image" },
        { "....ftypavif....", "Image" },
        { "%PDF-1.7", "Pdf" },
        { "PK\u0003\u0004", "Zip" },
        { "\u001F\u008B\u0008", "Gzip" },
        { "hello", "Text" },
        { "BMX is a sport, and no picture at all.", "Text" },
        { "<html><script>alert(1)</script></html>", "Text" },
        { "<?xml version=\"1.0\"?><note/>", "Text" },
        { "<svg xmlns='http://www.w3.org/2000/svg'/>", "Svg" },
        { "  <!-- c --><!DOCTYPE svg><s:svg xmlns:s='http://www.w3.org/2000/svg'></s:svg>", "Svg" },
        { "<svg>of no namespace</svg>", "Text" },
        { "<html><svg xmlns='http://www.w3.org/2000/svg'/></html>", "Text" },
        { "\u0000\u0001\u0002", "Binary" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Of_Beginning_TellsTheKind(string head, string kind) => Assert.Equal(kind, PreviewTypes.Of(Encoding.Latin1.GetBytes(head), isWhole: true).Kind.ToString());

    [Fact]
    public void Of_Png_IsAPicture() => Assert.Equal(new PreviewType(PreviewKind.Image, "PNG image", "image/png"), PreviewTypes.Of(HostileFiles.Png(2, 2), isWhole: true));

    // Only what browsers show as pictures, and documents, have a type that a browser is told.
    [Property]
    public bool Of_AnyBytes_TellsWithoutFailing(byte[] head, bool isWhole)
    {
        PreviewType type = PreviewTypes.Of(head, isWhole);
        return type.MediaType is not null == type.Kind is PreviewKind.Image or PreviewKind.Svg or PreviewKind.Pdf;
    }

    [Property]
    public bool Decode_AnyText_ComesBack(NonNull<string> text)
    {
        string clean = string.Concat(text.Get.Where(character => character >= ' ' && !char.IsSurrogate(character) && character != '\uFEFF'));
        return TextContent.Decode(Encoding.UTF8.GetBytes(clean), isWhole: true) == new DecodedText(clean, "UTF-8");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Decode_CutInACharacter_LeavesItOut(int cut)
    {
        byte[] bytes = Encoding.UTF8.GetBytes("archive 🗄")[..^cut];

        Assert.Equal(new DecodedText("archive ", "UTF-8"), TextContent.Decode(bytes, isWhole: false));
        Assert.Equal("Latin-1", TextContent.Decode(bytes, isWhole: true)?.Encoding);
    }

    [Theory]
    [InlineData("utf-16", "UTF-16")]
    [InlineData("utf-16BE", "UTF-16")]
    [InlineData("utf-8", "UTF-8")]
    public void Decode_ByteOrderMark_IsFollowedAndLeftOut(string encoding, string name)
    {
        Encoding with = Encoding.GetEncoding(encoding);

        Assert.Equal(new DecodedText("Größe", name), TextContent.Decode([.. with.GetPreamble(), .. with.GetBytes("Größe")], isWhole: true));
    }

    [Fact]
    public void Visible_HiddenCharacters_AreSpeltOut() =>
        Assert.Equal("a\tb\r\nc[U+0000][U+202E]gpj.exe[U+200B] é 漢", VisibleText.Of("a\tb\r\nc\0\u202Egpj.exe\u200B é 漢"));

    [Fact]
    public void Json_Object_IsIndentedAndOtherwiseAsItIs() =>
        Assert.Equal("{\n  \"b\": 1.50,\n  \"a\": \"<é>\",\n  \"b\": []\n}", JsonText.Format("""{"b":1.50,"a":"<é>","b":[]}""", 1000)?.ReplaceLineEndings("\n"));

    [Theory]
    [InlineData("{")]
    [InlineData("42")]
    [InlineData("hello")]
    [InlineData("[1,]")]
    public void Json_OtherText_IsNone(string text) => Assert.Null(JsonText.Format(text, 1000));

    [Fact]
    public void Json_ThatGrowsBeyondItsBound_IsNone() => Assert.Null(JsonText.Format($"[{string.Join(',', Enumerable.Repeat("[[[[[1]]]]]", 1000))}]", 10_000));

    [Theory]
    [InlineData("a,b\n1,2\n", ',')]
    [InlineData("a;b\r\n\"1;5\";2\r\n", ';')]
    [InlineData("a\tb\n1\t2\n3\t4", '\t')]
    [InlineData("a|b\n1|2\n", '|')]
    public void Csv_SameColumnsInEveryRecord_IsATable(string text, char separator)
    {
        CsvTable table = CsvTable.Read(text, isWhole: true)!;

        Assert.Equal(["a", "b"], table.Head);
        Assert.Equal(2, table.Rows[0].Count);
        Assert.Equal(separator == ';' ? "1;5" : "1", table.Rows[0][0]);
        Assert.False(table.IsCut);
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("hello, world")]
    [InlineData("Dear all,\nthis is a letter, and no table,\nalthough it has commas.")]
    [InlineData("a,b\n1,2,3\n")]
    [InlineData("a,b\n\"1,2\n")]
    public void Csv_OtherText_IsNone(string text) => Assert.Null(CsvTable.Read(text, isWhole: true));

    [Fact]
    public void Csv_LargerThanShown_IsCut()
    {
        string text = string.Concat(Enumerable.Range(0, 1000).Select(row => $"{row},{new string('x', 600)}\n"));

        CsvTable table = CsvTable.Read(text, isWhole: true)!;

        Assert.True(table.IsCut);
        Assert.Equal(CsvTable.MostRows, table.Rows.Count);
        Assert.Equal(CsvTable.LongestCell + 1, table.Rows[0][1].Length);
    }

    [Fact]
    public void Csv_CutInARecord_LeavesItOut() => Assert.Equal(["1"], CsvTable.Read("a,b\n1,2\n3", isWhole: false)!.Rows.Select(row => row[0]));

    [Fact]
    public void Hex_Bytes_AreSixteenALine()
    {
        string dump = HexDump.Of([.. "0123456789abcdef"u8, 0x00, 0xFF]);

        Assert.Equal(
            "00000000  30 31 32 33 34 35 36 37  38 39 61 62 63 64 65 66  0123456789abcdef\n00000010  00 ff                                             ..\n", dump);
    }
}
