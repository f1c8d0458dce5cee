using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud.Stack;

namespace Archiver.Infra.Tests.Stack;

public sealed class IntrinsicFunctionTests
{
    [Theory]
    // Ref
    [InlineData("!Ref Name", "{Ref: Name}", "\"nn\"")]
    [InlineData("!Ref Count", "{\"Ref\": \"Count\"}", "1.50")]
    [InlineData("!Ref Names", "{Ref: Names}", """["a","b","c"]""")]
    [InlineData("!Ref Thing", "{Ref: Thing}", "\"ref-of-Thing\"")]
    [InlineData("!Ref AWS::StackName", "{Ref: 'AWS::StackName'}", "\"stk\"")]
    [InlineData("!Ref AWS::Region", "{Ref: 'AWS::Region'}", "\"us-east-1\"")]
    [InlineData("!Ref AWS::AccountId", "{Ref: 'AWS::AccountId'}", "\"000000000000\"")]
    [InlineData("!Ref AWS::Partition", "{Ref: 'AWS::Partition'}", "\"aws\"")]
    [InlineData("!Ref AWS::URLSuffix", "{Ref: 'AWS::URLSuffix'}", "\"amazonaws.com\"")]
    [InlineData("!Ref AWS::NotificationARNs", "{Ref: 'AWS::NotificationARNs'}", "[]")]
    // GetAtt
    [InlineData("!GetAtt Thing.Arn", "{'Fn::GetAtt': [Thing, Arn]}", "\"arn-of-Thing\"")]
    [InlineData("!GetAtt Thing.A.B", "{'Fn::GetAtt': 'Thing.A.B'}", "\"ab-of-Thing\"")]
    [InlineData("!GetAtt [Thing, Arn]", "{'Fn::GetAtt': [Thing, !Sub 'Arn']}", "\"arn-of-Thing\"")]
    // Sub
    [InlineData("!Sub '${Name}-${Count}-${Thing}-${Thing.Arn}'", "{'Fn::Sub': '${Name}-${Count}-${Thing}-${Thing.Arn}'}", "\"nn-1.50-ref-of-Thing-arn-of-Thing\"")]
    [InlineData("!Sub ['${Own}/${Name}', {Own: !Ref Count}]", "{'Fn::Sub': ['${Own}/${Name}', {Own: {Ref: Count}}]}", "\"1.50/nn\"")]
    [InlineData("!Sub 'a ${!Literal} $ {x} ${'", "{'Fn::Sub': 'a ${!Literal} $ {x} ${'}", "\"a ${Literal} $ {x} ${\"")]
    [InlineData("!Sub 'arn:${AWS::Partition}:x'", "{'Fn::Sub': 'arn:${AWS::Partition}:x'}", "\"arn:aws:x\"")]
    [InlineData("!Sub ['${Thing.Arn}', {Thing.Arn: shadowed}]", "{'Fn::Sub': ['${ Thing.Arn }', {Thing.Arn: shadowed}]}", "\"shadowed\"")]
    // Join, Split, Select
    [InlineData("!Join ['-', [a, 1, true, !Ref Name]]", "{'Fn::Join': ['-', [a, 1, true, {Ref: Name}]]}", "\"a-1-true-nn\"")]
    [InlineData("!Join ['', !Ref Names]", "{'Fn::Join': ['', {Ref: Names}]}", "\"abc\"")]
    [InlineData("!Join ['-', [a, !Ref AWS::NoValue, b]]", "{'Fn::Join': ['-', [a, {Ref: 'AWS::NoValue'}, b]]}", "\"a-b\"")]
    [InlineData("!Split ['|', 'a||b']", "{'Fn::Split': ['|', 'a||b']}", """["a","","b"]""")]
    [InlineData("!Select [1, !Split ['-', 'x-y-z']]", "{'Fn::Select': ['1', {'Fn::Split': ['-', 'x-y-z']}]}", "\"y\"")]
    [InlineData("!Select [0, [p, q]]", "{'Fn::Select': [0, [p, q]]}", "\"p\"")]
    // If
    [InlineData("!If [IsTest, yes-it-is, no-it-is-not]", "{'Fn::If': [IsTest, yes-it-is, no-it-is-not]}", "\"yes-it-is\"")]
    [InlineData("!If [IsLive, 1, !If [IsTest, {A: !Ref Name}, 3]]", "{'Fn::If': [IsLive, 1, {'Fn::If': [IsTest, {A: {Ref: Name}}, 3]}]}", """{"A":"nn"}""")]
    [InlineData("[1, !If [IsLive, 2, !Ref AWS::NoValue], 3]", "[1, {'Fn::If': [IsLive, 2, {Ref: 'AWS::NoValue'}]}, 3]", "[1,3]")]
    [InlineData("{A: 1, B: !If [IsLive, 2, !Ref AWS::NoValue]}", "{A: 1, B: {Ref: 'AWS::NoValue'}}", """{"A":1}""")]
    // FindInMap
    [InlineData("!FindInMap [Sizes, !Ref Stage, Small]", "{'Fn::FindInMap': [Sizes, {Ref: Stage}, Small]}", "1")]
    [InlineData("!Select [1, !FindInMap [Sizes, test, Names]]", "{'Fn::Select': [1, {'Fn::FindInMap': [Sizes, test, Names]}]}", "\"y\"")]
    // Base64
    [InlineData("!Base64 héllo", "{'Fn::Base64': héllo}", "\"aMOpbGxv\"")]
    [InlineData("{'Fn::Base64': !Sub '${Name}'}", "{'Fn::Base64': {'Fn::Sub': '${Name}'}}", "\"bm4=\"")]
    public void Evaluate_ShortAndLongForm_GiveTheSame(string shortForm, string longForm, string expected)
    {
        Assert.Equal(expected, Json(TemplateText.Evaluate(shortForm)));
        Assert.Equal(expected, Json(TemplateText.Evaluate(longForm)));
    }

