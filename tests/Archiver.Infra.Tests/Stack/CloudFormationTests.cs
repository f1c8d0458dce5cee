using System.Net;
using System.Net.Http.Headers;
using System.Xml.Linq;
using Archiver.Infra.Tests.LocalCloud;

namespace Archiver.Infra.Tests.Stack;

public sealed class CloudFormationTests : IAsyncLifetime
{
    private static readonly XNamespace Namespace = "http://cloudformation.amazonaws.com/doc/2010-05-15/";
    private readonly HttpClient _http = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("archiver-cfn-").FullName;
    private TestCloud _cloud = null!;

    public async ValueTask InitializeAsync()
    {
        string template = Path.Combine(_folder, "t.yaml");
        await File.WriteAllTextAsync(
            template,
            """
            Resources:
              Role: {Type: AWS::IAM::Role, Properties: {RoleName: r}}
              Parameter: {Type: AWS::SSM::Parameter, Properties: {Name: /p, Type: String, Value: !GetAtt Role.Arn}}
            Outputs:
              RoleArn: {Value: !GetAtt Role.Arn, Description: 'The <role>'}
            """,
            TestContext.Current.CancellationToken);
        _cloud = await TestCloud.StartAsync(templatePath: template, configure: options => options.StackName = "shop");
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _cloud.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("")]
    [InlineData("shop")]
    public async Task DescribeStacks_TheStack_HasItsOutputs(string name)
    {
        (HttpStatusCode status, XElement answer) = await CallAsync("DescribeStacks", name.Length == 0 ? [] : [("StackName", name)]);

        Assert.Equal(HttpStatusCode.OK, status);
        XElement stack = Assert.Single(answer.Descendants(Namespace + "Stacks").Elements());
        Assert.Equal("shop", (string?)stack.Element(Namespace + "StackName"));
        Assert.Equal("CREATE_COMPLETE", (string?)stack.Element(Namespace + "StackStatus"));
        XElement output = Assert.Single(stack.Element(Namespace + "Outputs")!.Elements());
        Assert.Equal("RoleArn", (string?)output.Element(Namespace + "OutputKey"));
        Assert.Equal("arn:aws:iam::000000000000:role/r", (string?)output.Element(Namespace + "OutputValue"));
        Assert.Equal("The <role>", (string?)output.Element(Namespace + "Description"));
    }

    [Fact]
    public async Task DescribeStackResources_Resources_HaveTheirPhysicalNames()
    {
        (_, XElement answer) = await CallAsync("DescribeStackResources", ("StackName", "shop"));
        (_, XElement one) = await CallAsync("DescribeStackResources", ("StackName", "shop"), ("LogicalResourceId", "Parameter"));
        (_, XElement physical) = await CallAsync("DescribeStackResources", ("PhysicalResourceId", "/p"));

        Assert.Equal(["r", "/p"], answer.Descendants(Namespace + "PhysicalResourceId").Select(id => id.Value));
        Assert.Equal(["/p"], one.Descendants(Namespace + "PhysicalResourceId").Select(id => id.Value));
        Assert.Equal(["Role", "Parameter"], physical.Descendants(Namespace + "LogicalResourceId").Select(id => id.Value));
    }

    [Fact]
    public async Task ListStackResources_Resources_HaveTheirTypes()
    {
        (_, XElement answer) = await CallAsync("ListStackResources", ("StackName", "shop"));

        Assert.Equal(["AWS::IAM::Role", "AWS::SSM::Parameter"], answer.Descendants(Namespace + "ResourceType").Select(type => type.Value));
    }

    [Theory]
    [InlineData("DescribeStacks", "StackName", "other", "ValidationError", "Stack with id other does not exist")]
    [InlineData("ListStackResources", "NextToken", "x", "ValidationError", "StackName must be given.")]
    [InlineData("DescribeStackResources", "PhysicalResourceId", "x", "ValidationError", "Stack for x does not exist")]
    [InlineData("DeleteStack", "StackName", "shop", "InvalidAction", "The local cloud does not have cloudformation:DeleteStack.")]
    public async Task Call_Refused_HasTheServicesError(string action, string member, string value, string code, string message)
    {
        (HttpStatusCode status, XElement answer) = await CallAsync(action, (member, value));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(Namespace + "ErrorResponse", answer.Name);
        Assert.Equal((code, message), ((string?)answer.Descendants(Namespace + "Code").Single(), (string?)answer.Descendants(Namespace + "Message").Single()));
    }

    private async Task<(HttpStatusCode Status, XElement Answer)> CallAsync(string action, params (string Name, string Value)[] members)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, _cloud.Endpoint)
        {
            Content = new FormUrlEncodedContent([new("Action", action), new("Version", "2010-05-15"), .. members.Select(member => KeyValuePair.Create(member.Name, member.Value))]),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("AWS4-HMAC-SHA256", "Credential=local/20300101/us-east-1/cloudformation/aws4_request, SignedHeaders=host, Signature=0");
        using HttpResponseMessage response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal("text/xml", response.Content.Headers.ContentType?.MediaType);
        return (response.StatusCode, XElement.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }
}
