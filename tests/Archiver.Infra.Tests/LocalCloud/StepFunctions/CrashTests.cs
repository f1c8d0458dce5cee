using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using FsCheck.Xunit;
using Microsoft.Extensions.Time.Testing;

namespace Archiver.Infra.Tests.LocalCloud.StepFunctions;

/// <summary>What a stop and a kill leave, and what the next start makes of it.</summary>
public class CrashTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 5, 1, 8, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Stop_ThreeRunsWait_TheSameThreeWaitAndEveryTokenIsGood()
    {
        string directory = Directory.CreateTempSubdirectory("archiver-states-").FullName;
        List<string> arns = [];
        List<string> tokens = [];
        await using (StatesCloud first = StatesCloud.Open(_time, directory, keepDirectory: true))
        {
            string machine = await first.CreateAsync(Definitions.Ask);
            for (int run = 0; run < 3; run++)
                arns.Add(await first.StartAsync(machine));
            await first.SettledAsync(arns[0]);
            tokens.AddRange(Tokens(first));
        }

        await using StatesCloud second = StatesCloud.Open(_time, directory);
        foreach (string arn in arns)
            Assert.Equal("RUNNING", (string?)(await second.SettledAsync(arn))["status"]);
        Assert.Empty(second.Queues.Requests); // nobody is asked twice
        foreach (string token in tokens)
            await second.CallAsync("SendTaskSuccess", new JsonObject { ["taskToken"] = token, ["output"] = "{}" });
        foreach (string arn in arns)
            Assert.Equal("SUCCEEDED", (string?)(await second.SettledAsync(arn))["status"]);
    }

    [Fact]
    public async Task Kill_WhileACallIsUnderWay_TheCallIsMadeAgainAndItsResultTakenOnce()
    {
        StatesCloud first = StatesCloud.Open(_time);
        TaskCompletionSource<string> killed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        first.Functions.Add("work", _ =>
        {
            killed.TrySetResult(first.CopyData());
            return "first";
        });
        string arn = await first.StartAsync(await first.CreateAsync(Definitions.Call()));
        string copy = await killed.Task.WaitAsync(TestContext.Current.CancellationToken);
        await first.DisposeAsync();

        await using StatesCloud second = StatesCloud.Open(_time, copy, new FakeFunctions().Add("work", _ => "second"));
        JsonObject execution = await second.SettledAsync(arn);
        Assert.Equal("\"second\"", (string?)execution["output"]);
        Assert.Equal(
            ["ExecutionStarted", "TaskStateEntered", "LambdaFunctionScheduled", "LambdaFunctionStarted", "LambdaFunctionSucceeded", "TaskStateExited", "ExecutionSucceeded"],
            await second.EventTypesAsync(arn));
    }

    [Fact]
    public async Task Stop_WhileACallHangs_GivesItUpAndTheNextStartMakesItAgain()
    {
        string directory = Directory.CreateTempSubdirectory("archiver-states-").FullName;
        TaskCompletionSource called = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource<JsonNode?> never = new();
        string arn;
        await using (StatesCloud first = StatesCloud.Open(_time, directory, keepDirectory: true))
        {
            first.Functions.AddAsync("work", async _ =>
            {
                called.TrySetResult();
                return await never.Task;
            });
            arn = await first.StartAsync(await first.CreateAsync(Definitions.Call()));
            await called.Task.WaitAsync(TestContext.Current.CancellationToken);
        }
        await using StatesCloud second = StatesCloud.Open(_time, directory, new FakeFunctions().Add("work", _ => "again"));
        Assert.Equal("\"again\"", (string?)(await second.SettledAsync(arn))["output"]);
    }

    [Fact]
    public async Task Stop_WhileACallFailsOfTheShutdown_IsNotTheTasksFailure()
    {
        string directory = Directory.CreateTempSubdirectory("archiver-states-").FullName;
        TaskCompletionSource called = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource stopping = new(TaskCreationOptions.RunContinuationsAsynchronously);
        StatesCloud first = StatesCloud.Open(_time, directory, keepDirectory: true);
        first.Functions.AddAsync("work", async _ =>
        {
            called.TrySetResult();
            await stopping.Task;
            throw new FunctionFailure("ConnectionRefused", "the wire is gone");
        });
        string arn = await first.StartAsync(await first.CreateAsync(Definitions.Call()));
        await called.Task.WaitAsync(TestContext.Current.CancellationToken);
        Task stopped = first.Engine.StoppingAsync(CancellationToken.None);
        stopping.SetResult();
        await stopped;
        await first.DisposeAsync();

        await using StatesCloud second = StatesCloud.Open(_time, directory, new FakeFunctions().Add("work", _ => "again"));
        Assert.Equal("\"again\"", (string?)(await second.SettledAsync(arn))["output"]);
    }

    [Fact]
    public async Task Resume_ACallIsUnderWay_IsNotMadeTwice()
    {
        await using StatesCloud cloud = StatesCloud.Open(_time, resume: false);
        TaskCompletionSource called = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource<JsonNode?> answer = new();
        cloud.Functions.AddAsync("work", async _ =>
        {
            called.TrySetResult();
            return await answer.Task;
        });
        // The wire serves a moment before the former process' executions are taken up.
        string arn = await cloud.StartAsync(await cloud.CreateAsync(Definitions.Call()));
        await called.Task.WaitAsync(TestContext.Current.CancellationToken);
        cloud.Engine.Resume();
        answer.SetResult("once");
        Assert.Equal("\"once\"", (string?)(await cloud.SettledAsync(arn))["output"]);
        Assert.Equal(1, cloud.Functions.Count("work"));
    }

    [Fact]
    public async Task Start_BeforeTheTimersAre_FiresThemOnceTheyAre()
    {
        await using StatesCloud cloud = StatesCloud.Open(_time, resume: false);
        string arn = await cloud.StartAsync(await cloud.CreateAsync(Definitions.WaitHour));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal("RUNNING", (string?)(await cloud.SettledAsync(arn))["status"]);
        cloud.Engine.Resume();
        Assert.Equal("SUCCEEDED", (string?)(await cloud.SettledAsync(arn))["status"]);
    }

    [Fact]
    public async Task Kill_TimerComesDueMeanwhile_FiresAtTheNextStart()
    {
        StatesCloud first = StatesCloud.Open(_time);
        string arn = await first.StartAsync(await first.CreateAsync(Definitions.WaitHour));
        await first.SettledAsync(arn);
        string copy = first.CopyData();
        await first.DisposeAsync();
        _time.Advance(TimeSpan.FromHours(2));
        await using StatesCloud second = StatesCloud.Open(_time, copy);
        Assert.Equal("SUCCEEDED", (string?)(await second.SettledAsync(arn))["status"]);
    }

    [Fact]
    public async Task Kill_TimerNotYetDue_FiresAtItsTimeInTheNextProcess()
    {
        StatesCloud first = StatesCloud.Open(_time);
        string arn = await first.StartAsync(await first.CreateAsync(Definitions.WaitHour));
        await first.SettledAsync(arn);
        string copy = first.CopyData();
        await first.DisposeAsync();
        await using StatesCloud second = StatesCloud.Open(_time, copy);
        Assert.Equal("RUNNING", (string?)(await second.SettledAsync(arn))["status"]);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal("SUCCEEDED", (string?)(await second.SettledAsync(arn))["status"]);
    }

    [Fact]
    public async Task Kill_ExpressWithCaller_IsGoneWithItsCaller()
    {
        StatesCloud first = StatesCloud.Open(_time);
        string machine = await first.CreateAsync(Definitions.WaitHour, type: "EXPRESS");
        Task<JsonObject> running = first.CallAsync("StartSyncExecution", new JsonObject { ["stateMachineArn"] = machine });
        await first.Engine.WhenIdleAsync();
        string copy = first.CopyData();
        await first.DisposeAsync();
        Assert.Equal("ServiceUnavailable", (await Assert.ThrowsAsync<Archiver.Infra.LocalCloud.Wire.AwsError>(() => running)).Code);
        await using StatesCloud second = StatesCloud.Open(_time, copy);
        // Nothing runs, so that the machine goes at once.
        await second.CallAsync("DeleteStateMachine", new JsonObject { ["stateMachineArn"] = machine });
        Assert.Empty((await second.CallAsync("ListStateMachines", []))["stateMachines"]!.AsArray());
    }

    /// <summary>Kills the process at a random point of a run, several times over, and compares with the run that nobody disturbed.</summary>
    [Property(MaxTest = 25)]
    public async Task Kill_AtAnyPoint_LosesAndDoublesNoTransition(byte[] kills)
    {
        const string definition = """
            {"StartAt":"One","States":{
              "One":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:000000000000:function:step","ResultPath":"$.one","Next":"Pause"},
              "Pause":{"Type":"Wait","Seconds":5,"Next":"Two"},
              "Two":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:000000000000:function:step","ResultPath":"$.two",
                "Retry":[{"ErrorEquals":["Busy"],"IntervalSeconds":1,"MaxAttempts":3}],"Next":"Enough"},
              "Enough":{"Type":"Choice","Choices":[{"Variable":"$.two","StringEquals":"ok","Next":"Three"}],"Default":"Two"},
              "Three":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"step","Payload.$":"$"},
                "ResultSelector":{"p.$":"$.Payload"},"ResultPath":"$.three","End":true}}}
            """;
        (IReadOnlyList<string> undisturbed, string? expected) = await RunKilledAsync(definition, []);
        (IReadOnlyList<string> disturbed, string? output) = await RunKilledAsync(definition, kills);
        Assert.Equal(undisturbed, disturbed);
        Assert.Equal(expected, output);
    }

    // Each process is killed at the call that its number says: before the call's effect (even) or after it (odd).
    private static async Task<(IReadOnlyList<string> Events, string? Output)> RunKilledAsync(string definition, byte[] kills)
    {
        FakeTimeProvider time = new(new DateTimeOffset(2026, 5, 1, 8, 0, 0, TimeSpan.Zero));
        ConcurrentDictionary<string, int> attempts = new();
        StatesCloud cloud = StatesCloud.Open(time);
        string machine = await cloud.CreateAsync(definition);
        string? arn = null;
        for (int process = 0; ; process++)
        {
            int? kill = process < kills.Length ? kills[process] % 10 : null;
            string? copy = null;
            int calls = 0;
            StatesCloud current = cloud;
            current.Functions.Add("step", input =>
            {
                int call = Interlocked.Increment(ref calls) - 1;
                if (kill == call * 2)
                    copy = current.CopyData();
                JsonNode? result = "ok";
                if (kill == call * 2 + 1)
                    copy = current.CopyData();
                return result;
            });
            if (arn is null)
                arn = await current.StartAsync(machine, name: "run");
            else
                current.Engine.Resume();
            JsonObject execution = await current.SettledAsync(arn);
            while (copy is null && (string?)execution["status"] == "RUNNING")
            {
                time.Advance(TimeSpan.FromSeconds(1));
                execution = await current.SettledAsync(arn);
            }
            if (copy is null)
            {
                IReadOnlyList<JsonObject> history = await current.HistoryAsync(arn);
                Assert.Equal(Enumerable.Range(1, history.Count), history.Select(entry => (int)(long)entry["id"]!));
                await current.DisposeAsync();
                return ([.. history.Select(entry => (string)entry["type"]!)], (string?)execution["output"]);
            }
            await current.DisposeAsync();
            FakeFunctions later = new();
            cloud = StatesCloud.Open(time, copy, later, resume: false);
        }
    }

    private static IEnumerable<string> Tokens(StatesCloud cloud) => cloud.Queues.Requests.Select(sent =>
        (string)JsonNode.Parse((string)sent.Request["MessageBody"]!)!["TaskToken"]!);
}
