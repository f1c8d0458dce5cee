using Archiver.Lambdas.Contracts;

namespace Archiver.Lambdas.Tests.Contracts;

public sealed class ResultActionTests
{
    [Fact]
    public void All_OnTheWire_AreTheNamesThatScriptsKnow() =>
        Assert.Equal(["Archived", "Quality_Fail", "Unarchivable", "Denied", "Expired", "Error"], ResultAction.All);

    [Theory]
    [InlineData(false, 100, 0, "Unarchivable")]
    [InlineData(true, 50, 50, "Archived")]
    [InlineData(true, 49, 50, "Quality_Fail")]
    [InlineData(true, 0, 0, "Archived")]
    public void Recommend_FlagThenQuality_Decides(bool archive, int quality, int threshold, string expected) =>
        Assert.Equal(expected, ResultAction.Recommend(archive, quality, threshold));
}
