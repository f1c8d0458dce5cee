using System.Globalization;
using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud.Sqs;
using Archiver.Infra.LocalCloud.StepFunctions;
using Archiver.Infra.LocalCloud.Wire;

namespace Archiver.Infra.LocalCloud.Events.Targets;

/// <summary>Gives events to targets: to a state machine as the input of an execution, to a queue as a message.</summary>
internal sealed class EventSender(ExecutionService executions, SqsService queues, MessageService messages)
{
    /// <summary>Whether targets of that ARN can be served.</summary>
    public static bool Serves(string arn) => arn.Split(':') is ["arn", _, "states", _, _, "stateMachine", not ""] or ["arn", _, "sqs", _, _, not ""];

    /// <summary>Gives an input to a target; it is durable there when this returns.</summary>
    /// <exception cref="AwsError">The target's refusal.</exception>
    public async Task SendAsync(string arn, string input)
    {
        if (arn.Split(':')[2] == "states")
            await executions.StartAsync(new StartRequest(arn, Name: null, input, TraceHeader: null));
        else
            messages.Send(UrlOf(arn), new OutgoingMessage(input, null, MessageAttributes.None, null, null));
    }

    /// <summary>Gives an event that a target did not take to a dead-letter queue, with the reason as attributes.
    /// See https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html.</summary>
    /// <exception cref="AwsError">The queue's refusal.</exception>
    public void SendDead(string queueArn, string @event, string ruleArn, string targetArn, AwsError? error, string? exhausted, int retries)
    {
        JsonObject attributes = [];
        void Add(string name, string? value, string type = "String")
        {
            if (!string.IsNullOrEmpty(value))
                attributes[name] = new JsonObject { ["DataType"] = type, ["StringValue"] = value };
        }

        Add("RULE_ARN", ruleArn);
        Add("TARGET_ARN", targetArn);
        Add("ERROR_CODE", error?.Code);
        Add("ERROR_MESSAGE", error?.Message);
        Add("EXHAUSTED_RETRY_CONDITION", exhausted);
        Add("RETRY_ATTEMPTS", retries.ToString(CultureInfo.InvariantCulture), "Number");
        messages.Send(UrlOf(queueArn), new OutgoingMessage(@event, null, MessageAttributes.FromJson(attributes.ToJsonString()), null, null));
    }

    private string UrlOf(string queueArn) => queues.FindByArn(queueArn) is { } queue ? queues.UrlOf(queue.Definition) : throw SqsErrors.QueueDoesNotExist();
}
