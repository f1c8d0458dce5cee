using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using Archiver.Infra.LocalCloud;
using Archiver.Infra.Tests.LocalCloud;

namespace Archiver.Infra.Tests.Parameters;

public sealed class ParameterProviderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("archiver-ssm-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Template_Parameters_AreThereAndMakeNoVersionWithoutAChange()
    {
        Parameter[] first = await StartAsync("""
            Parameters: {Size: {Type: Number, Default: 50}}
            Resources:
              A: {Type: AWS::SSM::Parameter, Properties: {Name: !Sub '/app/${AWS::StackName}/A', Type: String, Value: !Ref Size}}
              B: {Type: AWS::SSM::Parameter, Properties: {Type: StringList, Value: !Join [',', [!Ref A, !GetAtt A.Value, !GetAtt A.Type]], Tags: {k: v}}}
            """, "/app/shop/A", "shop-B");
        Parameter[] second = await StartAsync("""
            Resources:
              A: {Type: AWS::SSM::Parameter, Properties: {Name: /app/shop/A, Type: StringList, Value: '50'}}
              B: {Type: AWS::SSM::Parameter, Properties: {Type: StringList, Value: '/app/shop/A,50,String'}}
            """, "/app/shop/A", "shop-B");

        Assert.Equal(["50", "/app/shop/A,50,String"], first.Select(parameter => parameter.Value));
        Assert.Equal(["StringList 1", "StringList 1"], second.Select(parameter => $"{parameter.Type} {parameter.Version}"));
    }

    [Fact]
    public async Task Template_ChangedValue_IsANewVersion()
    {
        const string Template = "Resources:\n  A: {Type: AWS::SSM::Parameter, Properties: {Name: a, Type: String, Value: x}}";
        await StartAsync(Template, "a");

        Parameter changed = Assert.Single(await StartAsync(Template.Replace("Value: x", "Value: y", StringComparison.Ordinal), "a"));

        Assert.Equal(("y", 2L), (changed.Value, changed.Version ?? 0));
    }

    [Theory]
    [InlineData("Type: SecureString, Value: x", "A (AWS::SSM::Parameter) can't be created: its Type is SecureString; CloudFormation creates String and StringList.")]
    [InlineData("Type: String", "A (AWS::SSM::Parameter) can't be created: it has no Value.")]
    [InlineData("Value: x", "A (AWS::SSM::Parameter) can't be created: it has no Type.")]
    [InlineData("Type: String, Value: [x]", "A (AWS::SSM::Parameter) can't be created: its Value is no text.")]
    [InlineData("Type: String, Value: x, Policies: p", "A (AWS::SSM::Parameter) can't be created: the local cloud's Parameter Store does not have Policies.")]
    [InlineData("Type: String, Value: x, Name: a b", "A (AWS::SSM::Parameter) can't be created: Parameter name: ")]
    public async Task Template_WrongParameter_SaysWhatAndWhere(string properties, string expected)
    {
        LocalCloudException exception = await Assert.ThrowsAsync<LocalCloudException>(
            () => StartAsync($"Resources:\n  A: {{Type: AWS::SSM::Parameter, Properties: {{{properties}}}}}"));

        Assert.StartsWith($"{Path.Combine(_folder, "t.yaml")}(2,3): {expected}", exception.Message, StringComparison.Ordinal);
    }

    private async Task<Parameter[]> StartAsync(string template, params string[] names)
    {
        string path = Path.Combine(_folder, "t.yaml"), data = Path.Combine(_folder, "data");
        await File.WriteAllTextAsync(path, template, TestContext.Current.CancellationToken);
        await using TestCloud cloud = await TestCloud.StartAsync(templatePath: path, dataDirectory: data, configure: options => options.StackName = "shop");
        using AmazonSimpleSystemsManagementClient client = cloud.Client(
            new AmazonSimpleSystemsManagementConfig(), (credentials, config) => new AmazonSimpleSystemsManagementClient(credentials, config));
        GetParametersResponse response = await client.GetParametersAsync(new GetParametersRequest { Names = [.. names] }, TestContext.Current.CancellationToken);
        return [.. response.Parameters];
    }
}
