using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud.Wire;
using Archiver.Infra.StatesLanguage.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Archiver.Infra.LocalCloud.StepFunctions.Integrations;

/// <summary>
/// <c>arn:aws:states:::states:startExecution</c>: starts an execution and doesn't wait for its end. An input that is not text is sent as
/// JSON. What waits for the end (<c>.sync</c>) or for a token is not here.
/// </summary>
/// <param name="services">Where the executions are; asked at the first call, because they need the integrations and this is one.</param>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/dg/connect-stepfunctions.html</remarks>
internal sealed class StartExecutionIntegration(IServiceProvider services) : ITaskIntegration
{
    // What AWS prefixes to its own errors here; by the SDK integration they would be called Sfn.
    private const string ServiceId = "StepFunctions";

    private static readonly TaskParameters StartExecution = new(["StateMachineArn"], ["Name", "Input", "TraceHeader"]);

    private readonly Lazy<ExecutionService> _executions = new(services.GetRequiredService<ExecutionService>);

    /// <inheritdoc/>
    public bool Handles(TaskResource resource) => resource is { Service: "states", Action: "startExecution", Pattern: "" };

    /// <inheritdoc/>
    public TaskParameters? Parameters(TaskResource resource) => StartExecution;

    /// <inheritdoc/>
    public async Task<TaskOutcome> InvokeAsync(TaskResource resource, JsonNode? parameters, CancellationToken cancellationToken)
    {
        JsonObject given = parameters as JsonObject ?? [];
        try
        {
            string? input = given["Input"] switch
            {
                null => null,
                JsonValue text when text.TryGetValue(out string? json) => json,
                var value => JsonText.Write(value),
            };
            Execution execution = await _executions.Value.StartAsync(
                new StartRequest(given.Required("StateMachineArn"), given.Text("Name"), input, given.Text("TraceHeader")));
            return new TaskOutcome.Succeeded(SdkMetadata.AddTo(new JsonObject
            {
                ["ExecutionArn"] = execution.Arn,
                ["StartDate"] = execution.StartedAt.ToUnixTimeMilliseconds() / 1000m,
            }));
        }
        catch (AwsError error)
        {
            return ServiceErrors.ToFailure(error, ServiceId);
        }
    }
}
