using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud.Wire;

namespace Archiver.Infra.Tests.LocalCloud.StepFunctions;

/// <summary>Many at once.</summary>
public class ConcurrencyTests
{
    [Fact]
    public async Task SendTaskSuccess_TwoHundredAtOnceOnOneToken_ExactlyOneIsTaken()
    {
        await using StatesCloud cloud = StatesCloud.Open();
        string arn = await cloud.StartAsync(await cloud.CreateAsync(Definitions.Ask));
        await cloud.SettledAsync(arn);
        Assert.True(cloud.Queues.Requests.TryPeek(out (string Operation, JsonObject Request) sent));
        string token = (string)JsonNode.Parse((string)sent.Request["MessageBody"]!)!["TaskToken"]!;

        string[] outcomes = await Task.WhenAll(Enumerable.Range(0, 200).Select(number => Task.Run(async () =>
        {
            try
            {
                await cloud.CallAsync("SendTaskSuccess", new JsonObject { ["taskToken"] = token, ["output"] = $$"""{"by":{{number}}}""" });
                return $$"""{"by":{{number}}}""";
            }
            catch (AwsError error)
            {
                return error.Code;
            }
        })));
        Assert.Equal(199, outcomes.Count(outcome => outcome == "TaskTimedOut"));
        Assert.Equal(outcomes.Single(outcome => outcome != "TaskTimedOut"), (string?)(await cloud.SettledAsync(arn))["output"]);
        Assert.Single(await cloud.EventTypesAsync(arn), type => type == "TaskSucceeded");
    }

    [Fact]
    public async Task StopAndRedrive_ManyAtOnce_EveryStopSaysWhenItEnded()
    {
        await using StatesCloud cloud = StatesCloud.Open();
        string arn = await cloud.StartAsync(await cloud.CreateAsync(Definitions.WaitHour));

        await Task.WhenAll(Enumerable.Range(0, 400).Select(number => Task.Run(async () =>
        {
            if (number % 2 == 0)
            {
                Assert.NotNull((await cloud.CallAsync("StopExecution", new JsonObject { ["executionArn"] = arn }))["stopDate"]);
                return;
            }
            try
            {
                await cloud.CallAsync("RedriveExecution", new JsonObject { ["executionArn"] = arn });
            }
            catch (AwsError refusal)
            {
                Assert.Equal("ExecutionNotRedrivable", refusal.Code);
            }
        })));
    }

    [Fact]
    public async Task StartExecution_AThousandAtOnce_EachEndsOnce()
    {
        await using StatesCloud cloud = StatesCloud.Open();
        cloud.Functions.Add("work", input => input?.DeepClone());
        string machine = await cloud.CreateAsync(Definitions.Call());
        string[] arns = await Task.WhenAll(Enumerable.Range(0, 1000).Select(number =>
            Task.Run(() => cloud.StartAsync(machine, $$"""{"n":{{number}}}"""))));
        await cloud.SettledAsync(arns[0]);
        Assert.Equal(1000, arns.Distinct().Count());
        JsonArray listed = (await cloud.CallAsync(
            "ListExecutions", new JsonObject { ["stateMachineArn"] = machine, ["statusFilter"] = "SUCCEEDED", ["maxResults"] = 1000 }))["executions"]!.AsArray();
        Assert.Equal(1000, listed.Count);
        Assert.Equal(1000, cloud.Functions.Count("work"));
        Assert.Equal(Enumerable.Range(0, 1000), cloud.Functions.Calls.Select(call => (int)call.Payload!["n"]!).Order());
    }

    [Fact]
    public async Task StartExecution_OneNameAtOnce_OneExecutionIsStartedAndEveryCallerGetsIt()
    {
        await using StatesCloud cloud = StatesCloud.Open();
        string machine = await cloud.CreateAsync(Definitions.WaitHour);
        string[] arns = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => cloud.StartAsync(machine, name: "same"))));
        Assert.Single(arns.Distinct());
        Assert.Single((await cloud.CallAsync("ListExecutions", new JsonObject { ["stateMachineArn"] = machine }))["executions"]!.AsArray());
    }

    [Fact]
    public async Task StopAndAnswer_AtOnce_OneOfThemEndsTheRun()
    {
        await using StatesCloud cloud = StatesCloud.Open();
        string machine = await cloud.CreateAsync(Definitions.Ask);
        for (int round = 0; round < 50; round++)
        {
            string arn = await cloud.StartAsync(machine);
            await cloud.SettledAsync(arn);
            Assert.True(cloud.Queues.Requests.TryDequeue(out (string Operation, JsonObject Request) sent));
            string token = (string)JsonNode.Parse((string)sent.Request["MessageBody"]!)!["TaskToken"]!;
            Task stop = Task.Run(() => cloud.CallAsync("StopExecution", new JsonObject { ["executionArn"] = arn }));
            bool answered = await Task.Run(async () =>
            {
                try
                {
                    await cloud.CallAsync("SendTaskSuccess", new JsonObject { ["taskToken"] = token, ["output"] = "{}" });
                    return true;
                }
                catch (AwsError error) when (error.Code == "TaskTimedOut")
                {
                    return false;
                }
            });
            await stop;
            Assert.Equal(answered ? "SUCCEEDED" : "ABORTED", (string?)(await cloud.SettledAsync(arn))["status"]);
        }
    }
}
