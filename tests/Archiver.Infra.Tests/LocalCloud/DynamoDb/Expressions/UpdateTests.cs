using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud.DynamoDb.Expressions;
using Archiver.Infra.LocalCloud.DynamoDb.Values;
using Archiver.Infra.LocalCloud.Wire;
using FsCheck.Xunit;

namespace Archiver.Infra.Tests.LocalCloud.DynamoDb.Expressions;

public sealed class UpdateTests
{
    [Theory]
    [InlineData("SET a = :s", "a", """{"S":"hello"}""")]
    [InlineData("set a = :s", "a", """{"S":"hello"}""")]
    [InlineData("SET #dotted = :s", "a.b", """{"S":"hello"}""")]
    [InlineData("SET a = word", "a", """{"S":"hello"}""")]
    [InlineData("SET num = num + :one", "num", """{"N":"6"}""")]
    [InlineData("SET num = num - :ten", "num", """{"N":"-5"}""")]
    [InlineData("SET num = :one + :ten", "num", """{"N":"11"}""")]
    [InlineData("SET num = (num) + (:one)", "num", """{"N":"6"}""")]
    [InlineData("SET a = if_not_exists(a, :n)", "a", """{"N":"5"}""")]
    [InlineData("SET word = if_not_exists(word, :n)", "word", """{"S":"hello"}""")]
    [InlineData("SET a = if_not_exists(a, :n) + :one", "a", """{"N":"6"}""")]
    [InlineData("SET #list = list_append(#list, :l)", "list", """{"L":[{"S":"zero"},{"S":"one"},{"M":{"deep":{"N":"7"}}},{"S":"two"}]}""")]
    [InlineData("SET #list = list_append(:l, #list)", "list", """{"L":[{"S":"two"},{"S":"zero"},{"S":"one"},{"M":{"deep":{"N":"7"}}}]}""")]
    [InlineData("SET a = list_append(if_not_exists(a, :l), :l)", "a", """{"L":[{"S":"two"},{"S":"two"}]}""")]
    [InlineData("SET #list[0] = :n", "list", """{"L":[{"N":"5"},{"S":"one"},{"M":{"deep":{"N":"7"}}}]}""")]
    [InlineData("SET #list[9] = :n, #list[7] = :one", "list", """{"L":[{"S":"zero"},{"S":"one"},{"M":{"deep":{"N":"7"}}},{"N":"1"},{"N":"5"}]}""")]
    [InlineData("SET #list[2].deep = :one", "list", """{"L":[{"S":"zero"},{"S":"one"},{"M":{"deep":{"N":"1"}}}]}""")]
    [InlineData("SET #map.inside.y = :one", "map", """{"M":{"inside":{"M":{"x":{"N":"1"},"y":{"N":"1"}}},"name":{"S":"n"}}}""")]
    [InlineData("REMOVE num", "num", null)]
    [InlineData("REMOVE absent", "absent", null)]
    [InlineData("REMOVE #list[0], #list[1]", "list", """{"L":[{"M":{"deep":{"N":"7"}}}]}""")]
    [InlineData("REMOVE #list[9]", "list", """{"L":[{"S":"zero"},{"S":"one"},{"M":{"deep":{"N":"7"}}}]}""")]
    [InlineData("REMOVE #list[0] SET #list[1] = :n", "list", """{"L":[{"N":"5"},{"M":{"deep":{"N":"7"}}}]}""")]
    [InlineData("REMOVE #map.inside.x", "map", """{"M":{"inside":{"M":{}},"name":{"S":"n"}}}""")]
    [InlineData("ADD num :one", "num", """{"N":"6"}""")]
    [InlineData("ADD a :one", "a", """{"N":"1"}""")]
    [InlineData("ADD tags :ss2", "tags", """{"SS":["red","blue","green"]}""")]
    [InlineData("ADD a :ss2", "a", """{"SS":["green","red"]}""")]
    [InlineData("ADD nums :ns", "nums", """{"NS":["1","2","3"]}""")]
    [InlineData("DELETE tags :ss2", "tags", """{"SS":["blue"]}""")]
    [InlineData("DELETE tags :ss", "tags", null)]
    [InlineData("DELETE absent :ss", "absent", null)]
    public void Apply_AnUpdate_ChangesTheItem(string expression, string attribute, string? expected)
    {
        MapValue after = Apply(expression);
        Assert.Equal(expected is null ? null : AttributeReader.Read(JsonNode.Parse(expected)), after.Find(attribute));
        string[] others = [.. ExpressionTestData.Item.Attributes.Keys.Where(name => name != attribute)];
        Assert.All(others, name => Assert.Equal(ExpressionTestData.Item.Find(name), after.Find(name)));
    }

    [Fact]
    public void Apply_OperandsThatTheUpdateChanges_AreReadAsTheyWere()
    {
        MapValue after = Apply("SET num = word, word = num REMOVE flag ADD nums :ns");
        Assert.Equal(ExpressionTestData.Item.Find("word"), after.Find("num"));
        Assert.Equal(ExpressionTestData.Item.Find("num"), after.Find("word"));
    }

    [Fact]
    public void Apply_AnUpdate_LeavesTheItemAsItWas()
    {
        MapValue before = AttributeCodec.Decode(AttributeCodec.Encode(ExpressionTestData.Item));
        Apply("SET #map.inside.x = :ten, #list[0] = :n REMOVE num ADD tags :ss2");
        Assert.Equal(before, ExpressionTestData.Item);
    }

