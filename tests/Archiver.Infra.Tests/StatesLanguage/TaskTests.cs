using System.Text.Json.Nodes;
using Archiver.Infra.StatesLanguage;

namespace Archiver.Infra.Tests.StatesLanguage;

/// <summary>Tasks: their answers, timers, retries and errors.</summary>
public sealed class TaskTests
{
    private const string WithHandling = """
        {"StartAt":"T","States":{
          "T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"f"},#"Next":"Good"},
          "Good":{"Type":"Succeed"},"Caught":{"Type":"Pass","End":true}}}
        """;

    [Fact]
    public void Retry_OfTheSpecsComplexScenario_WaitsAsTold()
    {
        var machine = Machine("""
            "Retry":[{"ErrorEquals":["ErrorA","ErrorB"],"IntervalSeconds":1,"BackoffRate":2.0,"MaxAttempts":2},{"ErrorEquals":["ErrorC"],"IntervalSeconds":5}],
            "Catch":[{"ErrorEquals":["States.ALL"],"Next":"Caught"}],
            """).Start();

        var waits = new List<double>();
        foreach (var error in (string[])["ErrorA", "ErrorB", "ErrorC", "ErrorB"])
        {
            machine.Fail(error);
            if (machine.Effects.Count > 0)
            {
                waits.Add((machine.Timer.DueAt - machine.Now).TotalSeconds);
                machine.Fire(machine.Timer);
            }
        }

        Assert.Equal([1, 2, 5], waits);
        Assert.Equal("""{"Error":"ErrorB","Cause":""}""", machine.Output);
    }

    [Theory]
    [InlineData("", 1, 2, 4)]
    [InlineData(",\"IntervalSeconds\":3,\"BackoffRate\":1.5", 3, 4.5, 6.75)]
    [InlineData(",\"IntervalSeconds\":3,\"MaxDelaySeconds\":5", 3, 5, 5)]
    [InlineData(",\"IntervalSeconds\":7,\"BackoffRate\":1", 7, 7, 7)]
    public void Retry_WithItsFields_WaitsLongerAndLonger(string fields, double first, double second, double third)
    {
        var machine = Machine("\"Retry\":[{\"ErrorEquals\":[\"States.ALL\"]" + fields + "}],").Start();

        foreach (var seconds in (double[])[first, second, third])
        {
            machine.Fail("Boom");
            Assert.Equal(seconds, (machine.Timer.DueAt - machine.Now).TotalSeconds);
            machine.Fire(machine.Timer);
        }

        Assert.Equal("Boom", machine.Fail("Boom").Snapshot.Error);
    }

    [Fact]
    public void Retry_AfterThousands_StaysBelowTheLongestInterval()
    {
        var machine = Machine("\"Retry\":[{\"ErrorEquals\":[\"States.ALL\"],\"MaxAttempts\":99999999,\"BackoffRate\":10}],").Start();

        for (var i = 0; i < 400; i++)
        {
            machine.Fail("Boom");
            Assert.InRange((machine.Timer.DueAt - machine.Now).TotalSeconds, 1, 99_999_999);
            machine.Fire(machine.Timer with { DueAt = machine.Now });
        }
    }

    [Theory]
    [InlineData("States.ALL", "Boom", true)]
    [InlineData("States.ALL", "States.Timeout", true)]
    [InlineData("States.ALL", null, true)]
    [InlineData("States.ALL", "States.DataLimitExceeded", false)]
    [InlineData("States.ALL", "States.Runtime", false)]
    [InlineData("States.TaskFailed", "Boom", true)]
    [InlineData("States.TaskFailed", "States.Timeout", false)]
    [InlineData("States.TaskFailed", "States.DataLimitExceeded", false)]
    [InlineData("States.DataLimitExceeded", "States.DataLimitExceeded", true)]
    [InlineData("States.Runtime", "States.Runtime", false)]
    [InlineData("States.Timeout", "States.Timeout", true)]
    [InlineData("States.Timeout", "Boom", false)]
    [InlineData("States.HeartbeatTimeout", "States.Timeout", false)]
    [InlineData("Boom", "Boom", true)]
    [InlineData("Boom", "boom", false)]
    public void Catch_OfAnErrorName_MatchesAsDocumented(string name, string? error, bool caught)
    {
        var machine = Machine($$"""
            "Catch":[{"ErrorEquals":["Other"],"Next":"Good"},{"ErrorEquals":["{{name}}"],"Next":"Caught"}],
            """).Start().Fail(error);

        Assert.Equal(caught, machine.EventTypes.Contains("PassStateEntered"));
        Assert.Equal(caught ? ExecutionStatus.Succeeded : ExecutionStatus.Failed, machine.Snapshot.Status);
    }

