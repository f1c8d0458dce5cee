using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud;
using Archiver.Infra.LocalCloud.Stack;

namespace Archiver.Infra.Tests.Stack;

/// <summary>Templates as text, and what becomes of them.</summary>
internal static class TemplateText
{
    public const string File = "t.yaml";

    /// <summary>Reads a template that must be without findings.</summary>
    public static Template Read(string text)
    {
        List<Finding> findings = [];
        Template? template = TemplateReader.Read(text, File, findings);
        Assert.Equal([], findings.Select(finding => finding.ToString()));
        Assert.NotNull(template);
        return template;
    }

    /// <summary>What is wrong with a template, from reading it to resolving everything in it, a line each.</summary>
    public static string[] Findings(string text, params (string Name, string Value)[] parameters)
    {
        List<Finding> findings = [];
        if (TemplateReader.Read(text, File, findings) is { } template)
        {
            Dictionary<string, JsonNode> values = Values(template, findings, parameters);
            if (findings.Count == 0)
            {
                try
                {
                    TemplateEvaluator evaluator = Evaluator(template, values);
                    foreach (ResourceDeclaration resource in ResourceOrder.Sort(template, evaluator))
                        evaluator.Properties(resource);
                    foreach (OutputDeclaration output in template.Outputs.Values)
                        evaluator.Evaluate(output.Value);
                }
                catch (TemplateException exception)
                {
                    findings.Add(exception.Finding);
                }
            }
        }
        return [.. findings.Select(finding => $"{finding.At}: {finding.Message}")];
    }

    public static Dictionary<string, JsonNode> Values(Template template, List<Finding> findings, params (string Name, string Value)[] parameters) =>
        new TemplateParameterReader(findings).Values(template, parameters.ToDictionary(pair => pair.Name, pair => pair.Value));

    /// <summary>An evaluator for which every resource is called <c>ref-of-ID</c>, with the attributes <c>Arn</c> and <c>A.B</c>.</summary>
    public static TemplateEvaluator Evaluator(Template template, Dictionary<string, JsonNode> values) => new(
        template, values, new PseudoParameters(new CloudIdentity(), "stk"),
        id => new ProvisionedResource($"ref-of-{id}", new Dictionary<string, string> { ["Arn"] = $"arn-of-{id}", ["A.B"] = $"ab-of-{id}" }));

    /// <summary>The value of an output named Result in a template of many parts.</summary>
    public static JsonNode? Evaluate(string expression, params (string Name, string Value)[] parameters)
    {
        Template template = Read($"""
            Parameters:
              Name: {"{"}Type: String, Default: nn{"}"}
              Count: {"{"}Type: Number, Default: 1.50{"}"}
              Names: {"{"}Type: CommaDelimitedList, Default: "a, b,c"{"}"}
              Stage: {"{"}Type: String, Default: test{"}"}
            Mappings:
              Sizes:
                test: {"{"}Small: 1, Names: [x, y]{"}"}
                live: {"{"}Small: 2{"}"}
            Conditions:
              IsTest: !Equals [!Ref Stage, test]
              IsLive: !Not [!Condition IsTest]
            Resources:
              Thing: {"{"}Type: X::Y::Z{"}"}
            Outputs:
              Result:
                Value: {expression}
            """);
        List<Finding> findings = [];
        TemplateEvaluator evaluator = Evaluator(template, Values(template, findings, parameters));
        Assert.Empty(findings);
        return evaluator.Evaluate(template.Outputs["Result"].Value);
    }
}
