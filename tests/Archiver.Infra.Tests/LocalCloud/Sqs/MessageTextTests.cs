using Archiver.Infra.LocalCloud.Sqs;

namespace Archiver.Infra.Tests.LocalCloud.Sqs;

public class MessageTextTests
{
    [Theory]
    [InlineData("plain")]
    [InlineData("tab\tline\nreturn\r")]
    [InlineData("\uD7FF\uE000\uFFFD")]
    [InlineData("emoji \U0001F600 and beyond \U0010FFFF")]
    public void IsAllowed_CharactersOfXml_AreAllowed(string text) => Assert.True(MessageText.IsAllowed(text));

    [Theory]
    [InlineData(0x0)]
    [InlineData(0x1)]
    [InlineData(0x8)]
    [InlineData(0xB)]
    [InlineData(0x1F)]
    [InlineData(0xFFFE)]
    [InlineData(0xFFFF)]
    [InlineData(0xD800)]
    [InlineData(0xDFFF)]
    public void IsAllowed_AnyOther_IsNot(int character)
    {
        Assert.False(MessageText.IsAllowed($"{(char)character}"));
        Assert.False(MessageText.IsAllowed($"a\U0001F600{(char)character}b"));
    }
}
