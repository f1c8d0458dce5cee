using Archiver.Infra.LocalCloud.StepFunctions;
using Archiver.Infra.LocalCloud.Wire;

namespace Archiver.Infra.Tests.LocalCloud.StepFunctions;

public class ResourceNameTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("run-1_2.3")]
    [InlineData("(parens)!@=+'")]
    [InlineData("ärchiv-文件")]
    public void Require_Allowed_IsGivenBack(string name) => Assert.Equal(name, ResourceName.Require(name));

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("tab\tbed")]
    [InlineData("a:b")]
    [InlineData("a/b")]
    [InlineData("a*")]
    [InlineData("\u0000")]
    [InlineData("\u009F")]
    [InlineData("\uFFFE")]
    [InlineData("😀")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123456789012345678901")]
    public void Require_Forbidden_IsInvalidName(string name) =>
        Assert.Equal("InvalidName", Assert.Throws<AwsError>(() => ResourceName.Require(name)).Code);

    [Fact]
    public void Require_EightyCharacters_IsGivenBack() => Assert.Equal(80, ResourceName.Require(new string('n', 80)).Length);

    [Fact]
    public void Require_EveryCharacterThatTheServiceForbids_IsInvalidName()
    {
        foreach (char forbidden in "<>{}[]?*\"#%\\^|~`$&,;:/ ")
            Assert.Throws<AwsError>(() => ResourceName.Require($"a{forbidden}b"));
    }
}