    [Theory]
    [InlineData("States.HeartbeatTimeout")]
    [InlineData("States.Timeout")]
    [InlineData("States.ALL")]
    public void Catch_OfAMissingHeartbeat_MatchesItsNames(string name)
    {
        var machine = Machine($$"""
            "HeartbeatSeconds":5,"Catch":[{"ErrorEquals":["{{name}}"],"Next":"Caught"}],
            """).Start();
        machine.Fire(machine.Timer);

        Assert.Equal("""{"Error":"States.Timeout","Cause":""}""", machine.Output);
    }

    [Theory]
    [InlineData("", """{"Error":"Boom","Cause":"why"}""")]
    [InlineData(",\"ResultPath\":\"$.e\"", """{"n":1,"e":{"Error":"Boom","Cause":"why"}}""")]
    [InlineData(",\"ResultPath\":null", """{"n":1}""")]
    public void Catch_WithAResultPath_PutsTheErrorThere(string resultPath, string expected)
    {
        var machine = Machine("\"Catch\":[{\"ErrorEquals\":[\"States.ALL\"],\"Next\":\"Caught\"" + resultPath + "}],").Start("""{"n":1}""").Fail("Boom", "why");

        Assert.Equal(expected, machine.Output);
    }

    [Fact]
    public void Catch_WhoseResultPathDoesNotFit_FailsTheExecution()
    {
        var machine = Machine("""
            "Catch":[{"ErrorEquals":["States.ALL"],"Next":"Caught","ResultPath":"$.n.e"}],
            """).Start("""{"n":1}""").Fail("Boom");

        Assert.Equal((ExecutionStatus.Failed, "States.ResultPathMatchFailure"), (machine.Snapshot.Status, machine.Snapshot.Error));
    }

    [Fact]
    public void Catch_OfABadResultSelector_IsTheTasksError()
    {
        var machine = Machine("""
            "ResultSelector":{"x.$":"States.ArrayLength($.n)"},"Catch":[{"ErrorEquals":["States.IntrinsicFailure"],"Next":"Caught"}],
            """).Start().Succeed("""{"n":1}""");

        Assert.Equal(ExecutionStatus.Succeeded, machine.Snapshot.Status);
        Assert.Equal(["TaskSucceeded", "TaskStateExited", "PassStateEntered"], machine.EventTypes.SkipWhile(t => t != "TaskSucceeded").Take(3));
    }

    [Fact]
    public void Retry_OfBadParameters_TriesAgainWithoutAnEvent()
    {
        var machine = new TestMachine("""
            {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
              "Parameters":{"x.$":"States.ArrayLength($.n)"},"Retry":[{"ErrorEquals":["States.IntrinsicFailure"],"MaxAttempts":2}],"End":true}}}
            """).Start("""{"n":1}""");
        machine.Fire(machine.Timer);
        machine.Fire(machine.Timer);

        Assert.Equal("States.IntrinsicFailure", machine.Snapshot.Error);
        Assert.Equal(["ExecutionStarted", "TaskStateEntered", "ExecutionFailed"], machine.EventTypes);
    }

    [Theory]
    [InlineData("arn:aws:states:::lambda:invoke", "lambda", "TaskFailed")]
    [InlineData(TestMachine.FunctionArn, TestMachine.FunctionArn, "LambdaFunctionFailed")]
    public void Succeed_WithAResultOverTheLimit_IsDataLimitExceeded(string resource, string named, string failed)
    {
        var machine = new TestMachine("""
            {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"#","Parameters":{},
              "Catch":[{"ErrorEquals":["States.DataLimitExceeded"],"Next":"Caught"}],"End":true},"Caught":{"Type":"Pass","End":true}}}
            """.Replace("#", resource, StringComparison.Ordinal)).Start().Succeed("\"" + new string('ä', 131_072) + "\"");

        Assert.Contains(failed, machine.EventTypes);
        Assert.Equal(
            $$"""{"Error":"States.DataLimitExceeded","Cause":"The state/task '{{named}}' returned a result with a size exceeding the maximum number of bytes service limit."}""",
            TestMachine.Text(machine.Snapshot.Output));
    }

