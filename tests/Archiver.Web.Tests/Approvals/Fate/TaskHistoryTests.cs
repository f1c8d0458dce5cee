using System.Text.Json;
using Amazon.StepFunctions.Model;
using Archiver.Web.Approvals.Fate;
using Archiver.Web.Approvals.Inbox;

namespace Archiver.Web.Tests.Approvals.Fate;

/// <summary>Each thing that can become of a task, read from a history of it.</summary>
public sealed class TaskHistoryTests
{
    private readonly HistoryBuilder _history = new();

    [Fact]
    public void Read_NothingCameSince_Waits()
    {
        _history.Ask("t");

        Assert.Equal(new TaskFate.Waiting(), FateOf("t"));
    }

    [Fact]
    public void Read_BeforeTheCallIsThrough_Waits()
    {
        _history.Schedule("t", _history.Enter("Task"));

        Assert.Equal(new TaskFate.Waiting(), FateOf("t"));
    }

    [Fact]
    public void Read_AnsweredAndTheRunWentOn_IsAnsweredWithItsOutput()
    {
        _history.Ask("t");
        long end = _history.Succeed(output: """{"approved":false}""");
        _history.Exit("Task");
        _history.Pass();
        _history.Add("ExecutionSucceeded");

        Assert.Equal(new TaskFate.Answered(HistoryBuilder.At(end), true, """{"approved":false}""", null, null), FateOf("t"));
    }

    [Fact]
    public void Read_AnsweredBeforeTheCallWasThrough_IsAnswered()
    {
        long scheduled = _history.Schedule("t", _history.Enter("Task"));
        long end = _history.Succeed(_history.Add("TaskStarted", scheduled));

        Assert.Equal(new TaskFate.Answered(HistoryBuilder.At(end), true, """{"approved":true}""", null, null), FateOf("t"));
    }

    [Fact]
    public void Read_FailedByTheTokensHolder_IsAnsweredAlsoWhereTheStateIsTriedAgain()
    {
        _history.Ask("t");
        long end = _history.Fail(error: "Refused", cause: "by hand");
        _history.Wait("t2", end);

        Assert.Equal(new TaskFate.Answered(HistoryBuilder.At(end), false, null, "Refused", "by hand"), FateOf("t"));
        Assert.Equal(new TaskFate.Waiting(), FateOf("t2"));
    }

    [Theory]
    [InlineData("States.Timeout")]
    [InlineData("States.HeartbeatTimeout")]
    public void Read_TimedOutAndCaught_TimedOutWhateverCameThen(string error)
    {
        _history.Ask("t");
        long end = _history.TimeOut(error: error);
        _history.Exit("Task");
        _history.Ask("later");
        _history.StopRun();
        _history.Wait("redriven", _history.Redrive());

        Assert.Equal(new TaskFate.TimedOut(HistoryBuilder.At(end)), FateOf("t"));
    }

    [Fact]
    public void Read_TimedOutAndTheRunFailedOfIt_TimedOut()
    {
        _history.Ask("t");
        long end = _history.TimeOut();
        _history.FailRun();

        Assert.Equal(new TaskFate.TimedOut(HistoryBuilder.At(end)), FateOf("t"));
    }

    [Fact]
    public void Read_TimedOutAndTriedAgain_IsSupersededByEachNextToken()
    {
        _history.Ask("t1");
        long second = _history.Wait("t2", _history.TimeOut());
        _history.Wait("t3", _history.TimeOut());

        Assert.Equal(new TaskFate.Superseded(HistoryBuilder.At(second - 2)), FateOf("t1"));
        Assert.IsType<TaskFate.Superseded>(FateOf("t2"));
        Assert.Equal(new TaskFate.Waiting(), FateOf("t3"));
    }

    [Fact]
    public void Read_CallRefusedAndTriedAgain_IsSuperseded()
    {
        long started = _history.Add("TaskStarted", _history.Schedule("t1", _history.Enter("Task")));
        long refused = _history.Add("TaskSubmitFailed", started, one => one.TaskSubmitFailedEventDetails = new TaskSubmitFailedEventDetails { Error = "SQS.AmazonSQSException" });
        _history.Wait("t2", refused);

        Assert.IsType<TaskFate.Superseded>(FateOf("t1"));
    }

