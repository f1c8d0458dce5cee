using Archiver.Infra.LocalCloud.DynamoDb.Expressions;
using Archiver.Infra.LocalCloud.Wire;
using FsCheck.Xunit;

namespace Archiver.Infra.Tests.LocalCloud.DynamoDb.Expressions;

public sealed class ConditionTests
{
    [Theory]
    [InlineData("num = :n", true)]
    [InlineData(":n = num", true)]
    [InlineData("num <> :n", false)]
    [InlineData("num < :ten", true)]
    [InlineData("num <= :n", true)]
    [InlineData("num > :ten", false)]
    [InlineData("num >= :n", true)]
    [InlineData("word = :s", true)]
    [InlineData("word > :he", true)]
    [InlineData("word < :n", false)]
    [InlineData("word = :n", false)]
    [InlineData("word <> :n", true)]
    [InlineData("absent = :n", false)]
    [InlineData("absent <> :n", true)]
    [InlineData("absent < :n", false)]
    [InlineData("NOT absent < :n", true)]
    [InlineData("flag = :t", true)]
    [InlineData("nothing = :nul", true)]
    [InlineData("bin = :b", true)]
    [InlineData("bin < :b1", true)]
    [InlineData("tags = :ss", true)]
    [InlineData("tags = :allcolours", true)]
    [InlineData("num BETWEEN :one AND :ten", true)]
    [InlineData("num between :n and :n", true)]
    [InlineData("num BETWEEN :ten AND :ten", false)]
    [InlineData("absent BETWEEN :one AND :ten", false)]
    [InlineData("num IN (:one, :n)", true)]
    [InlineData("num in (:one, :ten)", false)]
    [InlineData("absent IN (:one)", false)]
    [InlineData("attribute_exists(num)", true)]
    [InlineData("attribute_exists(#map.inside.x)", true)]
    [InlineData("attribute_exists(#map.inside.y)", false)]
    [InlineData("attribute_exists(#list[2].deep)", true)]
    [InlineData("attribute_exists(#list[3])", false)]
    [InlineData("attribute_exists(num.x)", false)]
    [InlineData("attribute_not_exists(absent)", true)]
    [InlineData("attribute_not_exists(num)", false)]
    [InlineData("attribute_type(word, :typeS)", true)]
    [InlineData("attribute_type(num, :typeS)", false)]
    [InlineData("attribute_type(#list, :typeL)", true)]
    [InlineData("attribute_type(absent, :typeS)", false)]
    [InlineData("begins_with(word, :he)", true)]
    [InlineData("begins_with(word, :red)", false)]
    [InlineData("begins_with(num, :he)", false)]
    [InlineData("begins_with(bin, :b)", true)]
    [InlineData("contains(word, :he)", true)]
    [InlineData("contains(tags, :red)", true)]
    [InlineData("contains(tags, :s)", false)]
    [InlineData("contains(nums, :one)", true)]
    [InlineData("contains(#list, :zero)", true)]
    [InlineData("contains(bin, :b1)", true)]
    [InlineData("contains(absent, :s)", false)]
    [InlineData("contains(num, :one)", false)]
    [InlineData("size(word) = :n", true)]
    [InlineData("size(tags) < :n", true)]
    [InlineData("size(#list) > :one", true)]
    [InlineData("size(#map) > :one", true)]
    [InlineData("size(bin) BETWEEN :one AND :n", true)]
    [InlineData("size(num) = :one", false)]
    [InlineData("size(absent) >= :one", false)]
    [InlineData("num = :n AND word = :s", true)]
    [InlineData("num = :ten AND word = :s", false)]
    [InlineData("num = :ten OR word = :s", true)]
    [InlineData("num = :ten OR word = :s AND num = :ten", false)]
    [InlineData("(num = :n OR word = :he) AND flag = :t", true)]
    [InlineData("NOT num = :ten", true)]
    [InlineData("NOT num = :ten AND word = :s", true)]
    [InlineData("NOT (num = :n AND word = :s)", false)]
    [InlineData("NOT NOT num = :n", true)]
    [InlineData("(num) = (:n)", true)]
    [InlineData("((num) = :n)", true)]
    [InlineData("((num = :n) AND (word = :s))", true)]
    [InlineData("#map.inside.x = :one", true)]
    [InlineData("#map.#name = :s", false)]
    [InlineData("#list[0] = :zero", true)]
    [InlineData("#list [ 0 ] = :zero", true)]
    [InlineData("word = word2 OR num = :n", true)]
    public void Matches_ACondition_IsAsDynamoDbHasIt(string expression, bool expected) =>
        Assert.Equal(expected, ConditionEvaluator.Matches(Parse(expression), ExpressionTestData.Item));

