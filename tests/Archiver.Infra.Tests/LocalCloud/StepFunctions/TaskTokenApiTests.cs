using System.Security.Cryptography;
using Amazon.Runtime;
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;
using Archiver.Infra.LocalCloud.StepFunctions;
using Archiver.Infra.Tests.LocalCloud.Lambda;

namespace Archiver.Infra.Tests.LocalCloud.StepFunctions;

/// <summary>The answers that come by task tokens, by the real SDK's client. The token is fished out of the history, where AWS has it, too.</summary>
public class TaskTokenApiTests
{
    // Its call fails at once where there is no queue, so a function that merely gets the token asks.
    private const string Ask = """
        {"StartAt":"Ask","States":{"Ask":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke.waitForTaskToken",
          "Parameters":{"FunctionName":"Echo","Payload":{"token.$":"$$.Task.Token"}},"HeartbeatSeconds":3600,"End":true}}}
        """;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SendTaskSuccess_Open_EndsTheTaskWithTheOutput()
    {
        await using StatesWire wire = await WaitingAsync();
        (string arn, string token) = await AskAsync(wire);
        await wire.Client.SendTaskSuccessAsync(new SendTaskSuccessRequest { TaskToken = token, Output = """{"approved":false}""" }, Cancelled);
        DescribeExecutionResponse execution = await wire.DescribeAsync(arn);
        Assert.Equal(ExecutionStatus.SUCCEEDED, execution.Status);
        Assert.Equal("""{"approved":false}""", execution.Output);
    }

