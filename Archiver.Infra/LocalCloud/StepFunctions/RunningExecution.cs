using Archiver.Infra.StatesLanguage;

namespace Archiver.Infra.LocalCloud.StepFunctions;

/// <summary>An execution in memory: what the store has of it, and what runs it.</summary>
/// <param name="execution">As it is stored.</param>
/// <param name="identity">What it is to its own context object.</param>
/// <param name="interpreter">Runs the definition that it was started with.</param>
/// <param name="snapshot">Where it stands.</param>
internal sealed class RunningExecution(
    Execution execution, ExecutionIdentity identity, Interpreter interpreter, ExecutionSnapshot snapshot)
{
    /// <summary>As it was when it was started or loaded.</summary>
    public Execution Execution { get; } = execution;

    /// <summary>What it is to its own context object.</summary>
    public ExecutionIdentity Identity { get; } = identity;

    /// <summary>Runs its definition.</summary>
    public Interpreter Interpreter { get; } = interpreter;

    /// <summary>Where it stands, as is durable.</summary>
    public ExecutionSnapshot Snapshot { get; set; } = snapshot;

    /// <summary>The tasks whose calls this process has begun.</summary>
    public HashSet<string> CallsMade { get; } = new(StringComparer.Ordinal);

    /// <summary>Completed with the last snapshot when it ends, where somebody waits for that.</summary>
    public TaskCompletionSource<ExecutionSnapshot>? Ended { get; init; }
}
