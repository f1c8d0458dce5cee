using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud.Wire;
using Microsoft.Extensions.DependencyInjection;

namespace Archiver.Infra.LocalCloud.StepFunctions.Integrations;

/// <summary>An integration that hands its parameters to a service of this cloud, and gives the service's answer.</summary>
/// <param name="services">Where the services are; asked at the first call, because the services are many and this one of them.</param>
/// <param name="serviceId">The service's name in errors, by which it is found too.</param>
/// <param name="resourceService">The service's name in a <c>Resource</c>.</param>
internal abstract class JsonServiceIntegration(IServiceProvider services, string serviceId, string resourceService) : ITaskIntegration
{
    private readonly Lazy<JsonApi?> _api = new(() =>
        services.GetServices<IWireApi>().OfType<JsonApi>().FirstOrDefault(api => api.ServiceId == serviceId));

    /// <inheritdoc/>
    public bool Handles(TaskResource resource) => resource.Service == resourceService && Parameters(resource) is not null;

    /// <inheritdoc/>
    public abstract TaskParameters? Parameters(TaskResource resource);

    /// <inheritdoc/>
    public async Task<TaskOutcome> InvokeAsync(TaskResource resource, JsonNode? parameters, CancellationToken cancellationToken)
    {
        if (_api.Value is not { } api)
            return new TaskOutcome.Failed($"{serviceId}.SdkClientException", $"The local cloud runs without {serviceId}.");
        string operation = char.ToUpperInvariant(resource.Action[0]) + resource.Action[1..];
        try
        {
            JsonObject answer = await api.InvokeAsync(operation, Request(parameters as JsonObject ?? []), cancellationToken);
            return new TaskOutcome.Succeeded(SdkMetadata.AddTo(answer));
        }
        catch (AwsError error)
        {
            return ServiceErrors.ToFailure(error, serviceId);
        }
    }

    /// <summary>The request's members, from the state's parameters.</summary>
    protected virtual JsonObject Request(JsonObject parameters) => parameters.DeepClone().AsObject();
}

/// <summary>What the SDK inside Step Functions adds to every answer.</summary>
internal static class SdkMetadata
{
    /// <summary>Adds <c>SdkHttpMetadata</c> and <c>SdkResponseMetadata</c>.</summary>
    public static JsonObject AddTo(JsonObject answer, int statusCode = 200)
    {
        answer["SdkHttpMetadata"] = new JsonObject { ["HttpStatusCode"] = statusCode };
        answer["SdkResponseMetadata"] = new JsonObject { ["RequestId"] = Guid.NewGuid().ToString() };
        return answer;
    }
}
