using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud.Stack;

namespace Archiver.Infra.LocalCloud.Lambda;

/// <summary>Creates the template's functions.</summary>
/// <remarks>https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html</remarks>
internal sealed class FunctionProvider(
    LambdaFunctions functions, LambdaServices services, CloudIdentity identity, LocalCloudOptions options, TimeProvider time) : IResourceProvider
{
    private const int DefaultTimeoutSeconds = 3;
    private const int MaxTimeoutSeconds = 900;

    // They say how AWS is to run the function and what it may do there; in this process they change nothing.
    private static readonly HashSet<string> WithoutEffect =
    [
        "Architectures", "CodeUri", "Description", "EphemeralStorage", "Layers", "LoggingConfig", "MemorySize", "PackageType",
        "PermissionsBoundary", "Policies", "ReservedConcurrentExecutions", "RuntimeManagementConfig", "Tags", "Tracing",
    ];

    private static readonly HashSet<string> Taken = ["Environment", "FunctionName", "Handler", "Role", "Runtime", "Timeout"];

    /// <inheritdoc/>
    public IReadOnlyCollection<string> ResourceTypes { get; } = ["AWS::Serverless::Function"];

    /// <inheritdoc/>
    public Task<ProvisionedResource> ProvisionAsync(TemplateResource resource, CancellationToken cancellationToken)
    {
        foreach ((string property, _) in resource.Properties)
        {
            if (!Taken.Contains(property) && !WithoutEffect.Contains(property))
                throw Wrong(resource, $"the local cloud does not have the property {property}");
        }
        if (Text(resource, "Runtime") is { } runtime && !runtime.StartsWith("dotnet", StringComparison.Ordinal))
            throw Wrong(resource, $"the local cloud runs .NET functions only, and the Runtime is '{runtime}'");
        string handler = Text(resource, "Handler") ?? throw Wrong(resource, "it has no Handler");
        string name = Text(resource, "FunctionName") ?? $"{options.StackName}-{resource.LogicalId}";
        Dictionary<string, string> environment = Variables(resource);
        environment["AWS_LAMBDA_FUNCTION_NAME"] = name;
        environment["AWS_REGION"] = identity.Region;
        try
        {
            LambdaFunction function = new()
            {
                Name = name,
                Arn = functions.ArnOf(name),
                Handler = handler,
                RoleArn = Text(resource, "Role") ?? $"arn:{identity.Partition}:iam::{identity.AccountId}:role/{name}Role",
                Environment = environment,
                Timeout = TimeoutOf(resource),
                ModifiedAt = time.GetUtcNow(),
                Code = LambdaHandler.Find(handler, () => services.For(environment)),
            };
            functions.Set(function);
            return Task.FromResult(new ProvisionedResource(name, new Dictionary<string, string> { ["Arn"] = function.Arn }));
        }
        catch (LambdaHandlerException exception)
        {
            throw Wrong(resource, exception.Message, exception);
        }
    }

    private static Dictionary<string, string> Variables(TemplateResource resource)
    {
        Dictionary<string, string> variables = new(StringComparer.Ordinal);
        if (resource.Properties["Environment"]?["Variables"] is not JsonObject given)
            return variables;
        foreach ((string name, JsonNode? value) in given)
            variables[name] = Scalar(value) ?? throw Wrong(resource, $"the environment variable {name} is no text");
        return variables;
    }

    private static TimeSpan TimeoutOf(TemplateResource resource)
    {
        if (resource.Properties["Timeout"] is not { } node)
            return TimeSpan.FromSeconds(DefaultTimeoutSeconds);
        return int.TryParse(Scalar(node), out int seconds) && seconds is >= 1 and <= MaxTimeoutSeconds
            ? TimeSpan.FromSeconds(seconds)
            : throw Wrong(resource, $"its Timeout is {node.ToJsonString()}; it must be a whole number of seconds from 1 to {MaxTimeoutSeconds}");
    }

    private static string? Text(TemplateResource resource, string property) => resource.Properties[property] is not { } node
        ? null
        : Scalar(node) ?? throw Wrong(resource, $"its {property} is no text");

    private static string? Scalar(JsonNode? node) => node is not JsonValue value ? null
        : value.TryGetValue(out string? text) ? text : value.ToJsonString();

    private static LocalCloudException Wrong(TemplateResource resource, string what, Exception? inner = null) =>
        new($"{resource.Location}: The function {resource.LogicalId} can't be created: {what.TrimEnd('.')}.", inner);
}
