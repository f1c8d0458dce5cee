using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Archiver.Infra.LocalCloud.Stack;
using Archiver.Infra.LocalCloud.Wire;
using Archiver.Infra.StatesLanguage;
using Archiver.Infra.StatesLanguage.Data;

namespace Archiver.Infra.LocalCloud.StepFunctions;

/// <summary>Creates the template's state machines, and brings those that exist to what it says.</summary>
/// <remarks>https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-statemachine.html</remarks>
internal sealed partial class StateMachineProvider(StateMachineService machines, CloudIdentity identity, LocalCloudOptions options) : IResourceProvider
{
    // They say what the machine may do and who watches it on AWS; here they change nothing.
    private static readonly HashSet<string> WithoutEffect =
        ["AutoPublishAlias", "Logging", "PermissionsBoundary", "Policies", "RolePath", "Tags", "Tracing", "UseAliasAsEventTarget"];

    private static readonly HashSet<string> Taken = ["Definition", "DefinitionSubstitutions", "DefinitionUri", "Name", "Role", "Type"];

    /// <inheritdoc/>
    public IReadOnlyCollection<string> ResourceTypes { get; } = ["AWS::Serverless::StateMachine"];

    /// <inheritdoc/>
    public async Task<ProvisionedResource> ProvisionAsync(TemplateResource resource, CancellationToken cancellationToken)
    {
        foreach ((string property, _) in resource.Properties)
        {
            if (!Taken.Contains(property) && !WithoutEffect.Contains(property))
                throw Wrong(resource, $"the local cloud does not have the property {property}");
        }
        string name = Text(resource, "Name") ?? $"{options.StackName}-{resource.LogicalId}";
        bool express = Text(resource, "Type") switch
        {
            null or "STANDARD" => false,
            "EXPRESS" => true,
            var other => throw Wrong(resource, $"its Type is '{other}'; it must be STANDARD or EXPRESS"),
        };
        (string definition, string? file) = await DefinitionAsync(resource, cancellationToken);
        definition = Substitute(resource, definition, file);
        IReadOnlyList<Diagnostic> findings = machines.Validate(definition, express);
        if (findings.Any(finding => finding.Severity == DiagnosticSeverity.Error))
            throw Invalid(resource, file, findings);
        string role = Text(resource, "Role") ?? $"arn:{identity.Partition}:iam::{identity.AccountId}:role/{options.StackName}-{resource.LogicalId}Role";
        try
        {
            Machine machine = machines.Ensure(new MachineDraft(name, definition, role, express, Logging: null, Tracing: null));
            return new ProvisionedResource(
                machine.Arn, new Dictionary<string, string> { ["Arn"] = machine.Arn, ["Name"] = machine.Name });
        }
        catch (AwsError error)
        {
            throw Wrong(resource, error.Message, error);
        }
    }

    private static async Task<(string Definition, string? File)> DefinitionAsync(TemplateResource resource, CancellationToken cancellationToken)
    {
        switch (resource.Properties["Definition"], resource.Properties["DefinitionUri"])
        {
            case (JsonObject inline, null):
                return (JsonText.Write(inline), null);
            case (null, JsonValue):
                string file = Text(resource, "DefinitionUri")!;
                try
                {
                    return (await File.ReadAllTextAsync(file, cancellationToken), file);
                }
                catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
                {
                    throw Wrong(resource, $"its definition {file} can't be read: {exception.Message}", exception);
                }

            default:
                throw Wrong(resource, "it must have either a Definition or a DefinitionUri that is a file's path");
        }
    }

    private static string Substitute(TemplateResource resource, string definition, string? file)
    {
        JsonObject substitutions = resource.Properties["DefinitionSubstitutions"] as JsonObject ?? [];
        return Placeholder().Replace(definition, match =>
        {
            string name = match.Groups[1].Value;
            if (substitutions[name] is JsonValue value)
                return value.TryGetValue(out string? text) ? text : value.ToJsonString();
            int line = definition.AsSpan(0, match.Index).Count('\n') + 1;
            int column = match.Index - definition.LastIndexOf('\n', match.Index);
            throw new LocalCloudException(
                $"{(file is null ? resource.Location : $"{file}({line},{column})")}: The definition of {resource.LogicalId} has ${{{name}}}, which none of its DefinitionSubstitutions fills.");
        });
    }

    private static LocalCloudException Invalid(TemplateResource resource, string? file, IEnumerable<Diagnostic> findings)
    {
        IEnumerable<string> lines = findings
            .Where(finding => finding.Severity == DiagnosticSeverity.Error)
            .Select(finding => $"{(file is null ? resource.Location : $"{file}({finding.Line},{finding.Column})")}: {finding.Code}: {finding.Message} ({finding.Path})");
        return new LocalCloudException(string.Join(Environment.NewLine, lines));
    }

    private static string? Text(TemplateResource resource, string property) => resource.Properties[property] switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out string? text) => text,
        _ => throw Wrong(resource, $"its {property} is no text"),
    };

    private static LocalCloudException Wrong(TemplateResource resource, string what, Exception? inner = null) =>
        new($"{resource.Location}: The state machine {resource.LogicalId} can't be created: {what.TrimEnd('.')}.", inner);

    [GeneratedRegex(@"\$\{([^{}]+)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();
}
