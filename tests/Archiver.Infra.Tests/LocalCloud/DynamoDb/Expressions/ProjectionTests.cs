using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud.DynamoDb.Expressions;
using Archiver.Infra.LocalCloud.DynamoDb.Values;
using Archiver.Infra.LocalCloud.Wire;

namespace Archiver.Infra.Tests.LocalCloud.DynamoDb.Expressions;

public sealed class ProjectionTests
{
    [Theory]
    [InlineData("num", """{"num":{"N":"5"}}""")]
    [InlineData("num, word", """{"num":{"N":"5"},"word":{"S":"hello"}}""")]
    [InlineData("#name", """{"name":{"S":"reserved"}}""")]
    [InlineData("absent", "{}")]
    [InlineData("absent.x, num", """{"num":{"N":"5"}}""")]
    [InlineData("#map.inside", """{"map":{"M":{"inside":{"M":{"x":{"N":"1"}}}}}}""")]
    [InlineData("#map.inside.x, #map.#name", """{"map":{"M":{"inside":{"M":{"x":{"N":"1"}}},"name":{"S":"n"}}}}""")]
    [InlineData("#map.nope", "{}")]
    [InlineData("#list[1]", """{"list":{"L":[{"S":"one"}]}}""")]
    [InlineData("#list[2].deep, #list[0]", """{"list":{"L":[{"S":"zero"},{"M":{"deep":{"N":"7"}}}]}}""")]
    [InlineData("#list[9]", "{}")]
    [InlineData("word.x", "{}")]
    public void Apply_AProjection_KeepsWhatThePathsLeadTo(string expression, string expected)
    {
        MapValue picked = ProjectionParser.Parse(expression, ExpressionTestData.Placeholders()).Apply(ExpressionTestData.Item);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), AttributeCodec.ToJson(picked)), AttributeCodec.ToJson(picked).ToJsonString());
    }

    [Theory]
    [InlineData("", "The expression can not be empty;")]
    [InlineData("a,", "Syntax error; token: \"<EOF>\", near: \",\"")]
    [InlineData("a b", "Syntax error; token: \"b\", near: \"a b\"")]
    [InlineData(":v", "Syntax error; token: \":v\", near: \":v\"")]
    [InlineData("a, Name", "Attribute name is a reserved keyword; reserved keyword: Name")]
    [InlineData("a.b, a", "Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a, b], path two: [a]")]
    [InlineData("#nope", "An expression attribute name used in the document path is not defined; attribute name: #nope")]
    public void Parse_AFaultyProjection_IsRefusedInAwsWords(string expression, string message) => Assert.Equal(
        "Invalid ProjectionExpression: " + message,
        Assert.Throws<AwsError>(() => ProjectionParser.Parse(expression, ExpressionTestData.Placeholders())).Message);
}
