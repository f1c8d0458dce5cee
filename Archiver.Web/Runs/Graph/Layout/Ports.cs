namespace Archiver.Web.Runs.Graph.Layout;

/// <summary>
/// Where on a node's lower and upper side its edges leave and reach it: side by side, in the order of where they lead, so that they
/// don't cross at once and can be told apart.
/// </summary>
internal sealed class Ports
{
    // So far from a node's corners that no edge leaves at a rounded one.
    private const double Corner = 12;

    private readonly Dictionary<int, double> _leaving = [];
    private readonly Dictionary<int, double> _reaching = [];

    /// <param name="graph">The graph.</param>
    /// <param name="middle">The middle of each of its vertices.</param>
    /// <param name="boxes">The nodes.</param>
    /// <param name="gap">The distance of two edges where there is room for it.</param>
    public Ports(LayeredGraph graph, double[] middle, IReadOnlyList<Box> boxes, double gap)
    {
        (int Edge, IReadOnlyList<int> Chain)[] chains = [.. graph.Chains.Select((chain, edge) => (edge, chain))];
        foreach (IGrouping<int, (int Edge, IReadOnlyList<int> Chain)> node in chains.GroupBy(one => one.Chain[0]))
            Spread(node.OrderBy(one => middle[one.Chain[1]]).ThenBy(one => one.Edge), boxes[node.Key], gap, _leaving);
        foreach (IGrouping<int, (int Edge, IReadOnlyList<int> Chain)> node in chains.GroupBy(one => one.Chain[^1]))
            Spread(node.OrderBy(one => middle[one.Chain[^2]]).ThenBy(one => one.Edge), boxes[node.Key], gap, _reaching);
    }

    /// <summary>How far from its upper node's middle an edge leaves it.</summary>
    public double Leaving(int edge) => _leaving[edge];

    /// <summary>How far from its lower node's middle an edge reaches it.</summary>
    public double Reaching(int edge) => _reaching[edge];

    private static void Spread(IEnumerable<(int Edge, IReadOnlyList<int> Chain)> edges, Box box, double gap, Dictionary<int, double> offsets)
    {
        int[] ordered = [.. edges.Select(one => one.Edge)];
        double between = ordered.Length < 2 ? 0 : Math.Min(gap, Math.Max(0, box.Width - (2 * Corner)) / (ordered.Length - 1));
        foreach ((int place, int edge) in ordered.Index()) offsets[edge] = (place - ((ordered.Length - 1) / 2.0)) * between;
    }
}
