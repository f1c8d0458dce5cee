using Archiver.Web.Runs.Story;

namespace Archiver.Web.Tests.Runs.Story;

public sealed class RunStoryTests
{
    [Fact]
    public void Read_ARunThatSucceeded_HasItsVisitsAndItsPath()
    {
        RunStory story = new History().Add("ExecutionStarted").Task("Work").Pass("Ok?", "Choice").Add("SucceedStateEntered", "Done").Add("SucceedStateExited", "Done").Add("ExecutionSucceeded").Read();

        Assert.Equal(["Work", "Ok?", "Done"], story.Visits.Select(visit => visit.Name));
        Assert.All(story.Visits, visit => Assert.Equal(StateStatus.Succeeded, visit.Status));
        Assert.Equal([new(null, "Work", false), new("Work", "Ok?", false), new("Ok?", "Done", false), new("Done", null, false)], story.Taken.Order(Comparer<TakenStep>.Create((one, other) => Place(one) - Place(other))));
        StateVisit work = story.Visits[0];
        Assert.Equal(("{}", "[]"), (work.Input, work.Output));
        Assert.Equal(TimeSpan.FromSeconds(4), work.Took(default));
        Assert.Equal([new StateAttempt(History.Start.AddSeconds(2), History.Start.AddSeconds(4), StateStatus.Succeeded, null, null)], work.Attempts);
        Assert.Equal(StateStatus.NotEntered, story.StatusOf("Elsewhere"));

        static int Place(TakenStep step) => Array.IndexOf([null, "Work", "Ok?", "Done"], step.From);
    }

    [Fact]
    public void Read_ATaskThatAsksAPerson_Waits()
    {
        RunStory story = Asking().Read();

        Assert.Equal(StateStatus.Waiting, story.StatusOf("Ask"));
        Assert.True(story.Visits[0].IsOpen);
        Assert.DoesNotContain(story.Taken, step => step.To is null);
    }

    [Fact]
    public void Read_ATaskThatIsRetriedAndCaught_HasItsAttemptsAndLeadsAlongTheCatch()
    {
        RunStory story = new History().Add("ExecutionStarted").Add("TaskStateEntered", "Work")
            .Add("TaskScheduled", "invoke").Add("TaskFailed", "invoke", null, ("Error", "Busy"), ("Cause", "first"))
            .Add("TaskScheduled", "invoke").Add("TaskTimedOut", "invoke", null, ("Error", "States.Timeout"))
            .Add("TaskStateExited", "Work").Add("PassStateEntered", "Rescue").Read();

        StateVisit work = story.Visits[0];
        Assert.Equal(StateStatus.Caught, work.Status);
        Assert.Equal("States.Timeout", work.Error);
        Assert.Equal([(StateStatus.Failed, "Busy"), (StateStatus.TimedOut, "States.Timeout")], work.Attempts.Select(attempt => (attempt.Status, attempt.Error!)));
        Assert.Contains(new TakenStep("Work", "Rescue", IsCatch: true), story.Taken);
        Assert.Equal(StateStatus.Running, story.StatusOf("Rescue"));
    }

    [Fact]
    public void Read_ATaskThatFailedAndIsTriedAgain_IsRetryingUntilThen()
    {
        History history = new History().Add("ExecutionStarted").Add("TaskStateEntered", "Work").Add("TaskScheduled", "invoke").Add("TaskFailed", "invoke", null, ("Error", "Busy"));

        Assert.Equal(StateStatus.Retrying, history.Read().StatusOf("Work"));
        Assert.Equal(StateStatus.Running, history.Add("TaskScheduled", "invoke").Read().StatusOf("Work"));
        history.Add("TaskSucceeded", "invoke").Add("TaskStateExited", "Work");
        Assert.Equal((StateStatus.Succeeded, null), (history.Read().Visits[0].Status, history.Read().Visits[0].Error));
    }

