using Amazon.Extensions.NETCore.Setup;
using Amazon.Runtime;
using Amazon.StepFunctions.Model;
using Amazon.StepFunctions.Tests.Wire;
using Microsoft.Extensions.DependencyInjection;

namespace Amazon.StepFunctions.Tests;

/// <summary>
/// What a client takes from its surroundings: endpoint, region and credentials, and how a service container makes it.
/// </summary>
[Collection(nameof(ProcessWide))]
public sealed class SurroundingsTests : IDisposable
{
    private readonly AwsEnvironment _environment = new AwsEnvironment()
        .Set("AWS_ACCESS_KEY_ID", "AKIDENVIRONMENT")
        .Set("AWS_SECRET_ACCESS_KEY", "secret")
        .Set("AWS_REGION", "ap-southeast-2");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        AWSConfigs.HttpClientFactory = null;
        _environment.Dispose();
    }

    [Fact]
    public async Task Client_NothingGiven_TakesKeyAndRegionFromTheEnvironment()
    {
        await using var server = new LoopbackServer("""{"stateMachines":[{"name":"m"}]}""");
        _environment.Set("AWS_ENDPOINT_URL", server.Url).Set("AWS_SESSION_TOKEN", "session");
        using var client = new AmazonStepFunctionsClient();

        var response = await client.ListStateMachinesAsync(new ListStateMachinesRequest(), Stop);

        Assert.Equal("m", response.StateMachines[0].Name);
        Assert.Equal(
            ["AKIDENVIRONMENT", server.Request.SignatureScope[1], "ap-southeast-2", "states", "aws4_request"],
            server.Request.SignatureScope);
        Assert.Equal("session", server.Request.Headers["X-Amz-Security-Token"]);
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/", null, false, "http://127.0.0.1:1/")]
    [InlineData("http://127.0.0.1:1/", "http://127.0.0.1:2/", false, "http://127.0.0.1:2/")]
    [InlineData(null, "http://127.0.0.1:2/", false, "http://127.0.0.1:2/")]
    [InlineData("http://127.0.0.1:1/", "http://127.0.0.1:2/", true, "https://states.ap-southeast-2.amazonaws.com/")]
    [InlineData(null, null, false, "https://states.ap-southeast-2.amazonaws.com/")]
    public void Client_EndpointVariables_TheServicesOwnComesFirst(string? all, string? sfn, bool ignore, string url)
    {
        _environment
            .Set("AWS_ENDPOINT_URL", all)
            .Set("AWS_ENDPOINT_URL_SFN", sfn)
            .Set("AWS_ENDPOINT_URL_SQS", "http://127.0.0.1:3/");
        if (ignore)
            _environment.Set("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true");
        using var client = new AmazonStepFunctionsClient();

        Assert.Equal(url, client.DetermineServiceOperationEndpoint(new ListStateMachinesRequest()).URL);
    }

    [Fact]
    public void Client_ServiceUrlGiven_ComesBeforeTheEnvironment()
    {
        _environment.Set("AWS_ENDPOINT_URL_SFN", "http://127.0.0.1:2/");
        using var client = new AmazonStepFunctionsClient(new AmazonStepFunctionsConfig { ServiceURL = "http://127.0.0.1:9" });

        Assert.Equal("http://127.0.0.1:9/", client.DetermineServiceOperationEndpoint(new ListStateMachinesRequest()).URL);
    }

    [Fact]
    public async Task AddAWSService_NothingGiven_ResolvesAWorkingClient()
    {
        await using var server = new LoopbackServer("""{"executionArn":"arn:e","startDate":1700000000.25}""");
        _environment.Set("AWS_ENDPOINT_URL_SFN", server.Url);
        await using var services = new ServiceCollection().AddAWSService<IAmazonStepFunctions>().BuildServiceProvider();

        var client = services.GetRequiredService<IAmazonStepFunctions>();
        var response = await client.StartExecutionAsync(
            new StartExecutionRequest { StateMachineArn = "arn:m", Input = """{"é":1}""" }, Stop);

        Assert.IsType<AmazonStepFunctionsClient>(client);
        Assert.Same(client, services.GetRequiredService<IAmazonStepFunctions>());
        Assert.Equal("arn:e", response.ExecutionArn);
        Assert.Equal("AWSStepFunctions.StartExecution", server.Request.Target);
        Assert.Equal("""{"é":1}""", (string)server.Request.Json["input"]!);
        Assert.Equal("AKIDENVIRONMENT", server.Request.SignatureScope[0]);
    }

    [Fact]
    public async Task AddAWSService_Options_AreTheClients()
    {
        await using var server = new LoopbackServer("{}");
        var options = new AWSOptions
        {
            Region = RegionEndpoint.EUNorth1,
            Credentials = new BasicAWSCredentials("AKIDOPTIONS", "secret"),
            DefaultClientConfig = { ServiceURL = server.Url, AuthenticationRegion = "eu-north-1" },
        };
        await using var services = new ServiceCollection()
            .AddDefaultAWSOptions(options).AddAWSService<IAmazonStepFunctions>().BuildServiceProvider();

        var client = services.GetRequiredService<IAmazonStepFunctions>();
        await client.SendTaskHeartbeatAsync(new SendTaskHeartbeatRequest { TaskToken = "t" }, Stop);

        Assert.Equal("AKIDOPTIONS", server.Request.SignatureScope[0]);
        Assert.Equal("eu-north-1", server.Request.SignatureScope[2]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("region")]
    [InlineData("config")]
    [InlineData("credentials")]
    [InlineData("credentials region")]
    [InlineData("credentials config")]
    [InlineData("key")]
    [InlineData("key region")]
    [InlineData("key config")]
    [InlineData("session")]
    [InlineData("session region")]
    [InlineData("session config")]
    public async Task Client_EachConstructor_TakesWhatItIsGivenAndTheRestFromTheEnvironment(string given)
    {
        var service = new FakeService().Answers();
        AWSConfigs.HttpClientFactory = service.HttpClientFactory;
        var region = RegionEndpoint.CACentral1;
        var config = new AmazonStepFunctionsConfig { RegionEndpoint = region };
        var credentials = new BasicAWSCredentials("AKIDGIVEN", "secret");
        using var client = given switch
        {
            "" => new AmazonStepFunctionsClient(),
            "region" => new AmazonStepFunctionsClient(region),
            "config" => new AmazonStepFunctionsClient(config),
            "credentials" => new AmazonStepFunctionsClient(credentials),
            "credentials region" => new AmazonStepFunctionsClient(credentials, region),
            "credentials config" => new AmazonStepFunctionsClient(credentials, config),
            "key" => new AmazonStepFunctionsClient("AKIDGIVEN", "secret"),
            "key region" => new AmazonStepFunctionsClient("AKIDGIVEN", "secret", region),
            "key config" => new AmazonStepFunctionsClient("AKIDGIVEN", "secret", config),
            "session" => new AmazonStepFunctionsClient("AKIDGIVEN", "secret", "session"),
            "session region" => new AmazonStepFunctionsClient("AKIDGIVEN", "secret", "session", region),
            _ => new AmazonStepFunctionsClient("AKIDGIVEN", "secret", "session", config),
        };

        await client.ListStateMachinesAsync(new ListStateMachinesRequest(), Stop);

        var request = service.Request;
        Assert.Equal(given is "" or "region" or "config" ? "AKIDENVIRONMENT" : "AKIDGIVEN", request.SignatureScope[0]);
        Assert.Equal(
            given.Split(' ')[^1] is "region" or "config" ? "ca-central-1" : "ap-southeast-2",
            request.SignatureScope[2]);
        Assert.Equal(given.StartsWith("session", StringComparison.Ordinal), request.Headers.ContainsKey("X-Amz-Security-Token"));
    }
}
