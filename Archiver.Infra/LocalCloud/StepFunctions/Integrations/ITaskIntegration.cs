using System.Text.Json.Nodes;

namespace Archiver.Infra.LocalCloud.StepFunctions.Integrations;

/// <summary>How a task's call went.</summary>
internal abstract record TaskOutcome
{
    private TaskOutcome() { }

    /// <summary>It was answered.</summary>
    public sealed record Succeeded(JsonNode? Output) : TaskOutcome;

    /// <summary>It failed, under the name that the state's <c>Retry</c> and <c>Catch</c> match.</summary>
    public sealed record Failed(string Error, string? Cause) : TaskOutcome;
}

/// <summary>A service that Task states can call.</summary>
internal interface ITaskIntegration
{
    /// <summary>Whether a resource is this integration's.</summary>
    bool Handles(TaskResource resource);

    /// <summary>The parameters that the resource takes; nothing where anything goes.</summary>
    TaskParameters? Parameters(TaskResource resource);

    /// <summary>Makes the call.</summary>
    Task<TaskOutcome> InvokeAsync(TaskResource resource, JsonNode? parameters, CancellationToken cancellationToken);
}

/// <summary>The members of an integration's parameters, checked when a machine is created.</summary>
/// <param name="Required">Those that must be there.</param>
/// <param name="Optional">Those that may be.</param>
internal sealed record TaskParameters(IReadOnlyList<string> Required, IReadOnlyList<string> Optional);
