using Archiver.Lambdas.Quality;

namespace Archiver.Lambdas.Tests.Quality;

public sealed class QualityReportTests
{
    [Theory]
    [InlineData("a.txt", "text", 100)]
    [InlineData("a.pdf", "text", 40)]
    [InlineData("a.xyz", "text", 100)]
    public void Of_Content_WeighsTheChecks(string name, string content, int quality) =>
        Assert.Equal(quality, QualityReport.Of(name, content.Length, System.Text.Encoding.UTF8.GetBytes(content)).Quality);

    [Fact]
    public void Of_EmptyFile_IsZeroWhateverItsName()
    {
        QualityReport report = QualityReport.Of("a.xyz", 0, []);

        Assert.Equal(0, report.Quality);
        Assert.False(Assert.Single(report.Checks).Passed);
    }

    [Theory]
    [InlineData(1, "The file has 1 byte.")]
    [InlineData(1234567, "The file has 1,234,567 bytes.")]
    public void Of_Size_IsSaidInWords(long size, string detail) =>
        Assert.Equal(detail, QualityReport.Of("a", size, "x"u8).Checks[0].Detail);
}
