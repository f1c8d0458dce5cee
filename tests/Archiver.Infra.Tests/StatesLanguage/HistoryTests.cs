using System.Text.Json.Nodes;
using Archiver.Infra.StatesLanguage;

namespace Archiver.Infra.Tests.StatesLanguage;

/// <summary>Whole histories, event by event, in the shape that GetExecutionHistory gives them.</summary>
public sealed class HistoryTests
{
    private const string Lambda = """
        {"StartAt":"Work","States":{"Work":{"Type":"Task","Resource":"arn:aws:lambda:eu-west-1:123456789012:function:Work","End":true}}}
        """;

    private const string Callback = """
        {"StartAt":"Ask","States":{"Ask":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken",
          "Parameters":{"QueueUrl":"q","MessageBody":{"TaskToken.$":"$$.Task.Token","n.$":"$.n"}},
          "TimeoutSeconds":600,"HeartbeatSeconds":60,"End":true}}}
        """;

    [Fact]
    public void Pass_ToTheEnd_HasItsFourEvents()
        => AssertHistory(
            TestMachine.RunPass("""
                "Result":{"a":1.0}
                """, """{"b":"ü😀"}"""),
            """
            1 0 ExecutionStarted executionStartedEventDetails {"input":"{\"b\":\"ü😀\"}","inputDetails":{"truncated":false},"roleArn":"arn:aws:iam::123456789012:role/Machine"}
            2 0 PassStateEntered stateEnteredEventDetails {"name":"P","input":"{\"b\":\"ü😀\"}","inputDetails":{"truncated":false}}
            3 2 PassStateExited stateExitedEventDetails {"name":"P","output":"{\"a\":1.0}","outputDetails":{"truncated":false}}
            4 3 ExecutionSucceeded executionSucceededEventDetails {"output":"{\"a\":1.0}","outputDetails":{"truncated":false}}
            """);

    [Fact]
    public void ChoiceWaitSucceed_EnteredAndExited()
    {
        var machine = new TestMachine("""
            {"StartAt":"C","States":{
              "C":{"Type":"Choice","Choices":[{"Variable":"$.n","NumericEquals":1,"Next":"W"}]},
              "W":{"Type":"Wait","Seconds":5,"Next":"S"},
              "S":{"Type":"Succeed"}}}
            """).Start("""{"n":1}""");
        machine.Fire(machine.Timer);

        AssertHistory(machine, """
            1 0 ExecutionStarted executionStartedEventDetails {"input":"{\"n\":1}","inputDetails":{"truncated":false},"roleArn":"arn:aws:iam::123456789012:role/Machine"}
            2 0 ChoiceStateEntered stateEnteredEventDetails {"name":"C","input":"{\"n\":1}","inputDetails":{"truncated":false}}
            3 2 ChoiceStateExited stateExitedEventDetails {"name":"C","output":"{\"n\":1}","outputDetails":{"truncated":false}}
            4 3 WaitStateEntered stateEnteredEventDetails {"name":"W","input":"{\"n\":1}","inputDetails":{"truncated":false}}
            5 4 WaitStateExited stateExitedEventDetails {"name":"W","output":"{\"n\":1}","outputDetails":{"truncated":false}}
            6 5 SucceedStateEntered stateEnteredEventDetails {"name":"S","input":"{\"n\":1}","inputDetails":{"truncated":false}}
            7 6 SucceedStateExited stateExitedEventDetails {"name":"S","output":"{\"n\":1}","outputDetails":{"truncated":false}}
            8 7 ExecutionSucceeded executionSucceededEventDetails {"output":"{\"n\":1}","outputDetails":{"truncated":false}}
            """);
        Assert.Equal(TestMachine.Begin.AddSeconds(5), machine.Snapshot.StopTime);
        Assert.Equal(TestMachine.Begin.AddSeconds(5), machine.Events[4].Timestamp);
        Assert.Equal(TestMachine.Begin, machine.Events[3].Timestamp);
    }

    [Fact]
    public void Fail_EndsWithErrorAndCause()
    {
        var machine = new TestMachine("""{"StartAt":"F","States":{"F":{"Type":"Fail","Error":"Bad","Cause":"It is."}}}""").Start();

        AssertHistory(machine, """
            1 0 ExecutionStarted executionStartedEventDetails {"input":"{}","inputDetails":{"truncated":false},"roleArn":"arn:aws:iam::123456789012:role/Machine"}
            2 0 FailStateEntered stateEnteredEventDetails {"name":"F","input":"{}","inputDetails":{"truncated":false}}
            3 2 ExecutionFailed executionFailedEventDetails {"error":"Bad","cause":"It is."}
            """);
        Assert.Equal((ExecutionStatus.Failed, "Bad", "It is."), (machine.Snapshot.Status, machine.Snapshot.Error, machine.Snapshot.Cause));
    }

