using Archiver.Infra.LocalCloud;
using Archiver.Infra.LocalCloud.Stack;
using Archiver.Infra.Tests.LocalCloud;
using Archiver.Infra.Validation;
using Microsoft.Extensions.DependencyInjection;

namespace Archiver.Infra.Tests.Validation;

public sealed class PredictedResourcesTests
{
    private const string Arn = "arn:aws:lambda:us-east-1:000000000000:function:f";

    [Fact]
    public async Task Types_All_AreThoseThatTheLocalCloudCreates()
    {
        await using TestCloud cloud = await TestCloud.StartAsync();

        Assert.Equal(
            cloud.Server.Services.GetServices<IResourceProvider>().SelectMany(provider => provider.ResourceTypes).Order(StringComparer.Ordinal),
            PredictedResources.Types.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Names_OfTheStackItself_AreThoseThatTheLocalCloudGives()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "template.yaml");
        await using TestCloud cloud = await TestCloud.StartAsync(templatePath: path);
        List<Finding> findings = [];
        Template template = TemplateReader.ReadFile(path, findings)!;
        CloudIdentity identity = new();
        PredictedResources predicted = new(identity, "archiver");
        TemplateEvaluator evaluator = new(
            template, new TemplateParameterReader(findings).Values(template, new Dictionary<string, string>()), new PseudoParameters(identity, "archiver"), id => predicted[id]);
        foreach (ResourceDeclaration resource in ResourceOrder.Sort(template, evaluator))
            predicted.Add(new TemplateResource(resource.LogicalId, resource.Type, evaluator.Properties(resource), resource.At.ToString()));

        Assert.NotEmpty(cloud.Server.Stack!.Resources);
        foreach (StackResource created in cloud.Server.Stack.Resources)
        {
            // Where a queue is asked is the port's business; which it is, is not.
            string expected = created.Type == "AWS::SQS::Queue" ? new Uri(created.PhysicalId).AbsolutePath : created.PhysicalId;
            Assert.EndsWith(expected, predicted[created.LogicalId]!.Ref, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("f", Arn)]
    [InlineData(Arn, Arn)]
    [InlineData(Arn + ":live", Arn + ":live")]
    [InlineData("f:$LATEST", Arn + ":$LATEST")]
    [InlineData("function:f", Arn)]
    [InlineData("000000000000:function:f", Arn)]
    [InlineData("111111111111:function:f", null)]
    [InlineData("ff", null)]
    [InlineData("arn:aws:lambda:us-east-1:000000000000:function:ff", null)]
    public void Find_Function_TakesTheFormsThatLambdaTakes(string name, string? expected) =>
        Assert.Equal(expected, Find("FunctionName", "f", ResourceKind.Function, name));

    [Theory]
    [InlineData("https://sqs.us-east-1.amazonaws.com/000000000000/q", "arn:aws:sqs:us-east-1:000000000000:q")]
    [InlineData("http://127.0.0.1:4566/000000000000/q", "arn:aws:sqs:us-east-1:000000000000:q")]
    [InlineData("http://127.0.0.1:4566/111111111111/q", null)]
    [InlineData("http://127.0.0.1:4566/000000000000/qq", null)]
    [InlineData("q", null)]
    public void Find_Queue_TakesItsUrl(string name, string? expected) => Assert.Equal(expected, Find("QueueName", "q", ResourceKind.Queue, name));

    [Theory]
    [InlineData("t", "arn:aws:dynamodb:us-east-1:000000000000:table/t")]
    [InlineData("arn:aws:dynamodb:us-east-1:000000000000:table/t", "arn:aws:dynamodb:us-east-1:000000000000:table/t")]
    [InlineData("tt", null)]
    public void Find_Table_TakesItsNameOrArn(string name, string? expected) => Assert.Equal(expected, Find("TableName", "t", ResourceKind.Table, name));

    private static string? Find(string property, string value, ResourceKind kind, string name)
    {
        PredictedResources resources = new(new CloudIdentity(), "s");
        resources.Add(new TemplateResource("R", kind.Type, new() { [property] = value }, ""));
        return resources.Find(kind, name)?.Arn;
    }
}
