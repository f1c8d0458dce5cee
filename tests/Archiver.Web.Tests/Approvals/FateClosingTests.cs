using Archiver.Web.Approvals.Fate;
using Archiver.Web.Approvals.Inbox;

namespace Archiver.Web.Tests.Approvals;

public sealed class FateClosingTests
{
    private static readonly DateTimeOffset At = Samples.Asked;

    [Theory]
    [InlineData("""{"approved":true}""", "approved")]
    [InlineData("""{"approved": false, "reviewer": "x"}""", "denied")]
    [InlineData("""{"approved":"yes"}""", null)]
    [InlineData("\"approved\"", null)]
    [InlineData("no JSON", null)]
    [InlineData(null, null)]
    public void Of_AnAnswerOfAnothers_SaysWhatWasDecidedAndNothingElseOfIt(string? output, string? detail) => Assert.Equal(
        new Closing(ClosedReason.AnsweredElsewhere, At, detail), FateClosing.Of(new TaskFate.Answered(At, true, output, null, null)));

    [Theory]
    [InlineData("No", "by hand", "by hand")]
    [InlineData("No", null, "No")]
    [InlineData(null, "", null)]
    public void Of_AFailureOfAnothers_SaysWhy(string? error, string? cause, string? detail) => Assert.Equal(
        new Closing(ClosedReason.AnsweredElsewhere, At, detail), FateClosing.Of(new TaskFate.Answered(At, false, null, error, cause)));

    [Fact]
    public void Of_EveryEnd_HasItsReason()
    {
        Assert.Equal(new Closing(ClosedReason.TimedOut, At), FateClosing.Of(new TaskFate.TimedOut(At)));
        Assert.Equal(new Closing(ClosedReason.Superseded, At), FateClosing.Of(new TaskFate.Superseded(At)));
        Assert.Equal(new Closing(ClosedReason.RunStopped, At, "Stopped by Bob."), FateClosing.Of(new TaskFate.RunStopped(At, "Stopped by Bob.")));
        Assert.Equal(new Closing(ClosedReason.RunFailed, At, "It is."), FateClosing.Of(new TaskFate.RunFailed(At, "Bad", "It is.")));
        Assert.Equal(new Closing(ClosedReason.RunTimedOut, At), FateClosing.Of(new TaskFate.RunTimedOut(At)));
        Assert.Equal(new Closing(ClosedReason.RunEnded, At, "Lambda.Unknown"), FateClosing.Of(new TaskFate.Abandoned(At, "Lambda.Unknown", null)));
        Assert.Equal(new Closing(ClosedReason.RunGone), FateClosing.Of(new TaskFate.RunGone()));
    }

    [Fact]
    public void Of_WhatWaitsOrCantBeTold_ClosesNothing()
    {
        Assert.Null(FateClosing.Of(new TaskFate.Waiting()));
        Assert.Null(FateClosing.Of(new TaskFate.Unknown()));
    }
}
