using System.Text;
using System.Text.Json.Nodes;
using Amazon.SQS.Model;
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;

namespace Archiver.Web.Tests.Approvals.Fate;

/// <summary>Runs in the local cloud of a machine that does nothing but ask, over a queue of its own.</summary>
internal sealed class WaitingRuns
{
    private readonly CloudFixture _cloud;
    private readonly string _queue;
    private readonly string _machine;

    private WaitingRuns(CloudFixture cloud, string queue, string machine)
    {
        _cloud = cloud;
        _queue = queue;
        _machine = machine;
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Makes the queue and the machine.</summary>
    /// <param name="task">More members of the state that asks, such as <c>"TimeoutSeconds":1,</c>.</param>
    public static async Task<WaitingRuns> CreateAsync(CloudFixture cloud, string task = "")
    {
        string name = $"waiting-{Guid.NewGuid():N}";
        string queue = (await cloud.Sqs.CreateQueueAsync(name, Cancel)).QueueUrl;
        string definition = $$$$"""
            {"StartAt":"Ask","States":{"Ask":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken",{{{{task}}}}
              "Parameters":{"QueueUrl":"{{{{queue}}}}","MessageBody":{"TaskToken.$":"$$.Task.Token","ExecutionArn.$":"$$.Execution.Id"}},"Next":"Done"},
              "Done":{"Type":"Pass","End":true}}}
            """;
        JsonObject request = new() { ["name"] = name, ["definition"] = definition, ["roleArn"] = "arn:aws:iam::000000000000:role/waiting" };
        // The clients have no call for it: the dashboard makes no machines.
        using HttpClient http = new();
        using StringContent content = new(request.ToJsonString(), Encoding.UTF8, "application/x-amz-json-1.0");
        content.Headers.Add("X-Amz-Target", "AWSStepFunctions.CreateStateMachine");
        using HttpResponseMessage response = await http.PostAsync(new Uri(cloud.Connection.Options.DefaultClientConfig.ServiceURL), content, Cancel);
        JsonNode made = JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancel))!;
        Assert.True(response.IsSuccessStatusCode, made.ToJsonString());
        return new WaitingRuns(cloud, queue, (string)made["stateMachineArn"]!);
    }

    /// <summary>Starts a run and waits for its message.</summary>
    public async Task<(string ExecutionArn, string TaskToken)> StartAsync()
    {
        string arn = (await _cloud.StepFunctions.StartExecutionAsync(new StartExecutionRequest { StateMachineArn = _machine }, Cancel)).ExecutionArn;
        return (arn, await NextTokenAsync());
    }

    /// <summary>The token of the next message.</summary>
    public async Task<string> NextTokenAsync()
    {
        ReceiveMessageResponse received;
        do received = await _cloud.Sqs.ReceiveMessageAsync(new ReceiveMessageRequest { QueueUrl = _queue, WaitTimeSeconds = 20 }, Cancel);
        while (received.Messages is not { Count: > 0 });
        Message message = Assert.Single(received.Messages);
        await _cloud.Sqs.DeleteMessageAsync(_queue, message.ReceiptHandle, Cancel);
        return (string)JsonNode.Parse(message.Body)!["TaskToken"]!;
    }

    /// <summary>Waits for the run's end.</summary>
    public async Task<ExecutionStatus> EndAsync(string executionArn)
    {
        while (true)
        {
            DescribeExecutionResponse run = await _cloud.StepFunctions.DescribeExecutionAsync(new DescribeExecutionRequest { ExecutionArn = executionArn }, Cancel);
            if (run.Status != ExecutionStatus.RUNNING) return run.Status;
        }
    }
}
