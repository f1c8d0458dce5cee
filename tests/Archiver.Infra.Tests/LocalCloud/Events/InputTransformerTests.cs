using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud.Events;
using Archiver.Infra.LocalCloud.Events.Patterns;
using Archiver.Infra.LocalCloud.Events.Targets;
using Archiver.Infra.LocalCloud.Wire;
using FsCheck.Xunit;

namespace Archiver.Infra.Tests.LocalCloud.Events;

public sealed class InputTransformerTests
{
    private const string Event = """{"id":"1","detail":{"name":"a \"b\"","size":5,"ok":true,"none":null,"list":["x",2],"fields":{"k":"v"},"s/l-a_sh":"y"}}""";

    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private static readonly EventRule Rule = new(
        "drops", "arn:aws:events:us-east-1:000000000000:rule/drops", null, EventPattern.Parse("""{"id":[{"exists":true}]}"""), Enabled: true, []);

    [Theory]
    [InlineData("""{"a": <v>}""", "$.detail.name", """{"a": "a \"b\""}""")]
    [InlineData("""{"a": <v>}""", "$.detail.size", """{"a": 5}""")]
    [InlineData("""{"a": <v>}""", "$.detail.ok", """{"a": true}""")]
    [InlineData("""{"a": <v>}""", "$.detail.none", """{"a": null}""")]
    [InlineData("""{"a": <v>}""", "$.detail.list", """{"a": ["x",2]}""")]
    [InlineData("""{"a": <v>}""", "$.detail.list[0]", """{"a": "x"}""")]
    [InlineData("""{"a": <v>}""", "$.detail.fields", """{"a": {"k":"v"}}""")]
    [InlineData("""{"a": <v>}""", "$.detail.s/l-a_sh", """{"a": "y"}""")]
    [InlineData("""{"a": <v>}""", "$.detail.nowhere", """{"a": ""}""")]
    [InlineData("""{"a": <v>}""", "$.detail.list[7]", """{"a": ""}""")]
    [InlineData("""{"a": "is <v> big"}""", "$.detail.size", """{"a": "is 5 big"}""")]
    [InlineData("""{"a": "is \"<v>\""}""", "$.detail.list[0]", """{"a": "is \"x\""}""")]
    [InlineData("""[<v>, <v>]""", "$.detail.size", """[5, 5]""")]
    [InlineData("\"is <v>\"", "$.detail.size", "\"is 5\"")]
    [InlineData("is <v>", "$.detail.list[0]", "is x")]
    public void Apply_Template_IsFilled(string template, string path, string expected) =>
        Assert.Equal(expected, new InputTransformer(template, new Dictionary<string, string> { ["v"] = path }).Apply(EventOf(Event), Rule, Now));

    [Fact]
    public void Apply_PredefinedVariables_AreFilled()
    {
        InputTransformer transformer = new(
            """{"arn": <aws.events.rule-arn>, "rule": <aws.events.rule-name>, "at": <aws.events.event.ingestion-time>, "event": <aws.events.event>, "all": <aws.events.event.json>}""",
            new Dictionary<string, string>());

        JsonObject filled = EventOf(transformer.Apply(EventOf(Event), Rule, Now));

        Assert.Equal(Rule.Arn, filled["arn"]!.ToString());
        Assert.Equal("drops", filled["rule"]!.ToString());
        Assert.Equal("2026-01-02T03:04:05Z", filled["at"]!.ToString());
        Assert.Equal("""{"id":"1"}""", filled["event"]!.ToJsonString());
        Assert.True(JsonNode.DeepEquals(EventOf(Event), filled["all"]));
    }

    [Property(MaxTest = 200)]
    public void Apply_AnyText_IsTheSameTextAgain(string? key)
    {
        string text = new([.. (key ?? "").Where(letter => !char.IsSurrogate(letter))]);
        JsonObject @event = new() { ["detail"] = new JsonObject { ["key"] = text } };
        InputTransformer transformer = new("""{"key": <key>}""", new Dictionary<string, string> { ["key"] = "$.detail.key" });

        Assert.Equal(text, EventOf(transformer.Apply(@event, Rule, Now))["key"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("", "v", "$.a")]
    [InlineData("<w>", "v", "$.a")]
    [InlineData("<aws.events.other>", "v", "$.a")]
    [InlineData("<v>", "v", "a")]
    [InlineData("<v>", "v", "$.a[*]")]
    [InlineData("<v>", "v", "$['a']")]
    [InlineData("<v>", "a b", "$.a")]
    [InlineData("x", "AWS.v", "$.a")]
    public void Create_BrokenTransformer_IsRefused(string template, string name, string path) => Assert.Equal(
        "ValidationException", Assert.Throws<AwsError>(() => new InputTransformer(template, new Dictionary<string, string> { [name] = path })).Code);

    private static JsonObject EventOf(string json) => JsonNode.Parse(json)!.AsObject();
}