    [Fact]
    public void Read_ARunThatFailed_SaysWhichStateDid()
    {
        RunStory story = new History().Add("ExecutionStarted").Add("TaskStateEntered", "Work").Add("TaskScheduled", "invoke")
            .Add("TaskFailed", "invoke", null, ("Error", "Broken"), ("Cause", "why")).Add("ExecutionFailed", null, null, ("Error", "Broken"), ("Cause", "why")).Read();

        Assert.Equal((StateStatus.Failed, "Broken", "why"), (story.Visits[0].Status, story.Visits[0].Error, story.Visits[0].Cause));
        Assert.False(story.Visits[0].IsOpen);
        Assert.DoesNotContain(story.Taken, step => step.To is null);
    }

    [Fact]
    public void Read_ARunThatAFailStateEnded_LedToTheEnd()
    {
        RunStory story = new History().Add("ExecutionStarted").Add("FailStateEntered", "Give up").Add("ExecutionFailed", null, null, ("Error", "GaveUp")).Read();

        Assert.Equal((StateStatus.Failed, "GaveUp"), (story.Visits[0].Status, story.Visits[0].Error));
        Assert.Contains(new TakenStep("Give up", null, false), story.Taken);
    }

    [Theory]
    [InlineData("ExecutionAborted", StateStatus.Stopped)]
    [InlineData("ExecutionTimedOut", StateStatus.TimedOut)]
    public void Read_ARunThatWasEnded_EndsWhatWaited(string end, StateStatus status)
    {
        RunStory story = Asking().Add(end).Read();

        Assert.Equal(status, story.StatusOf("Ask"));
        Assert.Equal(status, story.Visits[0].Attempts[0].Status);
        Assert.Equal(History.Start.AddSeconds(4), story.Visits[0].EndedAt);
    }

    [Fact]
    public void Read_ARunThatIsRedriven_GoesOnInTheStateThatFailed()
    {
        History history = new History().Add("ExecutionStarted").Add("TaskStateEntered", "Work").Add("TaskScheduled", "invoke").Add("TaskFailed", "invoke", null, ("Error", "Broken"))
            .Add("ExecutionFailed", null, null, ("Error", "Broken")).Add("ExecutionRedriven").Add("TaskScheduled", "invoke");

        Assert.Equal(StateStatus.Running, history.Read().StatusOf("Work"));

        RunStory story = history.Add("TaskSucceeded", "invoke").Add("TaskStateExited", "Work").Add("ExecutionSucceeded").Read();
        Assert.Equal(StateStatus.Succeeded, Assert.Single(story.Visits).Status);
        Assert.Equal(2, story.Visits[0].Attempts.Count);
    }

    [Fact]
    public void Read_ARedriveThatEntersTheStateAnew_LeavesTheFormerVisitFailed()
    {
        RunStory story = new History().Add("ExecutionStarted").Add("ChoiceStateEntered", "Ok?").Add("ExecutionFailed", null, null, ("Error", "States.Runtime"))
            .Add("ExecutionRedriven").Add("ChoiceStateEntered", "Ok?").Add("ChoiceStateExited", "Ok?").Read();

        Assert.Equal([StateStatus.Failed, StateStatus.Succeeded], story.Visits.Select(visit => visit.Status));
        Assert.Equal(StateStatus.Succeeded, story.StatusOf("Ok?"));
    }

    // The order in which the events of two branches come tells nothing: they name what led to them.
    [Fact]
    public void Read_BranchesThatInterleave_KeepsEachToItself()
    {
        RunStory story = new History().Add("ExecutionStarted")
            .Add("ParallelStateEntered", "Both").Add("ParallelStateStarted") // 2, 3
            .Add("PassStateEntered", "Left", 3).Add("TaskStateEntered", "Right", 3) // 4, 5
            .Add("PassStateExited", "Left", 4).Add("TaskScheduled", "invoke", 5) // 6, 7
            .Add("PassStateEntered", "Left end", 6).Add("TaskSucceeded", "invoke", 7) // 8, 9
            .Add("PassStateExited", "Left end", 8).Add("TaskStateExited", "Right", 9) // 10, 11
            .Add("ParallelStateSucceeded", null, 11).Add("ParallelStateExited", "Both").Pass("After").Add("ExecutionSucceeded").Read();

        Assert.All(story.Visits, visit => Assert.Equal(StateStatus.Succeeded, visit.Status));
        Assert.Equal([("Left", 0), ("Right", 0), ("Left end", 0)], story.Visits.Where(visit => visit.Parent is not null).Select(visit => (visit.Name, visit.Parent!.Value)));
        Assert.Single(story.VisitsOf("Right")[0].Attempts);
        Assert.Equal(
            new HashSet<TakenStep> { new(null, "Both", false), new("Left", "Left end", false), new("Both", "After", false), new("After", null, false) }, story.Taken);
    }

