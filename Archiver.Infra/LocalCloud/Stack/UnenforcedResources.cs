using System.Text.Json.Nodes;

namespace Archiver.Infra.LocalCloud.Stack;

/// <summary>
/// Resources that are legitimate in a template and change nothing in a local cloud: permissions (everybody may do everything
/// here), alarms and log groups. They get the names and ARNs that others refer to, and no more: a role that forbids a call does
/// not forbid it locally. <c>validate</c> looks at the roles of state machines instead.
/// </summary>
internal sealed class UnenforcedResources(CloudIdentity identity, LocalCloudOptions options) : IResourceProvider
{
    /// <summary>The types.</summary>
    public static readonly IReadOnlyCollection<string> Types =
    [
        "AWS::IAM::Role", "AWS::IAM::ManagedPolicy", "AWS::IAM::Policy", "AWS::Logs::LogGroup",
        "AWS::SQS::QueuePolicy", "AWS::S3::BucketPolicy", "AWS::CloudWatch::Alarm",
    ];

    /// <inheritdoc/>
    public IReadOnlyCollection<string> ResourceTypes => Types;

    /// <inheritdoc/>
    public Task<ProvisionedResource> ProvisionAsync(TemplateResource resource, CancellationToken cancellationToken) =>
        Task.FromResult(Names(resource, identity, options.StackName));

    /// <summary>The names of a resource of these types.</summary>
    public static ProvisionedResource Names(TemplateResource resource, CloudIdentity identity, string stackName)
    {
        string fallback = $"{stackName}-{resource.LogicalId}";
        string Named(string property) => (resource.Properties[property] as JsonValue)?.ToString() ?? fallback;
        string Iam(string kind, string name) =>
            $"arn:{identity.Partition}:iam::{identity.AccountId}:{kind}{(resource.Properties["Path"] as JsonValue)?.ToString() ?? "/"}{name}";

        switch (resource.Type)
        {
            case "AWS::IAM::Role":
                string role = Named("RoleName");
                return new(role, new Dictionary<string, string> { ["Arn"] = Iam("role", role), ["RoleId"] = role });
            case "AWS::IAM::ManagedPolicy":
                string policy = Iam("policy", Named("ManagedPolicyName"));
                return new(policy, new Dictionary<string, string> { ["PolicyArn"] = policy });
            case "AWS::IAM::Policy":
                return new(Named("PolicyName"), new Dictionary<string, string> { ["Id"] = fallback });
            case "AWS::Logs::LogGroup":
                string group = Named("LogGroupName");
                return new(group, new Dictionary<string, string> { ["Arn"] = identity.Arn("logs", $"log-group:{group}:*") });
            case "AWS::CloudWatch::Alarm":
                string alarm = Named("AlarmName");
                return new(alarm, new Dictionary<string, string> { ["Arn"] = identity.Arn("cloudwatch", $"alarm:{alarm}") });
            default:
                return new(fallback, new Dictionary<string, string> { ["Id"] = fallback });
        }
    }
}