    [Theory]
    [InlineData("", "The expression can not be empty;")]
    [InlineData(" ", "Syntax error; token: \"<EOF>\", near: \"\"")]
    [InlineData("num", "Syntax error; token: \"<EOF>\", near: \"num\"")]
    [InlineData("num =", "Syntax error; token: \"<EOF>\", near: \"=\"")]
    [InlineData("= :n", "Syntax error; token: \"=\", near: \"= :n\"")]
    [InlineData("num == :n", "Syntax error; token: \"=\", near: \"== :n\"")]
    [InlineData("num = :n word = :s", "Syntax error; token: \"word\", near: \":n word =\"")]
    [InlineData("(num = :n", "Syntax error; token: \"<EOF>\", near: \":n\"")]
    [InlineData("num = 5", "Syntax error; token: \"5\", near: \"= 5\"")]
    [InlineData("num = :", "Syntax error; token: \":\", near: \"= :\"")]
    [InlineData("user-id = :n", "Syntax error; token: \"-\", near: \"user-id\"")]
    [InlineData("#list[x] = :n", "Syntax error; token: \"x\", near: \"[x]\"")]
    [InlineData("num BETWEEN :n OR :n", "Syntax error; token: \"OR\", near: \":n OR :n\"")]
    [InlineData("AND = :n", "Syntax error; token: \"AND\", near: \"AND =\"")]
    [InlineData("_x = :n", "Syntax error; token: \"_\", near: \"_x\"")]
    [InlineData("((num = :n))", "The expression has redundant parentheses;")]
    [InlineData("((num)) = :n", "The expression has redundant parentheses;")]
    [InlineData("exists(num)", "Invalid function name; function: exists")]
    [InlineData("Contains(word, :s)", "Invalid function name; function: Contains")]
    [InlineData("attribute_exists(num) = :n", "The function is not allowed to be used this way in an expression; function: attribute_exists")]
    [InlineData("num = begins_with(word, :s)", "The function is not allowed to be used this way in an expression; function: begins_with")]
    [InlineData("size(word)", "The function is not allowed to be used this way in an expression; function: size")]
    [InlineData("num = :n AND size(word)", "The function is not allowed to be used this way in an expression; function: size")]
    [InlineData("name = :s", "Attribute name is a reserved keyword; reserved keyword: name")]
    [InlineData("Status = :s", "Attribute name is a reserved keyword; reserved keyword: Status")]
    [InlineData("map.size = :s", "Attribute name is a reserved keyword; reserved keyword: map")]
    [InlineData("num = :undefined", "An expression attribute value used in expression is not defined; attribute value: :undefined")]
    [InlineData("#undefined = :n", "An expression attribute name used in the document path is not defined; attribute name: #undefined")]
    [InlineData("size(word, num) = :n", "Incorrect number of operands for operator or function; operator or function: size, number of operands: 2")]
    [InlineData("begins_with(word)", "Incorrect number of operands for operator or function; operator or function: begins_with, number of operands: 1")]
    [InlineData("attribute_exists(:n)", "Operator or function requires a document path; operator or function: attribute_exists")]
    [InlineData("num = num", "The first operand must be distinct from the remaining operands for this operator or function; operator: =, first operand: [num]")]
    [InlineData("contains(#list[0], #list[0])", "The first operand must be distinct from the remaining operands for this operator or function; operator: contains, first operand: [list, [0]]")]
    [InlineData("begins_with(word, :n)", "Incorrect operand type for operator or function; operator or function: begins_with, operand type: N")]
    [InlineData("attribute_type(word, :n)", "Incorrect operand type for operator or function; operator or function: attribute_type, operand type: N")]
    [InlineData("attribute_type(word, num)", "Incorrect operand type for operator or function; operator or function: attribute_type, operand type: {NS,SS,L,BS,N,M,B,BOOL,NULL,S}")]
    [InlineData("attribute_type(word, :typeX)", "Invalid attribute type name found; type: X, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}")]
    [InlineData("size(:n) = :n", "Incorrect operand type for operator or function; operator or function: size, operand type: N")]
    [InlineData("num < :t", "Incorrect operand type for operator or function; operator: <, operand type: BOOL")]
    [InlineData("num BETWEEN :ten AND :one", "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: AttributeValue: {N:10}, upper bound operand: AttributeValue: {N:1}")]
    [InlineData("num BETWEEN :one AND :s", "The BETWEEN operator requires same data type for lower and upper bounds; lower bound operand: AttributeValue: {N:1}, upper bound operand: AttributeValue: {S:hello}")]
    [InlineData("#list[99999999999] = :n", "List index is not within the allowable range; index: [99999999999]")]
    // Of several faults the one that AWS tells first.
    [InlineData("exists(name) AND num =", "Syntax error; token: \"<EOF>\", near: \"=\"")]
    [InlineData("name = :undefined", "Attribute name is a reserved keyword; reserved keyword: name")]
    public void Parse_AFaultyCondition_IsRefusedInAwsWords(string expression, string message)
    {
        AwsError error = Assert.Throws<AwsError>(() => Parse(expression));
        Assert.Equal(("ValidationException", "Invalid ConditionExpression: " + message), (error.Code, error.Message));
    }

