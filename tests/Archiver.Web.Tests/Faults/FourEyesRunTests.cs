using System.Text.Json.Nodes;
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;
using Archiver.Web.Approvals.Decisions;
using Archiver.Web.Approvals.FourEyes;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Identity.Access;
using Archiver.Web.Runs;

namespace Archiver.Web.Tests.Faults;

/// <summary>From a click that starts a run to its end, by two people who did not click, at two dashboards that tell each other.</summary>
[Collection(AloneCollection.Name)]
public sealed class FourEyesRunTests
{
    private static readonly (string, string)[] Settings = [("Approvals:FourEyes:StarterMayNotDecide", "true"), ("Approvals:FourEyes:Rules:0:Approvals", "2")];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task Run_StartedInTheDashboard_IsDecidedByTwoOthersAndItsResultNamesThem()
    {
        await using OwnCloud cloud = await OwnCloud.StartAsync(TestContext.Current.CancellationToken);
        await using DashboardReplica first = new(cloud.Fixture, settings: Settings), second = new(cloud.Fixture, settings: Settings);
        await Task.WhenAll(first.StartAsync(), second.StartAsync());
        StartOutcome started = await new RunStarter(cloud.Fixture.StepFunctions, cloud.Fixture.Resources)
            .StartSimulatedAsync(Permits.For(Operation.StartRun, "Sue"), "click", 1, RunKind.WithApproval, null, Cancel);
        Approval seen = Assert.Single(await OwnCloud.WaitingAsync(first, 1));
        Approval there = Assert.Single(await OwnCloud.WaitingAsync(second, 1));
        Assert.Equal(("test|Sue", "Sue"), (seen.StartedBy!.Id, seen.StartedBy.Name));

        Assert.IsType<DecisionOutcome.Barred>(await DecideAsync(first, "Sue", seen, null));
        Assert.IsType<DecisionOutcome.Barred>(await DecideAsync(second, "Sue", there, null));
        Assert.IsType<DecisionOutcome.Endorsed>(await DecideAsync(first, "Ann", seen, "fine"));
        Approval heard = await OwnCloud.UntilAsync(second, seen.Id, row => row.Votes.Count == 1);
        Assert.Equal("1 of 2 approvals: Ann", FourEyesText.Votes(heard, second.Get<FourEyesRules>()));
        Assert.IsType<DecisionOutcome.Accepted>(await DecideAsync(second, "Bob", there, "agreed"));

        await OwnCloud.UntilAsync(first, seen.Id, row => row.Status == ApprovalStatus.Delivered);
        DescribeExecutionResponse run;
        do
        {
            run = await cloud.Fixture.StepFunctions.DescribeExecutionAsync(new DescribeExecutionRequest { ExecutionArn = seen.ExecutionArn }, Cancel);
        }
        while (run.Status == ExecutionStatus.RUNNING);
        Assert.Equal(started.Started, [run.Name]);
        JsonNode output = JsonNode.Parse(run.Output)!;
        Assert.Equal(("Archived", "Ann and Bob", "Ann: fine\nBob: agreed"), ((string?)output["Action"], (string?)output["Reviewer"], (string?)output["Comment"]));
    }

    private static Task<DecisionOutcome> DecideAsync(DashboardReplica dashboard, string name, Approval seen, string? comment) =>
        dashboard.Get<ApprovalDecisions>().DecideAsync(Permits.Decide(name), seen, true, comment, Cancel);
}