    [Theory]
    [InlineData("SET a = absent", "The provided expression refers to an attribute that does not exist in the item")]
    [InlineData("SET a = absent + :one", "The provided expression refers to an attribute that does not exist in the item")]
    [InlineData("SET a = word + :one", "An operand in the update expression has an incorrect data type")]
    [InlineData("SET a = list_append(word, :l)", "An operand in the update expression has an incorrect data type")]
    [InlineData("ADD word :one", "An operand in the update expression has an incorrect data type")]
    [InlineData("ADD nums :ss", "An operand in the update expression has an incorrect data type")]
    [InlineData("DELETE num :ss", "An operand in the update expression has an incorrect data type")]
    [InlineData("SET absent.x = :n", "The document path provided in the update expression is invalid for update")]
    [InlineData("SET word.x = :n", "The document path provided in the update expression is invalid for update")]
    [InlineData("SET #map[0] = :n", "The document path provided in the update expression is invalid for update")]
    [InlineData("SET #list.x = :n", "The document path provided in the update expression is invalid for update")]
    [InlineData("REMOVE #list[9].x", "The document path provided in the update expression is invalid for update")]
    public void Apply_AnUpdateThatDoesNotFitTheItem_IsRefused(string expression, string message) =>
        Assert.Equal(message, Assert.Throws<AwsError>(() => Apply(expression)).Message);

    [Theory]
    [InlineData("", "The expression can not be empty;")]
    [InlineData("INVALID SYNTAX HERE", "Syntax error; token: \"INVALID\", near: \"INVALID SYNTAX\"")]
    [InlineData("SET", "Syntax error; token: \"<EOF>\", near: \"SET\"")]
    [InlineData("SET a", "Syntax error; token: \"<EOF>\", near: \"a\"")]
    [InlineData("SET a = :s,", "Syntax error; token: \"<EOF>\", near: \",\"")]
    [InlineData("SET a = 5", "Syntax error; token: \"5\", near: \"= 5\"")]
    [InlineData("SET a = word + + :one", "Syntax error; token: \"+\", near: \"+ + :one\"")]
    [InlineData("REMOVE a + ", "Syntax error; token: \"+\", near: \"a + \"")]
    [InlineData("ADD attr val", "Syntax error; token: \"val\", near: \"attr val\"")]
    [InlineData("ADD attr :n foobar", "Syntax error; token: \"foobar\", near: \":n foobar\"")]
    [InlineData("ADD hits : incr", "Syntax error; token: \":\", near: \"hits : incr\"")]
    [InlineData("SET set = :s", "Syntax error; token: \"set\", near: \"SET set =\"")]
    [InlineData("SET name = :s", "Attribute name is a reserved keyword; reserved keyword: name")]
    [InlineData("SET a = :s SET b = :n", "The \"SET\" section can only be used once in an update expression;")]
    [InlineData("SET a = now(:s)", "Invalid function name; function: now")]
    [InlineData("SET a = if_not_exists(:s, :n)", "Operator or function requires a document path; operator or function: if_not_exists")]
    [InlineData("SET a = if_not_exists(a)", "Incorrect number of operands for operator or function; operator or function: if_not_exists, number of operands: 1")]
    [InlineData("SET a = list_append(:s, :l)", "Incorrect operand type for operator or function; operator or function: list_append, operand type: S")]
    [InlineData("SET a = :s + :n", "Incorrect operand type for operator or function; operator or function: +, operand type: S")]
    [InlineData("SET a = num - :t", "Incorrect operand type for operator or function; operator or function: -, operand type: BOOL")]
    [InlineData("ADD a :s", "Incorrect operand type for operator or function; operator: ADD, operand type: STRING, typeSet: ALLOWED_FOR_ADD_OPERAND")]
    [InlineData("DELETE a :n", "Incorrect operand type for operator or function; operator: DELETE, operand type: NUMBER, typeSet: ALLOWED_FOR_DELETE_OPERAND")]
    [InlineData("SET a = :s, a = :n", "Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a], path two: [a]")]
    [InlineData("SET #map.x = :s REMOVE #map", "Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [map, x], path two: [map]")]
    [InlineData("SET a[0] = :s, a.b = :n", "Two document paths conflict with each other; must remove or rewrite one of these paths; path one: [a, [0]], path two: [a, b]")]
    [InlineData("SET a = :undefined", "An expression attribute value used in expression is not defined; attribute value: :undefined")]
    [InlineData("SET #undefined = :s", "An expression attribute name used in the document path is not defined; attribute name: #undefined")]
    public void Parse_AFaultyUpdate_IsRefusedInAwsWords(string expression, string message)
    {
        AwsError error = Assert.Throws<AwsError>(() => Apply(expression));
        Assert.Equal(("ValidationException", "Invalid UpdateExpression: " + message), (error.Code, error.Message));
    }

    [Property(MaxTest = 1000)]
    public bool Parse_AnyText_GivesAnUpdateOrARefusal(string? text)
    {
        try
        {
            Apply("SET " + text);
            return true;
        }
        catch (AwsError error)
        {
            return error.Code == "ValidationException";
        }
    }

    private static MapValue Apply(string expression) =>
        UpdateApplier.Apply(UpdateParser.Parse(expression, ExpressionTestData.Placeholders()), ExpressionTestData.Item);
}
