using System.Text.Json.Nodes;
using Archiver.Web.Shell.Json;
using FsCheck.Xunit;

namespace Archiver.Web.Tests.Shell.Json;

public sealed class JsonTests
{
    [Fact]
    public void Of_AnObject_IsALineAMemberWithTheEndsOfWhatIsOpened()
    {
        IReadOnlyList<JsonLine> lines = JsonLines.Of("""{"a":[1,true],"b":{},"c":"x"}""")!;

        Assert.Equal(
            ["0 {", "1 \"a\" [", "2 1,", "2 true", "1 ],", "1 \"b\" {},", "1 \"c\" \"x\"", "0 }"],
            lines.Select(line => $"{line.Depth} {(line.Name is null ? "" : line.Name + " ")}{line.Text}{(line.Comma ? "," : "")}"));
        Assert.Equal((7, 3), (lines[0].End, lines[0].Count));
        Assert.Equal((4, 2), (lines[1].End, lines[1].Count));
    }

    // Of two members of one name, an object model would keep one.
    [Fact]
    public void Of_AMemberThatIsThereTwice_ShowsBoth() => Assert.Equal(4, JsonLines.Of("""{"a":1,"a":2}""")!.Count);

    [Theory]
    [InlineData("")]
    [InlineData("plain text")]
    [InlineData("{")]
    [InlineData("{} {}")]
    public void Of_NoJson_IsNothing(string text) => Assert.Null(JsonLines.Of(text));

    [Property]
    public bool Of_AnyText_PutTogetherIsTheSameJson(string?[] items, int number)
    {
        JsonObject whole = new() { ["items"] = new JsonArray([.. items.Select(item => (JsonNode?)JsonValue.Create(item))]), ["n"] = number, ["e"] = new JsonObject(), ["deep"] = new JsonArray(new JsonArray(1, 2), 3) };
        string text;
        try
        {
            text = whole.ToJsonString();
        }
        catch (ArgumentException)
        {
            return true; // no Unicode
        }
        string lines = string.Concat(JsonLines.Of(text)!.Select(line => $"{(line.Name is null ? "" : line.Name + ":")}{line.Text}{(line.Comma ? "," : "")}\n"));
        return JsonNode.DeepEquals(JsonNode.Parse(text), JsonNode.Parse(lines));
    }

    [Theory]
    [InlineData("{}", null)]
    [InlineData("""{"a":[1]}""", null)]
    [InlineData("", "nothing")]
    [InlineData("[]", "must be an object")]
    [InlineData("{\n  \"a\": 1,\n  \"ü\": x\n}", "Line 3, column 8")]
    [InlineData("""{"a":1,"a":2}""", "a")]
    public void Problem_OfAText_SaysWhatAndWhere(string text, string? problem)
    {
        string? found = JsonProblem.Of(text, mustBeObject: true);

        if (problem is null) Assert.Null(found);
        else Assert.Contains(problem, found, StringComparison.Ordinal);
    }

    [Fact]
    public void Problem_OfBrokenJson_SaysNothingOfTheReader() =>
        Assert.DoesNotContain("BytePosition", JsonProblem.Of("{\"a\"", mustBeObject: false), StringComparison.Ordinal);
}