    [Fact]
    public void Timeouts_ByPath_AreReadFromTheInput()
    {
        var machine = Machine("\"TimeoutSecondsPath\":\"$.t\",\"HeartbeatSecondsPath\":\"$.h\",").Start("""{"t":60,"h":20}""");

        Assert.Equal(
            [new ExecutionEffect.ScheduleTimer("timeout-3", TestMachine.Begin.AddSeconds(60)), new ExecutionEffect.ScheduleTimer("heartbeat-3-0", TestMachine.Begin.AddSeconds(20))],
            machine.Effects.OfType<ExecutionEffect.ScheduleTimer>());
        Assert.Equal(TestMachine.Begin.AddSeconds(60), Assert.Single(machine.Snapshot.OpenTasks).TimeoutAt);
    }

    [Theory]
    [InlineData("""{"t":0}""")]
    [InlineData("""{"t":"60"}""")]
    [InlineData("{}")]
    public void Timeout_ByAPathToNoSeconds_IsRuntimeError(string input)
        => Assert.Equal("States.Runtime", Machine("\"TimeoutSecondsPath\":\"$.t\",").Start(input).Snapshot.Error);

    [Fact]
    public void Heartbeat_BeforeItIsDue_PutsOffItsOwnTimerOnly()
    {
        var machine = Machine("\"TimeoutSeconds\":60,\"HeartbeatSeconds\":20,").Start();
        var timeout = machine.Snapshot.OpenTasks[0].TimeoutAt;

        machine.Advance(15).Give(new ExecutionInput.TaskHeartbeat("3"));

        Assert.Equal(new ExecutionEffect.ScheduleTimer("heartbeat-3-1", TestMachine.Begin.AddSeconds(35)), machine.Timer);
        Assert.Equal(timeout, machine.Snapshot.OpenTasks[0].TimeoutAt);
        Assert.False(machine.Advance(5).Give(new ExecutionInput.TimerFired("heartbeat-3-0")).Applied);
        Assert.True(machine.Advance(15).Give(new ExecutionInput.TimerFired("heartbeat-3-1")).Applied);
        Assert.Equal("States.Timeout", machine.Snapshot.Error);
    }

    [Fact]
    public void Heartbeat_WithoutHeartbeatSeconds_IsTakenAndChangesNothing()
    {
        var machine = Machine("").Start().Give(new ExecutionInput.TaskHeartbeat("3"));

        Assert.True(machine.Applied);
        Assert.Empty(machine.Effects);
    }

    [Fact]
    public void Answer_OfATaskThatIsClosed_IsNotApplied()
    {
        var machine = Machine("\"TimeoutSeconds\":9,\"Retry\":[{\"ErrorEquals\":[\"States.ALL\"]}],").Start();
        machine.Fire(new ExecutionEffect.ScheduleTimer("timeout-3", machine.Now));
        var before = machine.Snapshot;

        foreach (var late in (ExecutionInput[])[
            new ExecutionInput.TaskStarted("3"), new ExecutionInput.TaskSubmitted("3", null), new ExecutionInput.TaskSucceeded("3", null),
            new ExecutionInput.TaskFailed("3", null, null), new ExecutionInput.TaskHeartbeat("3"), new ExecutionInput.TimerFired("timeout-3"),
            new ExecutionInput.TimerFired("unknown"), new ExecutionInput.Redrive()])
        {
            Assert.False(machine.Give(late).Applied);
            Assert.Same(before, machine.Snapshot);
        }
    }

    [Fact]
    public void Answer_GivenTwice_IsAppliedOnce()
    {
        var machine = Machine("").Start().TaskStarted();
        Assert.False(machine.TaskStarted().Applied);
        machine.Succeed();
        Assert.False(machine.Give(new ExecutionInput.TaskSucceeded("3", null)).Applied);
        Assert.False(machine.Give(new ExecutionInput.Stop(null, null)).Applied);
    }