    [Fact]
    public void Read_CallFailedAndCaught_IsAbandonedWithItsError()
    {
        long started = _history.Add("TaskStarted", _history.Schedule("t", _history.Enter("Task")));
        long failed = _history.Fail(started, "Lambda.Unknown", "It broke.");
        _history.Exit("Task");
        _history.Enter("Pass");
        _history.FailRun();

        Assert.Equal(new TaskFate.Abandoned(HistoryBuilder.At(failed), "Lambda.Unknown", "It broke."), FateOf("t"));
    }

    [Fact]
    public void Read_CallFailedAndTheRunWithIt_RunFailed()
    {
        long started = _history.Add("TaskStarted", _history.Schedule("t", _history.Enter("Task")));
        long over = _history.FailRun(_history.Add("TaskSubmitFailed", started), "SQS.QueueDoesNotExist", "gone");

        Assert.Equal(new TaskFate.RunFailed(HistoryBuilder.At(over), "SQS.QueueDoesNotExist", "gone"), FateOf("t"));
    }

    [Theory]
    [InlineData("Stopped by Bob.")]
    [InlineData(null)]
    public void Read_Stopped_RunStoppedWithItsCause(string? cause)
    {
        _history.Ask("t");
        long over = _history.StopRun(cause: cause);

        Assert.Equal(new TaskFate.RunStopped(HistoryBuilder.At(over), cause), FateOf("t"));
    }

    [Fact]
    public void Read_RunOutOfTime_RunTimedOut()
    {
        _history.Ask("t");
        long over = _history.Add("ExecutionTimedOut");

        Assert.Equal(new TaskFate.RunTimedOut(HistoryBuilder.At(over)), FateOf("t"));
    }

    [Fact]
    public void Read_Redriven_TheOldTokenIsSupersededAndTheNewWaits()
    {
        _history.Ask("t1");
        _history.StopRun();
        long asked = _history.Wait("t2", _history.Redrive());

        Assert.Equal(new TaskFate.Superseded(HistoryBuilder.At(asked - 2)), FateOf("t1"));
        Assert.Equal(new TaskFate.Waiting(), FateOf("t2"));
    }

    [Fact]
    public void Read_RedrivenAfterATimeOut_TheOldTokenIsSuperseded()
    {
        _history.Ask("t1");
        _history.TimeOut();
        _history.FailRun();
        _history.Wait("t2", _history.Redrive());
        _history.StopRun();

        Assert.IsType<TaskFate.Superseded>(FateOf("t1"));
        Assert.IsType<TaskFate.RunStopped>(FateOf("t2"));
    }

    [Fact]
    public void Read_RedrivenAndNotAskedYet_SaysWhatEndedIt()
    {
        _history.Ask("t");
        long over = _history.StopRun();
        _history.Redrive();

        Assert.Equal(new TaskFate.RunStopped(HistoryBuilder.At(over), "Stopped by Bob."), FateOf("t"));
    }

    [Fact]
    public void Read_RedrivenAfterItWasAnswered_StaysAnswered()
    {
        _history.Ask("t");
        _history.Succeed();
        _history.Exit("Task");
        _history.Ask("next");
        _history.StopRun();
        _history.Wait("next2", _history.Redrive());

        Assert.IsType<TaskFate.Answered>(FateOf("t"));
        Assert.IsType<TaskFate.Superseded>(FateOf("next"));
    }

