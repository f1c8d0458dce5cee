using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud.Stack;

namespace Archiver.Infra.LocalCloud.Parameters;

/// <summary>
/// Creates the template's parameters. Tags change nothing here and are let be.
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-ssm-parameter.html
/// </summary>
internal sealed class ParameterProvider(ParameterService service, ParameterStore store, LocalCloudOptions options) : IResourceProvider
{
    private static readonly HashSet<string> Properties = ["Name", "Type", "Value", "Description", "AllowedPattern", "Tier", "DataType", "Tags"];

    /// <inheritdoc/>
    public IReadOnlyCollection<string> ResourceTypes { get; } = ["AWS::SSM::Parameter"];

    /// <inheritdoc/>
    public Task<ProvisionedResource> ProvisionAsync(TemplateResource resource, CancellationToken cancellationToken)
    {
        foreach ((string property, JsonNode? _) in resource.Properties)
        {
            if (!Properties.Contains(property))
                throw Refusal(resource, $"the local cloud's Parameter Store does not have {property}");
        }
        string type = Text(resource, "Type") ?? throw Refusal(resource, "it has no Type");
        if (type is not ("String" or "StringList"))
            throw Refusal(resource, $"its Type is {type}; CloudFormation creates String and StringList");
        if (Text(resource, "DataType") is not (null or "text"))
            throw Refusal(resource, "the local cloud has the DataType text alone");
        string value = Text(resource, "Value") ?? throw Refusal(resource, "it has no Value");
        string name = Text(resource, "Name") ?? $"{options.StackName}-{resource.LogicalId}";
        string? description = Text(resource, "Description"), pattern = Text(resource, "AllowedPattern"), tier = Text(resource, "Tier");

        Parameter? current = store.Get(name);
        if (current is not null && current.Type != type)
        {
            // CloudFormation replaces a parameter whose type changes.
            store.Delete(name);
            current = null;
        }
        // A start that changes nothing makes no new version.
        if (current is null || current.Value != value || current.Description != description || current.AllowedPattern != pattern || (tier is not null && current.Tier != tier))
            service.Put(new ParameterPut(name, value, type, Overwrite: true, description, pattern, Tier: tier));
        return Task.FromResult(new ProvisionedResource(name, new Dictionary<string, string> { ["Type"] = type, ["Value"] = value }));
    }

    private static string? Text(TemplateResource resource, string property) => resource.Properties[property] switch
    {
        null => null,
        JsonValue value => value.ToString(),
        _ => throw Refusal(resource, $"its {property} is no text"),
    };

    private static LocalCloudException Refusal(TemplateResource resource, string reason) =>
        new($"{resource.Location}: {resource.LogicalId} ({resource.Type}) can't be created: {reason}.");
}
