using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud;
using Archiver.Infra.LocalCloud.Stack;
using Archiver.Infra.LocalCloud.Wire;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Archiver.Infra.Tests.Stack;

public sealed class StackStartupTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("archiver-stack-").FullName;
    private readonly CreatedStack _created = new();
    private readonly RecordingProvider _provider = new();
    private readonly LocalCloudOptions _options;

    public StackStartupTests() => _options = new LocalCloudOptions { StackName = "shop", TemplatePath = Path.Combine(_folder, "t.yaml") };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task RunAsync_NoTemplate_DoesNothing()
    {
        _options.TemplatePath = null;

        await Startup().RunAsync(TestContext.Current.CancellationToken);

        Assert.Null(_created.Description);
        Assert.Empty(_provider.Resources);
    }

    [Fact]
    public async Task RunAsync_Resources_AreResolvedFromWhatWasCreatedBefore()
    {
        await RunAsync("""
            Parameters: {Size: {Type: Number, Default: 3}}
            Resources:
              Uses:
                Type: Test::Thing
                Properties: {Arn: !GetAtt Made.Arn, Text: !Sub '${AWS::StackName}/${Made}', Size: !Ref Size, Gone: !Ref AWS::NoValue}
              Made: {Type: Test::Thing}
            Outputs:
              Where: {Value: !GetAtt Uses.Arn, Description: The place., Export: {Name: !Sub '${AWS::StackName}-where'}}
            """);

        Assert.Equal(["Made", "Uses"], _provider.Resources.Select(resource => resource.LogicalId));
        Assert.Equal("""{"Arn":"arn:Made","Text":"shop/name-Made","Size":3}""", _provider.Resources[1].Properties.ToJsonString());
        Assert.Equal($"{_options.TemplatePath}(3,3)", _provider.Resources[1].Location);
        StackDescription stack = _created.Description!;
        Assert.Equal("shop", stack.Name);
        Assert.Equal([new StackResource("Made", "Test::Thing", "name-Made"), new StackResource("Uses", "Test::Thing", "name-Uses")], stack.Resources);
        Assert.Equal([new StackOutput("Where", "arn:Uses", "The place.", "shop-where")], stack.Outputs);
        Assert.Equal(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero), stack.CreatedAt);
    }

    [Fact]
    public async Task RunAsync_GivenParameter_WinsOverItsDefault()
    {
        _options.Parameters["Size"] = "7";

        await RunAsync("Parameters: {Size: {Type: Number, Default: 3}}\nResources: {A: {Type: Test::Thing, Properties: {Size: !Ref Size}}}");

        Assert.Equal("""{"Size":7}""", Assert.Single(_provider.Resources).Properties.ToJsonString());
    }

    [Fact]
    public async Task RunAsync_FalseCondition_LeavesResourceAndOutputOut()
    {
        await RunAsync("""
            Conditions: {Nay: !Equals [1, 2]}
            Resources:
              A: {Type: Test::Thing, Condition: Nay}
              B: {Type: Test::Thing}
            Outputs:
              O: {Value: !Ref A, Condition: Nay}
            """);

        Assert.Equal("B", Assert.Single(_provider.Resources).LogicalId);
        Assert.Empty(_created.Description!.Outputs);
    }

    [Theory]
    [InlineData("Test::File", "CodeUri: code/f", "{\"CodeUri\":\"code/f\"}")]
    [InlineData("AWS::Serverless::Function", "CodeUri: ../code/", "{\"CodeUri\":\"FOLDER/code/\"}")]
    [InlineData("AWS::Serverless::Function", "CodeUri: s3://b/k", "{\"CodeUri\":\"s3://b/k\"}")]
    [InlineData("AWS::Serverless::Function", "CodeUri: {Bucket: b}", "{\"CodeUri\":{\"Bucket\":\"b\"}}")]
    [InlineData("AWS::Serverless::StateMachine", "DefinitionUri: m/a.json", "{\"DefinitionUri\":\"FOLDER/sub/m/a.json\"}")]
    public async Task RunAsync_LocalPath_IsAbsolute(string type, string property, string expected)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "sub"));
        _options.TemplatePath = Path.Combine(_folder, "sub", "t.yaml");

        await RunAsync($"Transform: AWS::Serverless-2016-10-31\nResources: {{A: {{Type: '{type}', Properties: {{{property}, Role: r}}}}}}");

        JsonObject properties = Assert.Single(_provider.Resources).Properties;
        properties.Remove("Role");
        Assert.Equal(expected.Replace("FOLDER", _folder, StringComparison.Ordinal), properties.ToJsonString());
    }

    [Fact]
    public async Task RunAsync_UnknownTypes_AreAllNamedAndNothingIsCreated()
    {
        LocalCloudException exception = await FailsAsync("Resources:\n  A: {Type: Test::Thing}\n  B: {Type: AWS::EC2::Instance}\n  C: {Type: AWS::RDS::DBCluster}");

        Assert.Equal(
            $"{_options.TemplatePath}(3,3): The local cloud has no AWS::EC2::Instance, which B is.{Environment.NewLine}"
            + $"{_options.TemplatePath}(4,3): The local cloud has no AWS::RDS::DBCluster, which C is.",
            exception.Message);
        Assert.Empty(_provider.Resources);
    }

    [Fact]
    public async Task RunAsync_BrokenTemplate_SaysAllOfIt()
    {
        LocalCloudException exception = await FailsAsync("Resources:\n  A: {Type: Test::Thing, Properties: {X: !Ref B, Y: !Ref C}}");

        Assert.Equal(2, exception.Message.Split(Environment.NewLine).Length);
        Assert.StartsWith($"{_options.TemplatePath}(2,42): B is not a parameter", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_MissingFile_NamesIt()
    {
        LocalCloudException exception = await Assert.ThrowsAsync<LocalCloudException>(() => Startup().RunAsync(TestContext.Current.CancellationToken));

        Assert.StartsWith($"{_options.TemplatePath}(1,1): The template can't be read: ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_ServiceRefuses_SaysWhichResourceAndWhy()
    {
        _provider.Error = new AwsError("InvalidName", "No such name.");

        LocalCloudException exception = await FailsAsync("Resources:\n  A: {Type: Test::Thing}");

        Assert.Equal($"{_options.TemplatePath}(2,3): A (Test::Thing) can't be created: No such name. (InvalidName)", exception.Message);
    }

    [Fact]
    public async Task RunAsync_UnknownAttribute_NamesTheOnesThereAre()
    {
        LocalCloudException exception = await FailsAsync("Resources:\n  A: {Type: Test::Thing, Properties: {X: !GetAtt B.Nope}}\n  B: {Type: Test::Thing}");

        Assert.Equal($"{_options.TemplatePath}(2,42): B (Test::Thing) has no attribute Nope; it has Arn.", exception.Message);
    }

    [Fact]
    public async Task RunAsync_TwoOfOneName_AreRefused()
    {
        _provider.Name = "same";

        LocalCloudException exception = await FailsAsync("Resources:\n  A: {Type: Test::Thing}\n  B: {Type: Test::Thing}");

        Assert.Equal($"{_options.TemplatePath}(3,3): B and A are both named same.", exception.Message);
    }

    [Theory]
    [InlineData("AWS::IAM::Role", "Path: /x/, RoleName: r", "r", "Arn", "arn:aws:iam::000000000000:role/x/r")]
    [InlineData("AWS::IAM::Role", "", "shop-A", "Arn", "arn:aws:iam::000000000000:role/shop-A")]
    [InlineData("AWS::IAM::ManagedPolicy", "", "arn:aws:iam::000000000000:policy/shop-A", "PolicyArn", "arn:aws:iam::000000000000:policy/shop-A")]
    [InlineData("AWS::IAM::Policy", "PolicyName: p", "p", "Id", "shop-A")]
    [InlineData("AWS::Logs::LogGroup", "LogGroupName: /g", "/g", "Arn", "arn:aws:logs:us-east-1:000000000000:log-group:/g:*")]
    [InlineData("AWS::CloudWatch::Alarm", "AlarmName: a", "a", "Arn", "arn:aws:cloudwatch:us-east-1:000000000000:alarm:a")]
    [InlineData("AWS::SQS::QueuePolicy", "", "shop-A", "Id", "shop-A")]
    [InlineData("AWS::S3::BucketPolicy", "", "shop-A", "Id", "shop-A")]
    public async Task RunAsync_UnenforcedResource_HasItsNames(string type, string properties, string reference, string attribute, string value)
    {
        await RunAsync($"Resources:\n  A: {{Type: '{type}', Properties: {{{properties}}}}}\nOutputs: {{O: {{Value: !GetAtt A.{attribute}}}}}");

        Assert.Equal(reference, Assert.Single(_created.Description!.Resources).PhysicalId);
        Assert.Equal(value, Assert.Single(_created.Description.Outputs).Value);
    }

    private async Task<LocalCloudException> FailsAsync(string template)
    {
        LocalCloudException exception = await Assert.ThrowsAsync<LocalCloudException>(() => RunAsync(template));
        Assert.Null(_created.Description);
        return exception;
    }

    private async Task RunAsync(string template)
    {
        await File.WriteAllTextAsync(_options.TemplatePath!, template, TestContext.Current.CancellationToken);
        await Startup().RunAsync(TestContext.Current.CancellationToken);
    }

    private StackStartup Startup() => new(
        _options, new StackTemplate(_options), new CloudIdentity(), new FakeTimeProvider(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero)),
        [_provider, new UnenforcedResources(new CloudIdentity(), _options)], _created, NullLogger<StackStartup>.Instance);

    private sealed class RecordingProvider : IResourceProvider
    {
        public IReadOnlyCollection<string> ResourceTypes { get; } =
            ["Test::Thing", "Test::File", "AWS::Serverless::Function", "AWS::Serverless::StateMachine"];

        public List<TemplateResource> Resources { get; } = [];

        public string? Name { get; set; }

        public AwsError? Error { get; set; }

        public Task<ProvisionedResource> ProvisionAsync(TemplateResource resource, CancellationToken cancellationToken)
        {
            if (Error is not null) throw Error;
            Resources.Add(resource);
            return Task.FromResult(new ProvisionedResource(Name ?? $"name-{resource.LogicalId}", new Dictionary<string, string> { ["Arn"] = $"arn:{resource.LogicalId}" }));
        }
    }
}
