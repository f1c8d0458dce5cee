using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Archiver.Infra.Tests.LocalCloud.Lambda;

/// <summary>Lambda over the wire. There is no client package on the feed, so plain HTTP in the shape of its REST protocol.</summary>
public class LambdaApiTests
{
    private const string Functions = "/2015-03-31/functions";

    [Fact]
    public async Task Invoke_RequestResponse_GivesTheAnswer()
    {
        await using TestCloud cloud = await StartAsync();
        using HttpResponseMessage response = await InvokeAsync(cloud, "echo", """{"a":1}""");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("$LATEST", response.Headers.GetValues("X-Amz-Executed-Version").Single());
        Assert.False(response.Headers.Contains("X-Amz-Function-Error"));
        Assert.Equal("""{"a":1}""", await TextAsync(response));
    }

    [Fact]
    public async Task Invoke_ByEscapedArn_GivesTheAnswer()
    {
        await using TestCloud cloud = await StartAsync();
        using HttpResponseMessage response = await InvokeAsync(cloud, "arn%3Aaws%3Alambda%3Aus-east-1%3A000000000000%3Afunction%3Aecho", "7");
        Assert.Equal("7", await TextAsync(response));
    }

    [Fact]
    public async Task Invoke_Throws_SaysSoInTheHeader()
    {
        await using TestCloud cloud = await StartAsync();
        using HttpResponseMessage response = await InvokeAsync(cloud, "broken", "{}");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("Unhandled", response.Headers.GetValues("X-Amz-Function-Error").Single());
        Assert.Equal("TestFailureException", (string?)JsonNode.Parse(await TextAsync(response))!["errorType"]);
    }

    [Theory]
    [InlineData("Event", HttpStatusCode.Accepted)]
    [InlineData("DryRun", HttpStatusCode.NoContent)]
    [InlineData("Sometime", HttpStatusCode.BadRequest)]
    public async Task Invoke_OtherTypes_AnswerWithTheirStatus(string type, HttpStatusCode status)
    {
        await using TestCloud cloud = await StartAsync();
        using HttpResponseMessage response = await InvokeAsync(cloud, "echo", "{}", type);
        Assert.Equal(status, response.StatusCode);
    }

    [Theory]
    [InlineData("nobody", "{}", HttpStatusCode.NotFound, "ResourceNotFoundException")]
    [InlineData("echo", "{oops", HttpStatusCode.BadRequest, "InvalidRequestContentException")]
    public async Task Invoke_Refused_AnswersWithTheErrorsType(string function, string payload, HttpStatusCode status, string code)
    {
        await using TestCloud cloud = await StartAsync();
        using HttpResponseMessage response = await InvokeAsync(cloud, function, payload);
        Assert.Equal(status, response.StatusCode);
        Assert.Equal(code, response.Headers.GetValues("x-amzn-ErrorType").Single());
        Assert.NotNull(JsonNode.Parse(await TextAsync(response))!["Message"]);
    }

    [Fact]
    public async Task ListFunctions_Pages_GiveEveryFunctionOnce()
    {
        await using TestCloud cloud = await StartAsync();
        JsonNode first = await GetAsync(cloud, $"{Functions}/?MaxItems=1");
        Assert.Equal("broken", (string?)first["Functions"]!.AsArray().Single()!["FunctionName"]);
        JsonNode second = await GetAsync(cloud, $"{Functions}/?Marker={first["NextMarker"]}");
        Assert.Equal("echo", (string?)second["Functions"]!.AsArray().Single()!["FunctionName"]);
        Assert.Null(second["NextMarker"]);
    }

    [Fact]
    public async Task GetFunction_Known_GivesItsConfiguration()
    {
        await using TestCloud cloud = await StartAsync();
        JsonNode configuration = (await GetAsync(cloud, $"{Functions}/echo"))["Configuration"]!;
        Assert.Equal("arn:aws:lambda:us-east-1:000000000000:function:echo", (string?)configuration["FunctionArn"]);
        Assert.Equal(TestFunctions.Handler(typeof(EchoFunction)), (string?)configuration["Handler"]);
        Assert.Equal(3, (int)configuration["Timeout"]!);
    }

    private static async Task<TestCloud> StartAsync()
    {
        TestCloud cloud = await TestCloud.StartAsync();
        await TestFunctions.ProvisionAsync(cloud.Server.Services, "echo");
        await TestFunctions.ProvisionAsync(cloud.Server.Services, "broken", new JsonObject { ["Handler"] = TestFunctions.Handler(typeof(BrokenFunction)) });
        return cloud;
    }

    private static async Task<HttpResponseMessage> InvokeAsync(TestCloud cloud, string function, string payload, string? type = null)
    {
        using HttpClient client = new() { BaseAddress = cloud.Endpoint };
        using HttpRequestMessage request = new(HttpMethod.Post, $"{Functions}/{function}/invocations") { Content = new StringContent(payload, Encoding.UTF8) };
        if (type is not null)
            request.Headers.Add("X-Amz-Invocation-Type", type);
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static async Task<JsonNode> GetAsync(TestCloud cloud, string path)
    {
        using HttpClient client = new() { BaseAddress = cloud.Endpoint };
        return JsonNode.Parse(await client.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken))!;
    }

    private static Task<string> TextAsync(HttpResponseMessage response) => response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
