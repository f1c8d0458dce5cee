using Archiver.Web.Runs.Graph.Layout;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Archiver.Web.Tests.Runs.Graph;

public sealed class LayeredLayoutTests
{
    private const double Hair = 0.01;

    /// <summary>A graph of any shape: cycles, loops, several edges between two nodes, parts that nothing leads to.</summary>
    public sealed record AnyGraph(double[] Widths, double[] Heights, (int From, int To)[] Edges);

    public static class Graphs
    {
        public static Arbitrary<AnyGraph> Any() => (
            from count in Gen.Choose(1, 24)
            from widths in Gen.Choose(40, 400).ListOf(count)
            from heights in Gen.Choose(20, 300).ListOf(count)
            from edges in Gen.Choose(0, count * 3).SelectMany(many => (
                from one in Gen.Choose(0, count - 1)
                from other in Gen.Choose(0, count - 1)
                select (one, other)).ListOf(many))
            select new AnyGraph([.. widths.Select(width => (double)width)], [.. heights.Select(height => (double)height)], [.. edges])).ToArbitrary();
    }

    [Property(Arbitrary = [typeof(Graphs)], MaxTest = 300)]
    public bool Lay_AnyGraph_LetsNoTwoNodesOverlap(AnyGraph graph)
    {
        LayoutResult layout = Lay(graph);
        return Pairs(layout.Nodes).All(pair => pair.One.Right <= pair.Other.X + Hair || pair.Other.Right <= pair.One.X + Hair
            || pair.One.Bottom <= pair.Other.Y + Hair || pair.Other.Bottom <= pair.One.Y + Hair);
    }

    [Property(Arbitrary = [typeof(Graphs)], MaxTest = 300)]
    public bool Lay_AnyGraph_DrawsEveryEdgeFromItsNodeToItsNode(AnyGraph graph)
    {
        LayoutResult layout = Lay(graph);
        return layout.Routes.Count == graph.Edges.Length && graph.Edges.Index().All(edge =>
            layout.Routes[edge.Index] is { Points.Count: >= 4 } route && route.Points.Count % 2 == 0
            && IsOn(layout.Nodes[edge.Item.From], route.Points[0]) && IsOn(layout.Nodes[edge.Item.To], route.Points[^1])
            && route.IsLoop == (edge.Item.From == edge.Item.To));
    }

    [Property(Arbitrary = [typeof(Graphs)], MaxTest = 300)]
    public bool Lay_AnyGraph_LeadsNoEdgeThroughAnotherNode(AnyGraph graph)
    {
        LayoutResult layout = Lay(graph);
        return graph.Edges.Index().All(edge => Enumerable.Range(0, layout.Nodes.Count).All(node =>
            node == edge.Item.From || node == edge.Item.To || !Crosses(layout.Routes[edge.Index], layout.Nodes[node])));
    }

    [Property(Arbitrary = [typeof(Graphs)], MaxTest = 100)]
    public bool Lay_AnyGraph_StaysWithinItsSize(AnyGraph graph)
    {
        LayoutResult layout = Lay(graph);
        return layout.Nodes.All(box => box.X >= -Hair && box.Y >= -Hair && box.Right <= layout.Width + Hair && box.Bottom <= layout.Height + Hair)
            && layout.Routes.All(route => route.Points.All(point => point.X >= -Hair && point.X <= layout.Width + Hair && point.Y >= -Hair && point.Y <= layout.Height + Hair));
    }

    [Property(Arbitrary = [typeof(Graphs)], MaxTest = 100)]
    public bool Lay_TheSameGraphTwice_LaysItOutTheSame(AnyGraph graph)
    {
        LayoutResult one = Lay(graph), other = Lay(graph);
        return one.Nodes.SequenceEqual(other.Nodes) && one.Routes.Zip(other.Routes).All(pair => pair.First.Points.SequenceEqual(pair.Second.Points));
    }

    [Property(Arbitrary = [typeof(Graphs)], MaxTest = 200)]
    public bool Find_AnyGraph_LeavesNoCycle(AnyGraph graph)
    {
        (int From, int To)[] edges = [.. graph.Edges.Where(edge => edge.From != edge.To)];
        bool[] turned = CycleRemoval.Find(graph.Widths.Length, edges);
        (int From, int To)[] down = [.. edges.Select((edge, place) => turned[place] ? (edge.To, edge.From) : edge)];
        int[] layers = Layering.Of(graph.Widths.Length, down);
        // Only without a cycle can every edge lead down.
        return down.All(edge => layers[edge.To] > layers[edge.From]);
    }

