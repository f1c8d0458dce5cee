namespace Archiver.Web.Runs.Graph.Layout;

/// <summary>
/// Lays a graph out in layers from top to bottom, after Sugiyama: cycles are removed, nodes get layers, layers an order with few
/// crossings, and everything its place. The same graph is always laid out the same.
/// </summary>
internal static class LayeredLayout
{
    /// <summary>The least distance between two nodes side by side.</summary>
    public const double NodeGap = 32;

    /// <summary>The distance between two layers.</summary>
    public const double LayerGap = 36;

    private const double EdgeGap = 14;
    private const double PortGap = 14;
    private const double LoopRoom = 26;

    /// <summary>Lays a graph out.</summary>
    /// <param name="sizes">The nodes; the first is the one that things start from.</param>
    /// <param name="edges">The edges, by the places of their nodes. There may be several between the same two.</param>
    public static LayoutResult Lay(IReadOnlyList<NodeSize> sizes, IReadOnlyList<(int From, int To)> edges)
    {
        int[] straight = [.. Enumerable.Range(0, edges.Count).Where(edge => edges[edge].From != edges[edge].To)];
        (int From, int To)[] between = [.. straight.Select(edge => edges[edge])];
        bool[] turned = CycleRemoval.Find(sizes.Count, between);
        (int From, int To)[] down = [.. between.Select((edge, place) => turned[place] ? (edge.To, edge.From) : edge)];
        LayeredGraph graph = new(Layering.Of(sizes.Count, down), down);
        CrossingReduction.Apply(graph);

        HashSet<int> looped = [.. edges.Where(edge => edge.From == edge.To).Select(edge => edge.From)];
        double[] middle = Coordinates.Of(graph, Gap);
        double left = Enumerable.Range(0, graph.Count).Select(vertex => middle[vertex] - Half(vertex)).DefaultIfEmpty(0).Min();
        double right = Enumerable.Range(0, graph.Count).Select(vertex => middle[vertex] + Half(vertex)).DefaultIfEmpty(0).Max();
        (double Top, double Bottom)[] bands = Bands(graph, sizes);
        int[] layers = new int[graph.Count];
        foreach ((int layer, List<int> vertices) in graph.Order.Index())
        {
            foreach (int vertex in vertices) layers[vertex] = layer;
        }
        Box[] boxes = [.. sizes.Select((size, node) =>
        {
            (double top, double bottom) = bands[layers[node]];
            return new Box(middle[node] - left - (size.Width / 2), top + ((bottom - top - size.Height) / 2), size.Width, size.Height);
        })];

        EdgeRoute[] routes = new EdgeRoute[edges.Count];
        Ports ports = new(graph, middle, boxes, PortGap);
        foreach ((int place, int edge) in straight.Index())
        {
            List<Point> points = Points(graph.Chains[place], place);
            if (turned[place]) points.Reverse();
            routes[edge] = new EdgeRoute(points, IsLoop: false);
        }
        foreach ((int edge, (int from, int to)) in edges.Index())
        {
            if (from == to) routes[edge] = Loop(boxes[from]);
        }
        return new LayoutResult(boxes, routes, right - left, bands.Length == 0 ? 0 : bands[^1].Bottom);

        double Half(int vertex) => graph.IsCrossing(vertex) ? 1 : (sizes[vertex].Width / 2) + (looped.Contains(vertex) ? LoopRoom : 0);

        double Gap(int one, int other) =>
            Half(one) + Half(other) + (graph.IsCrossing(one) && graph.IsCrossing(other) ? EdgeGap : graph.IsCrossing(one) || graph.IsCrossing(other) ? NodeGap / 2 : NodeGap);

        List<Point> Points(IReadOnlyList<int> chain, int edge)
        {
            Box from = boxes[chain[0]], to = boxes[chain[^1]];
            double leave = from.CenterX + ports.Leaving(edge), reach = to.CenterX + ports.Reaching(edge);
            List<Point> points = [new(leave, from.Bottom), new(leave, bands[layers[chain[0]]].Bottom)];
            foreach (int vertex in chain.Skip(1).SkipLast(1))
            {
                points.Add(new(middle[vertex] - left, bands[layers[vertex]].Top));
                points.Add(new(middle[vertex] - left, bands[layers[vertex]].Bottom));
            }
            points.Add(new(reach, bands[layers[chain[^1]]].Top));
            points.Add(new(reach, to.Y));
            return points;
        }
    }

    private static (double Top, double Bottom)[] Bands(LayeredGraph graph, IReadOnlyList<NodeSize> sizes)
    {
        (double Top, double Bottom)[] bands = new (double, double)[graph.Order.Count];
        double top = 0;
        foreach ((int layer, List<int> vertices) in graph.Order.Index())
        {
            double height = vertices.Where(vertex => !graph.IsCrossing(vertex)).Select(node => sizes[node].Height).DefaultIfEmpty(0).Max();
            bands[layer] = (top, top + height);
            top += height + LayerGap;
        }
        return bands;
    }

    private static EdgeRoute Loop(Box box) => new(
        [new(box.Right, box.CenterY - 8), new(box.Right + LoopRoom - 6, box.CenterY - 8), new(box.Right + LoopRoom - 6, box.CenterY + 8), new(box.Right, box.CenterY + 8)],
        IsLoop: true);
}
