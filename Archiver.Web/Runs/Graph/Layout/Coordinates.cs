namespace Archiver.Web.Runs.Graph.Layout;

/// <summary>
/// The fourth step: how far to the right each vertex is. Each layer in turn comes as near to the mean of its neighbours as its order
/// and its gaps let it, which is a regression with a rising answer, and exact in one pass over the layer.
/// </summary>
internal static class Coordinates
{
    private const int Sweeps = 20;

    // An edge that crosses layers is to be straight rather than short.
    private const double Straight = 8;
    private const double Free = 0.05;

    /// <summary>Finds the middle of each vertex, from left to right; it may be less than 0.</summary>
    /// <param name="graph">The graph, in order.</param>
    /// <param name="gap">How far apart the middles of two neighbours are at least.</param>
    public static double[] Of(LayeredGraph graph, Func<int, int, double> gap)
    {
        double[] middle = new double[graph.Count];
        foreach (List<int> layer in graph.Order)
        {
            for (int place = 1; place < layer.Count; place++) middle[layer[place]] = middle[layer[place - 1]] + gap(layer[place - 1], layer[place]);
            double half = layer.Count == 0 ? 0 : middle[layer[^1]] / 2;
            foreach (int vertex in layer) middle[vertex] -= half;
        }
        for (int sweep = 0; sweep < Sweeps; sweep++)
        {
            for (int layer = 1; layer < graph.Order.Count; layer++) Settle(graph, graph.Order[layer], middle, gap, graph.Above);
            for (int layer = graph.Order.Count - 2; layer >= 0; layer--) Settle(graph, graph.Order[layer], middle, gap, graph.Below);
        }
        for (int layer = 0; layer < graph.Order.Count; layer++) Settle(graph, graph.Order[layer], middle, gap, vertex => [.. graph.Above(vertex), .. graph.Below(vertex)]);
        return middle;
    }

    private static void Settle(LayeredGraph graph, List<int> layer, double[] middle, Func<int, int, double> gap, Func<int, IReadOnlyList<int>> neighbours)
    {
        double[] wish = new double[layer.Count], weight = new double[layer.Count], room = new double[layer.Count];
        for (int place = 0; place < layer.Count; place++)
        {
            int vertex = layer[place];
            if (place > 0) room[place] = room[place - 1] + gap(layer[place - 1], vertex);
            wish[place] = middle[vertex] * Free;
            weight[place] = Free;
            foreach (int neighbour in neighbours(vertex))
            {
                double pull = graph.IsCrossing(vertex) && graph.IsCrossing(neighbour) ? Straight : graph.IsCrossing(vertex) || graph.IsCrossing(neighbour) ? 2 : 1;
                wish[place] += middle[neighbour] * pull;
                weight[place] += pull;
            }
            wish[place] = (wish[place] / weight[place]) - room[place];
        }
        double[] risen = Rise(wish, weight);
        for (int place = 0; place < layer.Count; place++) middle[layer[place]] = risen[place] + room[place];
    }

    /// <summary>The numbers nearest to those given, by weighted squares, of which none is less than the one before it.</summary>
    public static double[] Rise(double[] wish, double[] weight)
    {
        // Pool adjacent violators: two groups in the wrong order become one, at their mean.
        Stack<(double Mean, double Weight, int Count)> groups = new();
        for (int place = 0; place < wish.Length; place++)
        {
            (double Mean, double Weight, int Count) group = (wish[place], weight[place], 1);
            while (groups.TryPeek(out (double Mean, double Weight, int Count) last) && last.Mean > group.Mean)
            {
                groups.Pop();
                double sum = last.Weight + group.Weight;
                group = (((last.Mean * last.Weight) + (group.Mean * group.Weight)) / sum, sum, last.Count + group.Count);
            }
            groups.Push(group);
        }
        return [.. groups.Reverse().SelectMany(group => Enumerable.Repeat(group.Mean, group.Count))];
    }
}
