using System.Globalization;
using Archiver.Web.Runs.Graph;
using Archiver.Web.Runs.Graph.Definition;
using Archiver.Web.Runs.Graph.Layout;

namespace Archiver.Web.Tests.Runs.Graph;

public sealed class MachineDrawingTests
{
    [Fact]
    public void Read_ANestedMachine_HasItsStatesWaysAndRetries()
    {
        MachineScope machine = DefinitionReader.Read(Machines.Nested)!;

        Assert.Equal(["Prepare", "Both", "Left", "Left end", "Each", "One item", "Enough?", "Pause", "Give up", "Done"], machine.All().Select(state => state.Name));
        MachineState prepare = machine.States[0], choice = machine.States[2];
        Assert.Equal([new MachineRetry("States.Timeout", 2), new MachineRetry("A, B", 3)], prepare.Retries);
        Assert.Contains(new MachineTransition("Give up", TransitionKind.Catch, "States.ALL"), prepare.Transitions);
        Assert.Equal(
            [("Done", TransitionKind.Choice, "$.count is at least 3"), ("Done", TransitionKind.Choice, "not ($.more is present)"), ("Pause", TransitionKind.Default, null)],
            choice.Transitions.Select(way => (way.To, way.Kind, way.Label)));
        Assert.Equal([true, true], machine.States.TakeLast(2).Select(state => state.Ends));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no JSON")]
    [InlineData("[]")]
    [InlineData("""{"States":{}}""")]
    [InlineData("""{"States":{"A":1}}""")]
    public void Read_NoMachine_IsNothing(string definition) => Assert.Null(DefinitionReader.Read(definition));

    [Fact]
    public void Of_ANestedMachine_PutsEveryStateIntoItsBranch()
    {
        MachineDrawing drawing = MachineDrawing.Of(DefinitionReader.Read(Machines.Nested)!)!;

        Box both = Of(drawing, "Both"), each = Of(drawing, "Each");
        Assert.Equal(["Branch 1", "Branch 2"], drawing.Branches.Where(branch => branch.Owner == "Both").OrderBy(branch => branch.Box.X).Select(branch => branch.Label));
        Assert.All(["Left", "Left end", "Each", "One item"], name => Assert.True(IsIn(both, Of(drawing, name)), name));
        Assert.True(IsIn(each, Of(drawing, "One item")));
        Assert.All(["Prepare", "Enough?", "Pause", "Done"], name => Assert.False(Overlap(both, Of(drawing, name)), name));
        Assert.False(Overlap(Of(drawing, "Left"), each));
        Assert.All(drawing.Branches, branch => Assert.True(IsIn(Of(drawing, branch.Owner), branch.Box)));
        Assert.All(drawing.States, state => Assert.True(IsIn(new Box(0, 0, drawing.Width, drawing.Height), state.Box)));
    }

    [Fact]
    public void Of_ANestedMachine_DrawsEveryWayOnce()
    {
        MachineDrawing drawing = MachineDrawing.Of(DefinitionReader.Read(Machines.Nested)!)!;

        Assert.Equal(
            [
                (null, "Prepare", false), ("Both", "Enough?", false), ("Both", "Give up", true), ("Done", null, false), ("Enough?", "Done", false), ("Enough?", "Pause", false),
                ("Give up", null, false), ("Left", "Left end", false), ("Pause", "Prepare", false), ("Prepare", "Both", false), ("Prepare", "Give up", true),
            ],
            drawing.Edges.Select(edge => (edge.From, edge.To, edge.IsCatch)).OrderBy(edge => edge.From, StringComparer.Ordinal).ThenBy(edge => edge.To, StringComparer.Ordinal));
        // Two rules that lead to one state are one arrow, which says both.
        Assert.Equal(["$.count is at least 3", "not ($.more is present)"], drawing.Edges.Single(edge => edge is { From: "Enough?", To: "Done" }).Labels);
    }

    [Fact]
    public void Of_TheWorkflowOfArchiver_DrawsItAll()
    {
        MachineScope machine = DefinitionReader.Read(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "statemachines", "archiver.asl.json")))!;

        MachineDrawing drawing = MachineDrawing.Of(machine)!;

        Assert.Equal(machine.States.Count, drawing.States.Count);
        Assert.All(machine.States.SelectMany(state => state.Transitions.Select(way => (state.Name, way.To))), way => Assert.Contains(drawing.Edges, edge => edge.From == way.Name && edge.To == way.To));
        Assert.NotNull(drawing.End);
    }

    [Fact]
    public void Of_MoreStatesThanCanBeDrawn_IsNothing() =>
        Assert.Null(MachineDrawing.Of(new MachineScope("S0", [.. Enumerable.Range(0, MachineDrawing.Most + 1).Select(place => new MachineState($"S{place}", "Pass"))])));

    [Fact]
    public void Of_AWayToAStateThatIsNotThere_IsLeftOut()
    {
        MachineDrawing drawing = MachineDrawing.Of(DefinitionReader.Read("""{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"}}}""")!)!;

        Assert.Equal([(null, "A")], drawing.Edges.Select(edge => (edge.From, edge.To)));
        Assert.Null(drawing.End);
    }

    [Theory]
    [InlineData("Short", "Short")]
    [InlineData("ValidateTheIncomingDocument", "ValidateTheIncoming|Document")]
    [InlineData("A name of several words that goes on", "A name of several words|that goes on")]
    [InlineData("年度報告年度報告年度報告年度報告", "年度報告年度報告年度報告|年度報告")]
    public void LabelLines_OfAName_BreakWhereAWordEnds(string name, string lines) => Assert.Equal(lines.Split('|'), LabelLines.Of(name));

    [Fact]
    public void LabelLines_OfANameThatDoesNotFit_EndWithAnEllipsis()
    {
        IReadOnlyList<string> lines = LabelLines.Of(new string('x', 80));

        Assert.Equal(LabelLines.Most, lines.Count);
        Assert.EndsWith("…", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Line_InACultureWithCommas_WritesPoints()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            Assert.Equal("M1.5 0L1.5 2C1.5 4 6.25 4 6.25 6L6.25 2", EdgePath.Line(new EdgeRoute([new(1.5, 0), new(1.5, 2), new(6.25, 6), new(6.25, 9)], false)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Head_OfAWayBack_PointsUp()
    {
        Assert.Contains("l-4 -7", EdgePath.Head(new EdgeRoute([new(0, 0), new(0, 1), new(0, 8), new(0, 20)], false)), StringComparison.Ordinal);
        Assert.Contains("l-4 7", EdgePath.Head(new EdgeRoute([new(0, 20), new(0, 8), new(0, 1), new(0, 0)], false)), StringComparison.Ordinal);
    }

    private static Box Of(MachineDrawing drawing, string state) => drawing.States.Single(one => one.State.Name == state).Box;

    private static bool IsIn(Box outer, Box inner) => inner.X >= outer.X && inner.Y >= outer.Y && inner.Right <= outer.Right && inner.Bottom <= outer.Bottom;

    private static bool Overlap(Box one, Box other) => one.X < other.Right && other.X < one.Right && one.Y < other.Bottom && other.Y < one.Bottom;
}
