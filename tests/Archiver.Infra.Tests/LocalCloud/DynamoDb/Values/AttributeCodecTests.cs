using System.Text;
using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud.DynamoDb.Items;
using Archiver.Infra.LocalCloud.DynamoDb.Values;
using Archiver.Infra.LocalCloud.Wire;
using FsCheck.Xunit;

namespace Archiver.Infra.Tests.LocalCloud.DynamoDb.Values;

public sealed class AttributeCodecTests
{
    private const string Everything = """
        {"s":{"S":"ünï \" \u0001 𐐷"},"n":{"N":"-1.5"},"b":{"B":"AAEC/w=="},"t":{"BOOL":true},"f":{"BOOL":false},"z":{"NULL":true},
         "ss":{"SS":["a",""]},"ns":{"NS":["1","2.5"]},"bs":{"BS":["AA==",""]},"l":{"L":[{"S":"x"},{"L":[]},{"M":{}}]},"m":{"M":{"k":{"M":{"d":{"N":"0"}}}}},"e":{"S":""}}
        """;

    [Fact]
    public void Decode_OfWhatEncodeGave_IsTheItem()
    {
        MapValue item = Read(Everything);
        Assert.Equal(item, AttributeCodec.Decode(AttributeCodec.Encode(item)));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Everything), AttributeCodec.ToJson(item)));
    }

    [Fact]
    public void Read_NumbersOfOtherNotation_AreNormalised() =>
        Assert.Equal("""{"n":{"N":"1000"},"s":{"NS":["0.5","7"]}}""", AttributeCodec.ToJson(Read("""{"n":{"N":"1E3"},"s":{"NS":[".50","07"]}}""")).ToJsonString());

    [Theory]
    [InlineData("""{"a":{}}""", "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes")]
    [InlineData("""{"a":{"X":"y"}}""", "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes")]
    [InlineData("""{"a":{"0":"y"}}""", "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes")]
    [InlineData("""{"a":{"S":"x","N":"1"}}""", "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes")]
    [InlineData("""{"a":{"NULL":false}}""", "One or more parameter values were invalid: Null attribute value types must have the value of true")]
    [InlineData("""{"a":{"SS":[]}}""", "One or more parameter values were invalid: An string set  may not be empty")]
    [InlineData("""{"a":{"NS":[]}}""", "One or more parameter values were invalid: An number set  may not be empty")]
    [InlineData("""{"a":{"BS":[]}}""", "One or more parameter values were invalid: Binary sets should not be empty")]
    [InlineData("""{"a":{"SS":["x","y","x"]}}""", "One or more parameter values were invalid: Input collection [x, y, x] contains duplicates.")]
    [InlineData("""{"a":{"NS":["1","1.0"]}}""", "Input collection contains duplicates")]
    [InlineData("""{"a":{"BS":["AA==","AA=="]}}""", "One or more parameter values were invalid: Input collection [AA==, AA==] of type BS contains duplicates.")]
    [InlineData("""{"a":{"N":"ten"}}""", "The parameter cannot be converted to a numeric value: ten")]
    [InlineData("""{"a":{"M":{"b":{"L":[{"N":""}]}}}}""", "The parameter cannot be converted to a numeric value")]
    public void Read_AValueThatBreaksARule_IsAValidationException(string json, string message)
    {
        AwsError error = Assert.Throws<AwsError>(() => Read(json));
        Assert.Equal(("ValidationException", message), (error.Code, error.Message));
    }

    [Theory]
    [InlineData("""{"a":"x"}""")]
    [InlineData("""{"a":{"S":1}}""")]
    [InlineData("""{"a":{"N":1}}""")]
    [InlineData("""{"a":{"B":"%"}}""")]
    [InlineData("""{"a":{"BOOL":"true"}}""")]
    [InlineData("""{"a":{"L":{}}}""")]
    [InlineData("""{"a":{"M":[]}}""")]
    [InlineData("""{"a":{"SS":"x"}}""")]
    [InlineData("""{"a":{"S":"\ud800"}}""")]
    public void Read_JsonOfAnotherShape_IsASerializationException(string json) =>
        Assert.Equal("SerializationException", Assert.Throws<AwsError>(() => Read(json)).Code);

    [Fact]
    public void Read_NestedTooDeep_IsRefused()
    {
        Read(Nested(32));
        Assert.Equal("Nesting Levels have exceeded supported limits", Assert.Throws<AwsError>(() => Read(Nested(33))).Message);
    }

    private static string Nested(int levels) => $$"""{"a":{{string.Concat(Enumerable.Repeat("""{"L":[""", levels))}}{{string.Concat(Enumerable.Repeat("]}", levels))}}}""";

    [Theory]
    [InlineData("""{"SS":["a","b"]}""", """{"SS":["b","a"]}""", true)]
    [InlineData("""{"NS":["1","2"]}""", """{"NS":["2.0","1"]}""", true)]
    [InlineData("""{"BS":["AA==","AQ=="]}""", """{"BS":["AQ==","AA=="]}""", true)]
    [InlineData("""{"SS":["a","b"]}""", """{"SS":["a"]}""", false)]
    [InlineData("""{"L":[{"S":"a"},{"S":"b"}]}""", """{"L":[{"S":"b"},{"S":"a"}]}""", false)]
    [InlineData("""{"M":{"a":{"N":"1"},"b":{"N":"2"}}}""", """{"M":{"b":{"N":"2"},"a":{"N":"1.0"}}}""", true)]
    [InlineData("""{"M":{"a":{"N":"1"}}}""", """{"M":{"a":{"N":"1"},"b":{"N":"2"}}}""", false)]
    [InlineData("""{"S":"1"}""", """{"N":"1"}""", false)]
    [InlineData("""{"B":"AA=="}""", """{"B":"AA=="}""", true)]
    public void Equals_TwoValues_IsDynamoDbsEquality(string left, string right, bool expected)
    {
        AttributeValue one = AttributeReader.Read(JsonNode.Parse(left)), two = AttributeReader.Read(JsonNode.Parse(right));
        Assert.Equal(expected, one.Equals(two));
        if (expected) Assert.Equal(one.GetHashCode(), two.GetHashCode());
    }

    [Property(MaxTest = 2000)]
    public bool Compare_TwoStrings_OrdersAsTheirUtf8BytesDo(string? left, string? right)
    {
        string one = WellFormed(left), two = WellFormed(right);
        int bytes = Encoding.UTF8.GetBytes(one).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(two));
        return Math.Sign(AttributeValue.Compare(new StringValue(one), new StringValue(two))!.Value) == Math.Sign(bytes);
    }

    [Theory]
    [InlineData("\uffee", "\U0001F600")]
    [InlineData("a\uffee", "a\U0001F600")]
    public void Compare_ACharacterAboveTheSurrogates_OrdersBelowWhatIsPastThem(string lower, string higher) =>
        Assert.True(AttributeValue.Compare(new StringValue(lower), new StringValue(higher)) < 0);

    [Theory]
    [InlineData("""{"Id":{"S":"abc"}}""", 5)]
    [InlineData("""{"é":{"S":"é"}}""", 4)]
    [InlineData("""{"n":{"N":"12345"}}""", 5)]
    [InlineData("""{"n":{"N":"-12345"}}""", 6)]
    [InlineData("""{"b":{"BOOL":true}}""", 2)]
    [InlineData("""{"z":{"NULL":true}}""", 2)]
    [InlineData("""{"b":{"B":"AAEC"}}""", 4)]
    [InlineData("""{"s":{"SS":["ab","c"]}}""", 4)]
    [InlineData("""{"l":{"L":[]}}""", 4)]
    [InlineData("""{"l":{"L":[{"S":"ab"},{"BOOL":true}]}}""", 9)]
    [InlineData("""{"m":{"M":{"k":{"S":"v"}}}}""", 7)]
    public void ItemSize_OfAnItem_IsNamesAndValuesByTheDocumentedRules(string json, int expected) => Assert.Equal(expected, ItemSize.Of(Read(json)));

    [Property(MaxTest = 1000)]
    public bool ItemKey_OfAValue_DecodesToTheValue(string? text, byte[]? bytes, int number)
    {
        AttributeValue[] values =
        [
            new StringValue(WellFormed(text)), new BinaryValue(bytes ?? []),
            AttributeReader.Read(new JsonObject { ["N"] = number.ToString(System.Globalization.CultureInfo.InvariantCulture) }),
        ];
        return values.All(value => ItemKey.Decode(value.Type, ItemKey.Encode(value)).Equals(value));
    }

    private static string WellFormed(string? text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text ?? ""));

    private static MapValue Read(string json) => AttributeReader.ReadMap(JsonNode.Parse(json, documentOptions: new() { MaxDepth = 128 })!.AsObject());
}
