using Archiver.Web.Runs.Graph.Definition;
using Archiver.Web.Runs.Graph.Layout;
using static Archiver.Web.Runs.RunsWords;

namespace Archiver.Web.Runs.Graph;

/// <summary>A state on the drawing.</summary>
/// <param name="State">The state.</param>
/// <param name="Box">Where it is.</param>
/// <param name="Lines">Its name, in lines.</param>
public sealed record DrawnState(MachineState State, Box Box, IReadOnlyList<string> Lines);

/// <summary>A branch of a Parallel state, or what a Map state does with each item.</summary>
/// <param name="Owner">The name of the state that it is in.</param>
/// <param name="Number">Which of the branches, from 1; nothing for what is done with each item.</param>
/// <param name="Box">Where it is.</param>
public sealed record DrawnBranch(string Owner, int? Number, Box Box)
{
    /// <summary>Such as <c>Branch 2</c>, in the viewer's language.</summary>
    public string Label => Number is { } number ? L["Branch {0}", number] : L["For each item"];
}

/// <summary>An arrow on the drawing. There is one from a state to another, and one more where errors lead there, too.</summary>
/// <param name="From">The state's name; nothing for the machine's start.</param>
/// <param name="To">The other state's name; nothing for the machine's end.</param>
/// <param name="IsCatch">Whether it is gone when an error is caught.</param>
/// <param name="Route">Its way.</param>
/// <param name="Ways">The ways of the definition that it stands for.</param>
public sealed record DrawnEdge(string? From, string? To, bool IsCatch, EdgeRoute Route, IReadOnlyList<MachineTransition> Ways)
{
    /// <summary>The rules or the errors that lead along it, in the viewer's language.</summary>
    public IReadOnlyList<string> Labels => [.. Ways.Select(way => way.Label ?? (way.Kind == TransitionKind.Default ? L["otherwise"] : null)).OfType<string>()];
}

/// <summary>A machine laid out.</summary>
/// <param name="Width">How wide the drawing is.</param>
/// <param name="Height">How high it is.</param>
/// <param name="States">The states; one that holds others is before them.</param>
/// <param name="Branches">The branches.</param>
/// <param name="Edges">The arrows.</param>
/// <param name="Start">Where the run starts.</param>
/// <param name="End">Where it ends; nothing where the machine never does.</param>
public sealed record MachineDrawing(
    double Width, double Height, IReadOnlyList<DrawnState> States, IReadOnlyList<DrawnBranch> Branches, IReadOnlyList<DrawnEdge> Edges, Box Start, Box? End)
{
    /// <summary>The most states that are drawn: a browser is slow with more, and a person finds nothing in them.</summary>
    public const int Most = 500;

    /// <summary>Draws a machine; nothing when it has too many states.</summary>
    public static MachineDrawing? Of(MachineScope machine) => machine.All().Take(Most + 1).Count() > Most ? null : Drawer.Draw(machine);
}
