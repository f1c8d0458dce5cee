using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud.Events.Patterns;
using Archiver.Infra.LocalCloud.Wire;
using FsCheck.Xunit;

namespace Archiver.Infra.Tests.LocalCloud.Events;

public sealed class EventPatternTests
{
    [Theory]
    // Values as they are
    [InlineData("""{"a":["x"]}""", """{"a":"x"}""", true)]
    [InlineData("""{"a":["x"]}""", """{"a":"X"}""", false)]
    [InlineData("""{"a":["x","y"]}""", """{"a":"y"}""", true)]
    [InlineData("""{"a":["x"]}""", """{}""", false)]
    [InlineData("""{"a":[""]}""", """{"a":""}""", true)]
    [InlineData("""{"a":[null]}""", """{"a":null}""", true)]
    [InlineData("""{"a":[null]}""", """{"a":"null"}""", false)]
    [InlineData("""{"a":[null]}""", """{}""", false)]
    [InlineData("""{"a":[true]}""", """{"a":true}""", true)]
    [InlineData("""{"a":[true]}""", """{"a":"true"}""", false)]
    [InlineData("""{"a":[300]}""", """{"a":300}""", true)]
    [InlineData("""{"a":[300]}""", """{"a":3.0e2}""", false)]
    [InlineData("""{"a":[300]}""", """{"a":"300"}""", false)]
    // Fields of fields, and all of them
    [InlineData("""{"a":{"b":["x"]}}""", """{"a":{"b":"x","c":1}}""", true)]
    [InlineData("""{"a":{"b":["x"]}}""", """{"a":"x"}""", false)]
    [InlineData("""{"a":["x"],"b":["y"]}""", """{"a":"x","b":"z"}""", false)]
    // Lists in events
    [InlineData("""{"a":["x"]}""", """{"a":["y","x"]}""", true)]
    [InlineData("""{"a":["x"]}""", """{"a":["y"]}""", false)]
    [InlineData("""{"a":{"b":["1"],"c":["2"]}}""", """{"a":[{"b":"1","c":"2"}]}""", true)]
    [InlineData("""{"a":{"b":["1"],"c":["2"]}}""", """{"a":[{"b":"1","c":"0"},{"b":"0","c":"2"}]}""", false)]
    // Filters
    [InlineData("""{"a":[{"prefix":"re/"}]}""", """{"a":"re/x"}""", true)]
    [InlineData("""{"a":[{"prefix":"re/"}]}""", """{"a":"Re/x"}""", false)]
    [InlineData("""{"a":[{"prefix":"re/"}]}""", """{"a":5}""", false)]
    [InlineData("""{"a":[{"prefix":{"equals-ignore-case":"re/"}}]}""", """{"a":"Re/x"}""", true)]
    [InlineData("""{"a":[{"suffix":".png"}]}""", """{"a":"x.png"}""", true)]
    [InlineData("""{"a":[{"suffix":".png"}]}""", """{"a":"x.PNG"}""", false)]
    [InlineData("""{"a":[{"suffix":{"equals-ignore-case":".png"}}]}""", """{"a":"x.PNG"}""", true)]
    [InlineData("""{"a":[{"equals-ignore-case":"alice"}]}""", """{"a":"ALICE"}""", true)]
    [InlineData("""{"a":[{"equals-ignore-case":"alice"}]}""", """{"a":"ALICE "}""", false)]
    [InlineData("""{"a":[{"anything-but":"x"}]}""", """{"a":"y"}""", true)]
    [InlineData("""{"a":[{"anything-but":"x"}]}""", """{"a":"x"}""", false)]
    [InlineData("""{"a":[{"anything-but":"x"}]}""", """{}""", false)]
    [InlineData("""{"a":[{"anything-but":["x","y"]}]}""", """{"a":"y"}""", false)]
    [InlineData("""{"a":[{"anything-but":["x","y"]}]}""", """{"a":"z"}""", true)]
    [InlineData("""{"a":[{"anything-but":[1,2]}]}""", """{"a":2}""", false)]
    [InlineData("""{"a":[{"anything-but":123}]}""", """{"a":124}""", true)]
    [InlineData("""{"a":[{"anything-but":{"prefix":"in"}}]}""", """{"a":"init"}""", false)]
    [InlineData("""{"a":[{"anything-but":{"prefix":["in","out"]}}]}""", """{"a":"outer"}""", false)]
    [InlineData("""{"a":[{"anything-but":{"prefix":["in","out"]}}]}""", """{"a":"up"}""", true)]
    [InlineData("""{"a":[{"anything-but":{"suffix":".md5"}}]}""", """{"a":"x.md5"}""", false)]
    [InlineData("""{"a":[{"anything-but":{"equals-ignore-case":["a","b"]}}]}""", """{"a":"B"}""", false)]
    [InlineData("""{"a":[{"anything-but":{"wildcard":"*/lib/*"}}]}""", """{"a":"/x/lib/y"}""", false)]
    [InlineData("""{"a":[{"anything-but":{"wildcard":["u/*","*/"]}}]}""", """{"a":"v/x"}""", true)]
    [InlineData("""{"a":[{"anything-but":{"wildcard":["u/*","*/"]}}]}""", """{"a":"v/"}""", false)]
    [InlineData("""{"a":[{"numeric":["=",300]}]}""", """{"a":3.0e2}""", true)]
    [InlineData("""{"a":[{"numeric":["<",10]}]}""", """{"a":9.999999}""", true)]
    [InlineData("""{"a":[{"numeric":["<",10]}]}""", """{"a":10}""", false)]
    [InlineData("""{"a":[{"numeric":[">",0,"<=",5]}]}""", """{"a":5}""", true)]
    [InlineData("""{"a":[{"numeric":[">",0,"<=",5]}]}""", """{"a":0}""", false)]
    [InlineData("""{"a":[{"numeric":[">=",0,"<",5]}]}""", """{"a":"3"}""", false)]
    [InlineData("""{"a":[{"exists":true}]}""", """{"a":null}""", true)]
    [InlineData("""{"a":[{"exists":true}]}""", """{}""", false)]
    [InlineData("""{"a":[{"exists":true}]}""", """{"a":{"b":1}}""", false)]
    [InlineData("""{"a":[{"exists":false}]}""", """{}""", true)]
    [InlineData("""{"a":[{"exists":false}]}""", """{"a":1}""", false)]
    [InlineData("""{"a":{"b":[{"exists":false}]}}""", """{}""", true)]
    [InlineData("""{"a":[{"exists":false},"x"]}""", """{"a":"x"}""", true)]
    [InlineData("""{"a":[{"wildcard":"dir/*.png"}]}""", """{"a":"dir/a/b.png"}""", true)]
    [InlineData("""{"a":[{"wildcard":"dir/*.png"}]}""", """{"a":"dir/.png"}""", true)]
    [InlineData("""{"a":[{"wildcard":"dir/*.png"}]}""", """{"a":"dir.png"}""", false)]
    [InlineData("""{"a":[{"wildcard":"a*a"}]}""", """{"a":"a"}""", false)]
    [InlineData("""{"a":[{"wildcard":"\\**"}]}""", """{"a":"*x"}""", true)]
    [InlineData("""{"a":[{"wildcard":"\\**"}]}""", """{"a":"x"}""", false)]
    [InlineData("""{"a":[{"cidr":"10.0.0.0/24"}]}""", """{"a":"10.0.0.255"}""", true)]
    [InlineData("""{"a":[{"cidr":"10.0.0.7/24"}]}""", """{"a":"10.0.1.0"}""", false)]
    [InlineData("""{"a":[{"cidr":"2001:db8::/32"}]}""", """{"a":"2001:db8::5"}""", true)]
    [InlineData("""{"a":[{"cidr":"0.0.0.0/0"}]}""", """{"a":"no address"}""", false)]
    // Alternatives
    [InlineData("""{"$or":[{"a":["x"]},{"b":["y"]}]}""", """{"b":"y"}""", true)]
    [InlineData("""{"$or":[{"a":["x"]},{"b":["y"]}]}""", """{"a":"y","b":"x"}""", false)]
    [InlineData("""{"c":["z"],"$or":[{"a":["x"]},{"b":["y"]}]}""", """{"a":"x"}""", false)]
    [InlineData("""{"d":{"$or":[{"a":["x"]},{"b":[{"numeric":[">",1]}]}]}}""", """{"d":{"b":2}}""", true)]
    public void Matches_Event_SaysWhetherItFits(string pattern, string @event, bool expected) =>
        Assert.Equal(expected, EventPattern.Parse(pattern).Matches(JsonNode.Parse(@event)!.AsObject()));

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"a":"x"}""")]
    [InlineData("""{"a":[]}""")]
    [InlineData("""{"a":{}}""")]
    [InlineData("""{"a":["\ud800"]}""")]
    [InlineData("""{"a":[["x"]]}""")]
    [InlineData("""{"a":["x"],"a":["y"]}""")]
    [InlineData("""{"a":[{}]}""")]
    [InlineData("""{"a":[{"regex":"x"}]}""")]
    [InlineData("""{"a":[{"prefix":"x","suffix":"y"}]}""")]
    [InlineData("""{"a":[{"prefix":5}]}""")]
    [InlineData("""{"a":[{"suffix":["x"]}]}""")]
    [InlineData("""{"a":[{"prefix":{"wildcard":"x"}}]}""")]
    [InlineData("""{"a":[{"wildcard":"a**b"}]}""")]
    [InlineData("""{"a":[{"wildcard":"**"}]}""")]
    [InlineData("""{"a":[{"wildcard":"a\\b"}]}""")]
    [InlineData("""{"a":[{"anything-but":[]}]}""")]
    [InlineData("""{"a":[{"anything-but":["x",1]}]}""")]
    [InlineData("""{"a":[{"anything-but":true}]}""")]
    [InlineData("""{"a":[{"anything-but":{"numeric":["=",1]}}]}""")]
    [InlineData("""{"a":[{"anything-but":{"prefix":[]}}]}""")]
    [InlineData("""{"a":[{"numeric":["<"]}]}""")]
    [InlineData("""{"a":[{"numeric":["~",1]}]}""")]
    [InlineData("""{"a":[{"numeric":["<","1"]}]}""")]
    [InlineData("""{"a":[{"numeric":["<",5,">",1]}]}""")]
    [InlineData("""{"a":[{"numeric":[">",5,"<",1]}]}""")]
    [InlineData("""{"a":[{"numeric":["<",5000000001]}]}""")]
    [InlineData("""{"a":[{"exists":"true"}]}""")]
    [InlineData("""{"a":[{"cidr":"10.0.0.0"}]}""")]
    [InlineData("""{"a":[{"cidr":"10.0.0.0/33"}]}""")]
    [InlineData("""{"$or":[]}""")]
    [InlineData("""{"$or":[{"a":["x"]}]}""")]
    [InlineData("""{"$or":[{"a":["x"]},"b"]}""")]
    public void Parse_NoPattern_IsRefused(string pattern) =>
        Assert.Equal("InvalidEventPatternException", Assert.Throws<AwsError>(() => EventPattern.Parse(pattern)).Code);

    [Fact]
    public void Parse_LongestPatternAndOneMore_TakesTheFirst()
    {
        string Pattern(int length) => $$"""{"a":["{{new string('x', length - 10)}}"]}""";
        Assert.Equal(4096, EventPattern.Parse(Pattern(4096)).Text.Length);
        Assert.Throws<AwsError>(() => EventPattern.Parse(Pattern(4097)));
    }

    [Property(MaxTest = 300)]
    public void Wildcard_TextMadeOfItsPieces_Fits(string[] pieces, string[] between)
    {
        string[] made = [.. pieces.Select(piece => piece ?? "").Where(piece => piece.Length > 0)];
        if (made.Length == 0)
            return;
        string form = string.Join('*', made.Select(piece => piece.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal)));
        string text = string.Concat(made.Select((piece, i) => i == 0 ? piece : between.ElementAtOrDefault(i) + piece));

        WildcardText? read = WildcardText.TryParse(form, out string? error);

        Assert.Null(error);
        Assert.True(read!.Matches(text));
    }

    [Property(MaxTest = 300)]
    public void Wildcard_ShortTexts_FitAsTheySlowlyDo(byte[] form, byte[] text)
    {
        string pattern = new([.. form.Take(6).Select(value => "ab*"[value % 3])]);
        string input = new([.. text.Take(8).Select(value => "ab"[value % 2])]);
        if (WildcardText.TryParse(pattern, out _) is { } read)
            Assert.Equal(Slowly(pattern, input), read.Matches(input));
        else
            Assert.Contains("**", pattern, StringComparison.Ordinal);
    }

    // Whether a text fits, tried in every way there is.
    private static bool Slowly(string pattern, string text) => pattern.Length == 0
        ? text.Length == 0
        : pattern[0] == '*'
            ? Enumerable.Range(0, text.Length + 1).Any(skipped => Slowly(pattern[1..], text[skipped..]))
            : text.Length > 0 && text[0] == pattern[0] && Slowly(pattern[1..], text[1..]);
}
