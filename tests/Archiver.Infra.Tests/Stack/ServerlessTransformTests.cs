using Archiver.Infra.LocalCloud.Stack;

namespace Archiver.Infra.Tests.Stack;

public sealed class ServerlessTransformTests
{
    [Fact]
    public void Read_Globals_AreMergedAsSamDoes()
    {
        Template template = TemplateText.Read("""
            Transform: AWS::Serverless-2016-10-31
            Globals:
              Function:
                Runtime: dotnet10
                Timeout: 30
                Layers: [a, b]
                Tags: {Team: x}
                Environment: {Variables: {A: 1, B: 2}}
                Architectures: [arm64]
                CodeUri: shared
            Resources:
              F:
                Type: AWS::Serverless::Function
                Properties:
                  Timeout: 60
                  Layers: [c]
                  Tags: !Ref AWS::NoValue
                  Environment: {Variables: {B: 3, C: 4}}
                  CodeUri: {Bucket: b, Key: k}
                  Handler: h
                  Role: r
              G: {Type: AWS::Lambda::Function}
            """);
        TemplateEvaluator evaluator = TemplateText.Evaluator(template, []);

        Assert.Equal(
            """{"Runtime":"dotnet10","Timeout":60,"Layers":["a","b","c"],"Environment":{"Variables":{"A":1,"B":3,"C":4}},"Architectures":["arm64"],"CodeUri":{"Bucket":"b","Key":"k"},"Handler":"h","Role":"r"}""",
            evaluator.Properties(template.Resources["F"]).ToJsonString());
        Assert.Equal("{}", evaluator.Properties(template.Resources["G"]).ToJsonString());
    }

    [Fact]
    public void Read_NoRole_SamMakesOneUnderTheSameCondition()
    {
        Template template = TemplateText.Read("""
            Transform: [AWS::Serverless-2016-10-31]
            Conditions: {C: !Equals [1, 1]}
            Resources:
              F: {Type: AWS::Serverless::Function, Condition: C}
              M: {Type: AWS::Serverless::StateMachine, Properties: {Role: mine}}
            Outputs:
              O: {Value: !Sub '${FRole} ${FRole.Arn}'}
            """);
        TemplateEvaluator evaluator = TemplateText.Evaluator(template, []);

        Assert.Equal(["F", "M", "FRole"], template.Resources.Keys);
        Assert.Equal("AWS::IAM::Role", template.Resources["FRole"].Type);
        Assert.Equal("C", template.Resources["FRole"].Condition?.Name);
        Assert.Equal("""{"Role":"arn-of-FRole"}""", evaluator.Properties(template.Resources["F"]).ToJsonString());
        Assert.Equal("ref-of-FRole arn-of-FRole", evaluator.Text(template.Outputs["O"].Value));
        Assert.Equal(["FRole", "F", "M"], ResourceOrder.Sort(template, evaluator).Select(resource => resource.LogicalId));
    }

    [Fact]
    public void Read_NameOfTheMadeRoleIsTaken_IsAnError() => Assert.Equal(
        ["t.yaml(4,3): SAM makes a role FRole for F, which names none: another resource can't have that name."],
        TemplateText.Findings("Transform: AWS::Serverless-2016-10-31\nResources:\n  F: {Type: AWS::Serverless::Function}\n  FRole: {Type: AWS::IAM::Role}"));
}
