using System.Text.Json.Nodes;
using Amazon.StepFunctions.Model;
using Amazon.StepFunctions.Tests.Wire;

namespace Amazon.StepFunctions.Tests;

/// <summary>What goes over the wire.</summary>
public sealed class RequestTests
{
    private const string Arn = "arn:aws:states:eu-west-1:123456789012:stateMachine:m";
    private const string Document = """{"q":"\"é\" <b> 😀"}""";

    private static readonly Dictionary<string, FullRequest> _full =
        new FullRequest[]
        {
            Full(
                new StartExecutionRequest { StateMachineArn = Arn, Name = "n", Input = Document, TraceHeader = "Root=1" },
                (client, request) => client.StartExecutionAsync(request),
                $$"""{"stateMachineArn":"{{Arn}}","name":"n","input":{{Quoted}},"traceHeader":"Root=1"}"""),
            Full(
                new StartSyncExecutionRequest
                {
                    StateMachineArn = Arn,
                    Name = "n",
                    Input = Document,
                    TraceHeader = "Root=1",
                    IncludedData = IncludedData.METADATA_ONLY,
                },
                (client, request) => client.StartSyncExecutionAsync(request),
                $$"""
                {"stateMachineArn":"{{Arn}}","name":"n","input":{{Quoted}},"traceHeader":"Root=1","includedData":"METADATA_ONLY"}
                """),
            Full(
                new DescribeExecutionRequest { ExecutionArn = Arn, IncludedData = IncludedData.ALL_DATA },
                (client, request) => client.DescribeExecutionAsync(request),
                $$"""{"executionArn":"{{Arn}}","includedData":"ALL_DATA"}"""),
            Full(
                new ListExecutionsRequest
                {
                    StateMachineArn = Arn,
                    StatusFilter = ExecutionStatus.TIMED_OUT,
                    MaxResults = 0,
                    NextToken = "t",
                    MapRunArn = "arn:map",
                    RedriveFilter = ExecutionRedriveFilter.NOT_REDRIVEN,
                },
                (client, request) => client.ListExecutionsAsync(request),
                $$"""
                {"stateMachineArn":"{{Arn}}","statusFilter":"TIMED_OUT","maxResults":0,"nextToken":"t","mapRunArn":"arn:map",
                 "redriveFilter":"NOT_REDRIVEN"}
                """),
            Full(
                new GetExecutionHistoryRequest
                {
                    ExecutionArn = Arn,
                    MaxResults = 1000,
                    ReverseOrder = true,
                    NextToken = "t",
                    IncludeExecutionData = false,
                },
                (client, request) => client.GetExecutionHistoryAsync(request),
                $$"""
                {"executionArn":"{{Arn}}","maxResults":1000,"reverseOrder":true,"nextToken":"t","includeExecutionData":false}
                """),
            Full(
                new StopExecutionRequest { ExecutionArn = Arn, Error = "Stopped", Cause = "By hand" },
                (client, request) => client.StopExecutionAsync(request),
                $$"""{"executionArn":"{{Arn}}","error":"Stopped","cause":"By hand"}"""),
            Full(
                new RedriveExecutionRequest { ExecutionArn = Arn, ClientToken = "c" },
                (client, request) => client.RedriveExecutionAsync(request),
                $$"""{"executionArn":"{{Arn}}","clientToken":"c"}"""),
            Full(
                new DescribeStateMachineRequest { StateMachineArn = Arn, IncludedData = IncludedData.METADATA_ONLY },
                (client, request) => client.DescribeStateMachineAsync(request),
                $$"""{"stateMachineArn":"{{Arn}}","includedData":"METADATA_ONLY"}"""),
            Full(
                new DescribeStateMachineForExecutionRequest { ExecutionArn = Arn, IncludedData = IncludedData.METADATA_ONLY },
                (client, request) => client.DescribeStateMachineForExecutionAsync(request),
                $$"""{"executionArn":"{{Arn}}","includedData":"METADATA_ONLY"}"""),
            Full(
                new ListStateMachinesRequest { MaxResults = 5, NextToken = "t" },
                (client, request) => client.ListStateMachinesAsync(request),
                """{"maxResults":5,"nextToken":"t"}"""),
            Full(
                new SendTaskSuccessRequest { TaskToken = "token", Output = Document },
                (client, request) => client.SendTaskSuccessAsync(request),
                $$"""{"taskToken":"token","output":{{Quoted}}}"""),
            Full(
                new SendTaskFailureRequest { TaskToken = "token", Error = "Denied", Cause = "No \"reason\"" },
                (client, request) => client.SendTaskFailureAsync(request),
                """{"taskToken":"token","error":"Denied","cause":"No \"reason\""}"""),
            Full(
                new SendTaskHeartbeatRequest { TaskToken = "token" },
                (client, request) => client.SendTaskHeartbeatAsync(request),
                """{"taskToken":"token"}"""),
        }.ToDictionary(full => full.Request.GetType().Name[..^"Request".Length]);

