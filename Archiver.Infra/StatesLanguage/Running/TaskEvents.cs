using System.Text.Json.Nodes;
using Archiver.Infra.StatesLanguage.Data;
using Archiver.Infra.StatesLanguage.Model;

namespace Archiver.Infra.StatesLanguage.Running;

/// <summary>
/// The events of a task, which for a plain function are named and shaped otherwise than for a service integration.
/// https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html
/// </summary>
internal static class TaskEvents
{
    /// <summary>The task was scheduled.</summary>
    public static void Scheduled(Step step, TaskResource resource, JsonNode? parameters, long? timeoutSeconds, long? heartbeatSeconds)
    {
        var details = new JsonObject();
        if (resource.IsFunction)
        {
            details["resource"] = resource.Arn;
            details.WithInput(parameters);
        }
        else
        {
            Describe(details, resource);
            details["region"] = Region(step.Identity.ExecutionArn);
            details["parameters"] = JsonText.Write(parameters);
        }

        if (timeoutSeconds is not null)
            details["timeoutInSeconds"] = timeoutSeconds;
        if (heartbeatSeconds is not null && !resource.IsFunction)
            details["heartbeatInSeconds"] = heartbeatSeconds;
        if (resource.IsFunction)
            step.Add("LambdaFunctionScheduled", "lambdaFunctionScheduledEventDetails", details);
        else
            step.Add("TaskScheduled", "taskScheduledEventDetails", details);
    }

    /// <summary>Its call began.</summary>
    public static void Started(Step step, TaskResource resource)
    {
        if (resource.IsFunction)
            step.Add("LambdaFunctionStarted");
        else
            step.Add("TaskStarted", "taskStartedEventDetails", Describe([], resource));
    }

    /// <summary>Its call was made, and an answer by the token is awaited.</summary>
    public static void Submitted(Step step, TaskResource resource, JsonNode? output)
        => step.Add("TaskSubmitted", "taskSubmittedEventDetails", Describe([], resource).WithOutput(output));

    /// <summary>It succeeded.</summary>
    public static void Succeeded(Step step, TaskResource resource, JsonNode? output)
    {
        if (resource.IsFunction)
            step.Add("LambdaFunctionSucceeded", "lambdaFunctionSucceededEventDetails", new JsonObject().WithOutput(output));
        else
            step.Add("TaskSucceeded", "taskSucceededEventDetails", Describe([], resource).WithOutput(output));
    }

    /// <summary>It failed; a <c>.waitForTaskToken</c> task whose call was not made failed to be submitted.</summary>
    public static void Failed(Step step, TaskResource resource, bool submitting, StateFailure failure)
    {
        if (resource.IsFunction)
        {
            step.Add("LambdaFunctionFailed", "lambdaFunctionFailedEventDetails", new JsonObject().WithFailure(failure.Error, failure.Cause));
            return;
        }

        var details = Describe([], resource).WithFailure(failure.Error, failure.Cause);
        if (submitting)
            step.Add("TaskSubmitFailed", "taskSubmitFailedEventDetails", details);
        else
            step.Add("TaskFailed", "taskFailedEventDetails", details);
    }

    /// <summary>It took too long.</summary>
    public static void TimedOut(Step step, TaskResource resource, StateFailure failure)
    {
        if (resource.IsFunction)
            step.Add("LambdaFunctionTimedOut", "lambdaFunctionTimedOutEventDetails", new JsonObject().WithFailure(failure.Error, failure.Cause));
        else
            step.Add("TaskTimedOut", "taskTimedOutEventDetails", Describe([], resource).WithFailure(failure.Error, failure.Cause));
    }

    private static JsonObject Describe(JsonObject details, TaskResource resource)
    {
        details["resourceType"] = resource.Type;
        details["resource"] = resource.Action;
        return details;
    }

    private static string Region(string executionArn) => executionArn.Split(':') is [_, _, _, var region, ..] ? region : "";
}
