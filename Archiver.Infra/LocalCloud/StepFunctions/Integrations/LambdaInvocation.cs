using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud.Lambda;
using Archiver.Infra.LocalCloud.Wire;
using Archiver.Infra.StatesLanguage.Data;

namespace Archiver.Infra.LocalCloud.StepFunctions.Integrations;

/// <summary>What both ways to call a function share: invoke, and take its error apart.</summary>
internal static class LambdaInvocation
{
    /// <summary>The name of Lambda in its errors.</summary>
    public const string ServiceId = "Lambda";

    /// <summary>Invokes a function; <paramref name="answer"/> makes the task's output of what it gave.</summary>
    public static async Task<TaskOutcome> InvokeAsync(
        ILambdaRuntime runtime, string function, JsonNode? payload, Func<JsonNode?, JsonNode?> answer, CancellationToken cancellationToken)
    {
        LambdaResult result;
        try
        {
            result = await runtime.InvokeAsync(function, Encoding.UTF8.GetBytes(JsonText.Write(payload)), cancellationToken);
        }
        catch (AwsError error)
        {
            return ServiceErrors.ToFailure(error, ServiceId);
        }
        if (result.Payload.Length == 0)
            return new TaskOutcome.Succeeded(answer(null));
        try
        {
            JsonNode? given = JsonText.Parse(Encoding.UTF8.GetString(result.Payload.Span));
            return result.FunctionError is null ? new TaskOutcome.Succeeded(answer(given)) : Failure(given);
        }
        catch (JsonException exception)
        {
            return new TaskOutcome.Failed($"{ServiceId}.Unknown", $"The function {function} gave what is not JSON: {exception.Message}");
        }
    }

    // The error's name is what the function threw, so that a Catch can name it; the cause is the error object's text.
    private static TaskOutcome.Failed Failure(JsonNode? error)
    {
        string? name = error is JsonObject members && members["errorType"] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
        return new TaskOutcome.Failed(name ?? $"{ServiceId}.Unknown", JsonText.Write(error));
    }
}
