using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;

namespace Archiver.Infra.Tests.LocalCloud.StepFunctions;

/// <summary>Executions under a clock that only the test moves.</summary>
public class EngineTests
{
    private static readonly DateTimeOffset Start = new(2026, 5, 1, 8, 0, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider _time = new(Start);

    [Fact]
    public async Task Start_PassOnly_Succeeds()
    {
        await using StatesCloud cloud = StatesCloud.Open(_time);
        string arn = await cloud.StartAsync(await cloud.CreateAsync(Definitions.Pass), """{ "a" : "é<&>" }""");
        JsonObject execution = await cloud.SettledAsync(arn);
        Assert.Equal("SUCCEEDED", (string?)execution["status"]);
        Assert.Equal("""{ "a" : "é<&>" }""", (string?)execution["input"]);
        Assert.Equal("""{"a":"é<&>"}""", (string?)execution["output"]);
        Assert.Equal(Start.ToUnixTimeMilliseconds() / 1000m, (decimal)execution["startDate"]!);
    }

    [Fact]
    public async Task Call_Succeeds_HistoryHasEveryEventOnceInOrder()
    {
        await using StatesCloud cloud = StatesCloud.Open(_time);
        cloud.Functions.Add("work", input => new JsonObject { ["done"] = input?["n"]?.DeepClone() });
        string arn = await cloud.StartAsync(await cloud.CreateAsync(Definitions.Call()), """{"n":3}""");
        JsonObject execution = await cloud.SettledAsync(arn);
        Assert.Equal("""{"done":3}""", (string?)execution["output"]);
        Assert.Equal(
            ["ExecutionStarted", "TaskStateEntered", "LambdaFunctionScheduled", "LambdaFunctionStarted", "LambdaFunctionSucceeded", "TaskStateExited", "ExecutionSucceeded"],
            await cloud.EventTypesAsync(arn));
        Assert.Equal(1, cloud.Functions.Count("work"));
    }

    [Fact]
    public async Task Call_FunctionThrows_ErrorIsItsTypeAndCauseItsObject()
    {
        await using StatesCloud cloud = StatesCloud.Open(_time);
        cloud.Functions.Add("work", _ => throw new FunctionFailure("NotArchivable", "no"));
        JsonObject execution = await cloud.SettledAsync(await cloud.StartAsync(await cloud.CreateAsync(Definitions.Call())));
        Assert.Equal("FAILED", (string?)execution["status"]);
        Assert.Equal("NotArchivable", (string?)execution["error"]);
        Assert.Equal("no", (string?)JsonNode.Parse((string)execution["cause"]!)!["errorMessage"]);
    }

    [Fact]
    public async Task Wait_Hour_EndsWhenTheHourIsOverAndNotBefore()
    {
        await using StatesCloud cloud = StatesCloud.Open(_time);
        string arn = await cloud.StartAsync(await cloud.CreateAsync(Definitions.WaitHour));
        _time.Advance(TimeSpan.FromMinutes(59.99));
        Assert.Equal("RUNNING", (string?)(await cloud.SettledAsync(arn))["status"]);
        _time.Advance(TimeSpan.FromMinutes(0.01));
        Assert.Equal("SUCCEEDED", (string?)(await cloud.SettledAsync(arn))["status"]);
    }

    [Fact]
    public async Task Wait_LongerThanAClockTimerTakes_EndsAtItsTime()
    {
        await using StatesCloud cloud = StatesCloud.Open(_time);
        string definition = Definitions.WaitHour.Replace("3600", $"{300 * 86400}", StringComparison.Ordinal);
        string arn = await cloud.StartAsync(await cloud.CreateAsync(definition));
        _time.Advance(TimeSpan.FromHours(300 * 24 - 1));
        Assert.Equal("RUNNING", (string?)(await cloud.SettledAsync(arn))["status"]);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal("SUCCEEDED", (string?)(await cloud.SettledAsync(arn))["status"]);
    }

    [Fact]
    public async Task Waits_OfDifferentLengths_EndInTheOrderOfTheirTimes()
    {
        await using StatesCloud cloud = StatesCloud.Open(_time);
        string machine = await cloud.CreateAsync("""{"StartAt":"Wait","States":{"Wait":{"Type":"Wait","SecondsPath":"$.s","End":true}}}""");
        string late = await cloud.StartAsync(machine, """{"s":300}""");
        string early = await cloud.StartAsync(machine, """{"s":10}""");
        string middle = await cloud.StartAsync(machine, """{"s":60}""");
        foreach ((int seconds, string arn) in new[] { (10, early), (50, middle), (240, late) })
        {
            Assert.Equal("RUNNING", (string?)(await cloud.SettledAsync(arn))["status"]);
            _time.Advance(TimeSpan.FromSeconds(seconds));
            Assert.Equal("SUCCEEDED", (string?)(await cloud.SettledAsync(arn))["status"]);
        }
    }

    [Fact]
    public async Task Retry_Backoff_CallsAgainAtEachDelay()
    {
        await using StatesCloud cloud = StatesCloud.Open(_time);
        int calls = 0;
        cloud.Functions.Add("work", _ => ++calls < 3 ? throw new FunctionFailure("Busy", "later") : "done");
        string machine = await cloud.CreateAsync(Definitions.Call(
            ""","Retry":[{"ErrorEquals":["Busy"],"IntervalSeconds":10,"BackoffRate":2,"MaxAttempts":5}]"""));
        string arn = await cloud.StartAsync(machine);
        await cloud.SettledAsync(arn);
        Assert.Equal(1, calls);
        _time.Advance(TimeSpan.FromSeconds(10));
        await cloud.SettledAsync(arn);
        Assert.Equal(2, calls);
        _time.Advance(TimeSpan.FromSeconds(19));
        await cloud.SettledAsync(arn);
        Assert.Equal(2, calls);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("SUCCEEDED", (string?)(await cloud.SettledAsync(arn))["status"]);
        Assert.Equal(3, calls);
    }

    [Fact]
    public async Task Token_NobodyAnswersInTime_TimesOutAndRefusesTheAnswer()
    {
        await using StatesCloud cloud = StatesCloud.Open(_time);
        string arn = await cloud.StartAsync(await cloud.CreateAsync(Definitions.AskWith(@"""TimeoutSeconds"":60")));
        await cloud.SettledAsync(arn);
        string token = Token(cloud);
        _time.Advance(TimeSpan.FromSeconds(60));
        JsonObject execution = await cloud.SettledAsync(arn);
        Assert.Equal("FAILED", (string?)execution["status"]);
        Assert.Equal("States.Timeout", (string?)execution["error"]);
        Assert.Equal("TaskTimedOut", (await cloud.RefusalAsync("SendTaskSuccess", new JsonObject { ["taskToken"] = token, ["output"] = "{}" })).Code);
    }

    [Fact]
    public async Task Heartbeat_InTime_KeepsTheTaskOpenUntilOneIsMissed()
    {
        await using StatesCloud cloud = StatesCloud.Open(_time);
        string arn = await cloud.StartAsync(await cloud.CreateAsync(Definitions.AskWith(@"""HeartbeatSeconds"":30,""TimeoutSeconds"":600")));
        await cloud.SettledAsync(arn);
        JsonObject heartbeat = new() { ["taskToken"] = Token(cloud) };
        for (int beat = 0; beat < 5; beat++)
        {
            _time.Advance(TimeSpan.FromSeconds(25));
            await cloud.CallAsync("SendTaskHeartbeat", heartbeat);
            Assert.Equal("RUNNING", (string?)(await cloud.SettledAsync(arn))["status"]);
        }
        _time.Advance(TimeSpan.FromSeconds(31));
        JsonObject execution = await cloud.SettledAsync(arn);
        Assert.Equal("FAILED", (string?)execution["status"]);
        Assert.Equal("TaskTimedOut", (await cloud.RefusalAsync("SendTaskHeartbeat", heartbeat)).Code);
    }

    [Fact]
    public async Task Machine_TimeoutSeconds_TimesTheExecutionOut()
    {
        await using StatesCloud cloud = StatesCloud.Open(_time);
        string arn = await cloud.StartAsync(await cloud.CreateAsync(Definitions.WaitHour.Replace("""{"StartAt""", """{"TimeoutSeconds":100,"StartAt""", StringComparison.Ordinal)));
        _time.Advance(TimeSpan.FromSeconds(100));
        Assert.Equal("TIMED_OUT", (string?)(await cloud.SettledAsync(arn))["status"]);
        Assert.Equal("ExecutionTimedOut", (await cloud.EventTypesAsync(arn))[^1]);
    }

    [Fact]
    public async Task Loop_WithoutEnd_EndsAtTheHistoryLimit()
    {
        await using StatesCloud cloud = StatesCloud.Open(_time);
        string arn = await cloud.StartAsync(await cloud.CreateAsync(
            """{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"},"B":{"Type":"Choice","Choices":[{"Variable":"$.never","IsPresent":true,"Next":"C"}],"Default":"A"},"C":{"Type":"Succeed"}}}"""));
        JsonObject execution = await cloud.SettledAsync(arn);
        Assert.Equal("FAILED", (string?)execution["status"]);
        JsonObject newest = (await cloud.CallAsync("GetExecutionHistory", new JsonObject { ["executionArn"] = arn, ["reverseOrder"] = true, ["maxResults"] = 1 }))["events"]![0]!.AsObject();
        Assert.Equal(25_000, (long)newest["id"]!);
    }

    [Fact]
    public async Task StopExecution_WhileACallIsUnderWay_TakesNoMoreOfItsResult()
    {
        await using StatesCloud cloud = StatesCloud.Open(_time);
        TaskCompletionSource<JsonNode?> answer = new();
        TaskCompletionSource called = new();
        cloud.Functions.AddAsync("work", async _ =>
        {
            called.SetResult();
            return await answer.Task;
        });
        string arn = await cloud.StartAsync(await cloud.CreateAsync(Definitions.Call()));
        await called.Task.WaitAsync(TestContext.Current.CancellationToken);
        await cloud.CallAsync("StopExecution", new JsonObject { ["executionArn"] = arn, ["error"] = "Enough", ["cause"] = "of it" });
        answer.SetResult("late");
        JsonObject execution = await cloud.SettledAsync(arn);
        Assert.Equal("ABORTED", (string?)execution["status"]);
        Assert.Equal("Enough", (string?)execution["error"]);
        Assert.Null(execution["output"]);
        Assert.Equal("ExecutionAborted", (await cloud.EventTypesAsync(arn))[^1]);
    }

    [Fact]
    public async Task Redrive_FailedTask_RunsItAgainWithTheOldDefinition()
    {
        await using StatesCloud cloud = StatesCloud.Open(_time);
        bool broken = true;
        cloud.Functions.Add("work", _ => broken ? throw new FunctionFailure("Broken", "yet") : "mended");
        string machine = await cloud.CreateAsync(Definitions.Call());
        string arn = await cloud.StartAsync(machine);
        await cloud.SettledAsync(arn);
        await cloud.CallAsync("UpdateStateMachine", new JsonObject { ["stateMachineArn"] = machine, ["definition"] = Definitions.Fail });
        broken = false;
        _time.Advance(TimeSpan.FromDays(13));

        JsonObject redrive = new() { ["executionArn"] = arn, ["clientToken"] = "once" };
        JsonObject answer = await cloud.CallAsync("RedriveExecution", redrive);
        JsonObject execution = await cloud.SettledAsync(arn);
        Assert.Equal("SUCCEEDED", (string?)execution["status"]);
        Assert.Equal("\"mended\"", (string?)execution["output"]);
        Assert.Equal(1, (int)execution["redriveCount"]!);
        Assert.Equal(_time.GetUtcNow().ToUnixTimeMilliseconds() / 1000m, (decimal)answer["redriveDate"]!);
        Assert.Null(execution["error"]);

        // The same click again is the same redrive; another is refused.
        Assert.Equal((decimal)answer["redriveDate"]!, (decimal)(await cloud.CallAsync("RedriveExecution", redrive))["redriveDate"]!);
        Assert.Equal("ExecutionNotRedrivable", (await cloud.RefusalAsync("RedriveExecution", new JsonObject { ["executionArn"] = arn })).Code);
    }

    [Fact]
    public async Task Redrive_FailsAgainAtOnce_IsCountedAllTheSame()
    {
        await using StatesCloud cloud = StatesCloud.Open(_time);
        string arn = await cloud.StartAsync(await cloud.CreateAsync(Definitions.Fail));
        await cloud.SettledAsync(arn);
        _time.Advance(TimeSpan.FromHours(1));
        await cloud.CallAsync("RedriveExecution", new JsonObject { ["executionArn"] = arn });
        JsonObject execution = await cloud.SettledAsync(arn);
        Assert.Equal(("FAILED", "Broken"), ((string?)execution["status"], (string?)execution["error"]));
        Assert.Equal(1, (int)execution["redriveCount"]!);
        Assert.Equal(execution["stopDate"]!.ToString(), execution["redriveDate"]!.ToString());
        Assert.Contains("ExecutionRedriven", await cloud.EventTypesAsync(arn));
    }

    [Fact]
    public async Task Redrive_AfterFourteenDays_IsRefusedWithTheReason()
    {
        await using StatesCloud cloud = StatesCloud.Open(_time);
        string arn = await cloud.StartAsync(await cloud.CreateAsync(Definitions.Fail));
        Assert.Equal("REDRIVABLE", (string?)(await cloud.SettledAsync(arn))["redriveStatus"]);
        _time.Advance(TimeSpan.FromDays(14.1));
        Assert.Contains("period", (await cloud.RefusalAsync("RedriveExecution", new JsonObject { ["executionArn"] = arn })).Message, StringComparison.Ordinal);
        Assert.Equal("Execution redrivable period exceeded", (string?)(await cloud.SettledAsync(arn))["redriveStatusReason"]);
    }

    [Fact]
    public async Task DeleteStateMachine_ExecutionsWait_TheyEndAtTheirNextTransitionAndTheMachineIsGone()
    {
        await using StatesCloud cloud = StatesCloud.Open(_time);
        string machine = await cloud.CreateAsync(
            """{"StartAt":"Wait","States":{"Wait":{"Type":"Wait","Seconds":60,"Next":"More"},"More":{"Type":"Wait","Seconds":60,"End":true}}}""");
        string arn = await cloud.StartAsync(machine);
        JsonObject named = new() { ["stateMachineArn"] = machine };
        await cloud.CallAsync("DeleteStateMachine", named);
        Assert.Equal("DELETING", (string?)(await cloud.CallAsync("DescribeStateMachine", named))["status"]);
        Assert.Equal("StateMachineDeleting", (await cloud.RefusalAsync("StartExecution", named)).Code);
        Assert.Equal("RUNNING", (string?)(await cloud.SettledAsync(arn))["status"]);
        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal("ABORTED", (string?)(await cloud.SettledAsync(arn))["status"]);
        Assert.Equal("StateMachineDoesNotExist", (await cloud.RefusalAsync("DescribeStateMachine", named)).Code);
        await cloud.CreateAsync(Definitions.Pass);
    }

    [Fact]
    public async Task StartSyncExecution_FiveMinutes_TimesOut()
    {
        await using StatesCloud cloud = StatesCloud.Open(_time);
        string machine = await cloud.CreateAsync(Definitions.WaitHour, type: "EXPRESS");
        Task<JsonObject> running = cloud.CallAsync("StartSyncExecution", new JsonObject { ["stateMachineArn"] = machine });
        await cloud.Engine.WhenIdleAsync();
        _time.Advance(TimeSpan.FromMinutes(5));
        JsonObject end = await running.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal("TIMED_OUT", (string?)end["status"]);
        Assert.Equal("States.Timeout", (string?)end["error"]);
    }

    private static string Token(StatesCloud cloud)
    {
        Assert.True(cloud.Queues.Requests.TryPeek(out (string Operation, JsonObject Request) sent));
        return (string)JsonNode.Parse((string)sent.Request["MessageBody"]!)!["TaskToken"]!;
    }
}
