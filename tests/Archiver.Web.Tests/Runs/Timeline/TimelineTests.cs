using Archiver.Web.Runs.Story;
using Archiver.Web.Runs.Timeline;
using Archiver.Web.Tests.Runs.Story;
using FsCheck.Xunit;

namespace Archiver.Web.Tests.Runs.Timeline;

public sealed class TimelineTests
{
    [Fact]
    public void Of_ARun_HasARowAStateWithItsPartOfTheTime()
    {
        // A second an event: Work from 1 to 5, Ok? from 6 to 7, and the end at 10.
        RunStory story = new History().Add("ExecutionStarted").Task("Work").Pass("Ok?", "Choice").Read();

        IReadOnlyList<TimelineRow> rows = TimelineRows.Of(story, History.Start, History.Start.AddSeconds(10));

        Assert.Equal(["Work", "Ok?"], rows.Select(row => row.State));
        Assert.Equal(new TimelineBar(.1, .4, StateStatus.Succeeded), Assert.Single(rows[0].Bars));
        Assert.Equal((TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(1)), (rows[1].FirstAfter, rows[1].Took));
    }

    [Fact]
    public void Of_AStateThatIsOpen_ReachesToNow()
    {
        RunStory story = new History().Add("ExecutionStarted").Add("WaitStateEntered", "Pause").Read();

        TimelineRow row = Assert.Single(TimelineRows.Of(story, History.Start, History.Start.AddSeconds(4)));

        Assert.Equal(new TimelineBar(.25, .75, StateStatus.Waiting), Assert.Single(row.Bars));
        Assert.Equal(TimeSpan.FromSeconds(3), row.Took);
    }

    [Fact]
    public void Of_ThousandsOfItems_HasNoMoreBarsThanCanBeSeen()
    {
        History history = new History().Add("ExecutionStarted");
        for (int item = 0; item < 2000; item++) history.Pass("Item");

        TimelineRow row = Assert.Single(TimelineRows.Of(history.Read(), History.Start, History.Start.AddSeconds(4001)));

        Assert.Equal(2000, row.Visits);
        Assert.InRange(row.Bars.Count, 2, TimelineRows.MostBars);
        Assert.InRange(row.Bars[^1].Start + row.Bars[^1].Length, .99, 1);
    }

    [Property]
    public bool Marks_OfAnySpan_AreFewRisingAndWithin(uint milliseconds)
    {
        TimeSpan whole = TimeSpan.FromMilliseconds(milliseconds);
        IReadOnlyList<TimeSpan> marks = TimeScale.Marks(whole);
        return marks[0] == TimeSpan.Zero && marks.Count <= 6 && marks[^1] <= whole && marks.Zip(marks.Skip(1)).All(pair => pair.First < pair.Second);
    }

    [Theory]
    [InlineData(40, 20)]
    [InlineData(900, 500)]
    [InlineData(3_600_000, 1_800_000)]
    public void Marks_OfASpan_AreRoundSteps(int whole, int step) =>
        Assert.Equal(TimeSpan.FromMilliseconds(step), TimeScale.Marks(TimeSpan.FromMilliseconds(whole))[1]);
}