    [Fact]
    public void Fail_WithNothing_EndsWithEmptyDetails()
    {
        var machine = new TestMachine("""{"StartAt":"F","States":{"F":{"Type":"Fail"}}}""").Start();

        Assert.Equal("3 2 ExecutionFailed executionFailedEventDetails {}", machine.History().Split('\n')[^1]);
    }

    [Fact]
    public void Function_Answered_ScheduledStartedSucceeded()
    {
        var machine = new TestMachine(Lambda).Start("""{"n":1}""").TaskStarted().Succeed("""{"ok":true}""");

        AssertHistory(machine, """
            1 0 ExecutionStarted executionStartedEventDetails {"input":"{\"n\":1}","inputDetails":{"truncated":false},"roleArn":"arn:aws:iam::123456789012:role/Machine"}
            2 0 TaskStateEntered stateEnteredEventDetails {"name":"Work","input":"{\"n\":1}","inputDetails":{"truncated":false}}
            3 2 LambdaFunctionScheduled lambdaFunctionScheduledEventDetails {"resource":"arn:aws:lambda:eu-west-1:123456789012:function:Work","input":"{\"n\":1}","inputDetails":{"truncated":false}}
            4 3 LambdaFunctionStarted
            5 4 LambdaFunctionSucceeded lambdaFunctionSucceededEventDetails {"output":"{\"ok\":true}","outputDetails":{"truncated":false}}
            6 5 TaskStateExited stateExitedEventDetails {"name":"Work","output":"{\"ok\":true}","outputDetails":{"truncated":false}}
            7 6 ExecutionSucceeded executionSucceededEventDetails {"output":"{\"ok\":true}","outputDetails":{"truncated":false}}
            """);
    }

    [Fact]
    public void Function_FailedRetriedAndCaught_ShowsEveryAttempt()
    {
        var machine = new TestMachine("""
            {"StartAt":"Work","States":{
              "Work":{"Type":"Task","Resource":"arn:aws:lambda:eu-west-1:123456789012:function:Work","TimeoutSeconds":30,
                "Retry":[{"ErrorEquals":["Boom"],"IntervalSeconds":2,"MaxAttempts":1}],
                "Catch":[{"ErrorEquals":["States.ALL"],"ResultPath":"$.error","Next":"Save"}],"End":true},
              "Save":{"Type":"Pass","End":true}}}
            """).Start("""{"n":1}""").TaskStarted().Fail("Boom", "first");
        machine.Fire(machine.Timer).Fail("Boom", null);

        AssertHistory(machine, """
            1 0 ExecutionStarted executionStartedEventDetails {"input":"{\"n\":1}","inputDetails":{"truncated":false},"roleArn":"arn:aws:iam::123456789012:role/Machine"}
            2 0 TaskStateEntered stateEnteredEventDetails {"name":"Work","input":"{\"n\":1}","inputDetails":{"truncated":false}}
            3 2 LambdaFunctionScheduled lambdaFunctionScheduledEventDetails {"resource":"arn:aws:lambda:eu-west-1:123456789012:function:Work","input":"{\"n\":1}","inputDetails":{"truncated":false},"timeoutInSeconds":30}
            4 3 LambdaFunctionStarted
            5 4 LambdaFunctionFailed lambdaFunctionFailedEventDetails {"error":"Boom","cause":"first"}
            6 5 LambdaFunctionScheduled lambdaFunctionScheduledEventDetails {"resource":"arn:aws:lambda:eu-west-1:123456789012:function:Work","input":"{\"n\":1}","inputDetails":{"truncated":false},"timeoutInSeconds":30}
            7 6 LambdaFunctionStarted
            8 7 LambdaFunctionFailed lambdaFunctionFailedEventDetails {"error":"Boom"}
            9 8 TaskStateExited stateExitedEventDetails {"name":"Work","output":"{\"n\":1,\"error\":{\"Error\":\"Boom\",\"Cause\":\"\"}}","outputDetails":{"truncated":false}}
            10 9 PassStateEntered stateEnteredEventDetails {"name":"Save","input":"{\"n\":1,\"error\":{\"Error\":\"Boom\",\"Cause\":\"\"}}","inputDetails":{"truncated":false}}
            11 10 PassStateExited stateExitedEventDetails {"name":"Save","output":"{\"n\":1,\"error\":{\"Error\":\"Boom\",\"Cause\":\"\"}}","outputDetails":{"truncated":false}}
            12 11 ExecutionSucceeded executionSucceededEventDetails {"output":"{\"n\":1,\"error\":{\"Error\":\"Boom\",\"Cause\":\"\"}}","outputDetails":{"truncated":false}}
            """);
    }

