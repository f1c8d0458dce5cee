using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud;
using Archiver.Infra.LocalCloud.Stack;

namespace Archiver.Infra.Validation;

/// <summary>
/// The names and ARNs that resources will have, without creating them: enough to see whether what a state machine calls is what
/// the template creates. A resource without a name of its own gets one here that no other has.
/// </summary>
internal sealed class PredictedResources(CloudIdentity identity, string stackName)
{
    private readonly Dictionary<string, (TemplateResource Resource, ProvisionedResource Names)> _resources = new(StringComparer.Ordinal);

    /// <summary>The types of which the names are known: those that the local cloud creates.</summary>
    public static IReadOnlyCollection<string> Types { get; } =
    [
        "AWS::Serverless::Function", "AWS::Serverless::StateMachine", "AWS::SQS::Queue", "AWS::DynamoDB::Table", "AWS::S3::Bucket",
        "AWS::SSM::Parameter", "AWS::Events::Rule", .. UnenforcedResources.Types,
    ];

    /// <summary>Every resource, in the order of <see cref="Add"/>.</summary>
    public IEnumerable<(TemplateResource Resource, ProvisionedResource Names)> All => _resources.Values;

    /// <summary>The names of a resource that was added, or nothing.</summary>
    public ProvisionedResource? this[string logicalId] => _resources.TryGetValue(logicalId, out var known) ? known.Names : null;

    /// <summary>Takes up a resource.</summary>
    public void Add(TemplateResource resource) => _resources.Add(resource.LogicalId, (resource, Names(resource)));

    /// <summary>The resource that a name given to a service means, or nothing.</summary>
    /// <param name="kind">What is called.</param>
    /// <param name="name">A name, an ARN or a URL, as the service takes it.</param>
    /// <returns>The resource, and the ARN that a right to use it is about.</returns>
    public (TemplateResource Resource, string Arn)? Find(ResourceKind kind, string name)
    {
        foreach ((TemplateResource resource, ProvisionedResource names) in All)
        {
            if (resource.Type == kind.Type && names.Attributes.TryGetValue("Arn", out string? arn) && Means(kind, name, arn) is { } used)
                return (resource, used);
        }
        return null;
    }

    /// <summary>The ARN to which a name leads when it means the resource of <paramref name="arn"/>; nothing when it means another.</summary>
    private static string? Means(ResourceKind kind, string name, string arn)
    {
        string last = arn[(arn.LastIndexOfAny([':', '/']) + 1)..];
        if (name == arn || (name == last && kind != ResourceKind.Queue && kind != ResourceKind.StateMachine))
            return arn;
        if (kind == ResourceKind.Queue)
        {
            // The host of a queue's URL says where it is asked, not which it is.
            string[] parts = arn.Split(':');
            return name.EndsWith($"/{parts[4]}/{parts[5]}", StringComparison.Ordinal) ? arn : null;
        }
        if (kind != ResourceKind.Function)
            return null;
        string account = arn.Split(':')[4];
        string[] forms = [arn, last, $"{account}:function:{last}", $"function:{last}"];
        foreach (string form in forms)
        {
            if (name == form)
                return arn;
            if (name.StartsWith(form + ":", StringComparison.Ordinal))
                return arn + name[form.Length..]; // a version or an alias: a right is about the qualified ARN then
        }
        return null;
    }

    private ProvisionedResource Names(TemplateResource resource)
    {
        string Named(string property) => (resource.Properties[property] as JsonValue)?.ToString() ?? $"{stackName}-{resource.LogicalId}";
        switch (resource.Type)
        {
            case "AWS::Serverless::Function":
                string function = Named("FunctionName");
                return Resource(function, ("Arn", identity.Arn("lambda", $"function:{function}")));
            case "AWS::Serverless::StateMachine":
                string machine = Named("Name"), machineArn = identity.Arn("states", $"stateMachine:{machine}");
                return Resource(machineArn, ("Arn", machineArn), ("Name", machine));
            case "AWS::SQS::Queue":
                string queue = Named("QueueName"), url = $"https://sqs.{identity.Region}.amazonaws.com/{identity.AccountId}/{queue}";
                return Resource(url, ("Arn", identity.Arn("sqs", queue)), ("QueueName", queue), ("QueueUrl", url));
            case "AWS::DynamoDB::Table":
                string table = Named("TableName");
                return Resource(table, ("Arn", identity.Arn("dynamodb", $"table/{table}")));
            case "AWS::S3::Bucket":
                string bucket = Named("BucketName");
                return Resource(
                    bucket,
                    ("Arn", $"arn:{identity.Partition}:s3:::{bucket}"),
                    ("DomainName", $"{bucket}.s3.amazonaws.com"),
                    ("RegionalDomainName", $"{bucket}.s3.{identity.Region}.amazonaws.com"));
            case "AWS::Events::Rule":
                string rule = Named("Name");
                return Resource(rule, ("Arn", identity.Arn("events", $"rule/{rule}")));
            case "AWS::SSM::Parameter":
                return Resource(Named("Name"), ("Type", Named("Type")), ("Value", Named("Value")));
            default:
                return UnenforcedResources.Names(resource, identity, stackName);
        }
    }

    private static ProvisionedResource Resource(string reference, params IEnumerable<(string Name, string Value)> attributes) =>
        new(reference, attributes.ToDictionary(attribute => attribute.Name, attribute => attribute.Value, StringComparer.Ordinal));
}
