using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud;
using Archiver.Infra.LocalCloud.Stack;

namespace Archiver.Infra.Validation;

/// <summary>
/// Checks a template together with its state machines and functions, without creating anything: what each of them
/// says of the others must be true.
/// </summary>
internal sealed class StackValidator
{
    private readonly CloudIdentity _identity = new();
    private readonly List<Finding> _findings = [];
    private readonly string _path;
    private readonly string _stackName;

    private StackValidator(string path, string stackName)
    {
        _path = path;
        _stackName = stackName;
    }

    /// <summary>Checks a template.</summary>
    /// <param name="path">The template's file.</param>
    /// <param name="stackName">The stack's name.</param>
    /// <param name="parameters">Values for its parameters; one that has neither a value nor a default gets a stand-in.</param>
    public static ValidationReport Validate(string path, string stackName, IReadOnlyDictionary<string, string> parameters) =>
        new StackValidator(path, stackName).Validate(parameters);

    private ValidationReport Validate(IReadOnlyDictionary<string, string> parameters)
    {
        int resources = 0, machines = 0;
        if (TemplateReader.ReadFile(_path, _findings) is { } template)
        {
            Dictionary<string, JsonNode> values = new TemplateParameterReader(_findings).Values(template, parameters, StandIn);
            if (_findings.Count == 0)
                (resources, machines) = Check(template, values);
        }
        return new ValidationReport(
            [.. _findings.Distinct().OrderBy(finding => finding.At.File, StringComparer.Ordinal).ThenBy(finding => finding.At.Line).ThenBy(finding => finding.At.Column)],
            resources, machines);
    }

    private (int Resources, int Machines) Check(Template template, Dictionary<string, JsonNode> values)
    {
        PredictedResources predicted = new(_identity, _stackName);
        TemplateEvaluator evaluator = new(template, values, new PseudoParameters(_identity, _stackName), logicalId => predicted[logicalId]);
        IReadOnlyList<ResourceDeclaration> order = Try(() => ResourceOrder.Sort(template, evaluator)) ?? [];
        foreach (ResourceDeclaration declaration in order)
        {
            if (!PredictedResources.Types.Contains(declaration.Type))
                _findings.Add(Finding.Error("UNKNOWN_TYPE", $"The local cloud has no {declaration.Type}, which {declaration.LogicalId} is.", declaration.At));
            // A resource whose properties are broken is still there for the others: its own error is told once.
            JsonObject properties = Try(() => evaluator.Properties(declaration)) ?? [];
            predicted.Add(new TemplateResource(declaration.LogicalId, declaration.Type, properties, declaration.At.ToString()));
        }
        foreach (OutputDeclaration output in template.Outputs.Values.Where(output => order.Count > 0 && (output.Condition is not { } condition || evaluator.Holds(condition))))
            Try(() => evaluator.Text(output.Value));

        MachineValidator machines = new(predicted, _identity, _path, _findings);
        int count = 0;
        foreach ((TemplateResource resource, _) in predicted.All.Where(known => known.Resource.Properties.Count > 0))
        {
            ResourceDeclaration declaration = template.Resources[resource.LogicalId];
            if (resource.Type == ResourceKind.StateMachine.Type)
            {
                machines.Check(declaration, resource);
                count++;
            }
            else if (resource.Type == ResourceKind.Function.Type)
            {
                HandlerCheck.Check(declaration, resource, _findings);
            }
        }
        return (order.Count, count);
    }

    private T? Try<T>(Func<T> work) where T : class
    {
        try
        {
            return work();
        }
        catch (TemplateException exception)
        {
            _findings.Add(exception.Finding);
            return null;
        }
    }

    /// <summary>A value of the right type for a parameter that only a deployment gives one.</summary>
    private static string StandIn(TemplateParameter parameter) =>
        parameter.AllowedValues?[0] ?? (parameter.Type is "Number" or "List<Number>" ? parameter.MinValue?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "1" : parameter.Name);
}
