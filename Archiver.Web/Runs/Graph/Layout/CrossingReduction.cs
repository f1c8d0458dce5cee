namespace Archiver.Web.Runs.Graph.Layout;

/// <summary>
/// The third step: the order in each layer that lets few edges cross. Sweeps down and up put each vertex at the mean of its
/// neighbours' places, then neighbours change places where that takes crossings away; the best order that was seen stays.
/// </summary>
internal static class CrossingReduction
{
    private const int Sweeps = 24;

    // Past this, changing places pair by pair costs more than it gives.
    private const int WidestToSwap = 64;

    /// <summary>Orders a graph's layers.</summary>
    public static void Apply(LayeredGraph graph)
    {
        List<List<int>> best = Copy(graph.Order);
        int fewest = Count(graph);
        int[] places = new int[graph.Count];
        for (int sweep = 0; sweep < Sweeps && fewest > 0; sweep++)
        {
            bool down = sweep % 2 == 0;
            foreach (List<int> layer in graph.Order) Number(layer, places);
            for (int step = 1; step < graph.Order.Count; step++)
            {
                List<int> layer = graph.Order[down ? step : graph.Order.Count - 1 - step];
                Sort(layer, places, down ? graph.Above : graph.Below);
                Number(layer, places);
            }
            Swap(graph, places);
            int crossings = Count(graph);
            if (crossings >= fewest) continue;
            fewest = crossings;
            best = Copy(graph.Order);
        }
        graph.Order = best;
    }

    /// <summary>How many pairs of segments cross.</summary>
    public static int Count(LayeredGraph graph)
    {
        int[] places = new int[graph.Count];
        foreach (List<int> layer in graph.Order) Number(layer, places);
        int crossings = 0;
        for (int layer = 0; layer + 1 < graph.Order.Count; layer++)
        {
            // Segments from left to right; each crosses those before it that end to the right of it. Summed in a binary indexed tree.
            int width = graph.Order[layer + 1].Count, ended = 0;
            int[] tree = new int[width + 1];
            foreach (int vertex in graph.Order[layer])
            {
                int[] ends = [.. graph.Below(vertex).Select(below => places[below]).Order()];
                foreach (int end in ends) crossings += ended - Sum(tree, end + 1);
                foreach (int end in ends)
                {
                    for (int place = end + 1; place <= width; place += place & -place) tree[place]++;
                    ended++;
                }
            }
        }
        return crossings;
    }

    private static int Sum(int[] tree, int place)
    {
        int sum = 0;
        for (; place > 0; place -= place & -place) sum += tree[place];
        return sum;
    }

    // A vertex without neighbours stays where it is, and the order of equals is kept.
    private static void Sort(List<int> layer, int[] places, Func<int, IReadOnlyList<int>> neighbours)
    {
        int[] sorted = [.. layer.OrderBy(vertex => neighbours(vertex) is { Count: > 0 } those ? those.Average(one => (double)places[one]) : places[vertex])];
        layer.Clear();
        layer.AddRange(sorted);
    }

    private static void Swap(LayeredGraph graph, int[] places)
    {
        foreach (List<int> layer in graph.Order.Where(layer => layer.Count <= WidestToSwap))
        {
            for (int right = 1; right < layer.Count; right++)
            {
                int one = layer[right - 1], other = layer[right];
                if (Crossings(graph, one, other, places) <= Crossings(graph, other, one, places)) continue;
                (layer[right - 1], layer[right]) = (other, one);
            }
            Number(layer, places);
        }
    }

    private static int Crossings(LayeredGraph graph, int left, int right, int[] places) =>
        Crossings(graph.Above(left), graph.Above(right), places) + Crossings(graph.Below(left), graph.Below(right), places);

    private static int Crossings(IReadOnlyList<int> left, IReadOnlyList<int> right, int[] places) =>
        left.Sum(one => right.Count(other => places[one] > places[other]));

    private static void Number(List<int> layer, int[] places)
    {
        for (int place = 0; place < layer.Count; place++) places[layer[place]] = place;
    }

    private static List<List<int>> Copy(List<List<int>> order) => [.. order.Select(layer => layer.ToList())];
}
