using System.Text.Json;

namespace Archiver.Web.Runs.Graph.Definition;

/// <summary>Why a machine goes from one state to another.</summary>
public enum TransitionKind
{
    /// <summary>The state was done.</summary>
    Next,

    /// <summary>A rule of a Choice state held.</summary>
    Choice,

    /// <summary>No rule of a Choice state held.</summary>
    Default,

    /// <summary>The state failed, and its error was caught.</summary>
    Catch,
}

/// <summary>A way from one state to another.</summary>
/// <param name="To">The other state's name.</param>
/// <param name="Kind">Why it is gone.</param>
/// <param name="Errors">The names of the errors that are caught; nothing where it is no <see cref="TransitionKind.Catch"/>.</param>
public sealed record MachineTransition(string To, TransitionKind Kind, string? Errors = null)
{
    /// <summary>The rule of a <see cref="TransitionKind.Choice"/> as the definition has it.</summary>
    public JsonElement? Rule { get; init; }

    /// <summary>The rule, in the viewer's language, or the errors that are caught; nothing where there is nothing to say.</summary>
    public string? Label => Rule is { } rule ? ChoiceText.Of(rule) : Errors;
}

/// <summary>Errors that are retried.</summary>
/// <param name="Errors">Their names.</param>
/// <param name="Most">How many more attempts there are at most.</param>
public sealed record MachineRetry(string Errors, int Most);

/// <summary>A state of a machine, as far as it takes to draw it.</summary>
/// <param name="Name">Its name, which is unique in the whole machine.</param>
/// <param name="Type">Such as <c>Task</c>.</param>
public sealed record MachineState(string Name, string Type)
{
    /// <summary>What its author says of it.</summary>
    public string? Comment { get; init; }

    /// <summary>What a Task calls.</summary>
    public string? Resource { get; init; }

    /// <summary>The errors that are retried.</summary>
    public IReadOnlyList<MachineRetry> Retries { get; init; } = [];

    /// <summary>The ways on, in the definition's order.</summary>
    public IReadOnlyList<MachineTransition> Transitions { get; init; } = [];

    /// <summary>Whether the scope that it is in ends with it.</summary>
    public bool Ends { get; init; }

    /// <summary>What is in a Parallel state (its branches) or in a Map state (one, for each item); else nothing.</summary>
    public IReadOnlyList<MachineScope> Branches { get; init; } = [];
}

/// <summary>States that lead to each other: a whole machine, or a branch.</summary>
/// <param name="StartAt">The name of the first.</param>
/// <param name="States">In the definition's order.</param>
public sealed record MachineScope(string StartAt, IReadOnlyList<MachineState> States)
{
    /// <summary>The states of this scope and of all that are in them.</summary>
    public IEnumerable<MachineState> All() => States.SelectMany(state => state.Branches.SelectMany(branch => branch.All()).Prepend(state));
}