    [Fact]
    public void Read_RedrivenWithTwoBranches_EachIsMatchedByWhatItWasCalledWith()
    {
        long started = _history.Add("ParallelStateStarted", _history.Enter("Parallel"));
        long left = _history.Ask("left1", started, HistoryBuilder.Message("left1", "left.pdf"));
        long right = _history.Ask("right1", started, HistoryBuilder.Message("right1", "right.pdf"));
        _history.Add("TaskStateAborted", left);
        _history.Add("TaskStateAborted", right);
        _history.StopRun();
        long redriven = _history.Redrive();
        long rightAgain = _history.Wait("right2", redriven, HistoryBuilder.Message("right2", "right.pdf"));
        long leftAgain = _history.Wait("left2", redriven, HistoryBuilder.Message("left2", "left.pdf"));

        Assert.Equal(new TaskFate.Superseded(HistoryBuilder.At(leftAgain - 2)), FateOf("left1"));
        Assert.Equal(new TaskFate.Superseded(HistoryBuilder.At(rightAgain - 2)), FateOf("right1"));
        Assert.Equal(new TaskFate.Waiting(), FateOf("left2"));
    }

    [Fact]
    public void Read_StateEnteredAnewAfterARedrive_IsNotTheOldTask()
    {
        _history.Ask("t1");
        long over = _history.StopRun();
        _history.Redrive();
        _history.Ask("other");

        Assert.Equal(new TaskFate.RunStopped(HistoryBuilder.At(over), "Stopped by Bob."), FateOf("t1"));
    }

    [Fact]
    public void Read_AnotherBranchFailed_TheRunFailedOrWentOnWithoutIt()
    {
        long started = _history.Add("ParallelStateStarted", _history.Enter("Parallel"));
        long waiting = _history.Ask("t", started);
        long failed = _history.Fail(_history.Ask("other", started));
        long aborted = _history.Add("TaskStateAborted", waiting);
        _history.Add("ParallelStateFailed", failed);
        HistoryBuilder caught = new();
        caught.Events.Clear();
        caught.Events.AddRange(_history.Events);

        long over = _history.FailRun();
        Assert.Equal(new TaskFate.RunFailed(HistoryBuilder.At(over), "Bad", "It is."), FateOf("t"));

        caught.Exit("Parallel");
        caught.Pass();
        Assert.Equal(new TaskFate.Abandoned(HistoryBuilder.At(aborted), null, null), TaskHistory.Read(caught.Events, TaskTokenHash.Of("t")));
    }

    [Fact]
    public void Read_TheStateAroundItEndedAndNoEventNamesTheTask_IsAbandoned()
    {
        long started = _history.Add("ParallelStateStarted", _history.Enter("Parallel"));
        _history.Ask("t", started);
        long over = _history.Add("ParallelStateFailed", _history.Fail(_history.Ask("other", started)));
        _history.Exit("Parallel");
        _history.Pass();

        Assert.Equal(new TaskFate.Abandoned(HistoryBuilder.At(over), null, null), FateOf("t"));
    }

    [Fact]
    public void Read_AStateInAnotherBranchEnded_DoesNotEndThisOne()
    {
        long outer = _history.Add("ParallelStateStarted", _history.Enter("Parallel"));
        long inner = _history.Add("ParallelStateStarted", _history.Enter("Parallel", outer));
        _history.Ask("t", outer);
        long failed = _history.Fail(_history.Ask("other", inner));
        _history.Exit("Parallel", _history.Add("ParallelStateFailed", failed));
        long second = _history.Add("ParallelStateStarted", _history.Enter("Parallel"));
        _history.Exit("Parallel", _history.Add("ParallelStateSucceeded", _history.Pass(second)));

        Assert.Equal(new TaskFate.Waiting(), FateOf("t"));
        Assert.IsType<TaskFate.Answered>(FateOf("other"));
    }

    [Fact]
    public void Read_IterationsInterleaved_EachHasItsOwnFate()
    {
        long map = _history.Add("MapStateStarted", _history.Enter("Map"));
        long[] iterations = [.. Enumerable.Range(0, 4).Select(_ => _history.Add("MapIterationStarted", map))];
        long[] waiting = [.. iterations.Select((iteration, i) => _history.Ask($"t{i}", iteration))];
        _history.Succeed(waiting[2]);
        long timedOut = _history.TimeOut(waiting[0]);
        long answered = _history.Fail(waiting[1]);
        _history.Wait("t0 again", timedOut);
        _history.Exit("Task", answered);

        Assert.IsType<TaskFate.Superseded>(FateOf("t0"));
        Assert.Equal(new TaskFate.Waiting(), FateOf("t0 again"));
        Assert.Equal(new TaskFate.Answered(HistoryBuilder.At(answered), false, null, "No", "by hand"), FateOf("t1"));
        Assert.True(Assert.IsType<TaskFate.Answered>(FateOf("t2")).Success);
        Assert.Equal(new TaskFate.Waiting(), FateOf("t3"));
    }

