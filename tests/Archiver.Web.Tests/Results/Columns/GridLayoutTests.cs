using Archiver.Web.Results.Columns;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Archiver.Web.Tests.Results.Columns;

public sealed class GridLayoutTests
{
    [Property]
    public void Parse_OfToText_IsTheLayout(byte[] steps)
    {
        GridLayout layout = Walk(steps ?? []);

        GridLayout read = GridLayout.Parse(layout.ToText());

        Assert.Equal(layout.Order, read.Order);
        Assert.Equal(layout.Shown, read.Shown);
        Assert.All(layout.Order, column => Assert.Equal(layout.WidthOf(column), read.WidthOf(column)));
        Assert.Equal(layout.IsDefault, read.IsDefault);
    }

    [Property]
    public void Walk_AnyChoices_KeepEveryColumnOnceAndTheFile(byte[] steps)
    {
        GridLayout layout = Walk(steps ?? []);

        Assert.Equal(Enum.GetValues<GridColumn>(), layout.Order.Order());
        Assert.Contains(GridColumn.File, layout.Shown);
    }

    [Property]
    public void Parse_AnyText_IsALayout(string? text) => Assert.Equal(Enum.GetValues<GridColumn>(), GridLayout.Parse(text).Order.Order());

    [Theory]
    [InlineData("""{"Order":["Size","Gone","Size","3",null],"Hidden":["File","Gone","Time"],"Widths":{"Size":9999999,"File":-4,"Gone":100}}""")]
    public void Parse_OfAnotherTime_IsWhatIsLeftOfIt(string text)
    {
        GridLayout layout = GridLayout.Parse(text);

        Assert.Equal(GridColumn.Size, layout.Order[0]);
        Assert.Equal(Enum.GetValues<GridColumn>(), layout.Order.Order());
        Assert.Equal((GridLayout.Widest, GridLayout.Narrowest), (layout.WidthOf(GridColumn.Size), layout.WidthOf(GridColumn.File)));
        Assert.False(layout.IsShown(GridColumn.Time));
        Assert.False(layout.IsShown(GridColumn.DecidedIn)); // as by default
        Assert.True(layout.IsShown(GridColumn.File));
    }

    [Fact]
    public void Move_AtTheEnds_StaysThere()
    {
        Assert.Equal(GridLayout.Default.Order, GridLayout.Default.Move(GridColumn.Time, -1).Order);
        Assert.Equal(GridLayout.Default.Order, GridLayout.Default.Move(GridColumn.Links, 1).Order);
        Assert.Equal([GridColumn.File, GridColumn.Time], GridLayout.Default.Move(GridColumn.Time, 1).Order.Take(2));
    }

    private static GridLayout Walk(byte[] steps)
    {
        GridLayout layout = GridLayout.Default;
        foreach (byte step in steps)
        {
            GridColumn column = (GridColumn)(step % 10);
            layout = (step / 10 % 4) switch
            {
                0 => layout.Toggle(column),
                1 => layout.Move(column, 1),
                2 => layout.Move(column, -1),
                _ => layout.Resize([KeyValuePair.Create(column, step * 8)]),
            };
        }
        return layout;
    }
}
