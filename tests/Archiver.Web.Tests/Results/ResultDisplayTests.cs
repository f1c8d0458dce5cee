using Archiver.Lambdas.Contracts;
using Archiver.Web.Results;
using Archiver.Web.Results.Store;
using Archiver.Web.Shell.Display;
using Archiver.Web.Tests.Results.Fakes;
using MudBlazor;

namespace Archiver.Web.Tests.Results;

public sealed class ResultDisplayTests
{
    [Theory]
    [InlineData("Archived", Color.Success)]
    [InlineData("Quality_Fail", Color.Warning)]
    [InlineData("Unarchivable", Color.Warning)]
    [InlineData("Denied", Color.Warning)]
    [InlineData("Expired", Color.Secondary)]
    [InlineData("Error", Color.Error)]
    [InlineData("Moved by hand", Color.Secondary)]
    public void Action_Word_IsShownAsOperatorsSearchForIt(string action, Color color)
    {
        StatusDisplay display = ResultDisplay.Action(action);

        Assert.Equal(action, display.Text);
        Assert.Equal(color, display.Color);
    }

    [Fact]
    public void Action_EveryAction_HasAnIconOfItsOwnAndAMeaning()
    {
        Assert.Equal(ResultAction.All.Count, ResultAction.All.Select(action => ResultDisplay.Action(action).Icon).Distinct().Count());
        Assert.All(ResultAction.All, action => Assert.NotNull(ResultDisplay.Meaning(action)));
        Assert.Null(ResultDisplay.Meaning("Moved by hand"));
        Assert.Equal("–", ResultDisplay.Action(null).Text);
    }

    [Theory]
    [InlineData(false, null, null, "Not asked")]
    [InlineData(true, null, null, "Asked, no answer")]
    [InlineData(true, true, "Ada", "Approved by Ada")]
    [InlineData(true, false, "Ada", "Denied by Ada")]
    [InlineData(true, true, null, "Approved")]
    public void Human_OfARecord_SaysWhoDecidedWhat(bool asked, bool? approved, string? reviewer, string text)
    {
        ResultRow row = Records.Row("a", Records.Now, asked: asked) with
        {
            Approved = approved is { } answer ? new ResultValue<bool>(answer, "") : null,
            Reviewer = reviewer,
        };

        Assert.Equal(text, ResultDisplay.Human(row));
    }

    [Fact]
    public void Values_OfAnotherType_AreShownAsTheyAre()
    {
        ResultRow row = ResultRowReader.Read(new()
        {
            ["Id"] = Records.Text("a"),
            ["Quality"] = Records.Text("good"),
            ["Archive"] = Records.Text("yes"),
            ["Approval"] = Records.Text("maybe"),
            ["Size"] = Records.Number(-1),
            ["Action"] = new() { SS = ["x", "y"] },
        });

        Assert.Equal("good", ResultDisplay.Quality(row));
        Assert.Equal("yes", ResultDisplay.Archive(row));
        Assert.Equal("maybe", ResultDisplay.Human(row));
        Assert.Equal("-1", ResultDisplay.Size(row));
        Assert.Equal("x, y", ResultDisplay.Action(row.Action).Text);
        Assert.Equal("a", row.Name);
        Assert.Null(row.RunName);
    }

    [Fact]
    public void Values_ThatAreMissing_AreDashes()
    {
        ResultRow row = ResultRowReader.Read(new() { ["Id"] = Records.Text("a"), ["Action"] = new() { NULL = true } });

        Assert.Equal(["–", "–", "–", "–", "Not asked"],
            [ResultDisplay.Quality(row), ResultDisplay.Archive(row), ResultDisplay.Size(row), ResultDisplay.Action(row.Action).Text, ResultDisplay.Human(row)]);
    }

    [Fact]
    public void Read_NumberBeyondEveryType_KeepsItsText()
    {
        ResultRow row = ResultRowReader.Read(new() { ["Id"] = Records.Text("a"), ["Quality"] = new() { N = "9.9E+125" }, ["Size"] = new() { N = "1E+20" } });

        Assert.Equal(new ResultValue<decimal>(null, "9.9E+125"), row.Quality);
        Assert.Equal("1E+20", ResultDisplay.Size(row));
    }

    [Theory]
    [InlineData("arn:aws:states:us-east-1:0:execution:archiver-ArchiverStateMachine:click-0001", "click-0001")]
    [InlineData("arn:aws:states:us-east-1:0:express:archiver-express:click-0001:0b6e", "click-0001")]
    [InlineData("arn:aws:states:us-east-1:0:stateMachine:archiver-ArchiverStateMachine", null)]
    [InlineData("arn:aws:states:us-east-1:0:execution:archiver-ArchiverStateMachine:", null)]
    [InlineData("click-0001", null)]
    public void RunName_OfAnArn_IsTheExecutionsName(string arn, string? name) =>
        Assert.Equal(name, (Records.Row("a", Records.Now) with { ExecutionArn = arn }).RunName);

    [Theory]
    [InlineData(0, "0 results")]
    [InlineData(1, "1 result")]
    [InlineData(1234, "1,234 results")]
    public void Count_OfResults_HasItsUnit(long count, string text) => Assert.Equal(text, ResultDisplay.Count(count).Replace(' ', ' '));
}