    [Property(Arbitrary = [typeof(Graphs)], MaxTest = 200)]
    public bool Apply_AnyGraph_MakesNoMoreCrossings(AnyGraph graph)
    {
        (int From, int To)[] edges = [.. graph.Edges.Where(edge => edge.From < edge.To)];
        LayeredGraph layered = new(Layering.Of(graph.Widths.Length, edges), edges);
        int before = CrossingReduction.Count(layered);
        CrossingReduction.Apply(layered);
        return CrossingReduction.Count(layered) <= before;
    }

    [Fact]
    public void Apply_TwoEdgesThatCrossAndNeedNot_UncrossesThem()
    {
        LayeredGraph graph = new([0, 0, 1, 1], [(0, 3), (1, 2)]) { Order = [[0, 1], [2, 3]] };
        Assert.Equal(1, CrossingReduction.Count(graph));

        CrossingReduction.Apply(graph);

        Assert.Equal(0, CrossingReduction.Count(graph));
    }

    [Fact]
    public void Lay_AChain_IsAStraightLineDown()
    {
        LayoutResult layout = LayeredLayout.Lay([new(100, 40), new(60, 40), new(140, 40)], [(0, 1), (1, 2)]);

        Assert.Single(layout.Nodes.Select(box => Math.Round(box.CenterX, 3)).Distinct());
        Assert.True(layout.Nodes[0].Bottom < layout.Nodes[1].Y && layout.Nodes[1].Bottom < layout.Nodes[2].Y);
    }

    [Fact]
    public void Lay_AWayBack_ReachesTheUpperNodeFromBelow()
    {
        LayoutResult layout = LayeredLayout.Lay([new(100, 40), new(100, 40)], [(0, 1), (1, 0)]);

        Assert.Equal(layout.Nodes[0].Bottom, layout.Routes[1].Points[^1].Y, 3);
        Assert.NotEqual(layout.Routes[0].Points[0].X, layout.Routes[1].Points[^1].X);
    }

    [Fact]
    public void Lay_AChainOfThousands_EndsWithoutADeepStack()
    {
        const int Long = 5000;

        LayoutResult layout = LayeredLayout.Lay([.. Enumerable.Repeat(new NodeSize(10, 10), Long)], [.. Enumerable.Range(1, Long - 1).Select(node => (node - 1, node))]);

        Assert.Equal(Long, layout.Nodes.Select(box => box.Y).Distinct().Count());
    }

    [Fact]
    public void Lay_Nothing_IsEmpty() => Assert.Equal(0, LayeredLayout.Lay([], []).Height);

    [Fact]
    public void Rise_WishesInTheWrongOrder_MeetAtTheirMean() => Assert.Equal([1, 3, 3, 9], Coordinates.Rise([1, 4, 2, 9], [1, 1, 1, 1]));

    private static LayoutResult Lay(AnyGraph graph) =>
        LayeredLayout.Lay([.. graph.Widths.Zip(graph.Heights, (width, height) => new NodeSize(width, height))], graph.Edges);

    private static IEnumerable<(Box One, Box Other)> Pairs(IReadOnlyList<Box> boxes) =>
        boxes.SelectMany((one, place) => boxes.Skip(place + 1).Select(other => (one, other)));

    private static bool IsOn(Box box, Point point) => point.X >= box.X - Hair && point.X <= box.Right + Hair && point.Y >= box.Y - Hair && point.Y <= box.Bottom + Hair;

    // Where it bends it is between two layers, and there are no nodes: what is straight is what may cross one.
    private static bool Crosses(EdgeRoute route, Box box)
    {
        for (int place = 0; place + 1 < route.Points.Count; place += 2)
        {
            Point one = route.Points[place], other = route.Points[place + 1];
            double top = Math.Min(one.Y, other.Y), bottom = Math.Max(one.Y, other.Y), left = Math.Min(one.X, other.X), right = Math.Max(one.X, other.X);
            if (right > box.X + Hair && left < box.Right - Hair && bottom > box.Y + Hair && top < box.Bottom - Hair) return true;
        }
        return false;
    }
}
