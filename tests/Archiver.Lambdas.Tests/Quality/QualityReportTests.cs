using System.Security.Cryptography;
using System.Text;
using Archiver.Lambdas.Contracts;
using Archiver.Lambdas.Quality;

namespace Archiver.Lambdas.Tests.Quality;

public sealed class QualityReportTests
{
    [Theory]
    [InlineData("a.txt", "text", 100)]
    [InlineData("a.pdf", "text", 40)]
    [InlineData("a.xyz", "text", 100)]
    [InlineData("a.json", "{\"a\": }", 30)]
    [InlineData("a.png", "{\"a\": }", 0)]
    public async Task Of_Content_TakesTheWeightsOff(string name, string text, int quality) =>
        Assert.Equal(quality, QualityReport.Of(name, await ReadAsync(name, text)).Quality);

    [Theory]
    [InlineData("Checksum", 20)]
    [InlineData("Malware scan", 0)]
    [InlineData("Archivable", 100)]
    public async Task Of_AnotherFailedCheck_TakesItsWeightOff(string check, int quality)
    {
        QualityReport report = QualityReport.Of("a.txt", await ReadAsync("a.txt", "text"), new FileCheck(check, false, "It did not."), null);

        Assert.Equal(quality, report.Quality);
        Assert.Equal(["Not empty", "Type", "Malware", check], report.Checks.Select(one => one.Name));
    }

    [Fact]
    public async Task Of_EmptyFile_IsZeroWhateverItsName()
    {
        QualityReport report = QualityReport.Of("a.xyz", await ReadAsync("a.xyz", ""));

        Assert.Equal(0, report.Quality);
        Assert.False(Assert.Single(report.Checks).Passed);
    }

    [Theory]
    [InlineData(1, "The file has 1 byte.")]
    [InlineData(1234567, "The file has 1,234,567 bytes.")]
    public async Task Of_Size_IsSaidInWords(int size, string detail) =>
        Assert.Equal(detail, QualityReport.Of("a", await ReadAsync("a", new string('x', size))).Checks[0].Detail);

    [Fact]
    public async Task Read_Content_GivesItsDigests()
    {
        byte[] bytes = new byte[1_000_003];
        new Random(7).NextBytes(bytes);

        Content content = await Content.ReadAsync(new MemoryStream(bytes), "a.bin", bytes.Length, withMd5: true);

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), content.Sha256);
        Assert.Equal(Convert.ToHexStringLower(Samples.Md5(bytes)), content.Md5);
        Assert.Equal(bytes.Length, content.Size);
        Assert.Equal(bytes[..ContentKinds.HeadLength], content.Head.ToArray());
    }

    private static Task<Content> ReadAsync(string name, string text) =>
        Content.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), name, text.Length, withMd5: false);
}
