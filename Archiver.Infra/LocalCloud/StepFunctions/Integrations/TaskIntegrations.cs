using System.Text.Json.Nodes;
using Archiver.Infra.StatesLanguage;
using Archiver.Infra.StatesLanguage.Data;
using Archiver.Infra.StatesLanguage.Parsing;

namespace Archiver.Infra.LocalCloud.StepFunctions.Integrations;

/// <summary>Every service that Task states can call, found by the state's <c>Resource</c>.</summary>
internal sealed class TaskIntegrations(IEnumerable<ITaskIntegration> integrations)
{
    private readonly ITaskIntegration[] _integrations = [.. integrations];

    /// <summary>Makes a task's call. Every failure is an outcome; only a cancelled call throws.</summary>
    public async Task<TaskOutcome> InvokeAsync(string resource, JsonNode? parameters, CancellationToken cancellationToken)
    {
        TaskResource parsed = TaskResource.Parse(resource);
        if (Find(parsed) is not { } integration)
            return new TaskOutcome.Failed("States.Runtime", $"The resource '{resource}' is not one that the local cloud calls.");
        try
        {
            return await integration.InvokeAsync(parsed, parameters, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A service that breaks is a task that fails, as it is on AWS; its Retry and Catch have their say.
            return new TaskOutcome.Failed("States.TaskFailed", $"{exception.GetType().Name}: {exception.Message}");
        }
    }

    /// <summary>Finds what a valid machine calls that this cloud could not carry out.</summary>
    public IReadOnlyList<Diagnostic> Check(StateMachine machine)
    {
        List<Diagnostic> findings = [];
        foreach (TaskReference task in machine.Tasks)
        {
            TaskResource resource = TaskResource.Parse(task.Resource);
            if (Find(resource) is not { } integration)
            {
                findings.Add(Error(
                    $"The resource provided {task.Resource} is not recognized. The value is not a valid resource ARN, or the resource is not available in this region.",
                    task.Path, task));
                continue;
            }
            if (integration.Parameters(resource) is { } expected)
                CheckParameters(Given(machine, task), expected, task, findings);
        }
        return findings;
    }

    private ITaskIntegration? Find(TaskResource resource) => Array.Find(_integrations, integration => integration.Handles(resource));

    // The names of a state's parameters; those that a path fills count as well.
    private static string[] Given(StateMachine machine, TaskReference task) =>
        machine.States.GetValueOrDefault(task.StateName)?.Data.Parameters switch
        {
            ObjectTemplate template => [.. template.Members.Select(member => member.Key)],
            ConstantTemplate { Value: JsonObject constant } => [.. constant.Select(member => member.Key)],
            _ => [],
        };

    private static void CheckParameters(string[] given, TaskParameters expected, TaskReference task, List<Diagnostic> findings)
    {
        string path = task.Path.Replace("/Resource", "/Parameters", StringComparison.Ordinal);
        foreach (string missing in expected.Required.Except(given))
            findings.Add(Error($"The field '{missing}' is required but was missing", path, task));
        foreach (string unknown in given.Except(expected.Required).Except(expected.Optional))
            findings.Add(Error($"The field '{unknown}' is not supported by Step Functions", path, task));
    }

    private static Diagnostic Error(string message, string path, TaskReference task) =>
        new(DiagnosticSeverity.Error, DiagnosticCodes.Schema, message, path, task.Line, task.Column);
}
