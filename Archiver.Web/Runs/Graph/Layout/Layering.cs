namespace Archiver.Web.Runs.Graph.Layout;

/// <summary>The second step: the layer of each node, so that every edge leads down.</summary>
internal static class Layering
{
    /// <summary>Gives each node the length of the longest way to it, then lets it down to what it leads to where that makes edges shorter.</summary>
    /// <param name="count">How many nodes there are.</param>
    /// <param name="edges">The edges, without a cycle.</param>
    /// <returns>The layer of each node, from 0.</returns>
    public static int[] Of(int count, IReadOnlyList<(int From, int To)> edges)
    {
        List<int>[] after = [.. Enumerable.Range(0, count).Select(_ => new List<int>())];
        int[] before = new int[count], left = new int[count], layers = new int[count];
        foreach ((int from, int to) in edges)
        {
            after[from].Add(to);
            before[to]++;
            left[to]++;
        }
        List<int> order = [.. Enumerable.Range(0, count).Where(node => left[node] == 0)];
        for (int place = 0; place < order.Count; place++)
        {
            foreach (int to in after[order[place]])
            {
                layers[to] = Math.Max(layers[to], layers[order[place]] + 1);
                if (--left[to] == 0) order.Add(to);
            }
        }
        foreach (int node in Enumerable.Reverse(order))
        {
            if (node > 0 && after[node].Count > before[node]) layers[node] = Math.Max(layers[node], after[node].Min(to => layers[to]) - 1);
        }
        return layers;
    }
}
