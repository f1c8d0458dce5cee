using System.Text.Json;
using Archiver.Web.Shell.Secrets;
using FsCheck.Xunit;

namespace Archiver.Web.Tests.Shell.Secrets;

public sealed class MaskedTextTests
{
    private static readonly string Token = string.Concat(Enumerable.Repeat("AQCgAAAAKgAAAAMAAAAAAAAAAb+/9x", 12)) + "==";

    [Fact]
    public void OfSentence_AMessageThatQuotesAToken_HidesItAndNothingElse() => Assert.Equal(
        $"No task waits with {SecretText.Hidden}: it timed out.", MaskedText.OfSentence($"No task waits with {Token}: it timed out."));

    [Theory]
    [InlineData("""{"TaskToken":"secret"}""")]
    [InlineData("""{"TaskToken":"secret","TaskToken":"secret"}""")]
    [InlineData("""{"Task\u0054oken":"secret"}""")]
    [InlineData("""{"tasktoken":"secret"}""")]
    [InlineData("""{"task_token":"secret"}""")]
    [InlineData("""{"TaskToken":{"is":["secret"]}}""")]
    [InlineData("""{"deep":[{"MyTaskToken":"secret"}]}""")]
    [InlineData("""{"Body":"{\"TaskToken\":\"secret\"}"}""")]
    [InlineData("""{"TaskToken":"secret",""")]
    [InlineData("""{"TaskToken":"secret""")]
    [InlineData("""{"Body":"{\"TaskToken\":\"secret\"}",""")]
    [InlineData("TaskToken=secret&x=1")]
    [InlineData("TaskToken: secret, and more")]
    [InlineData("""{'TaskToken': 'secret'}""")]
    [InlineData("""{"TaskToken":"secret","x":"\ud800"}""")]
    public void Of_WhatIsCalledATaskToken_IsHidden(string body)
    {
        string shown = MaskedText.Of(body);

        Assert.DoesNotContain("secret", shown, StringComparison.Ordinal);
        Assert.Contains("(task token, hidden)", shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"Other":"TOKEN"}""")]
    [InlineData("""{"TOKEN":1}""")]
    [InlineData("""["see TOKEN here"]""")]
    [InlineData("see TOKEN here")]
    [InlineData("TOKEN")]
    public void Of_WhatLooksLikeATaskToken_IsHidden(string pattern)
    {
        foreach (string token in (string[])[Token, Token.Replace("+", "\\u002B", StringComparison.Ordinal), Uri.EscapeDataString(Token)])
        {
            string shown = MaskedText.Of(pattern.Replace("TOKEN", token, StringComparison.Ordinal));

            Assert.DoesNotContain("AQCg", shown, StringComparison.Ordinal);
            Assert.Contains("(task token, hidden)", shown, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("moo")]
    [InlineData("")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("It names no token and stays as it is, however long the text may be that a person wrote here, with words and spaces in between them.")]
    public void Of_AnyOtherText_StaysAsItIs(string body) => Assert.Equal(body, MaskedText.Of(body));

    [Theory]
    [InlineData(0)]
    [InlineData(60)]
    [InlineData(330)]
    public void Of_ATextThatIsCutWithinAToken_ShowsNoPartOfIt(int before)
    {
        string body = $$"""{"Text":"{{string.Concat(Enumerable.Repeat("word ", MaskedText.Longest))[..(MaskedText.Longest - 10 - before)]}} {{Token}}"}""";

        string shown = MaskedText.Of(body);

        Assert.DoesNotContain("AQCg", shown, StringComparison.Ordinal);
        Assert.StartsWith("""{"Text":"word word""", shown, StringComparison.Ordinal);
        Assert.True(shown.Length <= MaskedText.Longest);
    }

    [Fact]
    public void Of_OtherJson_KeepsEveryMemberAndValue()
    {
        const string body = """{"a":[1,2.50,true,null,"ü<b>"],"a":{"b":{}},"c":-1e400}""";

        string shown = MaskedText.Of(body);

        Assert.Equal(body, string.Concat(shown.Where(character => !char.IsWhiteSpace(character))));
    }

    [Property]
    public bool Of_AnyTextAroundAToken_NeverShowsIt(string before, string after) =>
        !MaskedText.Of($"{before}{Token}{after}").Contains(Token[20..60], StringComparison.Ordinal)
        && !MaskedText.Of(JsonSerializer.Serialize(new[] { before, Token, after })).Contains(Token[20..60], StringComparison.Ordinal);
}