    [Fact]
    public void Submitted_OfATaskWithoutToken_IsNotApplied()
        => Assert.False(Machine("").Start().Give(new ExecutionInput.TaskSubmitted("3", null)).Applied);

    [Fact]
    public void Answer_ByTheTokenBeforeTheCallReturned_ClosesTheTask()
    {
        var machine = new TestMachine("""
            {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken",
              "Parameters":{"t.$":"$$.Task.Token"},"End":true}}}
            """).Start().TaskStarted().Succeed();

        Assert.Equal(ExecutionStatus.Succeeded, machine.Snapshot.Status);
        Assert.False(machine.Give(new ExecutionInput.TaskSubmitted("3", null)).Applied);
        Assert.DoesNotContain("TaskSubmitted", machine.EventTypes);
    }

    [Fact]
    public void Cause_OfAPathIntoTheContext_DoesNotHoldTheToken()
    {
        var machine = new TestMachine("""
            {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken",
              "Parameters":{"t.$":"$$.Task.Token","m.$":"$$.Missing"},"End":true}}}
            """).Start();

        Assert.Equal("States.Runtime", machine.Snapshot.Error);
        Assert.DoesNotContain("token-3", machine.History(), StringComparison.Ordinal);
    }

    [Fact]
    public void Retry_Scheduled_HasANewTaskAndToken()
    {
        var machine = new TestMachine("""
            {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken",
              "Parameters":{"t.$":"$$.Task.Token"},"Retry":[{"ErrorEquals":["States.ALL"]}],"End":true}}}
            """).Start();
        var first = Assert.Single(machine.Snapshot.OpenTasks);
        machine.Fail("Boom");
        Assert.Empty(machine.Snapshot.OpenTasks);
        machine.Fire(machine.Timer);
        var second = Assert.Single(machine.Snapshot.OpenTasks);

        Assert.NotEqual(first.TaskId, second.TaskId);
        Assert.NotEqual(first.TaskToken, second.TaskToken);
    }

    [Fact]
    public void Resume_OfAnOpenTask_GivesItsCallAsItWasUntilItIsSubmitted()
    {
        var machine = new TestMachine("""
            {"TimeoutSeconds":900,"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken",
              "Parameters":{"t.$":"$$.Task.Token"},"TimeoutSeconds":60,"HeartbeatSeconds":20,"End":true}}}
            """).Start();
        var owed = machine.Effects.Select(Describe).Order().ToList();
        Assert.Equal(owed, machine.Restart().Resume().Select(Describe).Order());

        machine.Give(new ExecutionInput.TaskSubmitted("3", null)).Restart();

        Assert.Equal(owed.Where(e => !e.StartsWith("call", StringComparison.Ordinal)), machine.Resume().Select(Describe).Order());
        Assert.Empty(machine.Give(new ExecutionInput.Stop(null, null)).Resume());
    }

    [Fact]
    public void Resume_OfAWait_GivesItsTimer()
    {
        var machine = new TestMachine("""{"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":5,"End":true}}}""").Start();

        Assert.Equal(machine.Effects, machine.Restart().Resume());
    }

    [Fact]
    public void Effects_OfATask_AreTheCallersToChange()
    {
        var machine = Machine("").Start();
        ((JsonObject)machine.Call.Parameters!)["FunctionName"] = "other";

        Assert.Equal("""{"FunctionName":"f"}""", TestMachine.Text(((ExecutionEffect.ScheduleTask)machine.Resume()[0]).Parameters));
    }

    [Fact]
    public void Redrive_OfARetriedTask_HasAllItsAttemptsAgain()
    {
        var machine = Machine("\"Retry\":[{\"ErrorEquals\":[\"States.ALL\"],\"MaxAttempts\":1}],").Start().Fail("Boom");
        machine.Fire(machine.Timer).Fail("Boom");
        Assert.Equal(ExecutionStatus.Failed, machine.Snapshot.Status);

        machine.Give(new ExecutionInput.Redrive()).Fail("Boom");

        Assert.Equal(ExecutionStatus.Running, machine.Snapshot.Status);
        Assert.Equal(1, (machine.Timer.DueAt - machine.Now).TotalSeconds);
    }

