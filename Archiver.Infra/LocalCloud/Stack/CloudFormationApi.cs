using System.Globalization;
using System.Xml.Linq;
using Archiver.Infra.LocalCloud.Wire;

namespace Archiver.Infra.LocalCloud.Stack;

/// <summary>
/// The reading side of CloudFormation over the one stack that there is, so that a script finds names here as it does in AWS.
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Operations.html
/// </summary>
internal sealed class CloudFormationApi : QueryApi
{
    private static readonly XNamespace Namespace = "http://cloudformation.amazonaws.com/doc/2010-05-15/";
    private readonly CreatedStack _created;

    public CloudFormationApi(CreatedStack created) : base("cloudformation", Namespace)
    {
        _created = created;
        Operation("DescribeStacks", DescribeStacks);
        Operation("DescribeStackResources", DescribeStackResources);
        Operation("ListStackResources", ListStackResources);
    }

    private static XElement Element(string name, params object?[] content) => new(Namespace + name, content);

    private XElement[] DescribeStacks(IReadOnlyDictionary<string, string> request)
    {
        StackDescription? stack = request.ContainsKey("StackName") ? Stack(request) : _created.Description;
        return
        [
            Element("Stacks", stack is null ? null : Element(
                "member",
                Element("StackId", stack.Id),
                Element("StackName", stack.Name),
                Element("CreationTime", Time(stack)),
                Element("StackStatus", "CREATE_COMPLETE"),
                Element("DisableRollback", "false"),
                Element("Outputs", stack.Outputs.Select(output => Element(
                    "member",
                    Element("OutputKey", output.Name),
                    Element("OutputValue", output.Value),
                    output.Description is null ? null : Element("Description", output.Description),
                    output.ExportName is null ? null : Element("ExportName", output.ExportName)))))),
        ];
    }

    private XElement[] DescribeStackResources(IReadOnlyDictionary<string, string> request)
    {
        StackDescription stack;
        IEnumerable<StackResource> resources;
        if (request.TryGetValue("PhysicalResourceId", out string? physical))
        {
            stack = _created.Description is { } own && own.Resources.Any(resource => resource.PhysicalId == physical)
                ? own
                : throw new AwsError("ValidationError", $"Stack for {physical} does not exist");
            resources = stack.Resources;
        }
        else
        {
            stack = Stack(request);
            resources = stack.Resources;
        }
        if (request.TryGetValue("LogicalResourceId", out string? logical))
            resources = [stack.Resources.FirstOrDefault(resource => resource.LogicalId == logical) ?? throw new AwsError("ValidationError", $"Resource {logical} does not exist for stack {stack.Name}")];
        return
        [
            Element("StackResources", resources.Select(resource => Element(
                "member",
                Element("StackName", stack.Name),
                Element("StackId", stack.Id),
                Element("LogicalResourceId", resource.LogicalId),
                Element("PhysicalResourceId", resource.PhysicalId),
                Element("ResourceType", resource.Type),
                Element("Timestamp", Time(stack)),
                Element("ResourceStatus", "CREATE_COMPLETE")))),
        ];
    }

    private XElement[] ListStackResources(IReadOnlyDictionary<string, string> request)
    {
        StackDescription stack = Stack(request);
        if (request.ContainsKey("NextToken"))
            throw new AwsError("ValidationError", "NextToken is none that this stack gave: its resources are one page.");
        return
        [
            Element("StackResourceSummaries", stack.Resources.Select(resource => Element(
                "member",
                Element("LogicalResourceId", resource.LogicalId),
                Element("PhysicalResourceId", resource.PhysicalId),
                Element("ResourceType", resource.Type),
                Element("LastUpdatedTimestamp", Time(stack)),
                Element("ResourceStatus", "CREATE_COMPLETE")))),
        ];
    }

    private StackDescription Stack(IReadOnlyDictionary<string, string> request)
    {
        if (!request.TryGetValue("StackName", out string? name))
            throw new AwsError("ValidationError", "StackName must be given.");
        return _created.Description is { } stack && (name == stack.Name || name == stack.Id)
            ? stack
            : throw new AwsError("ValidationError", $"Stack with id {name} does not exist");
    }

    private static string Time(StackDescription stack) => stack.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
