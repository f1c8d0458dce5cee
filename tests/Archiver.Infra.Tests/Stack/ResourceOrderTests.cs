using Archiver.Infra.LocalCloud.Stack;

namespace Archiver.Infra.Tests.Stack;

public sealed class ResourceOrderTests
{
    [Theory]
    [InlineData("{A: {Type: T}, B: {Type: T}, C: {Type: T}}", "A B C")]
    [InlineData("{A: {Type: T, Properties: {X: !Ref C}}, B: {Type: T}, C: {Type: T}}", "C A B")]
    [InlineData("{A: {Type: T, Properties: {X: [{Y: !GetAtt C.Arn}]}}, B: {Type: T}, C: {Type: T}}", "C A B")]
    [InlineData("{A: {Type: T, Properties: {X: !Sub '${B.Arn} ${!C} ${C}'}}, B: {Type: T}, C: {Type: T}}", "B C A")]
    [InlineData("{A: {Type: T, Properties: {X: !Sub ['${V}', {V: !Ref C}]}}, B: {Type: T}, C: {Type: T}}", "C A B")]
    [InlineData("{A: {Type: T, DependsOn: [C, B]}, B: {Type: T}, C: {Type: T}}", "C B A")]
    [InlineData("{A: {Type: T, DependsOn: B}, B: {Type: T, DependsOn: C}, C: {Type: T}}", "C B A")]
    [InlineData("{A: {Type: T, Properties: {X: !If [Yea, !Ref B, !Ref C]}}, B: {Type: T}, C: {Type: T}}", "B A C")]
    [InlineData("{A: {Type: T, Properties: {X: !If [Nay, !Ref B, !Ref C]}}, B: {Type: T}, C: {Type: T}}", "C A B")]
    [InlineData("{A: {Type: T, Condition: Nay, DependsOn: C}, B: {Type: T, Condition: Yea}, C: {Type: T}}", "B C")]
    public void Sort_Resources_EachComesAfterWhatItNeeds(string resources, string expected)
    {
        Template template = TemplateText.Read($"Conditions: {{Yea: !Equals [1, 1], Nay: !Equals [1, 2]}}\nResources: {resources}");

        Assert.Equal(expected.Split(' '), ResourceOrder.Sort(template, TemplateText.Evaluator(template, [])).Select(resource => resource.LogicalId));
    }
}
