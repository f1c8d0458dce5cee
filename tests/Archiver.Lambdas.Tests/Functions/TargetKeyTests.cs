using System.Text;
using Archiver.Lambdas.Functions;

namespace Archiver.Lambdas.Tests.Functions;

public sealed class TargetKeyTests
{
    private static readonly DateTimeOffset LateInTheWest = new(2026, 3, 26, 23, 30, 0, TimeSpan.FromHours(-5));

    [Theory]
    [InlineData("a.pdf", "2026/03/27/a.pdf")]
    [InlineData("2026/q1/a.pdf", "2026/03/27/2026/q1/a.pdf")]
    [InlineData("uploads/0123456789ab-0001/a.pdf", "2026/03/27/a.pdf")]
    [InlineData("uploads/0123456789ab-0001/b/a.pdf", "2026/03/27/b/a.pdf")]
    [InlineData("uploads/a.pdf", "2026/03/27/uploads/a.pdf")]
    [InlineData("uploads/folder/", "2026/03/27/uploads/folder/")]
    [InlineData("my/uploads/x/a.pdf", "2026/03/27/my/uploads/x/a.pdf")]
    [InlineData("../ü 名\n.txt", "2026/03/27/../ü 名\n.txt")]
    public void Archived_Key_IsBelowTheUtcDayWithoutTheUploadsFolder(string key, string expected) =>
        Assert.Equal(expected, TargetKey.Archived(key, LateInTheWest));

    [Fact]
    public void Unarchivable_Key_IsBelowAPrefixOfItsOwn() => Assert.Equal("unarchivable/uploads/x/a.pdf", TargetKey.Unarchivable("uploads/x/a.pdf"));

    [Theory]
    [InlineData('a', ".pdf")]
    [InlineData('名', ".pdf")]
    [InlineData('a', ".a-very-long-extension-that-is-none")]
    public void Archived_KeyThatIsTooLongWithItsPrefix_StaysWithinS3sLimitAndTellsTwoApart(char letter, string extension)
    {
        int letters = (1024 - Encoding.UTF8.GetByteCount(extension)) / Encoding.UTF8.GetByteCount([letter]);
        string first = new string(letter, letters) + extension;
        string second = new string(letter, letters - 1) + "b" + extension;

        string key = TargetKey.Archived(first, LateInTheWest);

        Assert.InRange(Encoding.UTF8.GetByteCount(key), 1000, 1024);
        Assert.StartsWith($"2026/03/27/{letter}{letter}", key, StringComparison.Ordinal);
        Assert.Equal(key, TargetKey.Archived(first, LateInTheWest));
        Assert.NotEqual(key, TargetKey.Archived(second, LateInTheWest));
        if (extension.Length < 10) Assert.EndsWith(extension, key, StringComparison.Ordinal);
    }
}
