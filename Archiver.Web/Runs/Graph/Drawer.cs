using Archiver.Web.Runs.Graph.Definition;
using Archiver.Web.Runs.Graph.Layout;

namespace Archiver.Web.Runs.Graph;

/// <summary>Draws a machine: each scope is laid out by itself, from the innermost on, and stands in its state's box like a node.</summary>
internal static class Drawer
{
    private const double Margin = 16;
    private const double Column = 7.6; // of the text's size, about
    private const double LineHeight = 17;
    private const double Narrowest = 152;
    private const double Frame = 14;
    private const double BranchHead = 22;

    private static readonly NodeSize Terminal = new(64, 26);

    public static MachineDrawing Draw(MachineScope machine)
    {
        Part part = DrawScope(machine, isMachine: true);
        return new MachineDrawing(
            part.Width + (2 * Margin), part.Height + (2 * Margin),
            [.. part.States.Select(one => one with { Box = one.Box.Move(Margin, Margin) })],
            [.. part.Branches.Select(one => one with { Box = one.Box.Move(Margin, Margin) })],
            [.. part.Edges.Select(one => one with { Route = one.Route.Move(Margin, Margin) })],
            part.Start.Move(Margin, Margin), part.End?.Move(Margin, Margin));
    }

    private static Part DrawScope(MachineScope scope, bool isMachine)
    {
        Inside?[] insides = [.. scope.States.Select(DrawInside)];
        IReadOnlyList<string>[] lines = [.. scope.States.Select(state => LabelLines.Of(state.Name))];
        // The start is the first node, which the layout takes for where all begins; a branch has none, and begins with its first state.
        Dictionary<string, int> places = new(StringComparer.Ordinal);
        List<MachineState> ordered = [.. scope.States.OrderByDescending(state => state.Name == scope.StartAt)];
        int first = isMachine ? 1 : 0;
        foreach ((int place, MachineState state) in ordered.Index()) places.TryAdd(state.Name, place + first);
        int[] source = [.. ordered.Select(state => IndexOf(scope.States, state))];
        bool ends = isMachine && scope.States.Any(state => state.Ends);
        int end = first + ordered.Count;

        List<NodeSize> sizes = [.. source.Select(index => Size(lines[index], insides[index]))];
        if (isMachine) sizes.Insert(0, Terminal);
        if (ends) sizes.Add(Terminal);
        List<(string? From, string? To, bool IsCatch, List<MachineTransition> Ways)> edges = Edges(scope, places, isMachine);
        LayoutResult layout = LayeredLayout.Lay(
            sizes, [.. edges.Select(edge => (edge.From is null ? 0 : places[edge.From], edge.To is null ? end : places[edge.To]))]);

        List<DrawnState> states = [];
        List<DrawnBranch> branches = [];
        List<DrawnEdge> drawn = [.. edges.Select((edge, index) => new DrawnEdge(edge.From, edge.To, edge.IsCatch, layout.Routes[index], edge.Ways))];
        foreach ((int place, MachineState state) in ordered.Index())
        {
            Box box = layout.Nodes[place + first];
            states.Add(new DrawnState(state, box, lines[source[place]]));
            if (insides[source[place]] is not { } inside) continue;
            states.AddRange(inside.Part.States.Select(one => one with { Box = one.Box.Move(box.X, box.Y) }));
            branches.AddRange(inside.Part.Branches.Select(one => one with { Box = one.Box.Move(box.X, box.Y) }));
            drawn.AddRange(inside.Part.Edges.Select(one => one with { Route = one.Route.Move(box.X, box.Y) }));
        }
        return new Part(layout.Width, layout.Height, states, branches, drawn, isMachine ? layout.Nodes[0] : default, ends ? layout.Nodes[end] : null);
    }

    /// <summary>The branches of a state side by side, below its name.</summary>
    private static Inside? DrawInside(MachineState state)
    {
        if (state.Branches.Count == 0) return null;
        double x = Frame, top = Head(LabelLines.Of(state.Name)), lowest = top;
        List<DrawnState> states = [];
        List<DrawnBranch> branches = [];
        List<DrawnEdge> edges = [];
        foreach ((int place, MachineScope branch) in state.Branches.Index())
        {
            Part part = DrawScope(branch, isMachine: false);
            double inX = x + Frame, inY = top + BranchHead;
            states.AddRange(part.States.Select(one => one with { Box = one.Box.Move(inX, inY) }));
            branches.AddRange(part.Branches.Select(one => one with { Box = one.Box.Move(inX, inY) }));
            edges.AddRange(part.Edges.Select(one => one with { Route = one.Route.Move(inX, inY) }));
            branches.Add(new DrawnBranch(state.Name, state.Type == "Map" ? null : place + 1, new Box(x, top, part.Width + (2 * Frame), part.Height + BranchHead + Frame)));
            x += part.Width + (2 * Frame) + Frame;
            lowest = Math.Max(lowest, top + part.Height + BranchHead + Frame);
        }
        return new Inside(new NodeSize(x, lowest + Frame), new Part(x, lowest, states, branches, edges, default, null));
    }

    private static List<(string? From, string? To, bool IsCatch, List<MachineTransition> Ways)> Edges(MachineScope scope, Dictionary<string, int> places, bool isMachine)
    {
        List<(string? From, string? To, bool IsCatch, List<MachineTransition> Ways)> edges = [];
        if (isMachine && places.ContainsKey(scope.StartAt)) edges.Add((null, scope.StartAt, false, []));
        foreach (MachineState state in scope.States)
        {
            foreach (MachineTransition way in state.Transitions.Where(way => places.ContainsKey(way.To)))
            {
                bool isCatch = way.Kind == TransitionKind.Catch;
                int known = edges.FindIndex(edge => edge.From == state.Name && edge.To == way.To && edge.IsCatch == isCatch);
                if (known < 0)
                {
                    known = edges.Count;
                    edges.Add((state.Name, way.To, isCatch, []));
                }
                edges[known].Ways.Add(way);
            }
            if (isMachine && state.Ends) edges.Add((state.Name, null, false, []));
        }
        return edges;
    }

    private static NodeSize Size(IReadOnlyList<string> lines, Inside? inside)
    {
        // Below the name stands the status, with an icon before it.
        double width = Math.Max(Narrowest, (lines.Max(LabelLines.Columns) * Column) + 30);
        return inside is { } holds ? new NodeSize(Math.Max(width, holds.Size.Width), holds.Size.Height) : new NodeSize(width, Head(lines));
    }

    private static double Head(IReadOnlyList<string> lines) => (lines.Count * LineHeight) + 27;

    private static int IndexOf(IReadOnlyList<MachineState> states, MachineState state)
    {
        for (int place = 0; place < states.Count; place++)
        {
            if (ReferenceEquals(states[place], state)) return place;
        }
        return -1;
    }

    private sealed record Inside(NodeSize Size, Part Part);

    private sealed record Part(
        double Width, double Height, IReadOnlyList<DrawnState> States, IReadOnlyList<DrawnBranch> Branches, IReadOnlyList<DrawnEdge> Edges, Box Start, Box? End);
}