    [Fact]
    public void Read_ThousandsOfEventsBefore_FindsIt()
    {
        for (int i = 0; i < 2500; i++) _history.Pass();
        _history.Ask("t");
        _history.TimeOut();

        Assert.True(_history.Last > 5000);
        Assert.IsType<TaskFate.TimedOut>(FateOf("t"));
    }

    [Theory]
    [InlineData("""{"Payload":{"deep":[1,{"token":"TOKEN"}]}}""")]
    [InlineData("""{"MessageBody":"{\"TaskToken\":\"TOKEN\"}"}""")]
    [InlineData("""{"MessageBody":"{\"a\":\"{\\\"TaskToken\\\":\\\"TOKEN\\\"}\"}"}""")]
    [InlineData("\"TOKEN\"")]
    public void Read_TokenAnywhereInWhatTheTaskWasCalledWith_IsFound(string parameters)
    {
        string token = new('t', 700);
        _history.Schedule(token, _history.Enter("Task"), parameters.Replace("TOKEN", token, StringComparison.Ordinal));

        Assert.Equal(new TaskFate.Waiting(), FateOf(token));
    }

    [Theory]
    [InlineData("""{"MessageBody":{"TaskToken":"another"}}""")]
    [InlineData("""{"t":1}""")]
    [InlineData("{ t")]
    [InlineData(null)]
    public void Read_TokenThatTheHistoryDoesNotHave_IsUnknown(string? parameters)
    {
        long scheduled = _history.Schedule("t", _history.Enter("Task"));
        _history.Events[(int)scheduled - 1].TaskScheduledEventDetails.Parameters = parameters;
        _history.StopRun();

        Assert.Equal(new TaskFate.Unknown(), FateOf("t"));
    }

    [Fact]
    public void Read_TokenThatALaterTaskIsGivenAsData_IsTheFirstOnes()
    {
        _history.Ask("t");
        _history.Succeed();
        _history.Exit("Task");
        _history.Ask("t2", parameters: JsonSerializer.Serialize(new { Own = "t2", Before = "t" }));

        Assert.IsType<TaskFate.Answered>(FateOf("t"));
        Assert.Equal(new TaskFate.Waiting(), FateOf("t2"));
    }

    [Fact]
    public void FateOf_OnlyTheNewestEvents_TellsWhatTheyCanAndElseAsksForMore()
    {
        long parallel = _history.Add("ParallelStateStarted", _history.Enter("Parallel"));
        long inner = _history.Add("ParallelStateStarted", _history.Enter("Parallel", parallel));
        _history.Ask("old", parallel);
        _history.Ask("t", parallel);
        _history.Exit("Parallel", _history.Add("ParallelStateSucceeded", _history.Pass(inner)));
        TaskHistory history = new();

        history.Add(_history.Events.Skip(8));
        Assert.Null(history.FateOf(TaskTokenHash.Of("old")));
        Assert.Null(history.FateOf(TaskTokenHash.Of("t"))); // what ended may be the state around it

        history.Add(_history.Events.Take(8));
        Assert.Equal(new TaskFate.Waiting(), history.FateOf(TaskTokenHash.Of("t")));
        Assert.Equal(new TaskFate.Waiting(), history.FateOf(TaskTokenHash.Of("old")));
        Assert.Equal(new TaskFate.Unknown(), history.FateOf(TaskTokenHash.Of("never")));
    }

    [Fact]
    public void ToString_OfAnAnswer_ShowsNoneOfIt() =>
        Assert.Equal("Answered", new TaskFate.Answered(HistoryBuilder.At(1), true, "secret", null, null).ToString());

    private TaskFate FateOf(string token) => TaskHistory.Read(_history.Events, TaskTokenHash.Of(token));
}
