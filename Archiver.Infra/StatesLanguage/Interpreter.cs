using System.Text.Json.Nodes;

namespace Archiver.Infra.StatesLanguage;

/// <summary>
/// Runs an execution of a state machine one input at a time: a pure function from where it stands and what happened to where
/// it stands next. Who calls it makes the result durable, then carries out the effects; after a crash
/// <see cref="Resume"/> gives the effects that are still owed.
/// </summary>
public sealed class Interpreter
{
    /// <summary>Makes the interpreter of one machine.</summary>
    public Interpreter(StateMachine machine, InterpreterSurroundings surroundings) { _ = machine; _ = surroundings; }

    /// <summary>Starts an execution and runs it to where it waits or ends.</summary>
    public Transition Start(ExecutionIdentity identity, JsonNode? input, DateTimeOffset now) => throw new NotSupportedException();

    /// <summary>Gives an execution an input and runs it to where it waits or ends.</summary>
    public Transition Apply(ExecutionIdentity identity, ExecutionSnapshot snapshot, ExecutionInput input, DateTimeOffset now) => throw new NotSupportedException();

    /// <summary>The effects that a running execution still owes: calls that are not known to have been made, and timers.</summary>
    public IReadOnlyList<ExecutionEffect> Resume(ExecutionIdentity identity, ExecutionSnapshot snapshot) => throw new NotSupportedException();
}
