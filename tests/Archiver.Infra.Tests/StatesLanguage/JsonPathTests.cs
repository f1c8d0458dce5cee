using System.Text.Json.Nodes;
using Archiver.Infra.StatesLanguage.Data;

namespace Archiver.Infra.Tests.StatesLanguage;

/// <summary>Paths, by the examples of the library that Step Functions reads them with.</summary>
public sealed class JsonPathTests
{
    private const string Store = """
        {"store":{
          "book":[
            {"category":"reference","author":"Rees","title":"Sayings","price":8.95},
            {"category":"fiction","author":"Waugh","title":"Sword","price":12.99},
            {"category":"fiction","author":"Melville","title":"Moby","isbn":"0-553","price":8.99},
            {"category":"fiction","author":"Tolkien","title":"Rings","isbn":"0-395","price":22.99}],
          "bicycle":{"color":"red","price":19.95}},
         "expensive":10,"nothing":null,"a b":1,"x'y":2,"ä":3,"dash-ed":4,"tags":["x","y"],"empty":[]}
        """;

    [Theory]
    [InlineData("$.expensive", "10")]
    [InlineData("$['expensive']", "10")]
    [InlineData("$[\"expensive\"]", "10")]
    [InlineData("$['a b']", "1")]
    [InlineData(@"$['x\'y']", "2")]
    [InlineData("$.ä", "3")]
    [InlineData("$.dash-ed", "4")]
    [InlineData("$.nothing", "null")]
    [InlineData("$.store.book[0].author", "\"Rees\"")]
    [InlineData("$.store.book[-1].author", "\"Tolkien\"")]
    [InlineData("$.store.book[0,1].author", """["Rees","Waugh"]""")]
    [InlineData("$.store.book[:2].author", """["Rees","Waugh"]""")]
    [InlineData("$.store.book[1:2].author", """["Waugh"]""")]
    [InlineData("$.store.book[-2:].author", """["Melville","Tolkien"]""")]
    [InlineData("$.store.book[2:].author", """["Melville","Tolkien"]""")]
    [InlineData("$.store.book[1:99].author", """["Waugh","Melville","Tolkien"]""")]
    [InlineData("$.store.book[9:]", "[]")]
    [InlineData("$.store.book[*].author", """["Rees","Waugh","Melville","Tolkien"]""")]
    [InlineData("$.store.bicycle.*", """["red",19.95]""")]
    [InlineData("$.store.bicycle['color','price']", """{"color":"red","price":19.95}""")]
    [InlineData("$..author", """["Rees","Waugh","Melville","Tolkien"]""")]
    [InlineData("$.store..price", "[8.95,12.99,8.99,22.99,19.95]")]
    [InlineData("$..book[2].title", """["Moby"]""")]
    [InlineData("$..book[-1].title", """["Rings"]""")]
    [InlineData("$..missing", "[]")]
    [InlineData("$.store.book[?(@.isbn)].title", """["Moby","Rings"]""")]
    [InlineData("$.store.book[?(!@.isbn)].title", """["Sayings","Sword"]""")]
    [InlineData("$.store.book[?(@.price < 10)].title", """["Sayings","Moby"]""")]
    [InlineData("$.store.book[?(@.price<=8.95)].title", """["Sayings"]""")]
    [InlineData("$.store.book[?(@.price > $.expensive)].title", """["Sword","Rings"]""")]
    [InlineData("$.store.book[?(@['category'] == 'fiction' && @.price < 10)].title", """["Moby"]""")]
    [InlineData("$.store.book[?(@.category == \"reference\" || @.price >= 22)].title", """["Sayings","Rings"]""")]
    [InlineData("$.store.book[?(@.author =~ /.*ville/)].title", """["Moby"]""")]
    [InlineData("$.store.book[?(@.author =~ /REES/i)].title", """["Sayings"]""")]
    [InlineData("$.store.book[?(@.author in ['Rees', 'Waugh'])].title", """["Sayings","Sword"]""")]
    [InlineData("$.store.book[?(@.author nin ['Rees', 'Waugh'])].title", """["Moby","Rings"]""")]
    [InlineData("$.store.book[?(@.author != 'Rees')].title", """["Sword","Moby","Rings"]""")]
    [InlineData("$.store.book[?(@.title contains 'ing')].title", """["Sayings","Rings"]""")]
    [InlineData("$.store.book[?(!(@.price < 10 || @.price > 20))].title", """["Sword"]""")]
    [InlineData("$.tags[?(@ == 'x')]", """["x"]""")]
    [InlineData("$[?(@.expensive == 10)].expensive", "[10]")]
    [InlineData("$[?(@.tags size 2)].expensive", "[10]")]
    [InlineData("$[?(@.empty empty true)].expensive", "[10]")]
    [InlineData("$[?(@.tags subsetof ['x','y','z'])].expensive", "[10]")]
    [InlineData("$[?(@.tags anyof ['y','z'])].expensive", "[10]")]
    [InlineData("$[?(@.tags noneof ['z'])].expensive", "[10]")]
    [InlineData("$..[?(@.price > 19)].price", "[19.95,22.99]")]
    [InlineData("$.tags.length()", "2")]
    [InlineData("$.store.bicycle.missing", null)]
    [InlineData("$.missing.deeper", null)]
    [InlineData("$.missing[*]", null)]
    [InlineData("$.store.book[4]", null)]
    [InlineData("$.store.book[-5]", null)]
    [InlineData("$.expensive[0]", null)]
    [InlineData("$.expensive.length()", null)]
    [InlineData("$.expensive.*", "[]")]
    [InlineData("$.store.book[*].isbn", """["0-553","0-395"]""")]
    public void Apply_OfAPath_FindsWhatItSelects(string text, string? expected)
    {
        var found = Parse(text).Apply(JsonNode.Parse(Store));

        Assert.Equal(expected is not null, found.Found);
        Assert.Equal(expected ?? "null", JsonText.Write(found.Value));
    }

