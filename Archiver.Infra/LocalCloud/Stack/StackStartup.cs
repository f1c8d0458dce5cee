using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud.Wire;
using Microsoft.Extensions.Logging;

namespace Archiver.Infra.LocalCloud.Stack;

/// <summary>
/// Creates the template's stack when the local cloud starts: it resolves each resource just before its service creates it, so
/// that whatever it needs of others exists.
/// </summary>
internal sealed partial class StackStartup(
    LocalCloudOptions options, StackTemplate source, CloudIdentity identity, TimeProvider time, IEnumerable<IResourceProvider> providers, CreatedStack created, ILogger<StackStartup> logger)
    : IStartupTask
{
    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (await source.ReadAsync(cancellationToken) is not { } read)
            return;
        if (read.Template is not { } template || read.Findings.Count > 0)
            throw Refusal(read.Findings);
        try
        {
            created.Description = await CreateAsync(template, read.Values, cancellationToken);
        }
        catch (TemplateException exception)
        {
            throw Refusal([exception.Finding]);
        }
        Log.Created(logger, options.StackName, created.Description.Resources.Count);
    }

    private async Task<StackDescription> CreateAsync(Template template, Dictionary<string, JsonNode> values, CancellationToken cancellationToken)
    {
        PseudoParameters pseudo = new(identity, options.StackName);
        Dictionary<string, ProvisionedResource> provisioned = new(StringComparer.Ordinal);
        TemplateEvaluator evaluator = new(template, values, pseudo, provisioned.GetValueOrDefault);
        IReadOnlyList<ResourceDeclaration> order = ResourceOrder.Sort(template, evaluator);
        Dictionary<string, IResourceProvider> byType = Providers(order);

        List<StackResource> resources = [];
        Dictionary<(string Type, string Ref), ResourceDeclaration> physical = [];
        foreach (ResourceDeclaration declaration in order)
        {
            JsonObject properties = evaluator.Properties(declaration);
            LocalPaths.MakeAbsolute(declaration.Type, properties, template.Folder);
            TemplateResource resource = new(declaration.LogicalId, declaration.Type, properties, declaration.At.ToString());
            ProvisionedResource result = await ProvisionAsync(byType[declaration.Type], resource, cancellationToken);
            if (!physical.TryAdd((declaration.Type, result.Ref), declaration))
                throw new TemplateException("NAME", $"{declaration.LogicalId} and {physical[(declaration.Type, result.Ref)].LogicalId} are both named {result.Ref}.", declaration.At);
            provisioned.Add(declaration.LogicalId, result);
            resources.Add(new StackResource(declaration.LogicalId, declaration.Type, result.Ref));
        }
        StackOutput[] outputs =
        [
            .. template.Outputs.Values.Where(output => output.Condition is not { } condition || evaluator.Holds(condition)).Select(output => new StackOutput(
                output.Name, evaluator.Text(output.Value), output.Description, output.ExportName is null ? null : evaluator.Text(output.ExportName))),
        ];
        return new StackDescription(options.StackName, pseudo.StackId, time.GetUtcNow(), resources, outputs);
    }

    private Dictionary<string, IResourceProvider> Providers(IReadOnlyList<ResourceDeclaration> resources)
    {
        Dictionary<string, IResourceProvider> byType = new(StringComparer.Ordinal);
        foreach (IResourceProvider provider in providers)
        {
            foreach (string type in provider.ResourceTypes)
                byType.Add(type, provider);
        }
        Finding[] unknown =
        [
            .. resources.Where(resource => !byType.ContainsKey(resource.Type)).Select(resource => Finding.Error(
                "UNKNOWN_TYPE", $"The local cloud has no {resource.Type}, which {resource.LogicalId} is.", resource.At)),
        ];
        return unknown.Length == 0 ? byType : throw Refusal(unknown);
    }

    private static async Task<ProvisionedResource> ProvisionAsync(IResourceProvider provider, TemplateResource resource, CancellationToken cancellationToken)
    {
        try
        {
            return await provider.ProvisionAsync(resource, cancellationToken);
        }
        catch (AwsError error)
        {
            throw new LocalCloudException($"{resource.Location}: {resource.LogicalId} ({resource.Type}) can't be created: {error.Message} ({error.Code})", error);
        }
    }

    private static LocalCloudException Refusal(IReadOnlyCollection<Finding> findings) =>
        new(string.Join(Environment.NewLine, findings.Select(finding => $"{finding.At}: {finding.Message}")));

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "The stack {StackName} is there, with {Resources} resources.")]
        public static partial void Created(ILogger logger, string stackName, int resources);
    }
}
