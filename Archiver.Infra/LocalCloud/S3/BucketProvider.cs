using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud.S3.Protocol;
using Archiver.Infra.LocalCloud.S3.State;
using Archiver.Infra.LocalCloud.Stack;
using Archiver.Infra.LocalCloud.Wire;

namespace Archiver.Infra.LocalCloud.S3;

/// <summary>
/// Creates a stack's buckets (<c>AWS::S3::Bucket</c>). Encryption, public access and ownership are what every bucket of the local
/// cloud has anyway, or nobody beside its one user could tell; a life cycle is accepted and not acted on: nothing expires here.
/// See https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucket.html.
/// </summary>
internal sealed class BucketProvider(BucketService buckets, LocalCloudOptions options, CloudIdentity identity, CloudEndpoint endpoint) : IResourceProvider
{
    private const string Type = "AWS::S3::Bucket";

    /// <inheritdoc/>
    public IReadOnlyCollection<string> ResourceTypes { get; } = [Type];

    /// <inheritdoc/>
    public Task<ProvisionedResource> ProvisionAsync(TemplateResource resource, CancellationToken cancellationToken)
    {
        string name = $"{options.StackName}-{resource.LogicalId}-{identity.AccountId}".ToLowerInvariant();
        Versioning? versioning = null;
        bool eventBridge = false;
        IReadOnlyDictionary<string, string> tags = new Dictionary<string, string>();
        foreach ((string property, JsonNode? value) in resource.Properties)
        {
            switch (property)
            {
                case "BucketName":
                    name = Text(resource, property, value);
                    break;
                case "VersioningConfiguration":
                    versioning = ReadVersioning(resource, value);
                    break;
                case "Tags":
                    tags = ReadTags(resource, value);
                    break;
                case "BucketEncryption":
                    Require(resource, property, value, "ServerSideEncryptionConfiguration");
                    break;
                case "PublicAccessBlockConfiguration":
                    Require(resource, property, value, "BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets");
                    break;
                case "OwnershipControls":
                    RequireOwnerEnforced(resource, Require(resource, property, value, "Rules"));
                    break;
                case "LifecycleConfiguration":
                    Require(resource, property, value, "Rules", "TransitionDefaultMinimumObjectSize");
                    break;
                case "NotificationConfiguration":
                    eventBridge = ReadEventBridge(resource, Require(resource, property, value, "EventBridgeConfiguration"));
                    break;
                default:
                    throw Refuse(resource, $"the local cloud does not have the property {property}");
            }
        }
        if (!BucketName.IsValid(name))
            throw Refuse(resource, $"'{name}' is no name for a bucket: 3 to 63 lower-case letters, digits, dots and hyphens");
        Bring(name, versioning, tags);
        buckets.SetEventBridge(name, eventBridge);
        return Task.FromResult(Describe(name));
    }

    private void Bring(string name, Versioning? versioning, IReadOnlyDictionary<string, string> tags)
    {
        try
        {
            buckets.Create(name, null, tags);
        }
        catch (AwsError error) when (error.Code == "BucketAlreadyOwnedByYou")
        {
            buckets.SetTags(name, tags);
        }
        if (versioning is { } asked)
            buckets.SetVersioning(name, asked);
    }

    private ProvisionedResource Describe(string name)
    {
        string domain = $"{name}.s3.localhost:{endpoint.Uri.Port}";
        return new ProvisionedResource(name, new Dictionary<string, string>
        {
            ["Arn"] = $"arn:{identity.Partition}:s3:::{name}",
            ["DomainName"] = domain,
            ["RegionalDomainName"] = $"{name}.s3.{identity.Region}.localhost:{endpoint.Uri.Port}",
        });
    }

    private static Versioning ReadVersioning(TemplateResource resource, JsonNode? value)
    {
        JsonObject configuration = Require(resource, "VersioningConfiguration", value, "Status");
        return configuration["Status"]?.ToString() switch
        {
            "Enabled" => Versioning.Enabled,
            "Suspended" => Versioning.Suspended,
            _ => throw Refuse(resource, "VersioningConfiguration.Status must be Enabled or Suspended"),
        };
    }

    // On unless it says otherwise: an empty configuration asks for events, too.
    private static bool ReadEventBridge(TemplateResource resource, JsonObject notifications)
    {
        if (notifications["EventBridgeConfiguration"] is not { } value)
            return false;
        return Require(resource, "EventBridgeConfiguration", value, "EventBridgeEnabled")["EventBridgeEnabled"]?.ToString() switch
        {
            null or "true" => true,
            "false" => false,
            _ => throw Refuse(resource, "EventBridgeConfiguration.EventBridgeEnabled must be true or false"),
        };
    }

    private static IReadOnlyDictionary<string, string> ReadTags(TemplateResource resource, JsonNode? value)
    {
        Dictionary<string, string> tags = [];
        if (value is not JsonArray list)
            throw Refuse(resource, "Tags must be a list");
        foreach (JsonNode? tag in list)
        {
            if (tag is not JsonObject { Count: 2 } pair || pair["Key"] is null || pair["Value"] is null || !tags.TryAdd($"{pair["Key"]}", $"{pair["Value"]}"))
                throw Refuse(resource, "each of Tags must have a Key of its own and a Value, and nothing else");
        }
        try
        {
            return TagsReader.Check(tags, TagsReader.PerBucket);
        }
        catch (AwsError error)
        {
            throw Refuse(resource, $"Tags: {error.Message}");
        }
    }

    private static void RequireOwnerEnforced(TemplateResource resource, JsonObject controls)
    {
        if (controls["Rules"] is not JsonArray rules || rules.Any(rule => rule is not JsonObject { Count: 1 } || rule["ObjectOwnership"]?.ToString() != "BucketOwnerEnforced"))
            throw Refuse(resource, "OwnershipControls.Rules must have ObjectOwnership: BucketOwnerEnforced, the only ownership of the local cloud");
    }

    // The value as an object that has no members but these.
    private static JsonObject Require(TemplateResource resource, string property, JsonNode? value, params string[] members)
    {
        if (value is not JsonObject configuration)
            throw Refuse(resource, $"{property} must be an object");
        return configuration.FirstOrDefault(member => !members.Contains(member.Key)) is { Key: { } unknown }
            ? throw Refuse(resource, $"the local cloud does not have {property}.{unknown}")
            : configuration;
    }

    private static string Text(TemplateResource resource, string property, JsonNode? value) =>
        value is JsonValue text ? text.ToString() : throw Refuse(resource, $"{property} must be text");

    private static LocalCloudException Refuse(TemplateResource resource, string reason) =>
        new($"{resource.Location}: {resource.LogicalId} ({Type}): {reason}.");
}
