using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud.Lambda;

namespace Archiver.Infra.LocalCloud.StepFunctions.Integrations;

/// <summary>A function's own ARN as a <c>Resource</c>: the state's input is the event, what the function gives is the result.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html</remarks>
internal sealed class LambdaFunctionIntegration(ILambdaRuntime runtime) : ITaskIntegration
{
    /// <inheritdoc/>
    public bool Handles(TaskResource resource) => resource.Service == TaskResource.Function;

    /// <inheritdoc/>
    public TaskParameters? Parameters(TaskResource resource) => null;

    /// <inheritdoc/>
    public Task<TaskOutcome> InvokeAsync(TaskResource resource, JsonNode? parameters, CancellationToken cancellationToken) =>
        LambdaInvocation.InvokeAsync(runtime, resource.Text, parameters, given => given, cancellationToken);
}
