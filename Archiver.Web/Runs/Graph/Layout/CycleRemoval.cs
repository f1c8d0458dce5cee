namespace Archiver.Web.Runs.Graph.Layout;

/// <summary>The first step of a layered layout: which edges are turned around so that all lead one way.</summary>
internal static class CycleRemoval
{
    /// <summary>Finds the edges that lead back to where a walk from the first node on came from.</summary>
    /// <param name="count">How many nodes there are.</param>
    /// <param name="edges">The edges, none from a node to itself.</param>
    /// <returns>For each edge whether it is turned around; with these turned, there is no cycle.</returns>
    public static bool[] Find(int count, IReadOnlyList<(int From, int To)> edges)
    {
        List<int>[] leaving = [.. Enumerable.Range(0, count).Select(_ => new List<int>())];
        for (int edge = 0; edge < edges.Count; edge++) leaving[edges[edge].From].Add(edge);
        bool[] turned = new bool[edges.Count], seen = new bool[count], onWay = new bool[count];
        // A stack of its own: a machine may be a chain of thousands of states.
        Stack<(int Node, int Next)> way = new();
        for (int root = 0; root < count; root++)
        {
            if (seen[root]) continue;
            Enter(root);
            while (way.TryPop(out (int Node, int Next) top))
            {
                if (top.Next == leaving[top.Node].Count)
                {
                    onWay[top.Node] = false;
                    continue;
                }
                way.Push((top.Node, top.Next + 1));
                int edge = leaving[top.Node][top.Next], to = edges[edge].To;
                if (onWay[to]) turned[edge] = true;
                else if (!seen[to]) Enter(to);
            }
        }
        return turned;

        void Enter(int node)
        {
            seen[node] = onWay[node] = true;
            way.Push((node, 0));
        }
    }
}
