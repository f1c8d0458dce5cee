using System.Text.Json;
using Archiver.Infra.StatesLanguage.Data;
using Archiver.Infra.StatesLanguage.Model;

namespace Archiver.Infra.StatesLanguage.Parsing;

/// <summary>Reads what Task states call, and gathers it for who checks resources and rights.</summary>
internal sealed class TaskParser(DiagnosticBag findings, bool express)
{
    private readonly List<TaskReference> _references = [];

    /// <summary>All that was read.</summary>
    public IReadOnlyList<TaskReference> References => _references;

    /// <summary>Reads a state's <c>Resource</c>.</summary>
    /// <param name="state">The state's name.</param>
    /// <param name="fields">Its fields.</param>
    /// <param name="parameters">Its parameters.</param>
    public TaskResource? ParseResource(string state, FieldReader fields, SourceNode? parameters)
    {
        if (fields.OfKind("Resource", JsonValueKind.String, required: true) is not { } node)
            return null;

        var resource = TaskResource.Parse(node.Text!);
        if (resource is null)
        {
            findings.Error($"\"{node.Text}\" is neither a function's ARN nor a service integration that Step Functions has.", node);
            return null;
        }

        _references.Add(new TaskReference(state, resource.Arn, StaticParameters(parameters), node.Path, node.Position.Line, node.Position.Column));
        if (!resource.IsFunction && !resource.IsActivity && parameters is not { Kind: JsonValueKind.Object })
            findings.Error($"The service integration {resource.Arn} needs \"Parameters\", as an object.", parameters ?? fields.Node);
        CheckPattern(resource, node);
        if (resource.WaitsForTaskToken && parameters is not null && !AsksForToken(parameters))
            findings.Warning(DiagnosticCodes.TokenUnused, $"Nobody can answer \"{state}\": its parameters do not hold $$.Task.Token.", parameters);
        return resource;
    }

    private void CheckPattern(TaskResource resource, SourceNode node)
    {
        var pattern = resource switch
        {
            { WaitsForTaskToken: true } => "'.waitForTaskToken' service integration",
            { IsSync: true } => "'.sync' service integration",
            { IsActivity: true } => "activities",
            _ => null,
        };
        // https://docs.aws.amazon.com/step-functions/latest/dg/choosing-workflow-type.html
        if (express && pattern is not null)
            findings.Error($"Express state machine does not support {pattern}.", node);
        else if (resource.IsSync)
            findings.Unsupported("The '.sync' service integration", node);
        else if (resource.IsActivity)
            findings.Unsupported("An activity", node);
    }

    private static Dictionary<string, string> StaticParameters(SourceNode? parameters)
        => (parameters?.Members ?? [])
            .Where(m => m.Value.Text is not null && !m.Name.EndsWith(PayloadTemplate.Suffix, StringComparison.Ordinal))
            .ToDictionary(m => m.Name, m => m.Value.Text!, StringComparer.Ordinal);

    /// <summary>Whether a template can hold the token: by its own path, or in a part of the context object around it.</summary>
    private static bool AsksForToken(SourceNode template)
        => template.Items.Any(AsksForToken) || template.Members.Any(m => AsksForToken(m.Value) || MayGiveToken(m));

    private static bool MayGiveToken(SourceMember member)
        => member.Name.EndsWith(PayloadTemplate.Suffix, StringComparison.Ordinal)
            && member.Value.Text is { } text
            && text.Contains("$$", StringComparison.Ordinal)
            && (text.Contains("Task", StringComparison.Ordinal) || text.TrimEnd(')', ' ').EndsWith("$$", StringComparison.Ordinal));
}
