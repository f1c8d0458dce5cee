using System.Text.Json.Nodes;
using Amazon.StepFunctions.Model;
using Archiver.Web.Identity;
using Archiver.Web.Identity.Access;
using Archiver.Web.Results;
using Archiver.Web.Results.Store;
using Archiver.Web.Runs;

namespace Archiver.Web.Tests.Runs;

/// <summary>What a run is told of who started it.</summary>
public sealed class RunStarterTests(CloudFixture cloud)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Permit Ann => Permits.For(Operation.StartRun, new Person("https://id.example|42", "Änn \"A\"", Person.EveryRole));

    [Fact]
    public async Task StartSimulated_ByAPerson_NamesThemInEachInput()
    {
        string click = $"click-{Guid.NewGuid():N}";

        StartOutcome outcome = await Starter().StartSimulatedAsync(Ann, click, 2, RunKind.Automatic, null, Cancel);

        Assert.Equal(2, outcome.Started.Count);
        foreach (string name in outcome.Started)
        {
            JsonNode input = await InputAsync(name);
            Assert.False((bool)input["approval_needed"]!);
            Assert.Equal(("https://id.example|42", "Änn \"A\""), ((string?)input["startedBy"]!["id"], (string?)input["startedBy"]!["name"]));
        }
    }

    [Fact]
    public async Task StartOnFile_ByAPersonWithALongName_NamesThemByTheirIdAndPartOfIt()
    {
        string click = $"click-{Guid.NewGuid():N}";
        Permit permit = Permits.For(Operation.StartRun, new Person("i|1", new string('x', 200), Person.EveryRole));

        Assert.Null(await Starter().StartOnFileAsync(permit, click, 0, "a.pdf", RunKind.WithApproval, Cancel));

        JsonNode input = await InputAsync(RunStarter.Name(click, 0));
        Assert.Equal("a.pdf", (string?)input["key"]);
        Assert.Equal(("i|1", 80), ((string?)input["startedBy"]!["id"], ((string?)input["startedBy"]!["name"])!.Length));
    }

    [Fact]
    public async Task StartOnFile_ByAPersonWhomNoRunCanName_StartsNothing()
    {
        Permit permit = Permits.For(Operation.StartRun, new Person(new string('i', 2000), "Ann", Person.EveryRole));

        await Assert.ThrowsAsync<InvalidOperationException>(() => Starter().StartOnFileAsync(permit, $"click-{Guid.NewGuid():N}", 0, "a.pdf", RunKind.WithApproval, Cancel));
    }

    [Fact]
    public async Task StartSimulated_Express_RunsThemOnTheExpressMachineOnceEachByName()
    {
        string click = $"click-{Guid.NewGuid():N}";

        StartOutcome outcome = await Starter().StartSimulatedAsync(Ann, click, 2, RunKind.Express, null, Cancel);
        await Starter().StartSimulatedAsync(Ann, click, 2, RunKind.Express, null, Cancel); // the same click again

        Assert.Equal([RunStarter.Name(click, 0), RunStarter.Name(click, 1)], outcome.Started);
        foreach (string name in outcome.Started)
        {
            ResultRow result = await ResultAsync(name);
            Assert.True(result.IsOfExpressRun);
            Assert.Equal(name, result.RunName);
            Assert.False(result.Approval!.Value.Value);
            await Assert.ThrowsAsync<ExecutionDoesNotExistException>(() => InputAsync(name));
        }
    }

    private async Task<ResultRow> ResultAsync(string name)
    {
        ResultsStore results = new(cloud.DynamoDb, cloud.Resources);
        while (true)
        {
            if (await results.GetAsync(name, Cancel) is { } result) return result;
            await Task.Yield();
        }
    }

    private RunStarter Starter() => new(cloud.StepFunctions, cloud.Resources);

    private async Task<JsonNode> InputAsync(string name) => JsonNode.Parse((await cloud.StepFunctions.DescribeExecutionAsync(
        new DescribeExecutionRequest { ExecutionArn = $"{cloud.Resources.StateMachineArn.Replace(":stateMachine:", ":execution:", StringComparison.Ordinal)}:{name}" }, Cancel)).Input)!;
}
