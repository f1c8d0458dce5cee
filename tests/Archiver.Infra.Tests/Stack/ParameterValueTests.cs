using Archiver.Infra.LocalCloud.Stack;

namespace Archiver.Infra.Tests.Stack;

public sealed class ParameterValueTests
{
    [Theory]
    [InlineData("Type: String", "", "\"\"")]
    [InlineData("Type: String", "12", "\"12\"")]
    [InlineData("Type: Number", "12", "12")]
    [InlineData("Type: Number", "1.50", "1.50")]
    [InlineData("Type: CommaDelimitedList", "a, b,,c", """["a","b","","c"]""")]
    [InlineData("Type: CommaDelimitedList", "", "[]")]
    [InlineData("Type: List<Number>", "1, 2", "[1,2]")]
    [InlineData("Type: String, AllowedValues: [a, b]", "b", "\"b\"")]
    [InlineData("Type: Number, AllowedValues: [1, 3]", "3", "3")]
    [InlineData("Type: String, AllowedPattern: '[a-z]+'", "abc", "\"abc\"")]
    [InlineData("Type: String, MinLength: 2, MaxLength: 3", "abc", "\"abc\"")]
    [InlineData("Type: Number, MinValue: -1, MaxValue: 0.5", "0.5", "0.5")]
    public void Values_Allowed_AreTaken(string declaration, string value, string expected)
    {
        Template template = TemplateText.Read($"Parameters:\n  P: {{{declaration}}}\nResources: {{}}");
        List<Finding> findings = [];

        Assert.Equal(expected, TemplateText.Values(template, findings, ("P", value))["P"].ToJsonString());
        Assert.Empty(findings);
    }

    [Theory]
    [InlineData("Type: Number", "many", "The parameter P is 'many'; it must be a number.")]
    [InlineData("Type: Number, MinValue: 0", "-1", "The parameter P is '-1'; it must be 0 at least.")]
    [InlineData("Type: Number, MaxValue: 100", "101", "The parameter P is '101'; it must be 100 at most.")]
    [InlineData("Type: String, AllowedValues: [a, b]", "c", "The parameter P is 'c'; it must be one of a, b.")]
    [InlineData("Type: CommaDelimitedList, AllowedValues: [a, b]", "a,c", "The parameter P is 'c'; it must be one of a, b.")]
    [InlineData("Type: String, MinLength: 2", "x", "The parameter P is 'x'; it must have 2 characters at least.")]
    [InlineData("Type: String, MaxLength: 2", "xyz", "The parameter P is 'xyz'; it must have 2 characters at most.")]
    [InlineData("Type: String, AllowedPattern: 'a|b'", "ab", "The parameter P is 'ab'; it must match a|b.")]
    [InlineData("Type: String, AllowedPattern: a+, ConstraintDescription: Only the letter a.", "b", "The parameter P is 'b'; it must match a+. Only the letter a.")]
    [InlineData("Type: String, MinLength: 9, NoEcho: true", "secret", "The parameter P has a value that it does not take; it must have 9 characters at least.")]
    [InlineData("Type: String, AllowedPattern: '(a+)+$'", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "The AllowedPattern of the parameter P takes too long to match.")]
    public void Values_Refused_NameTheParameterAndItsLine(string declaration, string value, string expected) =>
        Assert.Equal([$"t.yaml(2,3): {expected}"], TemplateText.Findings($"Parameters:\n  P: {{{declaration}}}\nResources: {{}}", ("P", value)));

    [Fact]
    public void Values_BrokenDefault_IsToldOnceAtTheDefault() => Assert.Equal(
        ["t.yaml(2,30): The parameter P is 'x'; it must be a number."],
        TemplateText.Findings("Parameters:\n  P: {Type: Number, Default: x}\nResources: {}"));

    [Fact]
    public void Values_MissingAndUnknown_AreToldAtOnce() => Assert.Equal(
        [
            "t.yaml(1,1): The template has no parameter Q, for which a value was given.",
            "t.yaml(2,3): The parameter P has no default and was given no value.",
        ],
        TemplateText.Findings("Parameters:\n  P: {Type: String}\nResources: {}", ("Q", "1")));

    [Theory]
    [InlineData("{}", "t.yaml(2,3): The parameter P has no Type.")]
    [InlineData("x", "t.yaml(2,6): The parameter P must be a map, not text.")]
    [InlineData("{Type: String, Defaults: x}", "t.yaml(2,21): A parameter has no Defaults.")]
    [InlineData("{Type: String, AllowedValues: x}", "t.yaml(2,36): AllowedValues must be a list of values.")]
    [InlineData("{Type: String, MinLength: -1}", "t.yaml(2,32): MinLength must be a number.")]
    [InlineData("{Type: String, Default: [x]}", "t.yaml(2,30): Default of a parameter must be a plain value, not a list.")]
    public void Read_BrokenDeclaration_SaysWhatAndWhere(string declaration, string expected) =>
        Assert.Equal([expected], TemplateText.Findings($"Parameters:\n  P: {declaration}\nResources: {{}}"));

    [Fact]
    public void Read_BrokenPattern_SaysWhatAndWhere() => Assert.StartsWith(
        "t.yaml(2,37): AllowedPattern is no regular expression: ",
        Assert.Single(TemplateText.Findings("Parameters:\n  P: {Type: String, AllowedPattern: '('}\nResources: {}")), StringComparison.Ordinal);
}