    public static TheoryData<string> Operations => Calls.Names;

    private static string Quoted => JsonValue.Create(Document).ToJsonString();

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Call_EveryMemberSet_SendsEachUnderItsName(string operation)
    {
        var service = new FakeService().Answers();
        using var client = service.Client();

        await _full[operation].Call(client);

        Assert.True(
            JsonNode.DeepEquals(JsonNode.Parse(_full[operation].Body), service.Request.Json), service.Request.Body);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void Request_WithEveryMember_LeavesNoneOut(string operation) =>
        Assert.All(
            ModelJson.Members(_full[operation].Request.GetType()),
            member => Assert.True(member.GetValue(_full[operation].Request) is not null, member.Name));

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Call_AnyOperation_IsSignedJsonWithItsTarget(string operation)
    {
        var service = new FakeService().Answers();
        using var client = service.Client();

        await Calls.All[operation](client);

        var request = service.Request;
        Assert.Equal("POST", request.Method);
        Assert.Equal("/", request.Url.AbsolutePath);
        Assert.Equal($"AWSStepFunctions.{operation}", request.Target);
        Assert.Equal("application/x-amz-json-1.0", request.Headers["Content-Type"]);
        Assert.Equal("2016-11-23", request.Headers["x-amz-api-version"]);
        Assert.Equal("session", request.Headers["x-amz-security-token"]);
        Assert.StartsWith("AWS4-HMAC-SHA256 ", request.Headers["Authorization"], StringComparison.Ordinal);
        Assert.Equal(["AKIDEXAMPLE", request.SignatureScope[1], "eu-west-1", "states", "aws4_request"], request.SignatureScope);
        Assert.Contains("x-amz-target", request.Headers["Authorization"], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Call_NoMemberSet_SendsNone(string operation)
    {
        var service = new FakeService().Answers();
        using var client = service.Client();

        await Calls.All[operation](client);

        Assert.Equal(
            operation == "RedriveExecution" ? ["clientToken"] : [],
            service.Request.Json.AsObject().Select(member => member.Key));
    }

    [Fact]
    public async Task RedriveExecution_NoClientToken_SendsANewOneAndLeavesTheRequestAsItWas()
    {
        var service = new FakeService().Answers();
        using var client = service.Client();
        var request = new RedriveExecutionRequest { ExecutionArn = Arn };

        await client.RedriveExecutionAsync(request, TestContext.Current.CancellationToken);
        await client.RedriveExecutionAsync(request, TestContext.Current.CancellationToken);

        Assert.Null(request.ClientToken);
        var tokens = service.Requests.Select(sent => (string)sent.Json["clientToken"]!).ToArray();
        Assert.All(tokens, token => Assert.True(Guid.TryParse(token, out _)));
        Assert.NotEqual(tokens[0], tokens[1]);
        Assert.All(service.Requests, sent => Assert.Equal(Arn, (string)sent.Json["executionArn"]!));
    }

    [Fact]
    public async Task Call_UnknownConstant_SendsItAsItIs()
    {
        var service = new FakeService().Answers();
        using var client = service.Client();

        await client.ListExecutionsAsync(
            new ListExecutionsRequest { StatusFilter = "PAUSED" }, TestContext.Current.CancellationToken);

        Assert.Equal("PAUSED", (string)service.Request.Json["statusFilter"]!);
    }

    [Fact]
    public async Task Call_SaysWhichServiceItCallsInItsUserAgent()
    {
        var service = new FakeService().Answers();
        using var client = service.Client();

        await client.ListStateMachinesAsync(new ListStateMachinesRequest(), TestContext.Current.CancellationToken);

        Assert.Contains("api/SFN#4", service.Request.Headers["User-Agent"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_CancelledBefore_SendsNothing()
    {
        var service = new FakeService().Answers();
        using var client = service.Client();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => client.ListStateMachinesAsync(new ListStateMachinesRequest(), new CancellationToken(canceled: true)));

        Assert.Empty(service.Requests);
    }

    private static FullRequest Full<TRequest>(
        TRequest request, Func<IAmazonStepFunctions, TRequest, Task> call, string body)
        where TRequest : AmazonStepFunctionsRequest =>
        new(request, client => call(client, request), body);

    /// <summary>A request with every member set, how it is sent, and the body that it must become.</summary>
    private sealed record FullRequest(AmazonStepFunctionsRequest Request, Func<IAmazonStepFunctions, Task> Call, string Body);
}