    [Fact]
    public void Read_ABranchThatFails_EndsThoseBesideIt()
    {
        RunStory story = new History().Add("ExecutionStarted").Add("ParallelStateEntered", "Both").Add("ParallelStateStarted")
            .Add("TaskStateEntered", "Left", 3).Add("WaitStateEntered", "Right", 3).Add("TaskScheduled", "invoke", 4)
            .Add("TaskFailed", "invoke", 6, ("Error", "Broken")).Add("ParallelStateFailed", null, 7, ("Error", "Broken"))
            .Add("ParallelStateExited", "Both").Pass("Rescue").Add("ExecutionSucceeded").Read();

        Assert.Equal((StateStatus.Caught, StateStatus.Failed, StateStatus.Stopped), (story.StatusOf("Both"), story.StatusOf("Left"), story.StatusOf("Right")));
        Assert.Contains(new TakenStep("Both", "Rescue", true), story.Taken);
    }

    [Fact]
    public void Read_TheItemsOfAMap_AreVisitsOfTheirOwnAndTheWorstSpeaksForThem()
    {
        RunStory story = new History().Add("ExecutionStarted")
            .Add("MapStateEntered", "Each").Add("MapStateStarted", null, null, ("Length", "3")) // 2, 3
            .Add("MapIterationStarted", "Each", 3, ("Index", "0")).Add("MapIterationStarted", "Each", 3, ("Index", "1")) // 4, 5
            .Add("PassStateEntered", "Item", 4).Add("PassStateEntered", "Item", 5) // 6, 7
            .Add("PassStateExited", "Item", 6).Add("MapIterationSucceeded", "Each", 8, ("Index", "0")) // 8, 9
            .Add("MapIterationStarted", "Each", 9, ("Index", "2")).Add("TaskStateEntered", "Item", 10).Add("TaskScheduled", "invoke").Add("TaskFailed", "invoke", null, ("Error", "Bad"))
            .Add("TaskStateExited", "Item").Read();

        Assert.Equal(3, story.Visits[0].Items);
        Assert.Equal([0, 1, 2], story.VisitsOf("Item").Select(visit => visit.Iteration!.Value));
        Assert.Equal([StateStatus.Succeeded, StateStatus.Running, StateStatus.Caught], story.VisitsOf("Item").Select(visit => visit.Status));
        Assert.Equal(StateStatus.Running, story.StatusOf("Item"));
        Assert.All(story.VisitsOf("Item"), visit => Assert.Equal(0, visit.Parent));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Read_InPieces_ComesToTheSame(int atOnce)
    {
        History history = new History().Add("ExecutionStarted").Task("One").Pass("Two", "Choice").Task("Three").Add("ExecutionSucceeded");

        RunStory whole = history.Read(), pieces = history.Read(atOnce);

        Assert.Equal(whole.Visits.Select(visit => (visit.Name, visit.Status, visit.EndedAt, visit.From)), pieces.Visits.Select(visit => (visit.Name, visit.Status, visit.EndedAt, visit.From)));
        Assert.Equal(whole.Taken, pieces.Taken);
    }

    [Fact]
    public void Of_EveryStatus_HasAWordAnIconAndAStyle() => Assert.All(StateStatusDisplay.All, status =>
    {
        Assert.NotEmpty(StateStatusDisplay.Of(status).Text);
        Assert.NotEmpty(StateStatusDisplay.Of(status).Icon);
        Assert.NotEmpty(StateStatusDisplay.Style(status));
    });

    private static History Asking() => new History().Add("ExecutionStarted").Add("TaskStateEntered", "Ask")
        .Add("TaskScheduled", "sendMessage.waitForTaskToken").Add("TaskSubmitted", "sendMessage.waitForTaskToken");
}
