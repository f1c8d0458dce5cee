using System.Text.Json.Nodes;

namespace Archiver.Infra.LocalCloud.Stack;

/// <summary>A resource of the template with every intrinsic function in its properties already resolved.</summary>
/// <param name="LogicalId">Its name in the template.</param>
/// <param name="Type">Its type, such as <c>AWS::SQS::Queue</c>.</param>
/// <param name="Properties">Its properties, resolved; YAML's scalars have become JSON's.</param>
/// <param name="Location">Where it stands, as <c>FILE(LINE,COLUMN)</c>, for error messages.</param>
internal sealed record TemplateResource(string LogicalId, string Type, JsonObject Properties, string Location);

/// <summary>What the template's other resources can say of a created one.</summary>
/// <param name="Ref">What <c>!Ref</c> gives.</param>
/// <param name="Attributes">What <c>!GetAtt</c> gives, by attribute name, such as <c>Arn</c>.</param>
internal sealed record ProvisionedResource(string Ref, IReadOnlyDictionary<string, string> Attributes);

/// <summary>A service's part in creating a stack: it creates the resources of its types.</summary>
internal interface IResourceProvider
{
    /// <summary>The resource types that it creates.</summary>
    IReadOnlyCollection<string> ResourceTypes { get; }

    /// <summary>
    /// Creates the resource, or brings the existing one of that physical name to what the template says; what it holds
    /// (messages, items, objects, executions) stays. Called at every start, in the order of dependencies.
    /// </summary>
    /// <exception cref="LocalCloudException">The template asks what can't be: with the resource's location and the reason.</exception>
    Task<ProvisionedResource> ProvisionAsync(TemplateResource resource, CancellationToken cancellationToken);
}
