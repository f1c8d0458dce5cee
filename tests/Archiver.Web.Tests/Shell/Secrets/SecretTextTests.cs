using System.Text.Json;
using System.Text.Json.Nodes;
using Archiver.Web.Shell.Secrets;
using FsCheck.Xunit;

namespace Archiver.Web.Tests.Shell.Secrets;

public sealed class SecretTextTests
{
    private static readonly string Token = new('A', 300);

    [Theory]
    [InlineData("""{"MessageBody":{"TaskToken":"short"},"QueueUrl":"q"}""")]
    [InlineData("""{"MessageBody":"{\"TaskToken\":\"short\",\"n\":1}"}""")]
    [InlineData("""[{"token":"short"}]""")]
    public void Json_WhatIsCalledAToken_IsHidden(string json)
    {
        string shown = SecretText.Json(json)!;

        Assert.DoesNotContain("short", shown, StringComparison.Ordinal);
        Assert.Contains("hidden", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_WhatLooksLikeAToken_IsHiddenWhereverItStands()
    {
        Assert.DoesNotContain("AAAA", SecretText.Json($$"""{"anything":["{{Token}}"]}"""), StringComparison.Ordinal);
        Assert.Equal(SecretText.Hidden, SecretText.Json(Token));
    }

    [Fact]
    public void Json_OrdinaryData_IsKeptAndIndented()
    {
        string json = """{"Name":"ü <b>.pdf","Sha256":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08","n":1.50}""";

        string shown = SecretText.Json(json)!;

        Assert.Contains("ü <b>.pdf", shown, StringComparison.Ordinal);
        Assert.Contains('\n', shown);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json), JsonNode.Parse(shown)));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("not JSON", "not JSON")]
    [InlineData("", "")]
    public void Json_NoJson_IsGivenBack(string? text, string? expected) => Assert.Equal(expected, SecretText.Json(text));

    [Property]
    public bool Json_ATokenAnywhereInStrings_NeverShows(string?[] texts, int place)
    {
        JsonArray array = new([.. texts.Select(text => (JsonNode?)JsonValue.Create(text))]);
        array.Insert(array.Count == 0 ? 0 : (int)((uint)place % (uint)array.Count), new JsonObject { ["x"] = Token });
        return !SecretText.Json(array.ToJsonString(JsonSerializerOptions.Default))!.Contains(Token, StringComparison.Ordinal);
    }
}
