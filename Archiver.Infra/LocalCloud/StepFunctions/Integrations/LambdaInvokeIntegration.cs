using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud.Lambda;

namespace Archiver.Infra.LocalCloud.StepFunctions.Integrations;

/// <summary><c>arn:aws:states:::lambda:invoke</c>, also <c>.waitForTaskToken</c>.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html</remarks>
internal sealed class LambdaInvokeIntegration(ILambdaRuntime runtime) : ITaskIntegration
{
    private static readonly TaskParameters Invoke = new(
        ["FunctionName"], ["ClientContext", "InvocationType", "LogType", "Payload", "Qualifier"]);

    /// <inheritdoc/>
    public bool Handles(TaskResource resource) => resource is { Service: "lambda", Action: "invoke" }
        && (resource.Pattern.Length == 0 || resource.WaitsForTaskToken);

    /// <inheritdoc/>
    public TaskParameters? Parameters(TaskResource resource) => Invoke;

    /// <inheritdoc/>
    public Task<TaskOutcome> InvokeAsync(TaskResource resource, JsonNode? parameters, CancellationToken cancellationToken)
    {
        if (Text(parameters, "FunctionName") is not { Length: > 0 } function)
            return Task.FromResult<TaskOutcome>(Refuse("The value for the field 'FunctionName' must be a STRING that is not empty."));
        if (Text(parameters, "InvocationType") is { } type && type != "RequestResponse")
            return Task.FromResult<TaskOutcome>(Refuse($"The local cloud's Task states invoke with RequestResponse only, not '{type}'."));
        if (Text(parameters, "Qualifier") is { } qualifier)
            function = $"{function}:{qualifier}";
        return LambdaInvocation.InvokeAsync(runtime, function, parameters!["Payload"] ?? new JsonObject(), Answer, cancellationToken);
    }

    private static JsonObject Answer(JsonNode? payload) => SdkMetadata.AddTo(new JsonObject
    {
        ["ExecutedVersion"] = "$LATEST",
        ["Payload"] = payload,
        ["StatusCode"] = 200,
    });

    private static string? Text(JsonNode? parameters, string member) =>
        (parameters as JsonObject)?[member] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static TaskOutcome.Failed Refuse(string message) => new("Lambda.InvalidParameterValueException", message);
}
