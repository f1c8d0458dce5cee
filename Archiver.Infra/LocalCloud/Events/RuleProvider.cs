using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Archiver.Infra.LocalCloud.Events.Patterns;
using Archiver.Infra.LocalCloud.Events.Targets;
using Archiver.Infra.LocalCloud.Stack;
using Archiver.Infra.LocalCloud.Wire;

namespace Archiver.Infra.LocalCloud.Events;

/// <summary>
/// Creates the template's rules (<c>AWS::Events::Rule</c>). A rule that somebody switched on or off stays so until the template says
/// something else of it than before.
/// See https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-rule.html.
/// </summary>
internal sealed partial class RuleProvider(EventsService events, CloudIdentity identity, LocalCloudOptions options) : IResourceProvider
{
    private const string Type = "AWS::Events::Rule";
    private const int MostTargets = 5;

    /// <inheritdoc/>
    public IReadOnlyCollection<string> ResourceTypes { get; } = [Type];

    /// <inheritdoc/>
    public Task<ProvisionedResource> ProvisionAsync(TemplateResource resource, CancellationToken cancellationToken)
    {
        string name = $"{options.StackName}-{resource.LogicalId}";
        string? description = null;
        bool enabled = true;
        EventPattern? pattern = null;
        IReadOnlyList<EventTarget> targets = [];
        try
        {
            foreach ((string property, JsonNode? value) in resource.Properties)
            {
                switch (property)
                {
                    case "Name":
                        name = Text(resource, property, value);
                        break;
                    case "Description":
                        description = Text(resource, property, value);
                        break;
                    case "EventBusName" when Text(resource, property, value) == EventRule.DefaultBus:
                        break;
                    case "EventPattern" when value is JsonObject filter:
                        pattern = EventPattern.Parse(filter.ToJsonString(EventJson.Plain));
                        break;
                    case "State":
                        enabled = Text(resource, property, value) switch
                        {
                            EventRule.EnabledState => true,
                            EventRule.DisabledState => false,
                            var other => throw Refuse(resource, $"State is '{other}'; the local cloud has {EventRule.EnabledState} and {EventRule.DisabledState}"),
                        };
                        break;
                    case "Targets":
                        targets = ReadTargets(resource, value);
                        break;
                    default:
                        throw Refuse(resource, $"the local cloud does not have {property} as it stands here");
                }
            }
        }
        catch (AwsError error)
        {
            throw new LocalCloudException($"{resource.Location}: {resource.LogicalId} ({Type}): {error.Message} ({error.Code})", error);
        }
        if (!RuleName().IsMatch(name))
            throw Refuse(resource, $"'{name}' is no name for a rule: 1 to 64 letters, digits, dots, hyphens and underscores");
        EventRule rule = new(
            name, identity.Arn("events", $"rule/{name}"), description,
            pattern ?? throw Refuse(resource, "it must have an EventPattern: the local cloud has no schedules"), enabled, targets);
        events.Ensure(rule);
        return Task.FromResult(new ProvisionedResource(rule.Name, new Dictionary<string, string> { ["Arn"] = rule.Arn }));
    }

    private static EventTarget[] ReadTargets(TemplateResource resource, JsonNode? value)
    {
        if (value is not JsonArray { Count: <= MostTargets } list)
            throw Refuse(resource, $"Targets must be a list of {MostTargets} at most");
        EventTarget[] targets = [.. list.Select(target => TargetJson.Read(target as JsonObject ?? throw Refuse(resource, "each of Targets must be a map")))];
        return targets.DistinctBy(target => target.Id).Count() == targets.Length
            ? targets
            : throw Refuse(resource, "each of Targets must have an Id of its own");
    }

    private static string Text(TemplateResource resource, string property, JsonNode? value) =>
        value is JsonValue text ? text.ToString() : throw Refuse(resource, $"{property} must be text");

    private static LocalCloudException Refuse(TemplateResource resource, string reason) =>
        new($"{resource.Location}: {resource.LogicalId} ({Type}): {reason}.");

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex RuleName();
}
