using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;
using Archiver.Infra.LocalCloud.StepFunctions;
using Microsoft.Extensions.DependencyInjection;

namespace Archiver.Infra.Tests.LocalCloud.StepFunctions;

/// <summary>A whole local cloud, its Step Functions by the real SDK's client and, where that has no call, by plain HTTP.</summary>
internal sealed class StatesWire : IAsyncDisposable
{
    private readonly TestCloud _cloud;
    private readonly HttpClient _http;

    private StatesWire(TestCloud cloud)
    {
        _cloud = cloud;
        _http = new HttpClient { BaseAddress = cloud.Endpoint };
        Client = cloud.Client(
            new AmazonStepFunctionsConfig { DisableHostPrefixInjection = true }, (credentials, config) => new AmazonStepFunctionsClient(credentials, config));
    }

    public AmazonStepFunctionsClient Client { get; }

    public IServiceProvider Services => _cloud.Server.Services;

    public string DataDirectory => _cloud.DataDirectory;

    public static async Task<StatesWire> StartAsync(TimeProvider? time = null, string? dataDirectory = null) =>
        new(await TestCloud.StartAsync(time, dataDirectory: dataDirectory));

    /// <summary>Makes a call by plain HTTP.</summary>
    public async Task<(int Status, JsonObject Body, HttpResponseHeaders Headers)> PostAsync(string operation, string body)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/");
        request.Headers.Add("X-Amz-Target", $"AWSStepFunctions.{operation}");
        request.Content = new StringContent(body, Encoding.UTF8, "application/x-amz-json-1.0");
        using HttpResponseMessage response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, JsonNode.Parse(text)!.AsObject(), response.Headers);
    }

    /// <summary>Creates a machine.</summary>
    /// <returns>Its ARN.</returns>
    public async Task<string> CreateAsync(string definition, string name = "machine", string type = "STANDARD")
    {
        JsonObject request = new() { ["name"] = name, ["definition"] = definition, ["roleArn"] = StatesCloud.RoleArn, ["type"] = type };
        (int status, JsonObject body, _) = await PostAsync("CreateStateMachine", request.ToJsonString());
        Assert.Equal(200, status);
        return (string)body["stateMachineArn"]!;
    }

    /// <summary>Starts an execution and waits until nothing is under way.</summary>
    public async Task<string> RunAsync(string machineArn, string input = "{}", string? name = null)
    {
        StartExecutionResponse started = await Client.StartExecutionAsync(
            new StartExecutionRequest { StateMachineArn = machineArn, Input = input, Name = name }, TestContext.Current.CancellationToken);
        await IdleAsync();
        return started.ExecutionArn;
    }

    public Task IdleAsync() => Services.GetRequiredService<ExecutionEngine>().WhenIdleAsync()
        .WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

    public Task<DescribeExecutionResponse> DescribeAsync(string executionArn) => Client.DescribeExecutionAsync(
        new DescribeExecutionRequest { ExecutionArn = executionArn }, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _http.Dispose();
        await _cloud.DisposeAsync();
    }
}
