using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud.Stack;
using Archiver.Infra.LocalCloud.Wire;

namespace Archiver.Infra.LocalCloud.Sqs;

/// <summary>
/// Creates the template's queues.
/// See https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queue.html.
/// </summary>
internal sealed class QueueProvider(SqsService queues, LocalCloudOptions options) : IResourceProvider
{
    /// <inheritdoc/>
    public IReadOnlyCollection<string> ResourceTypes { get; } = ["AWS::SQS::Queue"];

    /// <inheritdoc/>
    public Task<ProvisionedResource> ProvisionAsync(TemplateResource resource, CancellationToken cancellationToken)
    {
        string name = $"{options.StackName}-{resource.LogicalId}";
        Dictionary<string, string> attributes = [];
        Dictionary<string, string> tags = [];
        foreach ((string property, JsonNode? value) in resource.Properties)
        {
            switch (property)
            {
                case "QueueName":
                    name = Scalar(resource, property, value);
                    break;
                case "Tags":
                    tags = Tags(resource, value);
                    break;
                case nameof(QueueSettings.RedrivePolicy) or nameof(QueueSettings.RedriveAllowPolicy):
                    attributes[property] = value is JsonObject policy
                        ? policy.ToJsonString(PolicyDocument.Plain)
                        : throw Broken(resource, $"{property} must be a map.");
                    break;
                case nameof(QueueSettings.VisibilityTimeout) or nameof(QueueSettings.MaximumMessageSize) or nameof(QueueSettings.MessageRetentionPeriod)
                    or nameof(QueueSettings.DelaySeconds) or nameof(QueueSettings.ReceiveMessageWaitTimeSeconds)
                    or nameof(QueueSettings.KmsMasterKeyId) or nameof(QueueSettings.KmsDataKeyReusePeriodSeconds) or nameof(QueueSettings.SqsManagedSseEnabled):
                    attributes[property] = Scalar(resource, property, value);
                    break;
                case "FifoQueue" when Scalar(resource, property, value) == "false":
                    break;
                case "FifoQueue":
                    throw Broken(resource, "The local cloud has no FIFO queues yet, only standard ones.");
                default:
                    throw Broken(resource, $"The local cloud does not know the property {property} of {resource.Type}.");
            }
        }

        try
        {
            Queue queue = queues.CreateOrReplace(name, attributes, tags);
            string url = queues.UrlOf(queue);
            return Task.FromResult(new ProvisionedResource(
                url, new Dictionary<string, string> { ["Arn"] = queue.Arn, ["QueueName"] = queue.Name, ["QueueUrl"] = url }));
        }
        catch (AwsError error)
        {
            throw new LocalCloudException($"{resource.Location}: {resource.LogicalId}: {error.Message}", error);
        }
    }

    private static Dictionary<string, string> Tags(TemplateResource resource, JsonNode? value)
    {
        if (value is not JsonArray list)
            throw Broken(resource, "Tags must be a list of Key and Value.");
        Dictionary<string, string> tags = [];
        foreach (JsonNode? tag in list)
        {
            if (tag is not JsonObject { Count: 2 } pair || pair["Key"] is not { } key || pair["Value"] is not { } text)
                throw Broken(resource, "Tags must be a list of Key and Value.");
            tags[Scalar(resource, "Tags", key)] = Scalar(resource, "Tags", text);
        }
        return tags;
    }

    // YAML leaves it open whether 30 is a number or a string; CloudFormation takes both.
    private static string Scalar(TemplateResource resource, string property, JsonNode? value) => value switch
    {
        JsonValue scalar when scalar.GetValueKind() == JsonValueKind.String => scalar.GetValue<string>(),
        JsonValue scalar => scalar.ToJsonString().ToLower(CultureInfo.InvariantCulture),
        _ => throw Broken(resource, $"{property} must be a single value."),
    };

    private static LocalCloudException Broken(TemplateResource resource, string reason) =>
        new($"{resource.Location}: {resource.LogicalId}: {reason}");
}