    [Theory]
    [InlineData("true", "true")]
    [InlineData("Yes", "true")]
    [InlineData("off", "false")]
    [InlineData("'true'", "\"true\"")]
    [InlineData("12", "12")]
    [InlineData("-1.5e3", "-1.5e3")]
    [InlineData("012345678901", "\"012345678901\"")]
    [InlineData("1_000", "\"1_000\"")]
    [InlineData("2012-10-17", "\"2012-10-17\"")]
    [InlineData("12:30:45", "\"12:30:45\"")]
    [InlineData("1e999", "\"1e999\"")]
    [InlineData("\"12\"", "\"12\"")]
    [InlineData("!!str 12", "\"12\"")]
    [InlineData("~", "null")]
    [InlineData("{}", "{}")]
    public void Evaluate_Scalar_IsWhatYamlMakesOfIt(string written, string expected) => Assert.Equal(expected, Json(TemplateText.Evaluate(written)));

    [Fact]
    public void Evaluate_StackId_IsTheSameArnForTheSameName()
    {
        string first = TemplateText.Evaluate("!Ref AWS::StackId")!.GetValue<string>();

        Assert.StartsWith("arn:aws:cloudformation:us-east-1:000000000000:stack/stk/", first, StringComparison.Ordinal);
        Assert.Equal(first, TemplateText.Evaluate("!Ref AWS::StackId")!.GetValue<string>());
    }

    [Theory]
    [InlineData("!Equals [1, '1']", true)]
    [InlineData("{'Fn::Equals': [true, 'true']}", true)]
    [InlineData("!Equals [a, A]", false)]
    [InlineData("!Not [!Equals [a, b]]", true)]
    [InlineData("{'Fn::Not': [{'Fn::Equals': [a, a]}]}", false)]
    [InlineData("!And [!Condition Yea, !Equals [a, a]]", true)]
    [InlineData("{'Fn::And': [{Condition: Yea}, {Condition: Nay}]}", false)]
    [InlineData("!Or [!Condition Nay, !Equals [!Ref Stage, live]]", false)]
    [InlineData("{'Fn::Or': [{Condition: Nay}, {Condition: Yea}]}", true)]
    [InlineData("!Equals [!FindInMap [M, a, b], !Join ['', [4, 2]]]", true)]
    [InlineData("!Equals [!Ref AWS::Region, us-east-1]", true)]
    public void Holds_Condition_IsEvaluated(string condition, bool expected)
    {
        Template template = TemplateText.Read($"""
            Parameters:
              Stage: {"{"}Type: String, Default: test{"}"}
            Mappings:
              M:
                a: {"{"}b: 42{"}"}
            Conditions:
              It: {condition}
              Yea: !Equals [1, 1]
              Nay: !Equals [1, 2]
            Resources: []
            """.Replace("[]", "{}", StringComparison.Ordinal));

        Assert.Equal(expected, TemplateText.Evaluator(template, TemplateText.Values(template, [])).Holds(new NameUse("It", default)));
    }

    [Fact]
    public void Read_Json_IsReadAsYamlIs()
    {
        Template template = TemplateText.Read("{\n\t\"Parameters\": {\"P\": {\"Type\": \"String\", \"Default\": \"\\u00e9\\/\"}},\n\t\"Resources\": {\"R\": {\"Type\": \"T\", \"Properties\": {\"X\": {\"Fn::Sub\": \"${P}!\"}}}}\n}");

        JsonObject properties = TemplateText.Evaluator(template, TemplateText.Values(template, [])).Properties(template.Resources["R"]);

        Assert.Equal("é/!", properties["X"]!.GetValue<string>());
        Assert.Equal(new SourceLocation(TemplateText.File, 3, 16), template.Resources["R"].At);
    }

    private static string Json(JsonNode? node) => node?.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) ?? "null";
}