    [Fact]
    public void Function_TimedOut_FailsTheExecution()
    {
        var machine = new TestMachine(Lambda.Replace("\"End\"", "\"TimeoutSeconds\":5,\"End\"", StringComparison.Ordinal)).Start().TaskStarted();
        machine.Fire(new ExecutionEffect.ScheduleTimer("timeout-" + machine.OpenTaskId, TestMachine.Begin.AddSeconds(5)));

        Assert.Equal("""
            5 4 LambdaFunctionTimedOut lambdaFunctionTimedOutEventDetails {"error":"States.Timeout"}
            6 5 ExecutionFailed executionFailedEventDetails {"error":"States.Timeout"}
            """.ReplaceLineEndings("\n"), string.Join('\n', machine.History().Split('\n')[^2..]));
    }

    [Fact]
    public void Callback_AnsweredByToken_SubmittedThenSucceeded()
    {
        var machine = new TestMachine(Callback).Start("""{"n":1}""").TaskStarted();
        machine.Give(new ExecutionInput.TaskSubmitted(machine.OpenTaskId, JsonNode.Parse("""{"MessageId":"m"}"""))).Succeed("\"yes\"");

        AssertHistory(machine, """
            1 0 ExecutionStarted executionStartedEventDetails {"input":"{\"n\":1}","inputDetails":{"truncated":false},"roleArn":"arn:aws:iam::123456789012:role/Machine"}
            2 0 TaskStateEntered stateEnteredEventDetails {"name":"Ask","input":"{\"n\":1}","inputDetails":{"truncated":false}}
            3 2 TaskScheduled taskScheduledEventDetails {"resourceType":"sqs","resource":"sendMessage.waitForTaskToken","region":"eu-west-1","parameters":"{\"QueueUrl\":\"q\",\"MessageBody\":{\"TaskToken\":\"token-3\",\"n\":1}}","timeoutInSeconds":600,"heartbeatInSeconds":60}
            4 3 TaskStarted taskStartedEventDetails {"resourceType":"sqs","resource":"sendMessage.waitForTaskToken"}
            5 4 TaskSubmitted taskSubmittedEventDetails {"resourceType":"sqs","resource":"sendMessage.waitForTaskToken","output":"{\"MessageId\":\"m\"}","outputDetails":{"truncated":false}}
            6 5 TaskSucceeded taskSucceededEventDetails {"resourceType":"sqs","resource":"sendMessage.waitForTaskToken","output":"\"yes\"","outputDetails":{"truncated":false}}
            7 6 TaskStateExited stateExitedEventDetails {"name":"Ask","output":"\"yes\"","outputDetails":{"truncated":false}}
            8 7 ExecutionSucceeded executionSucceededEventDetails {"output":"\"yes\"","outputDetails":{"truncated":false}}
            """);
    }

    [Theory]
    [InlineData("timeout-3", 600)]
    [InlineData("heartbeat-3-0", 60)]
    public void Callback_NotAnsweredInTime_TimesOut(string timer, int seconds)
    {
        var machine = new TestMachine(Callback).Start("""{"n":1}""");
        Assert.Contains(machine.Effects, e => e is ExecutionEffect.ScheduleTimer t && t.TimerId == timer && t.DueAt == TestMachine.Begin.AddSeconds(seconds));
        machine.TaskStarted().Give(new ExecutionInput.TaskSubmitted("3", null)).Fire(new ExecutionEffect.ScheduleTimer(timer, machine.Now));

        Assert.Equal("""
            6 5 TaskTimedOut taskTimedOutEventDetails {"resourceType":"sqs","resource":"sendMessage.waitForTaskToken","error":"States.Timeout"}
            7 6 ExecutionFailed executionFailedEventDetails {"error":"States.Timeout"}
            """.ReplaceLineEndings("\n"), string.Join('\n', machine.History().Split('\n')[^2..]));
    }

