using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud.Sqs;
using Archiver.Infra.LocalCloud.Wire;

namespace Archiver.Infra.Tests.LocalCloud.Sqs;

public class MessageAttributesTests
{
    [Theory]
    [InlineData("a..b")]
    [InlineData(".a")]
    [InlineData("a.")]
    [InlineData("a b")]
    [InlineData("é")]
    [InlineData("a\n")]
    [InlineData("AWS.x")]
    [InlineData("amazon.x")]
    public void Parse_NameThatCannotBe_IsRefused(string name)
    {
        AwsError error = Assert.Throws<AwsError>(() => Parse(new JsonObject { [name] = Value("String", "x") }));

        Assert.Equal("InvalidParameterValue", error.QueryCode);
    }

    [Fact]
    public void Parse_NameOf257Characters_IsRefused() =>
        Assert.Throws<AwsError>(() => Parse(new JsonObject { [new string('a', 257)] = Value("String", "x") }));

    [Theory]
    [InlineData("Text", "x")]
    [InlineData("string", "x")]
    [InlineData("String.", "x")]
    [InlineData("String", "")]
    [InlineData("Number", "ten")]
    [InlineData("Number", "1e")]
    [InlineData("Binary", "x")]
    public void Parse_TypeOrValueThatCannotBe_IsRefused(string type, string value)
    {
        AwsError error = Assert.Throws<AwsError>(() => Parse(new JsonObject { ["a"] = Value(type, value) }));

        Assert.Equal("InvalidParameterValue", error.QueryCode);
    }

    [Theory]
    [InlineData("String", "any text")]
    [InlineData("String.my label", "x")]
    [InlineData("Number", "-12.5e3")]
    [InlineData("Number.int", "7")]
    public void Parse_TypeAndValueThatCanBe_AreKept(string type, string value)
    {
        MessageAttributes attributes = Parse(new JsonObject { ["a"] = Value(type, value) });

        Assert.Equal(new MessageAttributeValue(type, value, null), attributes.Values["a"]);
    }

    [Fact]
    public void Parse_ElevenAttributes_AreRefused()
    {
        JsonObject eleven = new(Enumerable.Range(0, 11).Select(index => KeyValuePair.Create($"a{index}", (JsonNode?)Value("String", "x"))));

        AwsError error = Assert.Throws<AwsError>(() => Parse(eleven));

        Assert.Equal("Number of message attributes [11] exceeds the allowed maximum [10].", error.Message);
    }

    [Fact]
    public void Parse_TextWithAControlCharacter_IsRefusedForItsContents()
    {
        AwsError error = Assert.Throws<AwsError>(() => Parse(new JsonObject { ["a"] = Value("String", "\u0001") }));

        Assert.Equal("InvalidMessageContents", error.Code);
    }

    [Fact]
    public void Parse_ListValues_AreRefused()
    {
        JsonObject value = new() { ["DataType"] = "String", ["StringValue"] = "x", ["StringListValues"] = new JsonArray("y") };

        Assert.Throws<AwsError>(() => Parse(new JsonObject { ["a"] = value }));
    }

    [Fact]
    public void Parse_BothAStringAndBytes_AreRefused()
    {
        JsonObject value = new() { ["DataType"] = "String", ["StringValue"] = "x", ["BinaryValue"] = "AgME" };

        Assert.Throws<AwsError>(() => Parse(new JsonObject { ["a"] = value }));
    }

    [Theory]
    [InlineData("foo.bar,foobar", "foo.*")]
    [InlineData("foo.bar", "foo.bar")]
    [InlineData("", "foo")]
    [InlineData("", "")]
    [InlineData("bar,foo.bar,foobar", "All")]
    [InlineData("bar,foo.bar,foobar", ".*")]
    [InlineData("bar,foobar", "foobar,bar,foobar,none")]
    public void Select_Names_GivesThoseThatMatch(string expected, string names)
    {
        MessageAttributes attributes = Parse(new JsonObject { ["foobar"] = Value("String", "1"), ["foo.bar"] = Value("String", "2"), ["bar"] = Value("String", "3") });

        MessageAttributes selected = attributes.Select(names.Split(',', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(expected, string.Join(',', selected.Values.Keys));
    }

    [Fact]
    public void Size_NamesTypesAndValues_CountInBytes()
    {
        MessageAttributes attributes = Parse(new JsonObject
        {
            ["ab"] = Value("String", "é"),
            ["c"] = new JsonObject { ["DataType"] = "Binary", ["BinaryValue"] = "AgME" },
        });

        Assert.Equal(2 + 6 + 2 + 1 + 6 + 3, attributes.Size);
    }

    [Fact]
    public void FromJson_WhatToJsonWrote_IsTheSame()
    {
        MessageAttributes attributes = Parse(new JsonObject
        {
            ["text"] = Value("String.label", "grün"),
            ["bytes"] = new JsonObject { ["DataType"] = "Binary", ["BinaryValue"] = "AgME" },
        });

        MessageAttributes read = MessageAttributes.FromJson(attributes.ToJson().ToJsonString());

        Assert.Equal(MessageDigest.OfAttributes(attributes), MessageDigest.OfAttributes(read));
    }

    private static JsonObject Value(string type, string value) => new() { ["DataType"] = type, ["StringValue"] = value };

    private static MessageAttributes Parse(JsonObject map) => MessageAttributes.Parse(new SqsRequest(map));
}
