using System.Buffers.Text;
using System.Security.Cryptography;
using Archiver.Infra.LocalCloud.StepFunctions;

namespace Archiver.Infra.Tests.LocalCloud.StepFunctions;

public class TaskTokensTests
{
    private const string Arn = "arn:aws:states:us-east-1:000000000000:execution:machine:run";
    private readonly TaskTokens _tokens = new(RandomNumberGenerator.GetBytes(32));

    [Fact]
    public void TryRead_OwnToken_GivesExecutionAndTask()
    {
        Assert.True(_tokens.TryRead(_tokens.Create(Arn, "7"), out TaskTokenContent? content));
        Assert.Equal(new TaskTokenContent(Arn, "7", Genuine: true), content);
    }

    [Fact]
    public void Create_Twice_GivesDifferentTokens() => Assert.NotEqual(_tokens.Create(Arn, "7"), _tokens.Create(Arn, "7"));

    [Fact]
    public void Create_LongestNames_StaysWithin1024CharactersOfTheUrlAlphabet()
    {
        string arn = $"arn:aws:states:us-east-1:000000000000:execution:{new string('ä', 80)}:{new string('é', 80)}";
        string token = _tokens.Create(arn, new string('9', 20));
        Assert.InRange(token.Length, 1, 1024);
        Assert.Matches("^[A-Za-z][A-Za-z0-9_-]+$", token);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("")]
    [InlineData("not base64 at all!")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void TryRead_NoToken_IsFalse(string text) => Assert.False(_tokens.TryRead(text, out _));

    [Fact]
    public void TryRead_AnotherCloudsToken_IsNotGenuine()
    {
        string token = new TaskTokens(RandomNumberGenerator.GetBytes(32)).Create(Arn, "7");
        Assert.True(_tokens.TryRead(token, out TaskTokenContent? content));
        Assert.False(content.Genuine);
    }

    [Fact]
    public void TryRead_EveryBitFlipped_IsNeverGenuine()
    {
        byte[] token = Base64Url.DecodeFromChars(_tokens.Create(Arn, "7"));
        for (int bit = 0; bit < token.Length * 8; bit++)
        {
            byte[] changed = [.. token];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(_tokens.TryRead(Base64Url.EncodeToString(changed), out TaskTokenContent? content) && content.Genuine);
        }
    }
}