    [Fact]
    public void Callback_RefusedByItsHolder_TaskFailed()
    {
        var machine = new TestMachine(Callback).Start("""{"n":1}""").TaskStarted();
        machine.Give(new ExecutionInput.TaskSubmitted("3", null)).Fail("No", "because");

        Assert.Equal("""
            6 5 TaskFailed taskFailedEventDetails {"resourceType":"sqs","resource":"sendMessage.waitForTaskToken","error":"No","cause":"because"}
            7 6 ExecutionFailed executionFailedEventDetails {"error":"No","cause":"because"}
            """.ReplaceLineEndings("\n"), string.Join('\n', machine.History().Split('\n')[^2..]));
    }

    [Fact]
    public void Callback_WhoseCallFailed_TaskSubmitFailed()
    {
        var machine = new TestMachine(Callback).Start("""{"n":1}""").Fail("SQS.QueueDoesNotExist", "gone");

        Assert.Equal(
            ["TaskScheduled", "TaskStarted", "TaskSubmitFailed", "ExecutionFailed"], machine.EventTypes.Skip(2));
    }

    [Fact]
    public void Stop_WhileATaskIsOpen_AbortsWithItsErrorAndCause()
    {
        var machine = new TestMachine(Lambda).Start().Give(new ExecutionInput.Stop("Enough", "of this"));

        Assert.Equal("""4 3 ExecutionAborted executionAbortedEventDetails {"error":"Enough","cause":"of this"}""", machine.History().Split('\n')[^1]);
        Assert.Equal((ExecutionStatus.Aborted, "Enough", "of this"), (machine.Snapshot.Status, machine.Snapshot.Error, machine.Snapshot.Cause));
        Assert.Empty(machine.Snapshot.OpenTasks);
        Assert.Empty(machine.Effects);
    }

    [Fact]
    public void MachineTimeout_EndsTheExecutionWithoutError()
    {
        var machine = new TestMachine(Lambda.Replace("{\"StartAt\"", "{\"TimeoutSeconds\":10,\"StartAt\"", StringComparison.Ordinal)).Start();
        machine.Fire(machine.Timer);

        Assert.Equal("4 3 ExecutionTimedOut executionTimedOutEventDetails {}", machine.History().Split('\n')[^1]);
        Assert.Equal((ExecutionStatus.TimedOut, null, null), (machine.Snapshot.Status, machine.Snapshot.Error, machine.Snapshot.Cause));
        Assert.Equal(TestMachine.Begin.AddSeconds(10), machine.Snapshot.StopTime);
    }

    [Fact]
    public void Redrive_AfterATaskFailed_SchedulesItAgainWithTheSameInput()
    {
        var machine = new TestMachine(Lambda).Start("""{"n":1}""").TaskStarted().Fail("Boom");
        machine.Advance(60).Give(new ExecutionInput.Redrive()).TaskStarted().Succeed();

        Assert.Equal("""
            5 4 LambdaFunctionFailed lambdaFunctionFailedEventDetails {"error":"Boom"}
            6 5 ExecutionFailed executionFailedEventDetails {"error":"Boom"}
            7 6 ExecutionRedriven executionRedrivenEventDetails {"redriveCount":1}
            8 7 LambdaFunctionScheduled lambdaFunctionScheduledEventDetails {"resource":"arn:aws:lambda:eu-west-1:123456789012:function:Work","input":"{\"n\":1}","inputDetails":{"truncated":false}}
            9 8 LambdaFunctionStarted
            10 9 LambdaFunctionSucceeded lambdaFunctionSucceededEventDetails {"output":"{}","outputDetails":{"truncated":false}}
            11 10 TaskStateExited stateExitedEventDetails {"name":"Work","output":"{}","outputDetails":{"truncated":false}}
            12 11 ExecutionSucceeded executionSucceededEventDetails {"output":"{}","outputDetails":{"truncated":false}}
            """.ReplaceLineEndings("\n"), string.Join('\n', machine.History().Split('\n')[4..]));
        Assert.Equal(1, machine.Snapshot.RedriveCount);
        Assert.Equal(TestMachine.Begin.AddSeconds(60), machine.Snapshot.RedriveTime);
        Assert.Null(machine.Snapshot.Error);
    }

    private static void AssertHistory(TestMachine machine, string expected) => Assert.Equal(expected.ReplaceLineEndings("\n"), machine.History());
}
