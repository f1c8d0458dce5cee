using System.Text.Json.Nodes;

namespace Archiver.Infra.LocalCloud.Stack;

/// <summary>
/// The template of the stack, read while the services open their data: it needs none of them, and a start waits for both.
/// </summary>
internal sealed class StackTemplate(LocalCloudOptions options)
{
    private readonly Task<ReadTemplate?> _reading = Task.Run(() => options.TemplatePath is { } path ? Read(path, options.Parameters) : null);

    /// <summary>What was read; nothing where there is to be no stack.</summary>
    public Task<ReadTemplate?> ReadAsync(CancellationToken cancellationToken) => _reading.WaitAsync(cancellationToken);

    private static ReadTemplate Read(string path, IReadOnlyDictionary<string, string> parameters)
    {
        List<Finding> findings = [];
        Template? template = TemplateReader.ReadFile(path, findings);
        Dictionary<string, JsonNode> values = template is null ? [] : new TemplateParameterReader(findings).Values(template, parameters);
        return new ReadTemplate(template, values, findings);
    }
}

/// <summary>A template as it was read.</summary>
/// <param name="Template">The template; nothing where it is broken.</param>
/// <param name="Values">Its parameters' values.</param>
/// <param name="Findings">What is wrong with it.</param>
internal sealed record ReadTemplate(Template? Template, Dictionary<string, JsonNode> Values, IReadOnlyCollection<Finding> Findings);