    [Fact]
    public void Apply_OfTheRoot_IsTheWholeCopied()
    {
        var root = JsonNode.Parse(Store)!;

        var found = Parse("$").Apply(root).Value!;

        Assert.True(JsonNode.DeepEquals(root, found));
        Assert.NotSame(root, found);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("$.")]
    [InlineData("$..")]
    [InlineData("$a")]
    [InlineData("$.a b")]
    [InlineData("$.a[")]
    [InlineData("$.a[]")]
    [InlineData("$.a['b]")]
    [InlineData("$.a[b]")]
    [InlineData("$.a[1:2:3]")]
    [InlineData("$.a[1,]")]
    [InlineData("$.a[?(@.b ==)]")]
    [InlineData("$.a[?(1)]")]
    [InlineData("$.a[?@.b]")]
    [InlineData("$.a[?(@.b =~ /(a)\\1/)]")]
    [InlineData("$.a[?(@.b =~ /a/x)]")]
    [InlineData("$.a[?(@.b == 1]")]
    [InlineData("$.a.sum()")]
    [InlineData("$.a.length().b")]
    [InlineData("$.a[99999999999]")]
    public void Parse_OfWhatIsNoPath_SaysWhy(string text)
    {
        Assert.False(JsonPathParser.TryParse(text, out _, out var error));
        Assert.NotEmpty(error);
    }

    [Theory]
    [InlineData("[?(")]
    [InlineData("[?(!")]
    [InlineData(".a")]
    public void Parse_OfEndlessNesting_RefusesInsteadOfOverflowing(string piece)
        => Assert.False(JsonPathParser.TryParse("$" + string.Concat(Enumerable.Repeat(piece, 100_000)), out _, out _));

    [Fact]
    public void Apply_OfARegexThatBacktracks_EndsAtOnce()
    {
        var path = Parse("$[?(@ =~ /(a+)+b/)]");

        Assert.Equal("[]", JsonText.Write(path.Apply(new JsonArray(new string('a', 50_000))).Value));
    }

    [Theory]
    [InlineData("$", "1", "1")]
    [InlineData("$.a", """{"b":1}""", """{"b":1,"a":"v"}""")]
    [InlineData("$.a", """{"a":{"deep":1},"b":1}""", """{"a":"v","b":1}""")]
    [InlineData("$.a.b.c", "{}", """{"a":{"b":{"c":"v"}}}""")]
    [InlineData("$.a.b", """{"a":{"c":1}}""", """{"a":{"c":1,"b":"v"}}""")]
    [InlineData("$['a b']['c']", "{}", """{"a b":{"c":"v"}}""")]
    [InlineData("$.a[1]", """{"a":[1,2]}""", """{"a":[1,"v"]}""")]
    [InlineData("$[0].x", """[{"y":1}]""", """[{"y":1,"x":"v"}]""")]
    public void Put_OfAValue_LeavesTheRest(string path, string root, string expected)
    {
        Assert.True(ReferencePath.TryParse(path, out var reference, out _));
        var before = JsonNode.Parse(root);

        var after = reference.Put(before, path == "$" ? JsonValue.Create(1) : JsonValue.Create("v"));

        Assert.Equal(expected, JsonText.Write(after));
        Assert.Equal(JsonText.Write(JsonNode.Parse(root)), JsonText.Write(before));
    }

    [Theory]
    [InlineData("$.x", "\"foo\"")]
    [InlineData("$.x", "null")]
    [InlineData("$.x", "[]")]
    [InlineData("$.a.x", """{"a":1}""")]
    [InlineData("$.a.x", """{"a":null}""")]
    [InlineData("$.a[0]", """{"a":{}}""")]
    [InlineData("$.a[2]", """{"a":[1,2]}""")]
    [InlineData("$.b[0]", "{}")]
    public void Put_WhereThePathDoesNotFit_IsResultPathMatchFailure(string path, string root)
    {
        Assert.True(ReferencePath.TryParse(path, out var reference, out _));

        var failure = Assert.Throws<EvaluationException>(() => reference.Put(JsonNode.Parse(root), JsonValue.Create(1)));

        Assert.Equal("States.ResultPathMatchFailure", failure.Error);
    }

    [Theory]
    [InlineData("$$.a")]
    [InlineData("$.a[*]")]
    [InlineData("$..a")]
    [InlineData("$.a[-1]")]
    [InlineData("$.a[0,1]")]
    [InlineData("$.a[0:1]")]
    [InlineData("$['a','b']")]
    [InlineData("$[?(@.a)]")]
    [InlineData("$.a.length()")]
    [InlineData("a")]
    public void ReferencePath_ToMoreThanOnePlace_IsRefused(string path)
        => Assert.False(ReferencePath.TryParse(path, out _, out _));

    private static JsonPath Parse(string text)
    {
        Assert.True(JsonPathParser.TryParse(text, out var path, out var error), error);
        return path;
    }
}
