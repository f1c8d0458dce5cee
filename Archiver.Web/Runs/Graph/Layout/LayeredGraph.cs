namespace Archiver.Web.Runs.Graph.Layout;

/// <summary>
/// A graph in layers in which every segment leads from one layer to the next: an edge across several has a vertex in each that it
/// crosses, which takes part in the order and has its place like a node, so that the edge goes round the nodes.
/// </summary>
internal sealed class LayeredGraph
{
    private readonly List<int> _layer = [];
    private readonly List<List<int>> _above = [];
    private readonly List<List<int>> _below = [];

    /// <param name="layers">The layer of each node.</param>
    /// <param name="edges">The edges, each leading down.</param>
    public LayeredGraph(int[] layers, IReadOnlyList<(int From, int To)> edges)
    {
        Nodes = layers.Length;
        foreach (int layer in layers) Add(layer);
        List<IReadOnlyList<int>> chains = [];
        foreach ((int from, int to) in edges)
        {
            List<int> chain = [from];
            for (int layer = layers[from] + 1; layer < layers[to]; layer++) chain.Add(Add(layer));
            chain.Add(to);
            for (int place = 1; place < chain.Count; place++)
            {
                _below[chain[place - 1]].Add(chain[place]);
                _above[chain[place]].Add(chain[place - 1]);
            }
            chains.Add(chain);
        }
        Chains = chains;
        Order = [.. Enumerable.Range(0, _layer.Count == 0 ? 0 : _layer.Max() + 1).Select(_ => new List<int>())];
        foreach (int vertex in Walk()) Order[_layer[vertex]].Add(vertex);
    }

    /// <summary>How many of the vertices are nodes: the first so many.</summary>
    public int Nodes { get; }

    /// <summary>How many vertices there are.</summary>
    public int Count => _layer.Count;

    /// <summary>The vertices of each edge, from its upper to its lower node.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Chains { get; }

    /// <summary>The vertices of each layer, from left to right.</summary>
    public List<List<int>> Order { get; set; }

    /// <summary>The vertices in the layer above that lead to one.</summary>
    public IReadOnlyList<int> Above(int vertex) => _above[vertex];

    /// <summary>The vertices in the layer below that one leads to.</summary>
    public IReadOnlyList<int> Below(int vertex) => _below[vertex];

    /// <summary>Whether a vertex is only where an edge crosses a layer.</summary>
    public bool IsCrossing(int vertex) => vertex >= Nodes;

    private int Add(int layer)
    {
        _layer.Add(layer);
        _above.Add([]);
        _below.Add([]);
        return _layer.Count - 1;
    }

    // From the first node on, what follows a vertex right after it: neighbours start out near each other.
    private IEnumerable<int> Walk()
    {
        bool[] seen = new bool[Count];
        Stack<int> next = new();
        for (int root = 0; root < Count; root++)
        {
            next.Push(root);
            while (next.TryPop(out int vertex))
            {
                if (seen[vertex]) continue;
                seen[vertex] = true;
                yield return vertex;
                foreach (int below in Enumerable.Reverse(_below[vertex])) next.Push(below);
            }
        }
    }
}
