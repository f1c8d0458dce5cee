using System.Text;
using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud.Lambda;
using Archiver.Infra.LocalCloud.Stack;
using Archiver.Infra.LocalCloud.Wire;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Archiver.Infra.Tests.LocalCloud.Lambda;

public class LambdaRuntimeTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task InvokeAsync_Echo_GivesThePayloadBack()
    {
        await using TestCloud cloud = await TestCloud.StartAsync(_time);
        await TestFunctions.ProvisionAsync(cloud.Server.Services, "echo");
        LambdaResult result = await InvokeAsync(cloud, "echo", """{"a":"é"}""");
        Assert.Null(result.FunctionError);
        Assert.Equal("""{"a":"é"}""", Text(result));
    }

    [Theory]
    [InlineData("echo")]
    [InlineData("echo:$LATEST")]
    [InlineData("000000000000:function:echo")]
    [InlineData("arn:aws:lambda:us-east-1:000000000000:function:echo")]
    [InlineData("arn:aws:lambda:us-east-1:000000000000:function:echo:$LATEST")]
    public async Task InvokeAsync_EveryWayToNameIt_FindsTheFunction(string name)
    {
        await using TestCloud cloud = await TestCloud.StartAsync(_time);
        await TestFunctions.ProvisionAsync(cloud.Server.Services, "echo");
        Assert.Equal("1", Text(await InvokeAsync(cloud, name, "1")));
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("echo:3")]
    [InlineData("arn:aws:lambda:us-east-1:000000000000:function:nobody")]
    public async Task InvokeAsync_Unknown_IsResourceNotFoundException(string name)
    {
        await using TestCloud cloud = await TestCloud.StartAsync(_time);
        await TestFunctions.ProvisionAsync(cloud.Server.Services, "echo");
        AwsError error = await Assert.ThrowsAsync<AwsError>(() => InvokeAsync(cloud, name, "1"));
        Assert.Equal(("ResourceNotFoundException", 404), (error.Code, error.StatusCode));
    }

    [Fact]
    public async Task InvokeAsync_Throws_GivesTypeMessageAndStackTrace()
    {
        await using TestCloud cloud = await TestCloud.StartAsync(_time);
        await ProvisionAsync(cloud, "broken", typeof(BrokenFunction));
        LambdaResult result = await InvokeAsync(cloud, "broken", "{}");
        Assert.Equal("Unhandled", result.FunctionError);
        JsonNode error = JsonNode.Parse(result.Payload.Span)!;
        Assert.Equal("TestFailureException", (string?)error["errorType"]);
        Assert.Equal("broken é<&>", (string?)error["errorMessage"]);
        Assert.Contains(error["stackTrace"]!.AsArray(), line => ((string)line!).Contains(nameof(BrokenFunction), StringComparison.Ordinal));
    }

    [Fact]
    public async Task InvokeAsync_TakesLongerThanItsTimeout_TimesOut()
    {
        await using TestCloud cloud = await TestCloud.StartAsync(_time);
        await ProvisionAsync(cloud, "endless", typeof(EndlessFunction), new JsonObject { ["Timeout"] = 7 });
        Task<LambdaResult> call = InvokeAsync(cloud, "endless", "{}");
        _time.Advance(TimeSpan.FromSeconds(7));
        LambdaResult result = await call.WaitAsync(TestContext.Current.CancellationToken);
        JsonNode error = JsonNode.Parse(result.Payload.Span)!;
        Assert.Equal("Sandbox.Timedout", (string?)error["errorType"]);
        Assert.EndsWith("Task timed out after 7.00 seconds", (string?)error["errorMessage"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task InvokeAsync_AnswerTooLarge_IsResponseSizeTooLarge()
    {
        await using TestCloud cloud = await TestCloud.StartAsync(_time);
        await ProvisionAsync(cloud, "huge", typeof(HugeFunction));
        Assert.Equal("Function.ResponseSizeTooLarge", (string?)JsonNode.Parse((await InvokeAsync(cloud, "huge", "{}")).Payload.Span)!["errorType"]);
    }

    [Fact]
    public async Task InvokeAsync_EventTooLarge_IsRequestTooLargeException()
    {
        await using TestCloud cloud = await TestCloud.StartAsync(_time);
        await TestFunctions.ProvisionAsync(cloud.Server.Services, "echo");
        AwsError error = await Assert.ThrowsAsync<AwsError>(() => InvokeAsync(cloud, "echo", $"\"{new string('a', 6 * 1024 * 1024)}\""));
        Assert.Equal("RequestTooLargeException", error.Code);
    }

    [Fact]
    public async Task InvokeAsync_TakesSurroundings_GetsThisCloudsAndIsConstructedOnce()
    {
        await using TestCloud cloud = await TestCloud.StartAsync(_time);
        int before = SurroundedFunction.Constructed;
        await ProvisionAsync(cloud, "surrounded", typeof(SurroundedFunction), new JsonObject
        {
            ["Environment"] = new JsonObject { ["Variables"] = new JsonObject { ["GREETING"] = "hello", ["NUMBER"] = 5 } },
        });
        Assert.Equal(before, SurroundedFunction.Constructed);
        LambdaResult[] results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => InvokeAsync(cloud, "surrounded", "{}")));
        Assert.Equal(before + 1, SurroundedFunction.Constructed);
        JsonNode answer = JsonNode.Parse(results[0].Payload.Span)!;
        Assert.Equal("hello", (string?)answer["greeting"]);
        Assert.Equal("surrounded", (string?)answer["name"]);
        Assert.Equal(cloud.Endpoint.ToString(), (string?)answer["endpoint"]);
    }

    [Theory]
    [InlineData("Nowhere::Type::Method", "assembly Nowhere")]
    [InlineData("Archiver.Infra.Tests::Nobody::HandleAsync", "type Nobody")]
    [InlineData("Archiver.Infra.Tests::Archiver.Infra.Tests.LocalCloud.Lambda.EchoFunction::Nothing", "method Nothing")]
    [InlineData("Archiver.Infra.Tests::Archiver.Infra.Tests.LocalCloud.Lambda.EchoFunction::Synchronous", "Task<Stream>")]
    [InlineData("Archiver.Infra.Tests::Archiver.Infra.Tests.LocalCloud.Lambda.UnconstructibleFunction::HandleAsync", "constructor")]
    [InlineData("index.handler", "ASSEMBLY::TYPE::METHOD")]
    public async Task ProvisionAsync_HandlerNotFound_SaysWhereAndWhichPart(string handler, string part)
    {
        await using TestCloud cloud = await TestCloud.StartAsync(_time);
        Archiver.Infra.LocalCloud.LocalCloudException exception = await Assert.ThrowsAsync<Archiver.Infra.LocalCloud.LocalCloudException>(
            () => TestFunctions.ProvisionAsync(cloud.Server.Services, "f", new JsonObject { ["Handler"] = handler }));
        Assert.StartsWith("template.yaml(7,3): ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(part, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Timeout", "0")]
    [InlineData("Timeout", "901")]
    [InlineData("Timeout", "\"soon\"")]
    [InlineData("Runtime", "\"nodejs22.x\"")]
    [InlineData("Events", "{}")]
    [InlineData("Environment", """{"Variables":{"A":[1]}}""")]
    public async Task ProvisionAsync_PropertyThatCantBe_SaysWhereAndWhat(string property, string value)
    {
        await using TestCloud cloud = await TestCloud.StartAsync(_time);
        Archiver.Infra.LocalCloud.LocalCloudException exception = await Assert.ThrowsAsync<Archiver.Infra.LocalCloud.LocalCloudException>(
            () => TestFunctions.ProvisionAsync(cloud.Server.Services, "f", new JsonObject { [property] = JsonNode.Parse(value) }));
        Assert.StartsWith("template.yaml(7,3): The function f can't be created:", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ProvisionAsync_WithoutAName_IsNamedAfterStackAndResource()
    {
        await using TestCloud cloud = await TestCloud.StartAsync(_time);
        ProvisionedResource resource = await cloud.Server.Services.GetServices<IResourceProvider>()
            .Single(provider => provider.ResourceTypes.Contains("AWS::Serverless::Function"))
            .ProvisionAsync(
                TestFunctions.Resource("Echo", new JsonObject { ["Handler"] = TestFunctions.Handler(typeof(EchoFunction)), ["Runtime"] = "dotnet10", ["MemorySize"] = 512 }),
                TestContext.Current.CancellationToken);
        Assert.Equal("archiver-Echo", resource.Ref);
        Assert.Equal("arn:aws:lambda:us-east-1:000000000000:function:archiver-Echo", resource.Attributes["Arn"]);
    }

    private static Task<ProvisionedResource> ProvisionAsync(TestCloud cloud, string name, Type type, JsonObject? more = null)
    {
        JsonObject properties = more ?? [];
        properties["Handler"] = TestFunctions.Handler(type);
        return TestFunctions.ProvisionAsync(cloud.Server.Services, name, properties);
    }

    private static Task<LambdaResult> InvokeAsync(TestCloud cloud, string function, string payload) => cloud.Server.Services
        .GetRequiredService<ILambdaRuntime>().InvokeAsync(function, Encoding.UTF8.GetBytes(payload), TestContext.Current.CancellationToken);

    private static string Text(LambdaResult result) => Encoding.UTF8.GetString(result.Payload.Span);
}