    [Fact]
    public void Parse_TooLong_IsRefused()
    {
        string expression = $"num = :n{new string(' ', 4089)}";
        AwsError error = Assert.Throws<AwsError>(() => Parse(expression));
        Assert.Equal("Invalid ConditionExpression: Expression size has exceeded the maximum allowed size; expression size: 4097", error.Message);
    }

    [Theory]
    [InlineData("(", "num = :n", ")", 2000)]
    [InlineData("NOT ", "num = :n", "", 1000)]
    [InlineData("size(", "num", ")", 600)]
    [InlineData("(a=:n OR ", "num = :n", ")", 360)]
    public void Parse_NestedWithoutEnd_IsRefusedAndNotOverflown(string open, string middle, string close, int times)
    {
        string expression = string.Concat(Enumerable.Repeat(open, times)) + middle + string.Concat(Enumerable.Repeat(close, times));
        Assert.Equal("ValidationException", Assert.Throws<AwsError>(() => Parse(expression)).Code);
    }

    [Property(MaxTest = 2000)]
    public bool Parse_AnyText_GivesAConditionOrARefusal(string? text)
    {
        try
        {
            ConditionEvaluator.Matches(Parse(text ?? ""), ExpressionTestData.Item);
            return true;
        }
        catch (AwsError error)
        {
            return error.Code == "ValidationException";
        }
    }

    [Fact]
    public void RefuseUnused_NamesAndValuesThatNoExpressionUses_AreNamed()
    {
        Placeholders unusedName = new(new() { ["#a"] = "a", ["#b"] = "b" }, null);
        unusedName.Name("#a");
        Assert.Equal(
            "Value provided in ExpressionAttributeNames unused in expressions: keys: {#b}", Assert.Throws<AwsError>(unusedName.RefuseUnused).Message);
        Placeholders unusedValue = new(null, new() { [":a"] = new System.Text.Json.Nodes.JsonObject { ["S"] = "x" } });
        Assert.Equal(
            "Value provided in ExpressionAttributeValues unused in expressions: keys: {:a}", Assert.Throws<AwsError>(unusedValue.RefuseUnused).Message);
    }

    [Theory]
    [InlineData("""{}""", null, "ExpressionAttributeNames must not be empty")]
    [InlineData(null, """{}""", "ExpressionAttributeValues must not be empty")]
    [InlineData("""{"a":"b"}""", null, "ExpressionAttributeNames contains invalid key: Syntax error; key: \"a\"")]
    [InlineData("""{"#":"b"}""", null, "ExpressionAttributeNames contains invalid key: Syntax error; key: \"#\"")]
    [InlineData(null, """{":a-b":{"S":"x"}}""", "ExpressionAttributeValues contains invalid key: Syntax error; key: \":a-b\"")]
    [InlineData(null, """{":a":{"N":"x"}}""", "ExpressionAttributeValues contains invalid value: The parameter cannot be converted to a numeric value: x for key :a")]
    public void Placeholders_Faulty_AreRefused(string? names, string? values, string message)
    {
        AwsError error = Assert.Throws<AwsError>(() => new Placeholders(Json(names), Json(values)));
        Assert.Equal(("ValidationException", message), (error.Code, error.Message));

        static System.Text.Json.Nodes.JsonObject? Json(string? text) => text is null ? null : System.Text.Json.Nodes.JsonNode.Parse(text)!.AsObject();
    }

    private static Condition Parse(string expression) => ConditionParser.Parse("ConditionExpression", expression, ExpressionTestData.Placeholders());
}
