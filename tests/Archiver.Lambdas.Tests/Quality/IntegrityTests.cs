using System.Globalization;
using System.Text;
using Archiver.Lambdas.Contracts;
using Archiver.Lambdas.Quality;
using Archiver.Lambdas.Quality.Integrity;

namespace Archiver.Lambdas.Tests.Quality;

public sealed class IntegrityTests
{
    private static readonly string[] Names = [.. Samples.All.Keys];

    public static TheoryData<string> Kinds => [.. Samples.All.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Check_GoodFile_Passes(string name)
    {
        FileCheck? check = await CheckAsync(name, Samples.All[name]);

        Assert.NotNull(check);
        Assert.True(check.Passed, check.Detail);
    }

    // JSON and XML have one end; a text is JSON lines and CSV wherever a line ends, and a JPEG may have anything behind its end.
    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Check_AnyTruncation_Fails(string name)
    {
        byte[] whole = Samples.All[name];
        int end = name switch
        {
            "a.jpg" => whole.Length - 2,
            "a.tar" => whole.AsSpan().LastIndexOfAnyExcept((byte)0) / 512 * 512, // the last block of zeros is more than is asked for
            "a.pdf" => whole.AsSpan().LastIndexOf("%%EOF"u8) + 5,
            "a.gz" => Samples.Gzip("first"u8.ToArray()).Length,
            "a.grib" => 60,
            "a.csv" or "a.jsonl" => 0,
            "a.nc" => whole.Length - 3, // what fills up the last variable may be left out
            _ => whole.Length,
        };
        for (int length = 600 < end && name == "a.tar" ? 600 : 24; length < end; length += Math.Max(1, end / 400))
        {
            FileCheck? check = await CheckAsync(name, whole[..length]);
            Assert.True(check is null or { Passed: false }, $"{name} cut to {length} of {whole.Length} bytes: {check?.Detail}");
        }

        if (end > 24) Assert.False(Assert.IsType<FileCheck>(await CheckAsync(name, whole[..(end - 1)])).Passed);
    }

    [Theory]
    [InlineData("a.png", 30, "chunk 1, “IHDR”, does not have the checksum")]
    [InlineData("a.png", 43, "chunk 2, “IDAT”, does not have the checksum")]
    [InlineData("a.zip", 35, "“a.txt”")]
    [InlineData("b.zip", 40, "“a.txt”")]
    [InlineData("a.gz", 12, "The gzip archive")]
    [InlineData("a.h5", 13, "superblock does not have the checksum")]
    [InlineData("a.grib", 57, "message 1 does not end where it says")]
    [InlineData("a.parquet", 12, "footer")]
    public async Task Check_ChangedByte_SaysWhere(string name, int at, string words)
    {
        byte[] changed = [.. Samples.All[name]];
        changed[at] ^= 0x55;

        FileCheck? check = await CheckAsync(name, changed);

        Assert.False(Assert.IsType<FileCheck>(check).Passed);
        Assert.Contains(words, check.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.json", """{"a": 1,}""", "The content is broken")]
    [InlineData("a.json", """{"a": 1} x""", "The content is broken")]
    [InlineData("a.json", "[1", "The content is broken")]
    [InlineData("a.jsonl", "{}\n{", "The content is broken")]
    [InlineData("a.xml", "<a><b></a>", "does not match")]
    [InlineData("a.xml", "<a>", "The content is broken")]
    [InlineData("a.xml", "<a b='1' b='2'/>", "duplicate")]
    [InlineData("a.xml", "<a>&unknown;</a>", "unknown")]
    [InlineData("a.svg", "<svg><g></svg>", "The content is broken")]
    [InlineData("a.csv", "a,b\n1,2\n3\n", "record 3")]
    [InlineData("a.csv", "a,b\n1,2,3\n", "record 2")]
    [InlineData("a.csv", "a,b\n1,\"2\n", "record 2")]
    [InlineData("a.pdf", "%PDF-1.7\nstartxref\n7\n%%EOF", "not where its end says")]
    [InlineData("a.pdf", "%PDF-1.7\nstartxref\n99999\n%%EOF", "not where its end says")]
    [InlineData("a.pdf", "%PDF-1.7\n%%EOF", "does not say where")]
    [InlineData("a.pdf", "%PDF-1.7\nxref", "end mark is missing")]
    public async Task Check_BrokenText_SaysHow(string name, string content, string words)
    {
        FileCheck? check = await CheckAsync(name, Encoding.UTF8.GetBytes(content));

        Assert.False(Assert.IsType<FileCheck>(check).Passed);
        Assert.Contains(words, check.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.xml", "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>")]
    [InlineData("a.xml", "<!DOCTYPE a SYSTEM \"http://127.0.0.1:1/a.dtd\"><a/>")]
    public async Task Check_XmlThatPointsOutside_FetchesNothing(string name, string content)
    {
        FileCheck? check = await CheckAsync(name, Encoding.UTF8.GetBytes(content));

        Assert.DoesNotContain("root:", check?.Detail ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<?xml version='1.0' encoding='x-unheard-of'?><a/>")]
    [InlineData("<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0 Strict//EN' 'http://127.0.0.1:1/a.dtd'><html>&nbsp;</html>")]
    public async Task Check_XmlThatNeedsWhatIsNotThere_SaysNothing(string content) =>
        Assert.Null(await CheckAsync("a.xml", Encoding.UTF8.GetBytes(content)));

    [Fact]
    public async Task Check_XmlOfOneLongText_Passes()
    {
        byte[] content = [.. "<a>"u8, .. Enumerable.Repeat((byte)'t', 9 * 1024 * 1024), .. "</a>"u8];

        Assert.True(Assert.IsType<FileCheck>(await CheckAsync("a.xml", content)).Passed);
    }

    [Fact]
    public async Task Check_XmlThatExpands_Fails()
    {
        StringBuilder text = new("<!DOCTYPE a [<!ENTITY e0 \"0123456789\">");
        for (int i = 1; i < 12; i++) text.Append(CultureInfo.InvariantCulture, $"<!ENTITY e{i} \"{string.Concat(Enumerable.Repeat($"&e{i - 1};", 10))}\">");
        text.Append("]><a>&e11;</a>");

        Assert.False(Assert.IsType<FileCheck>(await CheckAsync("a.xml", Encoding.UTF8.GetBytes(text.ToString()))).Passed);
    }

    [Fact]
    public async Task Check_ArchiveThatExpandsAsABombDoes_Fails()
    {
        byte[] bomb = Samples.Gzip(new byte[100 * 1024 * 1024]);

        FileCheck? check = await CheckAsync("a.gz", bomb);

        Assert.False(Assert.IsType<FileCheck>(check).Passed);
        Assert.Contains("as decompression bombs do", check.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_EncryptedZipWithLengthsBehind_SaysNothing()
    {
        byte[] archive = [.. Samples.All["b.zip"]];
        archive[6] |= 1;

        Assert.Null(await CheckAsync("a.zip", archive));
    }

    [Fact]
    public async Task Check_ZipThatListsMoreThanItHas_Fails()
    {
        byte[] archive = Samples.Zip(seekable: true);
        int directory = archive.AsSpan().IndexOf("PK\x01\x02"u8);
        byte[] listed = archive[directory..archive.AsSpan().LastIndexOf("PK\x05\x06"u8)];
        byte[] forged = [.. archive[..directory], .. listed, .. listed, .. archive[(directory + listed.Length)..]];

        Assert.False(Assert.IsType<FileCheck>(await CheckAsync("a.zip", forged)).Passed);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(70_000)]
    [InlineData(200_000)]
    public async Task Check_LongPdf_FindsItsTable(int padding)
    {
        FileCheck? check = await CheckAsync("a.pdf", Samples.Pdf(new string(' ', padding)));

        Assert.True(Assert.IsType<FileCheck>(check).Passed, check.Detail);
    }

    [Fact]
    public async Task Check_NetCdfInANewerVersion_Passes()
    {
        byte[] file = new byte[200];
        "CDF\x05"u8.CopyTo(file); // nothing but empty lists, whose numbers have 8 bytes

        Assert.True(Assert.IsType<FileCheck>(await CheckAsync("a.nc", file)).Passed);
    }

    [Fact]
    public void Lookup3_ItsAuthorsExample_HasItsHash() => Assert.Equal(0x17770551u, Lookup3.Hash("Four score and seven years ago"u8));

    [Theory]
    [InlineData("zip")]
    [InlineData("gz")]
    [InlineData("tar")]
    [InlineData("plain")]
    public async Task Malware_TestFile_IsFoundAlsoInArchives(string where)
    {
        byte[] test = TestFile();
        (string name, byte[] content) = where switch
        {
            "zip" => ("a.zip", Samples.Zip(true, ("inner/test.com", test))),
            "gz" => ("a.gz", Samples.Gzip(test)),
            "tar" => ("a.tar", Samples.Tar(("inner/test.com", test))),
            _ => ("a.txt", test),
        };

        Content read = await Content.ReadAsync(new MemoryStream(content), name, content.Length, withMd5: false);

        Assert.False(read.Malware.Passed);
        if (where is "zip" or "tar") Assert.Contains("“inner/test.com”", read.Malware.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Malware_TextThatMentionsIt_Passes()
    {
        byte[] content = [.. "See "u8, .. TestFile()];

        Assert.True((await Content.ReadAsync(new MemoryStream(content), "a.txt", content.Length, withMd5: false)).Malware.Passed);
    }

    /// <summary>Whatever the bytes, the look ends with a verdict or none.</summary>
    [Property(MaxTest = 300)]
    public async Task<bool> Check_AnyBytes_NeverThrows(byte[] tail, PositiveInt pick, NonNegativeInt cut)
    {
        string name = Names[pick.Get % Names.Length];
        byte[] whole = Samples.All[name];
        byte[] content = [.. whole[..(cut.Get % (whole.Length + 1))], .. tail];
        FileCheck? check = await CheckAsync(name, content);
        return check is null || check.Detail.EndsWith('.');
    }

    [Property(MaxTest = 1500)]
    public async Task<bool> Check_AnyChangedBytes_NeverThrows(PositiveInt pick, (int At, byte Value)[] changes)
    {
        string name = Names[pick.Get % Names.Length];
        byte[] content = [.. Samples.All[name]];
        foreach ((int at, byte value) in changes) content[(int)((uint)at % content.Length)] = value;
        FileCheck? check = await CheckAsync(name, content);
        return check is null || check.Detail.EndsWith('.');
    }

    /// <summary>How the network cuts the content up makes no difference.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Read_AByteAtATime_GivesTheSame(string name)
    {
        byte[] content = Samples.All[name];

        Content atOnce = await Content.ReadAsync(new MemoryStream(content), name, content.Length, withMd5: true);
        FileCheck? piecemeal = await IntegrityCheck.RunAsync(
            IntegrityCheck.Of(atOnce.Kind)!, new Trickle(content), atOnce.Kind!, new IntegrityTarget(name, content.Length, new MalwareProbe()));

        Assert.Equal(atOnce.Integrity, piecemeal);
    }

    /// <summary>Makes the check as the content would be read, whatever it begins like.</summary>
    private static async Task<FileCheck?> CheckAsync(string name, byte[] content)
    {
        ContentKind kind = ContentKinds.Detect(Samples.All[name], name)!;
        return await IntegrityCheck.RunAsync(
            IntegrityCheck.Of(kind)!, new MemoryStream(content), kind, new IntegrityTarget(name, content.Length, new MalwareProbe()));
    }

    // In two parts, or scanners would take this program for it.
    private static byte[] TestFile() => Encoding.ASCII.GetBytes(@"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-" + "ANTIVIRUS-TEST-FILE!$H+H*");

    private sealed class Trickle(byte[] content) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(Read(buffer.Span[..Math.Min(1, buffer.Length)]));
    }
}
