using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.StepFunctions.Model;
using Amazon.StepFunctions.Tests.Wire;

namespace Amazon.StepFunctions.Tests;

/// <summary>What is sent again, and what is not: the SDK's standard mode, three attempts in all.</summary>
public sealed class RetryTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Config_Default_IsTheStandardMode()
    {
        var config = new FakeService().Config();

        Assert.Equal(RequestRetryMode.Standard, config.RetryMode);
        Assert.Equal(2, config.MaxErrorRetry);
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError, "InternalServerError")]
    [InlineData(HttpStatusCode.BadGateway, "")]
    [InlineData(HttpStatusCode.ServiceUnavailable, "ServiceUnavailable")]
    [InlineData(HttpStatusCode.GatewayTimeout, "")]
    [InlineData(HttpStatusCode.BadRequest, "ThrottlingException")]
    [InlineData(HttpStatusCode.TooManyRequests, "TooManyRequestsException")]
    public async Task Call_PassingError_IsSentAgain(HttpStatusCode status, string code)
    {
        var service = new FakeService().Refuses(code, status: status).Refuses(code, status: status).Answers();
        using var client = new ImpatientClient(service.Config());

        var response = await client.SendTaskSuccessAsync(new SendTaskSuccessRequest { TaskToken = "t", Output = "{}" }, Stop);

        Assert.Equal(HttpStatusCode.OK, response.HttpStatusCode);
        Assert.Equal(3, service.Requests.Count);
        Assert.All(service.Requests, request => Assert.Equal("""{"taskToken":"t","output":"{}"}""", request.Body));
    }

    [Fact]
    public async Task Call_ErrorThatStays_IsThrownAfterThreeAttempts()
    {
        var service = new FakeService().Refuses("InternalServerError", status: HttpStatusCode.InternalServerError);
        using var client = new ImpatientClient(service.Config());

        var error = await Assert.ThrowsAsync<AmazonStepFunctionsException>(
            () => client.DescribeExecutionAsync(new DescribeExecutionRequest(), Stop));

        Assert.Equal("InternalServerError", error.ErrorCode);
        Assert.Equal(3, service.Requests.Count);
    }

    [Theory]
    [InlineData("TaskTimedOut")]
    [InlineData("TaskDoesNotExist")]
    [InlineData("InvalidToken")]
    [InlineData("InvalidOutput")]
    [InlineData("KmsAccessDeniedException")]
    [InlineData("AccessDeniedException")]
    public async Task Call_FinalError_IsSentOnce(string code)
    {
        var service = new FakeService().Refuses(code);
        using var client = new ImpatientClient(service.Config());

        await Assert.ThrowsAnyAsync<AmazonStepFunctionsException>(
            () => client.SendTaskSuccessAsync(new SendTaskSuccessRequest { TaskToken = "t", Output = "{}" }, Stop));

        Assert.Single(service.Requests);
    }

    [Fact]
    public async Task RedriveExecution_SentAgain_HasTheSameClientToken()
    {
        var service = new FakeService().Refuses("InternalServerError", status: HttpStatusCode.InternalServerError).Answers();
        using var client = new ImpatientClient(service.Config());

        await client.RedriveExecutionAsync(new RedriveExecutionRequest { ExecutionArn = "arn:e" }, Stop);

        Assert.Equal(2, service.Requests.Count);
        Assert.Single(service.Requests.Select(request => (string)request.Json["clientToken"]!).Distinct());
    }

    /// <summary>The client, with the standard policy of when to send again and none of its waiting.</summary>
    private sealed class ImpatientClient(AmazonStepFunctionsConfig config)
        : AmazonStepFunctionsClient(new BasicAWSCredentials("AKIDEXAMPLE", "secret"), config)
    {
        protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
        {
            base.CustomizeRuntimePipeline(pipeline);
            pipeline.ReplaceHandler<RetryHandler>(new RetryHandler(new ImpatientPolicy(Config)));
        }
    }

    private sealed class ImpatientPolicy(IClientConfig config) : StandardRetryPolicy(config)
    {
        public override Task WaitBeforeRetryAsync(IExecutionContext executionContext) => Task.CompletedTask;
    }
}
