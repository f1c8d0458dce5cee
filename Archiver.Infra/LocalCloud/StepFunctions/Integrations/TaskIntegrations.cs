using System.Text.Json.Nodes;
using Archiver.Infra.StatesLanguage;

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

    /// <summary>Finds the Task states of a valid definition that this cloud could not carry out.</summary>
    /// <param name="definition">The Amazon States Language.</param>
    /// <param name="express">Whether it is to be an <c>EXPRESS</c> machine, which may not wait for tokens.</param>
    public IReadOnlyList<Diagnostic> Check(string definition, bool express)
    {
        List<Diagnostic> findings = [];
        if (JsonNode.Parse(definition) is JsonObject machine)
            CheckStates(machine, "", express, findings);
        return findings;
    }

    private ITaskIntegration? Find(TaskResource resource) => Array.Find(_integrations, integration => integration.Handles(resource));

    private void CheckStates(JsonObject machine, string path, bool express, List<Diagnostic> findings)
    {
        if (machine["States"] is not JsonObject states)
            return;
        foreach ((string name, JsonNode? node) in states)
        {
            if (node is not JsonObject state)
                continue;
            string here = $"{path}/States/{name}";
            if (Text(state["Type"]) == "Task" && Text(state["Resource"]) is { } resource)
                CheckTask(TaskResource.Parse(resource), state["Parameters"] as JsonObject, here, express, findings);
            foreach (string nested in (string[])["Iterator", "ItemProcessor"])
            {
                if (state[nested] is JsonObject inner)
                    CheckStates(inner, $"{here}/{nested}", express, findings);
            }
            if (state["Branches"] is JsonArray branches)
            {
                for (int index = 0; index < branches.Count; index++)
                {
                    if (branches[index] is JsonObject branch)
                        CheckStates(branch, $"{here}/Branches[{index}]", express, findings);
                }
            }
        }
    }

    private void CheckTask(TaskResource resource, JsonObject? parameters, string path, bool express, List<Diagnostic> findings)
    {
        if (Find(resource) is not { } integration)
        {
            findings.Add(Error(
                $"The resource provided {resource.Text} is not recognized. The value is not a valid resource ARN, or the resource is not available in this region.",
                $"{path}/Resource"));
            return;
        }
        if (express && resource.WaitsForTaskToken)
            findings.Add(Error($"Express state machine does not support '{resource.Text}'", $"{path}/Resource"));
        if (integration.Parameters(resource) is not { } expected)
            return;
        string[] given = [.. parameters?.Select(member => member.Key.EndsWith(".$", StringComparison.Ordinal) ? member.Key[..^2] : member.Key) ?? []];
        foreach (string missing in expected.Required.Except(given))
            findings.Add(Error($"The field '{missing}' is required but was missing", $"{path}/Parameters"));
        foreach (string unknown in given.Except(expected.Required).Except(expected.Optional))
            findings.Add(Error($"The field '{unknown}' is not supported by Step Functions", $"{path}/Parameters"));
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static Diagnostic Error(string message, string path) =>
        new(DiagnosticSeverity.Error, "SCHEMA_VALIDATION_FAILED", message, path, 0, 0);
}