    [Fact]
    public async Task SendTaskSuccess_AnsweredBefore_IsTaskTimedOut()
    {
        await using StatesWire wire = await WaitingAsync();
        (_, string token) = await AskAsync(wire);
        SendTaskSuccessRequest request = new() { TaskToken = token, Output = "{}" };
        await wire.Client.SendTaskSuccessAsync(request, Cancelled);
        TaskTimedOutException refusal = await Assert.ThrowsAsync<TaskTimedOutException>(() => wire.Client.SendTaskSuccessAsync(request, Cancelled));
        Assert.DoesNotContain(token, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendTaskSuccess_RunStopped_IsTaskTimedOut()
    {
        await using StatesWire wire = await WaitingAsync();
        (string arn, string token) = await AskAsync(wire);
        await wire.Client.StopExecutionAsync(new StopExecutionRequest { ExecutionArn = arn }, Cancelled);
        await Assert.ThrowsAsync<TaskTimedOutException>(() => wire.Client.SendTaskSuccessAsync(
            new SendTaskSuccessRequest { TaskToken = token, Output = "{}" }, Cancelled));
    }

    [Theory]
    [InlineData("approve me!")]
    [InlineData("")]
    [InlineData("{\"a\":1} trailing")]
    public async Task SendTaskSuccess_OutputNotJson_IsInvalidOutputAndTheRunStillWaits(string output)
    {
        await using StatesWire wire = await WaitingAsync();
        (string arn, string token) = await AskAsync(wire);
        await Assert.ThrowsAsync<InvalidOutputException>(() => wire.Client.SendTaskSuccessAsync(
            new SendTaskSuccessRequest { TaskToken = token, Output = output }, Cancelled));
        Assert.Equal(ExecutionStatus.RUNNING, (await wire.DescribeAsync(arn)).Status);
        await wire.Client.SendTaskSuccessAsync(new SendTaskSuccessRequest { TaskToken = token, Output = "null" }, Cancelled);
        Assert.Equal("null", (await wire.DescribeAsync(arn)).Output);
    }

    [Fact]
    public async Task SendTaskSuccess_OutputTooLarge_IsInvalidOutputAndTheRunStillWaits()
    {
        await using StatesWire wire = await WaitingAsync();
        (string arn, string token) = await AskAsync(wire);
        await Assert.ThrowsAsync<InvalidOutputException>(() => wire.Client.SendTaskSuccessAsync(
            new SendTaskSuccessRequest { TaskToken = token, Output = $"\"{new string('a', 262_143)}\"" }, Cancelled));
        Assert.Equal(ExecutionStatus.RUNNING, (await wire.DescribeAsync(arn)).Status);
    }

    [Fact]
    public async Task SendTaskSuccess_NoToken_IsInvalidToken()
    {
        await using StatesWire wire = await WaitingAsync();
        await Assert.ThrowsAsync<InvalidTokenException>(() => wire.Client.SendTaskSuccessAsync(
            new SendTaskSuccessRequest { TaskToken = "nonsense", Output = "{}" }, Cancelled));
        await Assert.ThrowsAsync<InvalidTokenException>(() => wire.Client.SendTaskFailureAsync(new SendTaskFailureRequest { TaskToken = "nonsense" }, Cancelled));
        await Assert.ThrowsAsync<InvalidTokenException>(() => wire.Client.SendTaskHeartbeatAsync(new SendTaskHeartbeatRequest { TaskToken = "nonsense" }, Cancelled));
    }

    [Fact]
    public async Task SendTaskSuccess_AnotherCloudsToken_IsTaskDoesNotExist()
    {
        await using StatesWire wire = await WaitingAsync();
        (string arn, _) = await AskAsync(wire);
        string foreign = new TaskTokens(RandomNumberGenerator.GetBytes(32)).Create(arn, "3");
        await Assert.ThrowsAsync<TaskDoesNotExistException>(() => wire.Client.SendTaskSuccessAsync(
            new SendTaskSuccessRequest { TaskToken = foreign, Output = "{}" }, Cancelled));
    }

    [Fact]
    public async Task SendTaskFailure_Open_FailsTheRunWithErrorAndCause()
    {
        await using StatesWire wire = await WaitingAsync();
        (string arn, string token) = await AskAsync(wire);
        await wire.Client.SendTaskFailureAsync(new SendTaskFailureRequest { TaskToken = token, Error = "Denied", Cause = "too dark" }, Cancelled);
        DescribeExecutionResponse execution = await wire.DescribeAsync(arn);
        Assert.Equal((ExecutionStatus.FAILED, "Denied", "too dark"), (execution.Status, execution.Error, execution.Cause));
        await Assert.ThrowsAsync<TaskTimedOutException>(() => wire.Client.SendTaskFailureAsync(new SendTaskFailureRequest { TaskToken = token }, Cancelled));
    }

    [Fact]
    public async Task SendTaskHeartbeat_OpenThenClosed_IsTakenThenTaskTimedOut()
    {
        await using StatesWire wire = await WaitingAsync();
        (_, string token) = await AskAsync(wire);
        SendTaskHeartbeatRequest heartbeat = new() { TaskToken = token };
        await wire.Client.SendTaskHeartbeatAsync(heartbeat, Cancelled);
        await wire.Client.SendTaskSuccessAsync(new SendTaskSuccessRequest { TaskToken = token, Output = "{}" }, Cancelled);
        await Assert.ThrowsAsync<TaskTimedOutException>(() => wire.Client.SendTaskHeartbeatAsync(heartbeat, Cancelled));
    }

    [Fact]
    public async Task SendTask_MembersMissingOrTooLong_AreValidationExceptions()
    {
        await using StatesWire wire = await WaitingAsync();
        await AssertValidationAsync(() => wire.Client.SendTaskSuccessAsync(new SendTaskSuccessRequest { Output = "{}" }, Cancelled));
        await AssertValidationAsync(() => wire.Client.SendTaskSuccessAsync(new SendTaskSuccessRequest { TaskToken = new string('A', 2049), Output = "{}" }, Cancelled));
        await AssertValidationAsync(() => wire.Client.SendTaskSuccessAsync(new SendTaskSuccessRequest { TaskToken = "AAAA" }, Cancelled));
        await AssertValidationAsync(() => wire.Client.SendTaskFailureAsync(new SendTaskFailureRequest { TaskToken = "AAAA", Error = new string('e', 257) }, Cancelled));
        await AssertValidationAsync(() => wire.Client.SendTaskFailureAsync(new SendTaskFailureRequest { TaskToken = "AAAA", Cause = new string('c', 32_769) }, Cancelled));
    }

    [Fact]
    public async Task Restart_RunWaits_TokenStaysGood()
    {
        string directory = Directory.CreateTempSubdirectory("archiver-states-").FullName;
        string arn, token;
        await using (StatesWire first = await WaitingAsync(directory))
            (arn, token) = await AskAsync(first);
        await using (StatesWire second = await WaitingAsync(directory))
        {
            Assert.Equal(ExecutionStatus.RUNNING, (await second.DescribeAsync(arn)).Status);
            await second.Client.SendTaskSuccessAsync(new SendTaskSuccessRequest { TaskToken = token, Output = "{}" }, Cancelled);
            Assert.Equal(ExecutionStatus.SUCCEEDED, (await second.DescribeAsync(arn)).Status);
        }
        Directory.Delete(directory, recursive: true);
    }

    private static async Task<StatesWire> WaitingAsync(string? directory = null)
    {
        StatesWire wire = await StatesWire.StartAsync(dataDirectory: directory);
        await TestFunctions.ProvisionAsync(wire.Services, "Echo");
        return wire;
    }

    private static async Task<(string ExecutionArn, string Token)> AskAsync(StatesWire wire)
    {
        string arn = await wire.RunAsync(await wire.CreateAsync(Ask));
        GetExecutionHistoryResponse history = await wire.Client.GetExecutionHistoryAsync(new GetExecutionHistoryRequest { ExecutionArn = arn }, Cancelled);
        HistoryEvent submitted = history.Events.Single(entry => entry.Type == HistoryEventType.TaskSubmitted);
        return (arn, (string)System.Text.Json.Nodes.JsonNode.Parse(submitted.TaskSubmittedEventDetails.Output)!["Payload"]!["token"]!);
    }

    private static async Task AssertValidationAsync(Func<Task> call) =>
        Assert.Equal("ValidationException", (await Assert.ThrowsAnyAsync<AmazonServiceException>(call)).ErrorCode);
}