    [Fact]
    public void Redrive_OfAStoppedWait_WaitsAnew_AndOfATimedOutMachine_StartsItsTimeAnew()
    {
        var machine = new TestMachine("""
            {"TimeoutSeconds":60,"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":50,"End":true}}}
            """).Start();
        var oldTimers = machine.Effects.OfType<ExecutionEffect.ScheduleTimer>().ToList();
        machine.Advance(60).Give(new ExecutionInput.TimerFired(machine.Snapshot.DeadlineTimerId!));
        Assert.Equal(ExecutionStatus.TimedOut, machine.Snapshot.Status);

        machine.Advance(100).Give(new ExecutionInput.Redrive());

        Assert.All(oldTimers, t => Assert.False(machine.Give(new ExecutionInput.TimerFired(t.TimerId)).Applied));
        Assert.Equal(machine.Now.AddSeconds(50), machine.Snapshot.Root!.WakeAt);
        Assert.Equal(machine.Now.AddSeconds(60), machine.Snapshot.DeadlineAt);
        machine.Give(new ExecutionInput.Stop(null, null)).Give(new ExecutionInput.Redrive());
        Assert.Equal(2, machine.Snapshot.RedriveCount);
    }

    [Fact]
    public void Redrive_OfASucceededExecution_IsNotApplied()
        => Assert.False(Machine("").Start().Succeed().Give(new ExecutionInput.Redrive()).Applied);

    [Fact]
    public void Loop_WithoutWait_TakesTurnsAndEndsAtTheHistorysLimit()
    {
        var machine = new TestMachine("""
            {"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"},"B":{"Type":"Choice","Choices":[{"Variable":"$.x","IsPresent":true,"Next":"C"}],"Default":"A"},"C":{"Type":"Succeed"}}}
            """).Start();
        while (machine.Snapshot.Status == ExecutionStatus.Running)
        {
            Assert.Equal(machine.Now, machine.Timer.DueAt);
            machine.Restart().Fire(machine.Timer);
        }

        Assert.Equal("States.Runtime", machine.Snapshot.Error);
        Assert.Equal("The execution reached the maximum number of history events (25000).", machine.Snapshot.Cause);
        Assert.Equal(25_000, machine.Snapshot.LastEventId);
        Assert.Equal("ExecutionFailed", machine.EventTypes[^1]);
        Assert.False(machine.Give(new ExecutionInput.Redrive()).Applied);
    }

    [Fact]
    public void Express_Machine_EndsAfterFiveMinutesAtMost()
    {
        const string definition = """{"TimeoutSeconds":900,"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":600,"End":true}}}""";
        var machine = new TestMachine(definition, express: true).Start();

        Assert.Contains(machine.Effects, e => e is ExecutionEffect.ScheduleTimer t && t.DueAt == TestMachine.Begin.AddSeconds(300));
    }

    [Theory]
    [InlineData(@"""\ud800""")]
    [InlineData("""{"a":1,"a":2}""")]
    public void Succeed_WithWhatCannotBeWritten_FailsTheExecution(string output)
    {
        var machine = Machine("").Start().Succeed(output);

        Assert.Equal((ExecutionStatus.Failed, "States.Runtime"), (machine.Snapshot.Status, machine.Snapshot.Error));
        Assert.Empty(machine.Snapshot.OpenTasks);
    }

    [Fact]
    public void Cause_LongerThanTheWireAllows_IsCut()
    {
        var machine = Machine("").Start().Fail(new string('e', 300), new string('c', 32_767) + "😀");

        Assert.Equal(256, machine.Snapshot.Error!.Length);
        Assert.Equal(new string('c', 32_767), machine.Snapshot.Cause);
    }

    private static string Describe(ExecutionEffect effect) => effect switch
    {
        ExecutionEffect.ScheduleTask call => $"call {call.TaskId} {call.Resource} {call.WaitForTaskToken} {TestMachine.Text(call.Parameters)}",
        _ => effect.ToString(),
    };

    private static TestMachine Machine(string handling)
    {
        // A state that nothing leads to would be refused.
        var definition = handling.Contains("Caught", StringComparison.Ordinal)
            ? WithHandling
            : WithHandling.Replace(",\"Caught\":{\"Type\":\"Pass\",\"End\":true}", "", StringComparison.Ordinal);
        return new TestMachine(definition.Replace("#", handling, StringComparison.Ordinal));
    }
}
